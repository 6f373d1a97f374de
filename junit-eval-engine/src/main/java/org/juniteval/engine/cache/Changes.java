package org.juniteval.engine.cache;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.juniteval.engine.fingerprint.Fingerprint;

/**
 * Says which components of two keys differ and, of those that all samples of an eval share, in which of their parts.
 *
 * <p>An answer's entry holds a hash for each component. What the components consist of is kept once for all answers
 * that have them, in entries of its own beside those of the cases: {@code slice/code-<hash>.json}.
 */
public final class Changes {

    private static final String CASE = "slice";

    /** The labels of components whose parts are kept. */
    public static final Set<String> TAKEN_APART = Set.of("code", "resources", "declared");

    private static final String CODE = "code";

    /** Under which other bytecode of the same sources is noted. */
    private static final String ALSO = "code-also";

    /** How many parts are named; the others are counted. */
    private static final int NAMED = 3;

    /** Enough to tell versions of one part apart, and less than half as long. */
    private static final int DIGITS = 16;

    private static final Pattern PACKAGE = Pattern.compile("^(?:[\\p{Ll}_][\\w$]*\\.)+(?=\\p{Lu})");

    /** The hashes of components that consist of nothing, for which nothing is kept. */
    private static final Map<String, String> NOTHING =
            Fingerprint.empty().with("resources", "").with("declared", "{}").components();

    private final Store store;
    private final String suite;
    private final String eval;
    private final Map<String, SortedMap<String, String>> parts;
    private final Map<String, String> known = new ConcurrentHashMap<>();
    private final AtomicBoolean kept = new AtomicBoolean();

    /** @param parts of a component, by its label: each part's name and hash */
    public Changes(Store store, String suite, String eval, Map<String, SortedMap<String, String>> parts) {
        this.store = store;
        this.suite = suite;
        this.eval = eval;
        this.parts = Map.copyOf(parts);
    }

    /** The same of a key whose parts are only known from what was kept of them; where nothing was, none are named. */
    public static Changes kept(Store store, EntryKey key) {
        Changes nothing = new Changes(store, key.suite(), key.eval(), Map.of());
        Map<String, SortedMap<String, String>> parts = new TreeMap<>();
        for (String label : TAKEN_APART) {
            Optional.ofNullable(key.components().get(label))
                    .flatMap(hash -> nothing.kept(label, hash))
                    .ifPresent(hashes -> parts.put(label, hashes));
        }
        return new Changes(store, key.suite(), key.eval(), parts);
    }

    /** Whether an entry is none of a case's: it says what a component consists of. */
    public static boolean keepsParts(EntryKey key) {
        return key.caseId().equals(CASE) && TAKEN_APART.contains(key.part());
    }

    /** Of a component, by its label: each part's name and hash, or the beginning of its hash. */
    public Map<String, SortedMap<String, String>> parts() {
        return parts;
    }

    /** Keeps what a key's components consist of; to be called before the first answer under such a key is stored. */
    public void keep(EntryKey key) {
        if (kept.compareAndSet(false, true)) {
            parts.keySet().forEach(label -> keep(label, key.components().get(label)));
        }
    }

    private void keep(String label, String hash) {
        SortedMap<String, String> hashes = parts.get(label);
        EntryKey own = own(label, hash);
        if (!hashes.isEmpty() && !(store.get(own) instanceof Lookup.Hit)) {
            ObjectNode payload = JsonNodeFactory.instance.objectNode();
            hashes.forEach((name, part) -> payload.put(name, cut(part)));
            store.put(own, payload);
        }
    }

    /**
     * Keeps what the code consists of as this compiler makes it, where it is known by another name: it is to be compared
     * with what this compiler makes of the next edit.
     *
     * @param name the hash of the component that it is known by
     * @param bytecode the hash that it would have by itself
     */
    public void keepAlso(String name, String bytecode) {
        if (name.equals(bytecode)) {
            return;
        }
        Set<String> others = others(name);
        if (others.add(bytecode)) {
            keep(CODE, bytecode);
            ObjectNode payload = JsonNodeFactory.instance.objectNode();
            others.forEach(other -> payload.put(other, ""));
            store.put(also(name), payload);
        }
    }

