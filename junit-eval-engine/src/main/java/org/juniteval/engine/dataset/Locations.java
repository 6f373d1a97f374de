package org.juniteval.engine.dataset;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;

/** Finds the files that a suite names, or says where they were looked for and what is there instead. */
final class Locations {

    private static final String FILE = "file:";
    private static final Pattern OTHER_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");
    private static final List<String> RESOURCE_FOLDERS = List.of("src/test/resources", "src/main/resources");
    private static final List<String> CODE_FOLDERS =
            List.of("src/test/java", "src/test/kotlin", "src/main/java", "src/main/kotlin");
    private static final int NEAR_MISSES = 3;

    private final Class<?> anchor;
    private final Path base;
    private final Consumer<DatasetFault> faults;
    private final ClassPath classPath;

    Locations(Class<?> anchor, Path base, Consumer<DatasetFault> faults) {
        this.anchor = anchor;
        this.base = base;
        this.faults = faults;
        this.classPath = new ClassPath(anchor);
    }

    /** The files in the order of the locations, those of a glob sorted; a file that several of them name comes once. */
    List<Source> find(List<String> locations) {
        Map<String, Source> found = new LinkedHashMap<>();
        for (String location : locations) {
            for (Source source : find(location)) {
                found.putIfAbsent(source.link(), source);
            }
        }
        return withShortNames(found.values());
    }

