package org.juniteval.engine.fingerprint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Where each class and each resource of the project is; what comes first on the class path wins, as it does for a loader. */
final class ProjectFiles {

    private static final String CLASS = ".class";

    private final Map<String, Location> classes = new HashMap<>();
    private final TreeMap<String, Location> resources = new TreeMap<>();

    static ProjectFiles of(ClassLoader loader, Path base, List<String> extraPackages) {
        ClassPath classPath = new ClassPath(base);
        List<String> extraFolders =
                extraPackages.stream().map(name -> name.replace('.', '/') + "/").toList();
        ProjectFiles files = new ProjectFiles();
        for (Path entry : ClassPath.entries(loader)) {
            boolean project = classPath.isProject(entry);
            if (Files.isDirectory(entry)) {
                if (project) {
                    files.addFolder(entry);
                }
            } else if (project || !extraFolders.isEmpty()) {
                files.addJar(entry, project ? List.of("") : extraFolders);
            }
        }
        return files;
    }

    private void addFolder(Path folder) {
        try (Stream<Path> walk = Files.walk(folder)) {
            walk.filter(Files::isRegularFile)
                    .forEach(
                            file -> add(folder.relativize(file).toString().replace('\\', '/'), new Location(file, "")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addJar(Path jar, List<String> folders) {
        try (JarFile file = new JarFile(jar.toFile())) {
            file.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(entry -> entry.getName())
                    .filter(name -> folders.stream().anyMatch(name::startsWith))
                    .forEach(name -> add(name, new Location(jar, name)));
        } catch (IOException e) {
            // not a jar: the class loader passes over it as well
        }
    }

    private void add(String name, Location location) {
        if (name.endsWith(CLASS)) {
            classes.putIfAbsent(name.substring(0, name.length() - CLASS.length()), location);
        } else if (!name.startsWith("META-INF/") || name.startsWith("META-INF/services/")) {
            resources.putIfAbsent(name, location);
        }
    }

    /** Whether a class, by its internal name, is the project's own. */
    boolean holds(String className) {
        return classes.containsKey(className);
    }

    byte[] bytesOf(String className) {
        return classes.get(className).read();
    }

    /** All resources by their path from the root of the class path, sorted. */
    TreeMap<String, Location> resources() {
        return resources;
    }

    /** A file of its own, or an entry of a jar. */
    record Location(Path file, String entry) {

        byte[] read() {
            try {
                if (entry.isEmpty()) {
                    return Files.readAllBytes(file);
                }
                try (JarFile jar = new JarFile(file.toFile());
                        InputStream in = jar.getInputStream(jar.getJarEntry(entry))) {
                    return in.readAllBytes();
                }
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file + (entry.isEmpty() ? "" : "!" + entry), e);
            }
        }
    }
}
