package org.juniteval.engine.slice;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sources that were edited after their copy on the class path was made: a bare {@code surefire:test} compiles nothing
 * and copies no resources, so it would answer for the old prompt.
 */
final class OldCopies {

    private final ProjectFiles files;
    private final Map<Path, List<Path>> sourceFolders = new ConcurrentHashMap<>();
    private final Map<ClassFile, List<String>> ofTypes = new ConcurrentHashMap<>();

    OldCopies(ProjectFiles files) {
        this.files = files;
    }

    /**
     * The sources of the given classes and resources that are newer than what is run, by their path in the module.
     *
     * @param resources paths from the class path's root; others are passed over
     */
    List<String> of(Set<ClassFile> types, Set<String> resources) {
        Set<String> names = new TreeSet<>();
        for (ClassFile type : types) {
            names.addAll(of(type));
        }
        for (String resource : resources) {
            Path copy = files.fileOf(resource).orElse(null);
            if (copy != null) {
                names.addAll(newer(copy, resource, resource, true));
            }
        }
        return List.copyOf(names);
    }

    private List<String> of(ClassFile type) {
        List<String> known = ofTypes.get(type);
        if (known == null) {
            Path copy = files.fileOf(type.name() + ".class").orElse(null);
            known = copy == null || type.node.sourceFile == null
                    ? List.of()
                    : newer(copy, type.name(), type.folder() + type.node.sourceFile, false);
            ofTypes.put(type, known);
        }
        return known;
    }

    /**
     * The sources of a copy that are newer than it.
     *
     * @param name the copy's path from the class path's root
     * @param source path of the source below a folder such as {@code src/main/java}
     */
    private List<String> newer(Path copy, String name, String source, boolean copiedAsItIs) {
        List<String> newer = new ArrayList<>();
        for (Path folder : sourceFoldersOf(rootOf(copy, name))) {
            Path file = folder.resolve(source);
            try {
                if (Files.isRegularFile(file) && isNewer(file, copy)) {
                    // A checkout gives old files a new date; where bytes can be compared they decide.
                    if (!copiedAsItIs || !Arrays.equals(Files.readAllBytes(file), Files.readAllBytes(copy))) {
                        Path module = folder.getParent().getParent().getParent();
                        newer.add(module.relativize(file).toString().replace('\\', '/'));
                    }
                }
            } catch (IOException e) {
                // a file that vanishes while it is looked at is not known to be newer
            }
        }
        return newer;
    }

    private static Path rootOf(Path copy, String name) {
        Path root = copy.getParent();
        for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
            root = root.getParent();
        }
        return root;
    }

    private static boolean isNewer(Path source, Path copy) throws IOException {
        FileTime made = Files.getLastModifiedTime(copy);
        return Files.getLastModifiedTime(source).compareTo(made) > 0;
    }

    /** The folders like {@code src/main/java} of the module that an output folder lies in. */
    private List<Path> sourceFoldersOf(Path root) {
        List<Path> known = sourceFolders.get(root);
        if (known == null) {
            Path module = root;
            while (module != null && !ClassPath.isModule(module)) {
                module = module.getParent();
            }
            known = module == null ? List.of() : foldersIn(foldersIn(List.of(module.resolve("src"))));
            sourceFolders.put(root, known);
        }
        return known;
    }

    private static List<Path> foldersIn(List<Path> parents) {
        List<Path> folders = new ArrayList<>();
        for (Path parent : parents) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(parent)) {
                for (Path child : children) {
                    if (Files.isDirectory(child)) {
                        folders.add(child);
                    }
                }
            } catch (IOException | DirectoryIteratorException e) {
                // no such folder
            }
        }
        return folders;
    }
}
