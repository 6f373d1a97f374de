package org.juniteval.engine.fingerprint;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarFile;

/** The jars of libraries, by name and content. */
final class LibraryJars {

    private final ClassLoader loader;
    private final Map<String, Optional<Path>> jars = new ConcurrentHashMap<>();
    private final Map<Path, String> hashes = new ConcurrentHashMap<>();

    LibraryJars(ClassLoader loader) {
        this.loader = loader;
    }

    /** The jar that a class is loaded from; empty for the JDK's classes and for classes that are not there. */
    Optional<Path> jarOf(String className) {
        return jars.computeIfAbsent(className, this::find);
    }

    private Optional<Path> find(String className) {
        URL url = loader.getResource(className + ".class");
        if (url == null || !url.getProtocol().equals("jar")) {
            return Optional.empty();
        }
        try {
            URLConnection connection = url.openConnection();
            return connection instanceof JarURLConnection jar
                            && jar.getJarFileURL().getProtocol().equals("file")
                    ? Optional.of(Path.of(URI.create(jar.getJarFileURL().toString())))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Name and hash of the jars that hold the given classes. */
    Map<String, String> of(Set<String> classNames) {
        Map<String, String> found = new TreeMap<>();
        for (String className : classNames) {
            if (!isOurs(className)) {
                jarOf(className)
                        .ifPresent(jar -> found.merge(
                                jar.getFileName().toString(),
                                hashOf(jar),
                                (a, b) -> a.equals(b) ? a : Sha256.of(a + b)));
            }
        }
        return found;
    }

    private static boolean isOurs(String className) {
        return className.startsWith("org/juniteval/") || className.startsWith("org/junit/");
    }

    private String hashOf(Path jar) {
        return hashes.computeIfAbsent(jar, LibraryJars::readDirectory);
    }

    /** Over the jar's directory, which holds a checksum of each entry: to read 100 MB of model weights takes too long. */
    private static String readDirectory(Path jar) {
        Map<String, String> entries = new TreeMap<>();
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            file.stream()
                    .filter(entry -> !entry.isDirectory())
                    .forEach(entry -> entries.put(entry.getName(), entry.getCrc() + " " + entry.getSize()));
        } catch (IOException e) {
            return Sha256.of("unreadable");
        }
        return Sha256.of(Slice.text(new TreeMap<>(entries)));
    }
}
