package org.juniteval.engine.slice;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import org.juniteval.engine.fingerprint.Sha256;
import org.juniteval.engine.slice.ProjectFiles.Content;

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

    /** Larger files are data: what they name is not looked for. */
    private static final int LARGEST_TEXT = 1 << 18;

    /** <code>{{> tone}}</code>, <code>{% include "tone" %}</code>, {@code <#import "tone">}, {@code #parse("tone")}. */
    private static final Pattern INCLUDE =
            Pattern.compile("(?:\\{\\{[~#]?>|\\b(?:include|import|extends|parse)\\b)[\\s(\"']*([\\w./-]+)");

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
     * @param open whether something else than constants may fill the gaps of a recipe or a format text: then constants do
     *     not tell which of the files that fit are meant
     */
    SortedMap<String, String> find(Set<String> recipes, Predicate<String> open) {
        for (String constant : constants) {
            if (isName(constant)) {
                addNamed(withoutScheme(constant));
                if (hasPlaceholder(constant) && addMatching(withGaps(constant), () -> open.test(constant))) {
                    matched.add(constant);
                }
            }
            addNamesIn(constant);
        }
        for (String recipe : recipes) {
            if (isName(recipe) && addMatching(withGaps(recipe), () -> hasPlaceholder(recipe) || open.test(recipe))) {
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
            for (Map.Entry<String, Content> file : List.copyOf(found.entrySet())) {
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

    /** Adds the files by which a framework is told what to make, and those that they name. */
    void addConfiguration(SortedMap<String, String> hashes) {
        files.resources().forEach((path, content) -> {
            if (CONFIGURATION.stream().anyMatch(path::endsWith)) {
                add(path, content);
            }
        });
        addHashes(hashes);
    }

    private static String withGaps(String text) {
        String name = withoutScheme(text);
        return hasPlaceholder(name) ? PLACEHOLDER.matcher(name).replaceAll(String.valueOf(GAP)) : name;
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
        for (int end = schemeEnd(text, 0); end > start; end = schemeEnd(text, start)) {
            start = end;
        }
        while (text.startsWith("/", start) || text.startsWith("./", start)) {
            start += text.charAt(start) == '/' ? 1 : 2;
        }
        return text.substring(start);
    }

    /** Where the scheme ends that starts there ({@code classpath*:}, {@code optional:}); there, if none does. */
    private static int schemeEnd(String text, int start) {
        int end = start;
        while (end < text.length() && (text.charAt(end) >= 'a' && text.charAt(end) <= 'z' || text.charAt(end) == '-')) {
            end++;
        }
        if (end - start > 1 && text.startsWith("*", end)) {
            end++;
        }
        return end - start > 1 && text.startsWith(":", end) ? end + 1 : start;
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
        if (name.indexOf('*') >= 0) {
            addMatching(WILDCARD.matcher(name).replaceAll(String.valueOf(GAP)), () -> true);
        }
        if (name.startsWith("../")) {
            add(name, files.besideBase(name));
        }
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

    /** The files that a text names among other words: a list, a table of prompts, settings. */
    private void addNamesIn(String text) {
        int start = 0;
        for (int end = 0; end <= text.length(); end++) {
            if (end == text.length() || isBetweenNames(text.charAt(end))) {
                if (end > start && end - start < text.length() && end - start <= LONGEST_NAME) {
                    String name = withoutScheme(text.substring(start, end));
                    if (hasExtension(name)) {
                        addNamed(name);
                    }
                }
                start = end + 1;
            }
        }
    }

    /** Whether it stands between names in lists, settings and templates. */
    private static boolean isBetweenNames(char c) {
        return c <= ' ' || ",;:|=<>(){}[]\"'`".indexOf(c) >= 0;
    }

    /** The parts that a template takes from beside it, or from a root, without their extension. */
    private void addIncluded(String path, String text) {
        String folder = path.substring(0, path.lastIndexOf('/') + 1);
        String extension = path.substring(Math.max(path.lastIndexOf('.'), folder.length()));
        Matcher include = INCLUDE.matcher(text);
        while (include.find()) {
            String name = withoutScheme(include.group(1)) + extension;
            for (String full : List.of(normal(folder + name), name)) {
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
                String name = withoutScheme(constant);
                names.add(name.endsWith("/") ? name.substring(0, name.length() - 1) : name);
            }
        }
        for (Map.Entry<String, Content> resource : files.resources().entrySet()) {
            String path = resource.getKey();
            int file = path.lastIndexOf('/') + 1;
            int dot = path.lastIndexOf('.');
            if (dot > file) {
                boolean completed = file > 0 && names.contains(path.substring(0, dot));
                boolean joined = names.contains(path.substring(file, dot))
                        && (names.contains(path.substring(dot))
                                || names.contains(path.substring(dot + 1))
                                || file > 0 && names.contains(path.substring(0, file - 1)));
                if (completed || joined) {
                    add(path, resource.getValue());
                }
            }
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
