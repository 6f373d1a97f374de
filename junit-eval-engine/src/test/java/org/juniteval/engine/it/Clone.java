package org.juniteval.engine.it;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** This repository once more, without anything that builds have left in it. */
final class Clone {

    private static final Path REPOSITORY = Path.of(System.getProperty(
            "localRepository",
            Path.of(System.getProperty("user.home"), ".m2", "repository").toString()));
    private static final Set<String> LEFT_BEHIND = Set.of("target", ".git", ".eval");

    private final Path directory;
    private int builds;

    Clone(Path directory) throws IOException {
        this.directory = directory;
        copy(Readme.ROOT);
    }

    /** Runs Maven with these arguments, on the local repository of the build that runs the tests. */
    MavenRun mvn(String... arguments) {
        List<String> command = new ArrayList<>(List.of(MavenProject.maven(), "-Dmaven.repo.local=" + REPOSITORY));
        command.addAll(List.of(arguments));
        return MavenProject.run(directory, directory.resolve("build-" + ++builds + ".log"), command);
    }

    Path directory() {
        return directory;
    }

    private void copy(Path root) throws IOException {
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                if (LEFT_BEHIND.contains(folder.getFileName().toString()) && !folder.equals(root)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(directory.resolve(root.relativize(folder)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, directory.resolve(root.relativize(file)));
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
