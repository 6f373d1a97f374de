package org.juniteval.engine.slice;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells at once that a text names none of a project's files, as nearly all of its constants do. */
final class FileNameIndex {

    private final Map<String, List<String>> resources = new HashMap<>();
    private final Set<String> underBase = new HashSet<>();
    private final Set<String> folders = new HashSet<>();
    private final Set<String> endsOfFolders = new HashSet<>();

    /**
     * @param resources paths from the class path's root
     * @param underBase paths below the base directory
     */
    FileNameIndex(Set<String> resources, Set<String> underBase) {
        for (String path : resources) {
            String name = fileName(path);
            List<String> paths = this.resources.get(name);
            if (paths == null) {
                paths = new ArrayList<>(1);
                this.resources.put(name, paths);
            }
            paths.add(path);
        }
        for (String path : underBase) {
            this.underBase.add(fileName(path));
            for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
                String folder = path.substring(0, end + 1);
                if (folders.add(folder)) {
                    addEndsOf(folder);
                }
            }
        }
    }

    private void addEndsOf(String folder) {
        endsOfFolders.add(folder);
        for (int start = folder.indexOf('/'); start < folder.length() - 1; start = folder.indexOf('/', start + 1)) {
            endsOfFolders.add(folder.substring(start + 1));
        }
    }

    private static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The resources that have the file name of the given path. */
    List<String> resourcesLike(String path) {
        return resources.getOrDefault(fileName(path), List.of());
    }

    /** Whether a file below the base directory has the file name of the given path. */
    boolean isLikeFileUnderBase(String path) {
        return underBase.contains(fileName(path));
    }

    /** @param folder with a slash at its end */
    boolean isFolderUnderBase(String folder) {
        return folders.contains(folder);
    }

    /** Whether a folder below the base directory ends in the given names, each with a slash at its end. */
    boolean endsFolderUnderBase(String names) {
        return endsOfFolders.contains(names);
    }
}
