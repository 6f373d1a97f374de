package org.juniteval.engine.fingerprint;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Sources that were edited after their copy on the class path was made: a bare {@code surefire:test} compiles nothing
 * and copies no resources, so it would answer for the old prompt.
 */
final class OldCopies {

    private final ProjectFiles files;
    private final Map<Path, List<Path>> sourceFolders = new HashMap<>();
    private final Set<String> names = new TreeSet<>();

    private OldCopies(ProjectFiles files) {
        this.files = files;
    }

    /**
     * The sources of the given classes and resources that are newer than what is run, by their path in the module.
     *
     * @param resources paths from the class path's root; others are passed over
     */
    static List<String> of(Set<ClassFile> types, Set<String> resources, ProjectFiles files) {
        OldCopies old = new OldCopies(files);
        types.forEach(old::checkType);
        resources.forEach(old::checkResource);
        return List.copyOf(old.names);
    }

    private void checkType(ClassFile type) {
        Path copy = files.fileOf(type.name() + ".class").orElse(null);
        if (copy != null && type.node.sourceFile != null) {
            check(rootOf(copy, type.name()), copy, type.folder() + type.node.sourceFile, false);
        }
    }

    private void checkResource(String path) {
        files.fileOf(path).ifPresent(copy -> check(rootOf(copy, path), copy, path, true));
    }

    private static Path rootOf(Path copy, String name) {
        Path root = copy;
        for (int i = 0; i < Path.of(name).getNameCount(); i++) {
            root = root.getParent();
        }
        return root;
    }

    private void check(Path root, Path copy, String name, boolean copiedAsItIs) {
        for (Path folder : sourceFolders.computeIfAbsent(root, OldCopies::sourceFoldersOf)) {
            Path source = folder.resolve(name);
            try {
                if (Files.isRegularFile(source) && isNewer(source, copy)) {
                    // A checkout gives old files a new date; where bytes can be compared they decide.
                    if (!copiedAsItIs || !Arrays.equals(Files.readAllBytes(source), Files.readAllBytes(copy))) {
                        Path module = folder.getParent().getParent().getParent();
                        names.add(module.relativize(source).toString().replace('\\', '/'));
                    }
                }
            } catch (IOException e) {
                // a file that vanishes while it is looked at is not known to be newer
            }
        }
    }

    private static boolean isNewer(Path source, Path copy) throws IOException {
        FileTime made = Files.getLastModifiedTime(copy);
        return Files.getLastModifiedTime(source).compareTo(made) > 0;
    }

    /** The folders like {@code src/main/java} of the module that an output folder lies in. */
    private static List<Path> sourceFoldersOf(Path root) {
        Path module = root;
        while (module != null && !ClassPath.isModule(module)) {
            module = module.getParent();
        }
        return Optional.ofNullable(module)
                .map(folder -> folder.resolve("src"))
                .map(src -> foldersIn(List.of(src)))
                .map(OldCopies::foldersIn)
                .orElse(List.of());
    }

    private static List<Path> foldersIn(List<Path> parents) {
        List<Path> folders = new ArrayList<>();
        for (Path parent : parents) {
            try (Stream<Path> children = Files.list(parent)) {
                children.filter(Files::isDirectory).sorted().forEach(folders::add);
            } catch (IOException e) {
                // no such folder
            }
        }
        return folders;
    }
}
