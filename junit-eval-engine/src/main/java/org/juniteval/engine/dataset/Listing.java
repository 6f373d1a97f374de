package org.juniteval.engine.dataset;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

/** The names of files in a folder or a jar, joined by slashes and sorted, since no two file systems list alike. */
final class Listing {

    private Listing() {}

    /** The files that match below a folder; their names begin at that of the glob's folder. */
    static SortedSet<String> matching(Path root, Glob glob) {
        SortedSet<String> names = new TreeSet<>();
        for (String name : below(root.resolve(glob.folder()), glob.depth(), glob::matches)) {
            names.add(glob.inFolder(name));
        }
        return names;
    }

    /** The entries of a jar that match; none where the file is no jar, which loaders pass over, too. */
    static List<String> entries(Path jar, Glob glob) {
        String folder = glob.inFolder("");
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> name.startsWith(folder) && glob.matches(name.substring(folder.length())))
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /** The files of a name in a folder, upper and lower case aside, at most so many levels down. */
    static SortedSet<String> namesakes(Path folder, int depth, String fileName) {
        return below(folder, depth, path -> Locations.fileName(path).equalsIgnoreCase(fileName));
    }

    private static SortedSet<String> below(Path folder, int depth, Predicate<String> wanted) {
        SortedSet<String> names = new TreeSet<>();
        try {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
                    if (attributes.isRegularFile() && wanted.test(name)) {
                        names.add(name);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    // A folder that is not there, not readable or a link into itself has nothing to list.
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return names;
    }
}
