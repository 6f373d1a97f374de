package org.juniteval.engine.fingerprint;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Finds the files that constants name, in whole or in part. */
final class Resources {

    /** Longer texts are prompts themselves. */
    private static final int LONGEST_NAME = 300;

    private static final Pattern SCHEME = Pattern.compile("^(classpath\\*?:|file:)?/*");
    private static final Pattern EXTENSION = Pattern.compile("[^./]\\.[A-Za-z][A-Za-z0-9]{0,9}$");

    private final ProjectFiles files;
    private final Path base;
    private final SortedMap<String, String> found = new TreeMap<>();

    Resources(ProjectFiles files, Path base) {
        this.files = files;
        this.base = base;
    }

    /** The named files: path from the resource root, or from the base directory, and the hash of the content. */
    SortedMap<String, String> namedBy(Collection<String> constants, Set<String> packages) {
        for (String constant : constants) {
            if (isName(constant)) {
                add(SCHEME.matcher(constant).replaceFirst(""), packages);
            }
        }
        return found;
    }

    private static boolean isName(String constant) {
        return !constant.isEmpty()
                && constant.length() <= LONGEST_NAME
                && constant.chars().noneMatch(c -> c < ' ' || c == '*' || c == '?');
    }

    private void add(String name, Set<String> packages) {
        Map<String, ProjectFiles.Location> resources = files.resources();
        addResource(name, resources.get(name));
        for (String folder : packages) {
            addResource(folder + name, resources.get(folder + name));
        }
        if (EXTENSION.matcher(name).find()) {
            String end = "/" + name;
            resources.forEach((path, location) -> {
                if (path.endsWith(end)) {
                    addResource(path, location);
                }
            });
        }
        addFile(name);
    }

    private void addResource(String path, ProjectFiles.Location location) {
        if (location != null) {
            found.computeIfAbsent(path, p -> Sha256.of(location.read()));
        }
    }

    private void addFile(String name) {
        try {
            Path file = base.resolve(name);
            if (!name.isEmpty() && Files.isRegularFile(file)) {
                found.computeIfAbsent(name, n -> Sha256.of(new ProjectFiles.Location(file, "").read()));
            }
        } catch (InvalidPathException e) {
            // no file can have that name
        }
    }
}
