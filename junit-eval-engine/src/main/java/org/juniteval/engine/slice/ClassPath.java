package org.juniteval.engine.slice;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/** The folders and jars that classes come from, and which of them are the project's own. */
final class ClassPath {

    private static final List<String> BUILD_FILES =
            List.of("pom.xml", "build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts", ".git");

    /** Surefire starts its JVM with one jar that only has a manifest; its properties tell the true path. */
    private static final List<String> PATHS =
            List.of("java.class.path", "surefire.test.class.path", "surefire.real.class.path", "jdk.module.path");

    private final Path engine = codeSource(ClassPath.class);
    private final Path annotations = codeSource(org.juniteval.Eval.class);
    private final Path buildRoot;
    private final String groupPath;

    ClassPath(Path base) {
        this.buildRoot = buildRoot(base);
        this.groupPath = mavenGroup(base).replace('.', File.separatorChar);
    }

    static boolean isModule(Path folder) {
        for (String file : BUILD_FILES) {
            if (Files.exists(folder.resolve(file))) {
                return true;
            }
        }
        return false;
    }

    /** Everything on the class path, in the order in which it is searched. */
    static Set<Path> entries(ClassLoader loader) {
        Set<Path> entries = new LinkedHashSet<>();
        for (String property : PATHS) {
            for (String entry : System.getProperty(property, "").split(File.pathSeparator)) {
                if (!entry.isEmpty()) {
                    add(entries, Path.of(entry));
                }
            }
        }
        addUrls(entries, loader);
        return entries;
    }

    private static void addUrls(Set<Path> entries, ClassLoader loader) {
        if (loader == null) {
            return;
        }
        addUrls(entries, loader.getParent());
        if (loader instanceof URLClassLoader urls) {
            for (URL url : urls.getURLs()) {
                addUri(entries, URI.create(url.toString()));
            }
        }
    }

    private static void addUri(Set<Path> entries, URI uri) {
        try {
            add(entries, Path.of(uri));
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            // not a file: nothing of the project's own is loaded over a network
        }
    }

    private static void add(Set<Path> entries, Path entry) {
        Path normal = entry.toAbsolutePath().normalize();
        if (Files.exists(normal) && entries.add(normal) && Files.isRegularFile(normal)) {
            addManifestPath(entries, normal);
        }
    }

    private static void addManifestPath(Set<Path> entries, Path jar) {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            Manifest manifest = file.getManifest();
            String path = manifest == null ? null : manifest.getMainAttributes().getValue(Attributes.Name.CLASS_PATH);
            if (path != null) {
                for (String relative : path.trim().split(" +")) {
                    addUri(entries, jar.toUri().resolve(relative));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            // no jar, or a path that names nothing: the class loader passes over it as well
        }
    }

    /**
     * Whether what lies here is the project's own: any folder, a jar that the build itself made, a jar of the module's
     * Maven group. A local repository inside the build's folder, as CI servers keep it, does not make libraries ours.
     */
    boolean isProject(Path entry) {
        if (holdsOurselves(entry)) {
            return false;
        }
        if (Files.isDirectory(entry)) {
            return true;
        }
        Path repositoryFolder = repositoryFolder(entry);
        if (repositoryFolder != null) {
            return !groupPath.isEmpty() && repositoryFolder.endsWith(groupPath);
        }
        return entry.startsWith(buildRoot);
    }

    /** The folder of the group in a repository of Maven's or Gradle's layout, or null. */
    private static Path repositoryFolder(Path jar) {
        Path version = jar.getParent();
        Path artifact = version == null ? null : version.getParent();
        if (artifact == null || artifact.getParent() == null || artifact.getFileName() == null) {
            return null;
        }
        String start =
                artifact.getFileName() + "-" + version.getFileName().toString().replace("-SNAPSHOT", "");
        if (jar.getFileName().toString().startsWith(start)) {
            return artifact.getParent();
        }
        // Gradle: files-2.1/<group>/<artifact>/<version>/<hash>/<file>
        Path gradleGroup = artifact.getParent().getParent();
        if (gradleGroup != null
                && gradleGroup.getParent() != null
                && gradleGroup.getParent().endsWith("files-2.1")) {
            return Path.of(gradleGroup.getFileName().toString().replace('.', File.separatorChar));
        }
        return null;
    }

    private boolean holdsOurselves(Path entry) {
        return entry.equals(engine) || entry.equals(annotations);
    }

    /** The folder or jar that holds a class's file, or null; a patched module has another code source than it. */
    static Path homeOf(Class<?> type) {
        String name = "/" + type.getName().replace('.', '/') + ".class";
        URL url = type.getResource(name);
        if (url == null) {
            return null;
        }
        String text = url.toString();
        try {
            if (text.startsWith("jar:file:") && text.endsWith("!" + name)) {
                return Path.of(URI.create(text.substring("jar:".length(), text.length() - name.length() - 1)));
            }
            return text.startsWith("file:") && text.endsWith(name)
                    ? Path.of(URI.create(text.substring(0, text.length() - name.length() + 1)))
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Where a class was loaded from, or null where its loader does not tell. */
    static Path codeSource(Class<?> type) {
        try {
            var source = type.getProtectionDomain().getCodeSource();
            return source == null || source.getLocation() == null
                    ? null
                    : Path.of(URI.create(source.getLocation().toString()))
                            .toAbsolutePath()
                            .normalize();
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            return null;
        }
    }

    /** The topmost folder of the build that the module belongs to. */
    private static Path buildRoot(Path base) {
        Path root = base;
        for (Path folder = base; folder != null && isModule(folder); folder = folder.getParent()) {
            root = folder;
        }
        return root;
    }

    private static String mavenGroup(Path base) {
        Path pom = base.resolve("pom.xml");
        if (!Files.isRegularFile(pom)) {
            return "";
        }
        try {
            return groupIn(new String(Files.readAllBytes(pom), UTF_8));
        } catch (IOException e) {
            return "";
        }
    }

    /** The project's own group, or else its parent's. To load the JDK's parser takes longer than to slice a suite. */
    static String groupIn(String pom) {
        String inherited = "";
        Deque<String> open = new ArrayDeque<>();
        int end;
        for (int start = pom.indexOf('<'); start >= 0; start = pom.indexOf('<', end)) {
            String closedBy = pom.startsWith("<!--", start) ? "-->" : pom.startsWith("<![CDATA[", start) ? "]]>" : ">";
            end = pom.indexOf(closedBy, start);
            if (end < 0) {
                break; // the build itself says what is wrong with its pom
            }
            char first = pom.charAt(start + 1);
            if (first == '/') {
                open.poll();
            } else if (first != '!' && first != '?' && pom.charAt(end - 1) != '/') {
                String tag = pom.substring(start + 1, end);
                open.push(tag);
                boolean ofProject = open.size() == 2;
                if (tag.equals("groupId") && (ofProject || open.size() == 3 && open.contains("parent"))) {
                    String text = pom.substring(end + 1, Math.max(end + 1, pom.indexOf('<', end)))
                            .trim();
                    if (ofProject) {
                        return text;
                    }
                    inherited = text;
                }
            }
        }
        return inherited;
    }
}