    /** The last part of a path. */
    static String fileName(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private Collection<Source> find(String location) {
        try {
            if (location.startsWith(FILE)) {
                return inFileSystem(location);
            }
            if (location.isBlank()) {
                fault("@Dataset has a blank location: name a file such as \"capitals.jsonl\"");
                return List.of();
            }
            if (OTHER_SCHEME.matcher(location).matches()) {
                fault("'" + location + "': write x.jsonl for a file beside the class, /x.jsonl for one at the root of the"
                        + " class path, file:x.jsonl for any other");
                return List.of();
            }
            return onClassPath(location);
        } catch (InvalidPathException e) {
            fault("'" + location + "' is no path: " + e.getReason());
            return List.of();
        }
    }

    private Collection<Source> inFileSystem(String location) {
        // file:///x and file:/x are the same.
        String path = location.substring(FILE.length())
                .replace(File.separatorChar, '/')
                .replaceFirst("^///", "/");
        Glob glob = Glob.of(path);
        Path folder = base.resolve(glob.folder()).normalize();
        SortedMap<String, Path> files = files(folder, glob);
        if (files.isEmpty()) {
            String instead = Files.isDirectory(folder)
                    ? didYouMean(namesakes(folder, 1, fileName(path)).keySet())
                    : "; that folder does not exist";
            fault("'" + location + "' is not there: looked in " + folder + instead);
        }
        List<Source> sources = new ArrayList<>();
        files.forEach((name, file) -> sources.add(source(join(glob.folder(), name), file)));
        return sources;
    }

    private Collection<Source> onClassPath(String location) {
        String name = normalized(location.startsWith("/") ? location : join(anchorFolder(), location));
        if (Glob.isGlob(name)) {
            return matching(location, name);
        }
        URL url = anchor.getResource("/" + name);
        if (url == null) {
            notFound(location, name);
            return List.of();
        }
        if (!url.getProtocol().equals("file")) {
            return List.of(new Source(relative(name), url.toString(), () -> uncached(url)));
        }
        Path file = ClassPath.path(url);
        if (Files.isDirectory(file)) {
            fault("'" + location + "' is a folder: write " + join(location, "*.jsonl") + " for the files in it");
            return List.of();
        }
        return List.of(copied(relative(name), file, name));
    }

    /** As everywhere on a class path, of two files with one name the first counts. */
    private Collection<Source> matching(String location, String name) {
        Glob glob = Glob.of(name);
        SortedMap<String, Source> sources = new TreeMap<>();
        for (Path root : classPath.roots()) {
            if (Files.isDirectory(root)) {
                files(root.resolve(glob.folder()), glob).forEach((rest, file) -> {
                    String found = join(glob.folder(), rest);
                    sources.putIfAbsent(found, copied(relative(found), file, found));
                });
            } else {
                for (String found : entries(root, glob)) {
                    URI link = entry(root, found);
                    Source source = new Source(relative(found), link.toString(), () -> uncached(link.toURL()));
                    sources.putIfAbsent(found, source);
                }
            }
        }
        if (sources.isEmpty()) {
            notFound(location, name);
        }
        return sources.values();
    }

    private void notFound(String location, String name) {
        String folders = classPath.folders().stream().map(Path::toString).collect(joining(", "));
        fault("'" + location + "' is not on the class path: looked for " + name + " in " + folders + " and "
                + classPath.jars().size() + " jars" + remedy(name));
    }

    private String remedy(String name) {
        Glob glob = Glob.of(name);
        for (String folder : RESOURCE_FOLDERS) {
            if (!files(base.resolve(folder).resolve(glob.folder()), glob).isEmpty()) {
                return "; it stands in " + folder + " but was not copied from there: build before running,"
                        + " for instance by mvn test-compile";
            }
        }
        for (String folder : CODE_FOLDERS) {
            if (!files(base.resolve(folder).resolve(glob.folder()), glob).isEmpty()) {
                String resources = folder.replaceFirst("[^/]+$", "resources");
                return "; it stands in " + folder + ", from where only classes are built: move it to "
                        + join(resources, name);
            }
        }
        Set<String> nearMisses = new TreeSet<>();
        for (Path folder : classPath.folders()) {
            namesakes(folder, Integer.MAX_VALUE, fileName(name)).keySet().forEach(found -> nearMisses.add("/" + found));
        }
        return didYouMean(nearMisses);
    }

    private static String didYouMean(Collection<String> names) {
        return names.isEmpty()
                ? ""
                : names.stream().limit(NEAR_MISSES).collect(joining("' or '", "; did you mean '", "'?"));
    }

    /** Files of this name in any folder, upper and lower case aside. */
    private static SortedMap<String, Path> namesakes(Path folder, int depth, String fileName) {
        return files(folder, depth, path -> fileName(path).equalsIgnoreCase(fileName));
    }

    private static SortedMap<String, Path> files(Path folder, Glob glob) {
        return files(folder, glob.depth(), glob::matches);
    }

    /** Files by their path below the folder, sorted by that alone: no two file systems list in the same order. */
    private static SortedMap<String, Path> files(Path folder, int depth, Predicate<String> matching) {
        SortedMap<String, Path> files = new TreeMap<>();
        try {
            Files.walkFileTree(folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String name = folder.relativize(file).toString().replace(File.separatorChar, '/');
                    if (attributes.isRegularFile() && matching.test(name)) {
                        files.put(name, file);
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    // A folder that is not there, not readable or a link to itself holds nothing for us.
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static List<String> entries(Path jar, Glob glob) {
        String prefix = glob.folder().isEmpty() ? "" : glob.folder() + "/";
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(JarEntry::getName)
                    .filter(name -> name.startsWith(prefix) && glob.matches(name.substring(prefix.length())))
                    .toList();
        } catch (IOException e) {
            // Loaders pass over what is no jar, too.
            return List.of();
        }
    }

    private static URI entry(Path jar, String name) {
        try {
            return URI.create("jar:" + jar.toUri() + "!" + new URI(null, null, "/" + name, null).getRawPath());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(name, e);
        }
    }

    /** Cached connections share one open jar for ever, which on Windows locks it and elsewhere hides its replacement. */
    private static InputStream uncached(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
    }

    private static Source source(String name, Path file) {
        return new Source(name, file.toUri().toString(), () -> Files.newInputStream(file));
    }

    /** Shows the resource that the user edits, where the file is the copy that the build made of it. */
    private Source copied(String shown, Path file, String name) {
        Source copy = source(shown, file);
        if (file.startsWith(base)) {
            for (String folder : RESOURCE_FOLDERS) {
                Path original = base.resolve(folder).resolve(name);
                if (original.toFile().isFile() && original.toFile().length() == file.toFile().length()) {
                    return new Source(shown, original.toUri().toString(), copy.content());
                }
            }
        }
        return copy;
    }

    /** As a suite would write it: without the package that they share. */
    private String relative(String name) {
        String folder = anchorFolder() + "/";
        return name.startsWith(folder) ? name.substring(folder.length()) : name;
    }

    private String anchorFolder() {
        return anchor.getPackageName().replace('.', '/');
    }

    private static String join(String folder, String name) {
        return folder.isEmpty() || folder.endsWith("/") ? folder + name : folder + "/" + name;
    }

    /** Without dots, and without a slash at its begin. */
    private static String normalized(String path) {
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/")) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }

    /** A file is called by its bare name, unless another has the same. */
    private static List<Source> withShortNames(Collection<Source> sources) {
        Map<String, Long> files = sources.stream().collect(groupingBy(source -> fileName(source.file()), counting()));
        return sources.stream()
                .map(source -> files.get(fileName(source.file())) == 1 ? source.named(fileName(source.file())) : source)
                .toList();
    }

    private void fault(String message) {
        faults.accept(new DatasetFault(message));
    }
}
