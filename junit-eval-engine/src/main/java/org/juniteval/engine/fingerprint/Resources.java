package org.juniteval.engine.fingerprint;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
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

    private static final List<String> SCHEMES = List.of("classpath*:", "classpath:", "file:");
    private static final int LONGEST_EXTENSION = 10;
    private static final List<String> CONFIGURATION = List.of(".properties", ".yml", ".yaml", ".xml", ".conf", ".toml");

    /** {@code *}, or any number of folders. */
    private static final Pattern WILDCARD = Pattern.compile("\\*\\*/|\\*+");

    /** {@code %s}, {@code %1$-5d}, {@code {0}}, {@code {}}, {@code {name}}, <code>${name}</code>. */
    private static final Pattern PLACEHOLDER =
            Pattern.compile("%(?:\\d+\\$)?[-#+ 0,(]*\\d*(?:\\.\\d+)?[sdxSX]|\\$?\\{[^{}/]*}");

    private final ProjectFiles files;
    private final FileNameIndex index;
    private final Set<String> constants;
    private final Set<String> folders;
    private final Set<String> foldersUnderBase;
    private final Set<String> matched = new HashSet<>();
    private final SortedMap<String, Content> found = new TreeMap<>();

    /**
     * @param constants all texts of the slice
     * @param folders the packages of its classes, as folders with a slash at their end
     */
    Resources(ProjectFiles files, Set<String> constants, Set<String> folders) {
        this.files = files;
        this.index = files.index();
        this.constants = constants;
        this.folders = folders;
        this.foldersUnderBase = foldersUnderBase();
    }

    /** A file that fits a name with gaps, and what it fills them with. */
    private record Match(String path, Content content, Matcher gaps) {}

    /**
     * The named files: path from the resource root, or from the base directory, and the hash of the content.
     *
     * @param byData whether the rows of a dataset may fill the gaps of a recipe or a format text: then constants do not
     *     tell which of the files that fit are meant
     */
    SortedMap<String, String> find(Set<String> recipes, Predicate<String> byData) {
        for (String constant : constants) {
            if (isName(constant)) {
                String name = withoutScheme(constant);
                addNamed(name);
                if (name.indexOf('*') >= 0) {
                    addMatching(WILDCARD.matcher(name).replaceAll(String.valueOf(GAP)), () -> true);
                }
                if (hasPlaceholder(constant)) {
                    addMatching(PLACEHOLDER.matcher(name).replaceAll(String.valueOf(GAP)), () -> byData.test(constant));
                }
            }
        }
        for (String recipe : recipes) {
            if (isName(recipe) && addMatching(withoutScheme(recipe), () -> byData.test(recipe))) {
                matched.add(recipe);
            }
        }
        SortedMap<String, String> hashes = new TreeMap<>();
        for (Map.Entry<String, Content> file : found.entrySet()) {
            hashes.put(file.getKey(), Sha256.of(file.getValue().read()));
        }
        return hashes;
    }

    /** Those of the recipes that named a file. */
    Set<String> matched() {
        return matched;
    }

    /** The files by which a framework is told what to make. */
    SortedMap<String, String> configuration() {
        SortedMap<String, String> hashes = new TreeMap<>();
        files.resources().forEach((path, content) -> {
            if (CONFIGURATION.stream().anyMatch(path::endsWith)) {
                hashes.put(path, Sha256.of(content.read()));
            }
        });
        return hashes;
    }

    /** Whether a text may be a format that something else completes. */
    static boolean hasPlaceholder(String text) {
        return text.indexOf('%') >= 0 || text.indexOf('{') >= 0;
    }

    private static boolean isName(String text) {
        if (text.isBlank() || text.length() > LONGEST_NAME) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' && c != GAP) {
                return false;
            }
        }
        return true;
    }

    private static String withoutScheme(String text) {
        int start = 0;
        for (String scheme : SCHEMES) {
            if (start == 0 && text.startsWith(scheme)) {
                start = scheme.length();
            }
        }
        while (text.startsWith("/", start) || text.startsWith("./", start)) {
            start += text.charAt(start) == '/' ? 1 : 2;
        }
        return text.substring(start);
    }

    private static boolean hasExtension(String name) {
        int dot = name.lastIndexOf('.');
        if (dot <= 0
                || name.charAt(dot - 1) == '.'
                || name.charAt(dot - 1) == '/'
                || dot == name.length() - 1
                || name.length() - dot - 1 > LONGEST_EXTENSION
                || !isLetter(name.charAt(dot + 1))) {
            return false;
        }
        for (int i = dot + 2; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!isLetter(c) && !(c >= '0' && c <= '9')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    // ---- whole names

    private void addNamed(String name) {
        List<String> sameFileName = index.resourcesLike(name);
        if (sameFileName.isEmpty() && !index.isLikeFileUnderBase(name) && !name.contains("./")) {
            return; // nearly all constants
        }
        SortedMap<String, Content> resources = files.resources();
        add(name, resources.get(name));
        for (String folder : folders) {
            String path = normal(folder + name);
            add(path, resources.get(path));
        }
        if (hasExtension(name)) {
            String end = "/" + name;
            for (String path : sameFileName) {
                if (path.endsWith(end)) {
                    add(path, resources.get(path));
                }
            }
        }
        for (String folder : foldersUnderBase) {
            String path = normal(folder + name);
            add(path, files.baseFiles().get(path));
        }
    }

    private static String normal(String path) {
        return path.contains("./") ? Path.of(path).normalize().toString().replace('\\', '/') : path;
    }

    private void add(String path, Content content) {
        if (content != null) {
            found.putIfAbsent(path, content);
        }
    }

    /**
     * The folders, each with a slash at its end, that constants name one after the other, as in
     * {@code Path.of("src", "test").resolve("prompts")}; the base directory itself is the empty text.
     */
    private Set<String> foldersUnderBase() {
        Set<String> words = new TreeSet<>();
        for (String constant : constants) {
            if (isName(constant)) {
                String name = withoutScheme(constant);
                int end = name.length();
                while (end > 0 && name.charAt(end - 1) == '/') {
                    end--;
                }
                String word = name.substring(0, end) + "/";
                if (index.endsFolderUnderBase(word)) {
                    words.add(word);
                }
            }
        }
        Set<String> folders = new LinkedHashSet<>(Set.of(""));
        Deque<String> todo = new ArrayDeque<>();
        todo.add("");
        while (!todo.isEmpty() && folders.size() < MOST_FOLDERS) {
            String parent = todo.pop();
            for (String word : words) {
                if (index.isFolderUnderBase(parent + word) && folders.add(parent + word)) {
                    todo.add(parent + word);
                }
            }
        }
        return folders;
    }

    // ---- names with gaps

    /** @param all whether every file that fits is meant, whatever the slice's constants tell */
    private boolean addMatching(String name, BooleanSupplier all) {
        if (!tellsEnough(name)) {
            return false;
        }
        List<Match> matches = matches(name);
        if (matches.isEmpty()) {
            return false;
        }
        List<Match> told = new ArrayList<>();
        for (Match match : matches) {
            if (fillsGapsWithConstants(match.gaps())) {
                told.add(match);
            }
        }
        for (Match match : told.isEmpty() || all.getAsBoolean() ? matches : told) {
            add(match.path(), match.content());
        }
        return true;
    }

    private List<Match> matches(String name) {
        List<Match> matches = new ArrayList<>();
        Pattern fromRoot = pattern(name);
        Pattern anywhere = hasExtension(name) ? Pattern.compile("(?:.*/)?" + fromRoot.pattern()) : fromRoot;
        for (Map.Entry<String, Content> resource : files.resources().entrySet()) {
            String path = resource.getKey();
            Matcher matcher = anywhere.matcher(path);
            boolean fits = matcher.matches();
            for (Iterator<String> folder = folders.iterator(); !fits && folder.hasNext(); ) {
                String start = folder.next();
                if (path.startsWith(start)) {
                    matcher = fromRoot.matcher(path.substring(start.length()));
                    fits = matcher.matches();
                }
            }
            if (fits) {
                matches.add(new Match(path, resource.getValue(), matcher));
            }
        }
        for (String folder : foldersUnderBase) {
            for (Map.Entry<String, Content> file : filesUnderBase(folder, name).entrySet()) {
                Matcher matcher = fromRoot.matcher(file.getKey().substring(folder.length()));
                if (matcher.matches()) {
                    matches.add(new Match(file.getKey(), file.getValue(), matcher));
                }
            }
        }
        return matches;
    }

    /** A folder or an extension must be known: else nearly any sentence with a gap would name nearly any file. */
    private static boolean tellsEnough(String name) {
        return name.indexOf(GAP) >= 0
                && hasLetterOrDigit(name)
                && (name.indexOf('/') > 0 && name.charAt(0) != GAP || hasExtension(name));
    }

    private static boolean hasLetterOrDigit(String name) {
        for (int i = 0; i < name.length(); i++) {
            if (Character.isLetterOrDigit(name.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** The names that a name with gaps may come to; each gap is a group. */
    static Pattern pattern(String name) {
        StringBuilder pattern = new StringBuilder();
        int start = 0;
        for (int gap = name.indexOf(GAP); gap >= 0; gap = name.indexOf(GAP, start)) {
            appendLiteral(pattern, name.substring(start, gap));
            pattern.append("(.*)");
            start = gap + 1;
        }
        appendLiteral(pattern, name.substring(start));
        return Pattern.compile(pattern.toString());
    }

    private static void appendLiteral(StringBuilder pattern, String text) {
        if (!text.isEmpty()) {
            pattern.append(Pattern.quote(text));
        }
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
        Map<String, Content> below = files.baseFiles().subMap(start, true, start + Character.MAX_VALUE, false);
        if (folderEnd > 0) {
            return below;
        }
        // Of a folder that the name with the gap does not tell only its own files: below the base lies the whole
        // module.
        Map<String, Content> own = new LinkedHashMap<>();
        for (Map.Entry<String, Content> file : below.entrySet()) {
            if (file.getKey().indexOf('/', start.length()) < 0) {
                own.put(file.getKey(), file.getValue());
            }
        }
        return own;
    }
}
