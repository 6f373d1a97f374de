package org.juniteval.engine.slice;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Where each class and each resource of the project is; what comes first on the class path wins, as it does for a loader. */
final class ProjectFiles {

    private static final String CLASS = ".class";

    private final Map<String, Content> classes = new HashMap<>();
    private final TreeMap<String, Content> resources = new TreeMap<>();
    private final List<Path> folders = new ArrayList<>();
    private final List<Path> packed = new ArrayList<>();
    private final Set<String> hiddenInJars = new HashSet<>();
    private final Path base;
    private final Set<Path> leftOut;
    private NavigableMap<String, Content> baseFiles;
    private FileNameIndex index;

    private ProjectFiles(Path base, Set<Path> leftOut) {
        this.base = base;
        this.leftOut = leftOut;
    }

    /** The files below the base directory by their paths; looked for when they are first asked for. */
    synchronized NavigableMap<String, Content> baseFiles() {
        if (baseFiles == null) {
            baseFiles = BaseFiles.of(base, leftOut);
        }
        return baseFiles;
    }

    /** A file outside of the base directory, by its path from there; null where there is none. */
    Content besideBase(String path) {
        Path file = base.resolve(path).normalize();
        boolean counts = leftOut.stream().noneMatch(file::startsWith) && Files.isRegularFile(file);
        return counts ? Content.of(file) : null;
    }

    /** @param homes where suites lie: project code, whatever else they are */
    static ProjectFiles of(
            Set<Path> entries, Set<Path> homes, Path base, List<String> extraPackages, Set<Path> leftOut) {
        ClassPath classPath = new ClassPath(base);
        List<String> extraFolders = new ArrayList<>();
        for (String name : extraPackages) {
            extraFolders.add(name.replace('.', '/') + "/");
        }
        ProjectFiles files = new ProjectFiles(base, leftOut);
        Set<Path> all = new LinkedHashSet<>(entries);
        all.addAll(homes);
        for (Path entry : all) {
            boolean project = homes.contains(entry) || classPath.isProject(entry);
            if (Files.isDirectory(entry)) {
                if (project) {
                    files.addFolder(entry);
                }
            } else if (project || !extraFolders.isEmpty()) {
                files.addJar(entry, project ? List.of("") : extraFolders);
                files.packed.addAll(packedFrom(entry));
            }
        }
        return files;
    }

    private void addFolder(Path folder) {
        folders.add(folder);
        int start = startBelow(folder);
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (attributes.isRegularFile() || attributes.isSymbolicLink() && Files.isRegularFile(file)) {
                        add(file.toString().substring(start).replace('\\', '/'), Content.of(file));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where in the text of an absolute path, of a file below the folder, its path from there begins. */
    static int startBelow(Path folder) {
        return folder.toString().length() + (folder.getParent() == null ? 0 : 1);
    }

    private void addJar(Path jar, List<String> folders) {
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : Collections.list(file.entries())) {
                String name = entry.getName();
                if (!entry.isDirectory() && isIn(folders, name)) {
                    if (name.endsWith(CLASS) && holds(className(name))) {
                        hiddenInJars.add(className(name));
                    }
                    // Classes are read while the jar is open: to open it for each of them takes longer than all else.
                    add(name, name.endsWith(CLASS) ? Content.of(file, entry) : Content.of(jar, name));
                }
            }
        } catch (IOException e) {
            // not a jar: the class loader passes over it as well
        }
    }

    private static boolean isIn(List<String> folders, String name) {
        for (String folder : folders) {
            if (name.startsWith(folder)) {
                return true;
            }
        }
        return false;
    }

    private void add(String name, Content content) {
        if (name.endsWith(CLASS)) {
            if (name.startsWith("META-INF/") || name.endsWith("module-info.class")) {
                return;
            }
            classes.putIfAbsent(className(name), content);
        } else if (name.startsWith("META-INF/services/")) {
            Content before = resources.get(name);
            resources.put(name, before == null ? content : before.and(content));
        } else if (!isLeftByBuild(name)) {
            resources.putIfAbsent(name, content);
        }
    }

    private static String className(String path) {
        return path.substring(0, path.length() - CLASS.length());
    }