    /** The hashes of other bytecode that is known by a name. */
    private Set<String> others(String name) {
        Set<String> others = new TreeSet<>();
        if (store.get(also(name)) instanceof Lookup.Hit hit) {
            hit.entry().payload().fieldNames().forEachRemaining(others::add);
        }
        others.removeIf(other -> !EntryKey.isFingerprint(other));
        return others;
    }

    /** With a fingerprint of its own: a remote store knows entries by nothing else. */
    private EntryKey also(String name) {
        return own(ALSO, Fingerprint.empty().with(ALSO, name).value());
    }

    private EntryKey own(String label, String hash) {
        return new EntryKey(suite, eval, CASE, label, hash, new TreeMap<>());
    }

    private static String cut(String hash) {
        return hash.substring(0, Math.min(DIGITS, hash.length()));
    }

    /** {@code code changed: Prompts.render(String); input changed}. */
    public String between(EntryKey before, EntryKey now) {
        TreeSet<String> labels = new TreeSet<>(before.components().keySet());
        labels.addAll(now.components().keySet());
        return labels.stream()
                .filter(label -> !Objects.equals(
                        before.components().get(label), now.components().get(label)))
                .map(label -> changed(label, before.components().get(label)))
                .collect(Collectors.joining("; "));
    }

    private String changed(String label, String before) {
        if (before == null || !parts.containsKey(label)) {
            return label + " changed";
        }
        return known.computeIfAbsent(label + before, any -> label + " changed" + names(label, before));
    }

    /** The parts that differ, edited ones first; nothing where it is not known what the component consisted of. */
    private String names(String label, String before) {
        List<String> all = Stream.concat(
                        Stream.of(before), label.equals(CODE) ? others(before).stream() : Stream.empty())
                .flatMap(hash -> kept(label, hash).stream())
                .map(old -> differences(old, parts.get(label)))
                .min(Comparator.comparing(List::size)) // of several compilers' the same one's
                .orElse(List.of());
        if (all.isEmpty()) {
            return "";
        }
        int more = all.size() - NAMED;
        return ": " + String.join(", ", all.subList(0, Math.min(NAMED, all.size())))
                + (more > 0 ? " and " + more + " more" : "");
    }

    /** What a component consisted of; empty where that is not known. */
    private Optional<SortedMap<String, String>> kept(String label, String hash) {
        SortedMap<String, String> parts = new TreeMap<>();
        if (EntryKey.isFingerprint(hash) && store.get(own(label, hash)) instanceof Lookup.Hit hit) {
            for (Map.Entry<String, JsonNode> part : hit.entry().payload().properties()) {
                parts.put(part.getKey(), part.getValue().asText());
            }
        } else if (!hash.equals(NOTHING.get(label))) {
            return Optional.empty();
        }
        return Optional.of(parts);
    }

    private static List<String> differences(Map<String, String> old, Map<String, String> now) {
        Stream<String> edited = now.keySet().stream()
                .filter(name -> old.containsKey(name) && !old.get(name).equals(cut(now.get(name))))
                .map(Changes::readable);
        Stream<String> added =
                now.keySet().stream().filter(name -> !old.containsKey(name)).map(name -> readable(name) + " (new)");
        Stream<String> gone =
                old.keySet().stream().filter(name -> !now.containsKey(name)).map(name -> readable(name) + " (gone)");
        return Stream.of(edited, added, gone).flatMap(names -> names).toList();
    }

    /** {@code Prompts.render(String)} of {@code demo.Prompts.render(String)}; a file's path stays as it is. */
    public static String readable(String part) {
        return PACKAGE.matcher(part).replaceFirst("");
    }
}
