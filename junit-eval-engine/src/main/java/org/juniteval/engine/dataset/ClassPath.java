package org.juniteval.engine.dataset;

import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The folders and jars that a class sees, as far as its loader lets them be listed. */
final class ClassPath {

    private final Set<Path> roots = new LinkedHashSet<>();

    /**
     * Few loaders list their roots. So all are asked for what nearly every root holds: folders for the empty name, jars
     * for a manifest. The other three add jars without one; {@code java.class.path} alone would not do, because IDEs
     * that shorten command lines put a single jar there whose manifest names all others.
     */
    ClassPath(Class<?> anchor) {
        ClassLoader loader = anchor.getClassLoader();
        for (String name : List.of("", "META-INF/MANIFEST.MF")) {
            try {
                Collections.list(loader.getResources(name)).forEach(this::add);
            } catch (IOException e) {
                // A loader that cannot be asked has no roots that could be listed.
            }
        }
        if (loader instanceof URLClassLoader open) {
            List.of(open.getURLs()).forEach(this::add);
        }
        for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator)) {
            if (!entry.isEmpty()) {
                addIfPresent(Path.of(entry));
            }
        }
        CodeSource code = anchor.getProtectionDomain().getCodeSource();
        if (code != null) {
            add(code.getLocation());
        }
    }

    List<Path> folders() {
        return roots.stream().filter(Files::isDirectory).toList();
    }

    List<Path> jars() {
        return roots.stream().filter(Files::isRegularFile).toList();
    }

    private void add(URL url) {
        try {
            URL root = url.openConnection() instanceof JarURLConnection jar ? jar.getJarFileURL() : url;
            if (root.getProtocol().equals("file")) {
                Path path = path(root);
                addIfPresent(path.endsWith("META-INF/MANIFEST.MF") ? path.resolve("../..") : path);
            }
        } catch (IOException | IllegalArgumentException e) {
            // Roots inside other roots, or on servers, cannot be listed; single files in them are still found by name.
        }
    }

    private void addIfPresent(Path root) {
        if (Files.exists(root)) {
            roots.add(root.toAbsolutePath().normalize());
        }
    }

    /** The file that a {@code file:} URL names. */
    static Path path(URL url) {
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            // Loaders that were built by hand give URLs with a blank in them.
            return Path.of(URI.create(url.toString().replace(" ", "%20")));
        }
    }
}