    /** Whether every build writes the file anew. */
    private static boolean isLeftByBuild(String name) {
        return name.startsWith("META-INF/")
                && (name.startsWith("META-INF/maven/")
                        || name.startsWith("META-INF/versions/")
                        || name.endsWith(".MF")
                        || name.endsWith(".SF")
                        || name.endsWith(".RSA")
                        || name.endsWith(".DSA")
                        || name.endsWith(".EC")
                        || name.endsWith("INDEX.LIST"));
    }

    /** Whether a class, by its internal name, is the project's own. */
    boolean holds(String className) {
        return classes.containsKey(className);
    }

    /** The internal names of all classes, sorted. */
    Set<String> classNames() {
        return new TreeSet<>(classes.keySet());
    }

    byte[] bytesOf(String className) {
        return classes.get(className).read();
    }

    /** The file, if it is one of its own, that holds a resource or (by a name that ends in {@code .class}) a class. */
    Optional<Path> fileOf(String path) {
        Content content = path.endsWith(CLASS) ? classes.get(className(path)) : resources.get(path);
        return content instanceof FileContent own ? Optional.of(own.file()) : Optional.empty();
    }

    /** The folders that Maven or Gradle packs into a jar that it leaves where this one is. */
    private static List<Path> packedFrom(Path jar) {
        Path output = jar.getParent();
        return Stream.of("classes", "test-classes", "../classes/java/main", "../classes/java/test")
                .map(folder -> output.resolve(folder).normalize())
                .filter(Files::isDirectory)
                .toList();
    }

    /** The folder that a class comes from, itself or packed in a jar; empty where that cannot be told. */
    Optional<Path> folderOf(String className) {
        Optional<Path> file = fileOf(className + CLASS);
        return file.isPresent()
                ? folders.stream()
                        .filter(folder -> folder.resolve(className + CLASS).equals(file.get()))
                        .findFirst()
                : packed.stream().filter(folder -> holdsSame(folder, className)).findFirst();
    }

    private boolean holdsSame(Path folder, String className) {
        Path file = folder.resolve(className + CLASS);
        return Files.isRegularFile(file)
                && Arrays.equals(bytesOf(className), Content.of(file).read());
    }

    /** Where a class of that name was compiled: what is hidden at run time may have been compiled against. */
    List<Path> foldersOf(String className) {
        return Stream.concat(
                        folderOf(className).stream(),
                        folders.stream().filter(folder -> Files.isRegularFile(folder.resolve(className + CLASS))))
                .distinct()
                .toList();
    }

    /** Whether one of the project's jars has a class of that name that is hidden by an earlier one. */
    boolean isHiddenInJar(String className) {
        return hiddenInJars.contains(className);
    }

    /** All resources by their path from the root of the class path, sorted. */
    TreeMap<String, Content> resources() {
        return resources;
    }

    /** The resources and the files below the base directory by their names without folders. */
    synchronized FileNameIndex index() {
        if (index == null) {
            index = new FileNameIndex(resources.keySet(), baseFiles().keySet());
        }
        return index;
    }

    /** What is in a file, or in an entry of a jar. */
    interface Content {

        byte[] read();

        /** Both, one after the other: of a service's files all count, wherever they lie. */
        default Content and(Content next) {
            return () -> {
                byte[] first = read();
                byte[] second = next.read();
                byte[] both = Arrays.copyOf(first, first.length + 1 + second.length);
                both[first.length] = '\n';
                System.arraycopy(second, 0, both, first.length + 1, second.length);
                return both;
            };
        }

        static Content of(Path file) {
            return new FileContent(file);
        }

        static Content of(Path jar, String entry) {
            return () -> {
                try (JarFile file = new JarFile(jar.toFile())) {
                    return of(file, file.getJarEntry(entry)).read();
                } catch (IOException e) {
                    throw new UncheckedIOException("cannot read " + entry + " of " + jar, e);
                }
            };
        }

        private static Content of(JarFile jar, JarEntry entry) throws IOException {
            try (InputStream in = jar.getInputStream(entry)) {
                byte[] bytes = in.readAllBytes();
                return () -> bytes;
            }
        }
    }

    private record FileContent(Path file) implements Content {

        @Override
        public byte[] read() {
            try {
                return Files.readAllBytes(file);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read " + file, e);
            }
        }
    }
}
