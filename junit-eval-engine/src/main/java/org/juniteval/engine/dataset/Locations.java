package org.juniteval.engine.dataset;

import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
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

    Locations(Class<?> anchor, Path base, Consumer<DatasetFault> faults) {
        this.anchor = anchor;
        this.base = base;
        this.faults = faults;
    }

    /** The files in the order of the locations, those of a glob sorted; a file that several of them name comes once. */
    List<Source> find(List<String> locations) {
        Map<String, Source> found = new LinkedHashMap<>();
        for (String location : locations) {
            try {
                find(location).forEach(source -> found.putIfAbsent(source.link(), source));
            } catch (InvalidPathException e) {
                fault("'" + location + "' is no path: " + e.getReason());
            }
        }
        return withShortNames(found.values());
    }

    /** The last part of a path or location. */
    static String fileName(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.startsWith(FILE) ? name.substring(FILE.length()) : name;
    }

    private List<Source> find(String location) {
        if (location.startsWith(FILE)) {
            return inFileSystem(location);
        }
        if (location.isBlank()) {
            fault("@Dataset has a blank location: name a file such as \"capitals.jsonl\"");
            return List.of();
        }
        if (OTHER_SCHEME.matcher(location).matches()) {
            fault("'" + location + "' is no location: write x.jsonl for a file beside the class,"
                    + " /x.jsonl for one at the root of the class path, file:x.jsonl for any other");
            return List.of();
        }
        return onClassPath(location);
    }

    private List<Source> inFileSystem(String location) {
        // file:///x and file:/x are the same.
        String path = location.substring(FILE.length())
                .replace(File.separatorChar, '/')
                .replaceFirst("^///", "/");
        Glob glob = Glob.of(path);
        SortedSet<String> names = Listing.matching(base, glob);
        if (names.isEmpty()) {
            Path folder = base.resolve(glob.folder()).normalize();
            String instead =
                    Files.isDirectory(folder) ? didYouMean(like(path, folder)) : "; that folder does not exist";
            fault(nothing(location, "") + ": looked in " + folder + instead);
        }
        return names.stream().map(this::file).toList();
    }

    private Source file(String name) {
        Path file = base.resolve(name).normalize();
        return source(name, file, file);
    }

    private List<Source> onClassPath(String location) {
        String name = normalized(location.startsWith("/") ? location : anchorFolder() + "/" + location);
        Collection<String> names = Glob.isGlob(name) ? matchingResources(name) : List.of(name);
        List<Source> sources = new ArrayList<>();
        for (String found : names) {
            URL url = anchor.getResource("/" + found);
            if (url != null && url.getProtocol().equals("file") && Files.isDirectory(ClassPath.path(url))) {
                fault("'" + location + "' is a folder: name the files in it, for instance by '*.jsonl' behind it");
                return List.of();
            }
            if (url != null) {
                sources.add(resource(found, url));
            }
        }
        if (sources.isEmpty()) {
            notFound(location, name);
        }
        return sources;
    }

    /** Only the names: which of two files with one name counts is left to the loader. */
    private SortedSet<String> matchingResources(String name) {
        Glob glob = Glob.of(name);
        ClassPath classPath = new ClassPath(anchor);
        SortedSet<String> names = new TreeSet<>();
        classPath.folders().forEach(folder -> names.addAll(Listing.matching(folder, glob)));
        classPath.jars().forEach(jar -> names.addAll(Listing.entries(jar, glob)));
        return names;
    }

    private Source resource(String name, URL url) {
        String shown = name.startsWith(anchorFolder() + "/")
                ? name.substring(anchorFolder().length() + 1)
                : name;
        if (!url.getProtocol().equals("file")) {
            return new Source(shown, url.toString(), () -> uncached(url));
        }
        Path file = ClassPath.path(url);
        return source(shown, file, edited(file, name));
    }

    /** The resource that the user edits, where the file is the copy that the build made of it. */
    private Path edited(Path copy, String name) {
        if (copy.startsWith(base)) {
            for (String folder : RESOURCE_FOLDERS) {
                File original = base.resolve(folder).resolve(name).toFile();
                // Of another size it is filtered, or was edited since: its lines would be others.
                if (original.isFile() && original.length() == copy.toFile().length()) {
                    return original.toPath();
                }
            }
        }
        return copy;
    }

    /** Not read through a channel: that would be closed for good by an interrupt that is none of its business. */
    private static Source source(String name, Path file, Path linked) {
        return new Source(name, linked.toUri().toString(), () -> new FileInputStream(file.toFile()));
    }

    /** A cached connection keeps its jar open for ever: Windows then locks it, others go on to read a replaced one. */
    private static InputStream uncached(URL url) throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        return connection.getInputStream();
    }

    private void notFound(String location, String name) {
        ClassPath classPath = new ClassPath(anchor);
        String folders = classPath.folders().stream().map(this::shown).collect(joining(", "));
        fault(nothing(location, " on the class path") + ": looked for " + name + " in " + folders + " and "
                + classPath.jars().size() + " jars" + remedy(name, classPath));
    }

    private static String nothing(String location, String where) {
        return Glob.isGlob(location)
                ? "no file" + where + " matches '" + location + "'"
                : "there is no '" + location + "'" + where;
    }

    private String remedy(String name, ClassPath classPath) {
        Glob glob = Glob.of(name);
        for (String folder : RESOURCE_FOLDERS) {
            if (!Listing.matching(base.resolve(folder), glob).isEmpty()) {
                return "; it stands in " + folder + " but was not copied from there: build before you run, for instance"
                        + " by mvn test-compile";
            }
        }
        for (String folder : CODE_FOLDERS) {
            if (!Listing.matching(base.resolve(folder), glob).isEmpty()) {
                String resources = folder.substring(0, folder.lastIndexOf('/')) + "/resources/";
                return "; it stands in " + folder + ", from where only classes are taken: move it to " + resources
                        + name;
            }
        }
        Set<String> elsewhere = new TreeSet<>();
        for (Path folder : classPath.folders()) {
            Listing.namesakes(folder, Integer.MAX_VALUE, fileName(name)).forEach(found -> elsewhere.add("/" + found));
        }
        if (elsewhere.isEmpty()) {
            String beside = name.substring(0, name.length() - fileName(name).length());
            for (Path folder : classPath.folders()) {
                like(name, folder.resolve(beside)).forEach(found -> elsewhere.add("/" + beside + found));
            }
        }
        return didYouMean(elsewhere);
    }

    /** The files of a folder that are called nearly the same as one that is missing. */
    private static Collection<String> like(String path, Path folder) {
        String fileName = fileName(path);
        Set<String> same = Listing.namesakes(folder, 1, fileName);
        return same.isEmpty()
                ? Nearest.to(fileName, Listing.matching(folder, Glob.of("*")))
                        .map(Set::of)
                        .orElse(Set.of())
                : same;
    }

    private static String didYouMean(Collection<String> names) {
        return names.isEmpty()
                ? ""
                : names.stream().limit(NEAR_MISSES).collect(joining("' or '", "; did you mean '", "'?"));
    }

    private String shown(Path folder) {
        return folder.startsWith(base) ? base.relativize(folder).toString() : folder.toString();
    }

    private String anchorFolder() {
        return anchor.getPackageName().replace('.', '/');
    }

    /** Without dots, and without a slash at either end. */
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

    /** A file is called by its bare name, unless another one of the dataset has the same. */
    private static List<Source> withShortNames(Collection<Source> sources) {
        Set<String> names = new HashSet<>();
        Set<String> several = new HashSet<>();
        for (Source source : sources) {
            if (!names.add(fileName(source.file()))) {
                several.add(fileName(source.file()));
            }
        }
        List<Source> named = new ArrayList<>();
        for (Source source : sources) {
            String name = fileName(source.file());
            named.add(several.contains(name) ? source : source.named(name));
        }
        return named;
    }

    private void fault(String message) {
        faults.accept(new DatasetFault(message));
    }
}
