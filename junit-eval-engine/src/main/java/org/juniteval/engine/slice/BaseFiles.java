package org.juniteval.engine.slice;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.juniteval.engine.slice.ProjectFiles.Content;

/** The files below a module's base directory by their paths, without those of builds, tools and hidden folders. */
final class BaseFiles {

    private static final int DEEPEST_FOLDER = 10;

    /** Of a base directory that holds more, the rest is not looked at. */
    private static final int MOST_FILES = 50_000;

    /** What builds and tools leave in a module's folder: an answer must not depend on it. */
    private static final Set<String> LEFT_BY_TOOLS = Set.of("target", "build", "out", "bin", "node_modules");

    private BaseFiles() {}

    /** @param leftOut folders that are not looked into either */
    static NavigableMap<String, Content> of(Path base, Set<Path> leftOut) {
        NavigableMap<String, Content> files = new TreeMap<>();
        int start = ProjectFiles.startBelow(base);
        try {
            Files.walkFileTree(base, Set.of(), DEEPEST_FOLDER, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    if (folder.equals(base)) {
                        return FileVisitResult.CONTINUE;
                    }
                    String name = folder.getFileName().toString();
                    return name.startsWith(".") || LEFT_BY_TOOLS.contains(name) || leftOut.contains(folder)
                            ? FileVisitResult.SKIP_SUBTREE
                            : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile()) {
                        files.put(file.toString().substring(start).replace('\\', '/'), Content.of(file));
                    }
                    return files.size() < MOST_FILES ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException unreadable) {
                    return FileVisitResult.CONTINUE; // what cannot be read is in no answer
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }
}
