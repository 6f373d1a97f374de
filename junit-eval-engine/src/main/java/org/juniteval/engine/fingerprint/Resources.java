package org.juniteval.engine.fingerprint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.juniteval.engine.fingerprint.ProjectFiles.Content;

/**
 * Finds the files that constants name, in whole or in part.
 *
 * <p>A name is tried from the resource roots, beside the classes of the slice and under the module's base directory; one
 * with an extension names every resource whose path ends in it. Folders are never followed.
 */
final class Resources {

    /** Stands for a part of a name that only the run knows. */
    static final char GAP = '\0';

    /** Longer texts are prompts themselves. */
    private static final int LONGEST_NAME = 300;

    /** So many folders can be named by constants one after the other; more are words that happen to be folders' names. */
    private static final int MOST_FOLDERS = 200;

    private static final Pattern SCHEME = Pattern.compile("^(?:[a-z][a-z-]+\\*?:)*(?:\\./|/)*");
    private static final Pattern EXTENSION = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,9}");

    /** What stands between names in lists, settings and templates. */
    private static final Pattern SEPARATOR = Pattern.compile("[\\s,;:|=<>(){}\\[\\]\"'`]+");

    /** <code>{{> tone}}</code>, <code>{% include "tone" %}</code>, {@code <#import "tone">}, {@code #parse("tone")}. */
    private static final Pattern INCLUDE =
            Pattern.compile("(?:\\{\\{[~#]?>|\\b(?:include|import|extends|parse)\\b)[\\s(\"']*([\\w./-]+)");

    /** Larger files are data: what they name is not looked for. */
    private static final int LARGEST_TEXT = 1 << 18;

    private static final Pattern CONFIGURATION = Pattern.compile("\\.(?:properties|ya?ml|xml|conf|toml)$");

    /** {@code *}, or any number of folders. */
    private static final Pattern WILDCARD = Pattern.compile("\\*\\*/|\\*+");

    /** {@code %s}, {@code %1$-5d}, {@code {0}}, {@code {}}, {@code {name}}, <code>${name}</code>. */
    private static final Pattern PLACEHOLDER =
            Pattern.compile("%(?:\\d+\\$)?[-#+ 0,(]*\\d*(?:\\.\\d+)?[sdxSX]|\\$?\\{[^{}/]*}");

    private final ProjectFiles files;
    private final Set<String> constants;
    private final Set<String> folders;
    private final NavigableMap<String, Content> baseFiles;
    private final Set<String> foldersUnderBase;
    private final Set<String> matched = new HashSet<>();
    private final SortedMap<String, Content> found = new TreeMap<>();

    /**
     * @param constants all texts of the slice
     * @param folders the packages of its classes, as folders with a slash at their end
     */
    Resources(ProjectFiles files, Set<String> constants, Set<String> folders) {
        this.files = files;
        this.constants = constants;
        this.folders = folders;
        this.baseFiles = files.baseFiles();
        this.foldersUnderBase = foldersUnderBase();
    }

    /**
     * The named files: path from the resource root, or from the base directory, and the hash of the content.
     *
     * @param open whether something else than constants may fill the gaps of a recipe or a format text: then constants do
     *     not tell which of the files that fit are meant
     */
    SortedMap<String, String> find(Set<String> recipes, Predicate<String> open) {
        for (String constant : constants) {
            if (isName(constant)) {
                addNamed(SCHEME.matcher(constant).replaceFirst(""));
                if (hasPlaceholder(constant) && addMatching(withGaps(constant), open.test(constant))) {
                    matched.add(constant);
                }
            }
            addNamesIn(constant);
        }
        for (String recipe : recipes) {
            if (isName(recipe) && addMatching(withGaps(recipe), hasPlaceholder(recipe) || open.test(recipe))) {
                matched.add(recipe);
            }
        }
        addTemplates();
        SortedMap<String, String> hashes = new TreeMap<>();
        addHashes(hashes);
        return hashes;
    }

    /** Hashes what was found, and what that names in turn. */
    private void addHashes(SortedMap<String, String> hashes) {
        while (hashes.size() < found.size()) {
            for (Map.Entry<String, Content> file : Map.copyOf(found).entrySet()) {
                if (!hashes.containsKey(file.getKey())) {
                    byte[] bytes = file.getValue().read();
                    hashes.put(file.getKey(), Sha256.of(bytes));
                    if (bytes.length <= LARGEST_TEXT) {
                        String text = new String(bytes, UTF_8);
                        addNamesIn(text);
                        addIncluded(file.getKey(), text);
                    }
                }
            }
        }
    }

    /** Those of the recipes and format texts that named a file. */
    Set<String> matched() {
        return matched;
    }

    /** The files by which a framework is told what to make, and those that they name. */
    void addConfiguration(SortedMap<String, String> hashes) {
        files.resources().forEach((path, content) -> {
            if (CONFIGURATION.matcher(path).find()) {
                add(path, content);
            }
        });
        addHashes(hashes);
    }

    private static String withGaps(String text) {
        String name = SCHEME.matcher(text).replaceFirst("");
        return hasPlaceholder(name) ? PLACEHOLDER.matcher(name).replaceAll(String.valueOf(GAP)) : name;
    }

    /** Whether a text may be a format that something else completes. */
    static boolean hasPlaceholder(String text) {
        return text.indexOf('%') >= 0 || text.indexOf('{') >= 0;
    }

    private static boolean isName(String text) {
        return !text.isBlank() && text.length() <= LONGEST_NAME && text.chars().noneMatch(c -> c < ' ' && c != GAP);
    }

    private static boolean hasExtension(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0
                && name.charAt(dot - 1) != '.'
                && name.charAt(dot - 1) != '/'
                && EXTENSION.matcher(name.substring(dot + 1)).matches();
    }

    // ---- whole names

    private void addNamed(String name) {
        SortedMap<String, Content> resources = files.resources();
        add(name, resources.get(name));
        for (String folder : folders) {
            String path = normal(folder + name);
            add(path, resources.get(path));
        }
        if (hasExtension(name)) {
            String end = "/" + name;
            resources.forEach((path, content) -> {
                if (path.endsWith(end)) {
                    add(path, content);
                }
            });
        }
        addFile(name);
        if (name.indexOf('*') >= 0) {
            addMatching(WILDCARD.matcher(name).replaceAll(String.valueOf(GAP)), true);
        }
    }

    /** The files that a text names among other words: a list, a table of prompts, settings. */
    private void addNamesIn(String text) {
        for (String word : SEPARATOR.split(text)) {
            String name = SCHEME.matcher(word).replaceFirst("");
            if (word.length() < text.length() && name.length() <= LONGEST_NAME && hasExtension(name)) {
                addNamed(name);
            }
        }
    }

    /** The parts that a template takes from beside it, or from a root, without their extension. */
    private void addIncluded(String path, String text) {
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        String extension = path.substring(Math.max(path.lastIndexOf('.'), folder.length()));
        Matcher include = INCLUDE.matcher(text);
        while (include.find()) {
            String name = SCHEME.matcher(include.group(1)).replaceFirst("") + extension;
            for (String full : Set.of(normal(folder + name), name)) {
                add(full, files.resources().get(full));
            }
        }
    }

    /**
     * The templates whose names a library completes: {@code "prompts/capital"}, or {@code "capital"} where the folder or
     * the extension is another constant.
     */
    private void addTemplates() {
        Set<String> names = new HashSet<>();
        for (String constant : constants) {
            if (isName(constant)) {
                names.add(SCHEME.matcher(constant).replaceFirst("").replaceFirst("/+$", ""));
            }
        }
        files.resources().forEach((path, content) -> {
            int file = path.lastIndexOf('/') + 1;
            int dot = path.lastIndexOf('.');
            if (dot > file) {
                boolean completed = file > 0 && names.contains(path.substring(0, dot));
                boolean joined = names.contains(path.substring(file, dot))
                        && (names.contains(path.substring(dot))
                                || names.contains(path.substring(dot + 1))
                                || file > 0 && names.contains(path.substring(0, file - 1)));
                if (completed || joined) {
                    add(path, content);
                }
            }
        });
    }

    private static String normal(String path) {
        return path.contains("./") ? Path.of(path).normalize().toString().replace('\\', '/') : path;
    }

    private void add(String path, Content content) {
        if (content != null) {
            found.putIfAbsent(path, content);
        }
    }

    private void addFile(String name) {
        for (String folder : foldersUnderBase) {
            String path = normal(folder + name);
            add(path, baseFiles.get(path));
        }
        if (name.startsWith("../")) {
            add(name, files.besideBase(name));
        }
    }

    /**
     * The folders, each with a slash at its end, that constants name one after the other, as in
     * {@code Path.of("src", "test").resolve("prompts")}; the base directory itself is the empty text.
     */
    private Set<String> foldersUnderBase() {
        Set<String> there = new HashSet<>();
        for (String path : baseFiles.keySet()) {
            for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                there.add(path.substring(0, slash + 1));
            }
        }
        Set<String> words = new TreeSet<>();
        for (String constant : constants) {
            if (isName(constant)) {
                words.add(SCHEME.matcher(constant).replaceFirst("").replaceFirst("/+$", "") + "/");
            }
        }
        words.removeIf(word -> there.stream().noneMatch(folder -> folder.endsWith("/" + word) || folder.equals(word)));
        Set<String> folders = new LinkedHashSet<>(Set.of(""));
        Deque<String> todo = new ArrayDeque<>(folders);
        while (!todo.isEmpty() && folders.size() < MOST_FOLDERS) {
            String parent = todo.pop();
            for (String word : words) {
                if (there.contains(parent + word) && folders.add(parent + word)) {
                    todo.add(parent + word);
                }
            }
        }
        return folders;
    }

    // ---- names with gaps

    private boolean addMatching(String name, boolean all) {
        if (!tellsEnough(name)) {
            return false;
        }
        Map<Matcher, Content> matches = new LinkedHashMap<>();
        Pattern fromRoot = pattern(name);
        Pattern fromAnyFolder = Pattern.compile("(?:.*/)?" + fromRoot.pattern());
        boolean anywhere = hasExtension(name);
        files.resources().forEach((path, content) -> {
            Matcher whole = (anywhere ? fromAnyFolder : fromRoot).matcher(path);
            if (whole.matches()) {
                matches.put(whole, content);
                return;
            }
            for (String folder : folders) {
                Matcher beside = path.startsWith(folder) ? fromRoot.matcher(path.substring(folder.length())) : null;
                if (beside != null && beside.matches()) {
                    matches.put(beside, content);
                    return;
                }
            }
        });
        Map<Content, String> names = new LinkedHashMap<>();
        files.resources().forEach((path, content) -> names.put(content, path));
        for (String folder : foldersUnderBase) {
            filesUnderBase(folder, name).forEach((path, content) -> {
                Matcher file = fromRoot.matcher(path.substring(folder.length()));
                if (file.matches()) {
                    matches.put(file, content);
                    names.put(content, path);
                }
            });
        }
        boolean narrowed = !all && matches.keySet().stream().anyMatch(this::fillsGapsWithConstants);
        matches.forEach((matcher, content) -> {
            if (!narrowed || fillsGapsWithConstants(matcher)) {
                add(names.get(content), content);
            }
        });
        return !matches.isEmpty();
    }

    /** A folder or an extension must be known: else nearly any sentence with a gap would name nearly any file. */
    private static boolean tellsEnough(String name) {
        return name.indexOf(GAP) >= 0
                && name.chars().anyMatch(Character::isLetterOrDigit)
                && (name.indexOf('/') > 0 && name.charAt(0) != GAP || hasExtension(name));
    }

    /** The names that a name with gaps may come to; each gap is a group. */
    static Pattern pattern(String name) {
        StringBuilder pattern = new StringBuilder();
        for (String literal : name.split("(?<=\0)|(?=\0)")) {
            pattern.append(literal.equals("\0") ? "(.*)" : Pattern.quote(literal));
        }
        return Pattern.compile(pattern.toString());
    }

    private boolean fillsGapsWithConstants(Matcher matcher) {
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.group(group).isEmpty() || !constants.contains(matcher.group(group))) {
                return false;
            }
        }
        return true;
    }

    private Map<String, Content> filesUnderBase(String folder, String name) {
        int folderEnd = name.lastIndexOf('/', name.indexOf(GAP));
        String start = folder + name.substring(0, folderEnd + 1);
        Map<String, Content> below = baseFiles.subMap(start, true, start + Character.MAX_VALUE, false);
        if (folderEnd > 0) {
            return below;
        }
        // Of a folder that the name with the gap does not tell only its own files: below the base lies the whole
        // module.
        Map<String, Content> own = new TreeMap<>(below);
        own.keySet().removeIf(path -> path.indexOf('/', start.length()) >= 0);
        return own;
    }
}
