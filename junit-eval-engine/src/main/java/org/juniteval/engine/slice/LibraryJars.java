package org.juniteval.engine.slice;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.zip.CRC32;
import org.juniteval.engine.fingerprint.Sha256;

/** The jars of libraries, by name and content. */
final class LibraryJars {

    private final ClassLoader loader;
    private final Map<String, Optional<Path>> jars = new ConcurrentHashMap<>();
    private final Map<String, Boolean> folders = new ConcurrentHashMap<>();
    private final Map<Path, String> hashes = new ConcurrentHashMap<>();

    LibraryJars(ClassLoader loader) {
        this.loader = loader;
    }

    /** The jar that a class is loaded from; empty for the JDK's classes and for classes that are not there. */
    Optional<Path> jarOf(String className) {
        Optional<Path> known = jars.get(className);
        if (known == null) {
            known = find(className);
            jars.put(className, known);
        }
        return known;
    }

    /** Whether a jar has a folder; most jars list their folders. */
    boolean haveFolder(String folder) {
        return folders.computeIfAbsent(folder, name -> {
            try {
                return Collections.list(loader.getResources(name)).stream()
                        .anyMatch(url -> url.getProtocol().equals("jar"));
            } catch (IOException e) {
                return true;
            }
        });
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
        Set<Path> all = new TreeSet<>();
        for (String className : classNames) {
            if (!isOurs(className)) {
                Path jar = jarOf(className).orElse(null);
                if (jar != null) {
                    all.add(jar);
                }
            }
        }
        return hashes(all);
    }

    /** Name and hash of jars. */
    Map<String, String> hashes(Set<Path> all) {
        Map<String, Set<String>> byName = new TreeMap<>();
        for (Path jar : all) {
            byName.computeIfAbsent(jar.getFileName().toString(), name -> new TreeSet<>())
                    .add(hashOf(jar));
        }
        Map<String, String> found = new TreeMap<>();
        byName.forEach((name, contents) ->
                found.put(name, contents.size() == 1 ? contents.iterator().next() : Sha256.of(contents.toString())));
        return found;
    }

    /** Whether a class is of what runs the evals: each IDE and build tool brings its own version. */
    static boolean isOurs(String className) {
        return className.startsWith("org/juniteval/") || className.startsWith("org/junit/");
    }

    private String hashOf(Path jar) {
        String known = hashes.get(jar);
        if (known == null) {
            known = readDirectory(jar);
            hashes.put(jar, known);
        }
        return known;
    }

    /**
     * Over the jar's directory, which holds a checksum of each entry: to read 100 MB of model weights takes too long. The
     * checksum of all is of the same kind: a JVM that has just started hashes text ten times faster so.
     */
    private static String readDirectory(Path jar) {
        SortedMap<String, String> entries = new TreeMap<>();
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            for (JarEntry entry : Collections.list(file.entries())) {
                if (!entry.isDirectory()) {
                    entries.put(entry.getName(), entry.getCrc() + " " + entry.getSize());
                }
            }
        } catch (IOException e) {
            return Sha256.of("unreadable");
        }
        CRC32 directory = new CRC32();
        directory.update(Slice.text(entries).getBytes(UTF_8));
        return Sha256.of(entries.size() + " " + directory.getValue());
    }
}
