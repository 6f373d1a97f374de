package org.juniteval.engine.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.juniteval.engine.cache.Changes;
import org.juniteval.engine.cache.Entry;
import org.juniteval.engine.cache.EntryKey;
import org.juniteval.engine.cache.FaultMarks;
import org.juniteval.engine.cache.Lease;
import org.juniteval.engine.cache.Lookup;
import org.juniteval.engine.cache.Store;
import org.juniteval.engine.dataset.Row;
import org.juniteval.engine.fingerprint.CanonicalJson;
import org.juniteval.engine.fingerprint.Fingerprint;
import org.juniteval.engine.slice.Roots;
import org.juniteval.engine.slice.Slice;
import org.juniteval.engine.suite.EvalDefinition;
import org.juniteval.engine.suite.ScorerDefinition;
import org.juniteval.engine.suite.SuiteDefinition;
import org.juniteval.engine.suite.Variant;

/** One eval's view of the cache: what its answers stand on, and their entries. */
final class AnswerCache {

    /** Raised when entries of an older version must not be found any more. */
    static final String SCHEMA = "1";

    /** How many declared values and blind spots a summary names. */
    private static final int NAMED = 3;

    private final Store store;
    private final FaultMarks faultMarks;
    private final EvalDefinition eval;
    private final Function<Roots, Slice> code;
    private final JsonNode declared;
    private final CodeNames names;
    private final Slice slice;
    private final Fingerprint base;
    private final Changes changes;
    private final Map<String, Fingerprint> variantBases = new ConcurrentHashMap<>();
    private final Map<ScorerDefinition, Fingerprint> scorerBases = new ConcurrentHashMap<>();
    private volatile OfCase lastCase = new OfCase(null, null, Fingerprint.empty());

    /**
     * @param code cuts the part of the project that roots reach
     * @param declared the values of the suite's {@code @Fingerprint} methods by name
     */
    AnswerCache(
            Store store, FaultMarks faultMarks, EvalDefinition eval, Function<Roots, Slice> code, JsonNode declared) {
        this.store = store;
        this.faultMarks = faultMarks;
        this.eval = eval;
        this.code = code;
        this.declared = declared;
        SuiteDefinition suite = eval.suite();
        this.names = new CodeNames(store, suite.name(), eval.name());
        List<Method> roots = new ArrayList<>(List.of(eval.method()));
        roots.addAll(suite.beforeAll());
        roots.addAll(eval.variantSources());
        roots.addAll(suite.fingerprintMethods());
        this.slice = code.apply(new Roots(suite.type(), roots));
        this.base = base(slice).with("eval", suite.name() + "#" + signature(eval.method()));
        this.changes = new Changes(
                store,
                suite.name(),
                eval.name(),
                Map.of("code", slice.parts(), "resources", slice.resources(), "declared", hashes(declared)));
        changes.keepAlso(base.components().get("code"), hash("code", slice.code()));
    }

    private static String hash(String label, String text) {
        return Fingerprint.empty().with(label, text).components().get(label);
    }

    private Fingerprint base(Slice of) {
        return Fingerprint.empty()
                .with("schema", SCHEMA)
                .with("code", names.of(of))
                .with("resources", of.resourcesText())
                .with("declared", CanonicalJson.of(declared));
    }

    private static SortedMap<String, String> hashes(JsonNode declared) {
        SortedMap<String, String> hashes = new TreeMap<>();
        declared.properties()
                .forEach(value -> hashes.put(
                        value.getKey(),
                        Fingerprint.empty()
                                .with("value", CanonicalJson.of(value.getValue()))
                                .value()));
        return hashes;
    }

    private static String signature(Method method) {
        return method.getName()
                + Arrays.stream(method.getGenericParameterTypes())
                        .map(Type::getTypeName)
                        .collect(Collectors.joining(",", "(", ")"));
    }

    /** The key of one sample's answer. */
    EntryKey key(Row row, JsonNode input, Variant variant, int sample) {
        OfCase of = lastCase;
        if (!of.is(row, variant)) {
            of = new OfCase(
                    row, variant, ofVariant(variant).with("case", row.id()).with("input", CanonicalJson.of(input)));
            lastCase = of;
        }
        String number = Integer.toString(sample);
        return key(row.id(), number, of.fingerprint().with("sample", number));
    }

    /** What a case's samples share: they are asked for one after another, by any number of threads. */
    private record OfCase(Row row, Variant variant, Fingerprint fingerprint) {

        boolean is(Row other, Variant ofVariant) {
            return row == other && variant == ofVariant;
        }
    }

    /** The key of one run of a cached scorer: what it is told of the sample, and the answer that it looks at. */
    EntryKey key(ScorerDefinition scorer, Row row, Variant variant, int sample, JsonNode output, int run) {
        Fingerprint fingerprint = variant(scorerBases.computeIfAbsent(scorer, this::scorerBase), variant)
                .with("case", row.id())
                .with("input", CanonicalJson.of(scorer.boundParts(row, variant)))
                .with("output", CanonicalJson.of(output))
                .with("sample", Integer.toString(sample))
                .with("run", Integer.toString(run));
        return key(row.id(), sample + "-" + scorer.name() + "-" + run, fingerprint);
    }

    private Fingerprint scorerBase(ScorerDefinition scorer) {
        List<Method> roots = new ArrayList<>(List.of(scorer.method()));
        roots.addAll(eval.suite().beforeAll());
        roots.addAll(eval.suite().fingerprintMethods());
        return base(code.apply(new Roots(eval.suite().type(), roots)))
                .with("scorer", eval.suite().name() + "#" + signature(scorer.method()));
    }

    /** Why no key can be made of a variant: only the name or the value that the suite gave it may be at fault. */
    Optional<String> fault(Variant variant) {
        try {
            ofVariant(variant);
            return Optional.empty();
        } catch (IllegalArgumentException noData) {
            return Optional.of(
                    "the variant \"" + variant.name() + "\" cannot join the cache key: " + noData.getMessage());
        }
    }

    private Fingerprint ofVariant(Variant variant) {
        return variantBases.computeIfAbsent(variant.name(), name -> variant(base, variant));
    }

    private static Fingerprint variant(Fingerprint fingerprint, Variant variant) {
        return fingerprint.with(
                "variant",
                variant.name()
                        + variant.data()
                                .map(data -> "\n" + CanonicalJson.of(data))
                                .orElse(""));
    }

    private EntryKey key(String caseId, String part, Fingerprint fingerprint) {
        return new EntryKey(
                eval.suite().name(), eval.name(), caseId, part, fingerprint.value(), fingerprint.components());
    }

    Optional<ObjectNode> get(EntryKey key) {
        return store.get(key) instanceof Lookup.Hit hit
                ? Optional.of(hit.entry().payload())
                : Optional.empty();
    }

    /** Stores the answer of a sample, after what tells later runs why it does not serve them any more. */
    void putAnswer(EntryKey key, ObjectNode payload) {
        changes.keep(key);
        put(key, payload);
    }

    /** Whether the sample faulted when it was last called, whatever has changed since. */
    boolean faultedBefore(Row row, Variant variant, int sample) {
        return faultMarks.contains(mark(row, variant, sample));
    }

    /** The call of a sample came to no answer. */
    void faulted(Row row, Variant variant, int sample) {
        faultMarks.add(mark(row, variant, sample));
    }

    /** A sample that faulted before has an answer now. */
    void recovered(Row row, Variant variant, int sample) {
        faultMarks.remove(mark(row, variant, sample));
    }

    private EntryKey mark(Row row, Variant variant, int sample) {
        return key(row.id(), Integer.toString(sample), Fingerprint.empty().with("variant", variant.name()));
    }

    void put(EntryKey key, ObjectNode payload) {
        store.put(key, payload);
    }

    Optional<Lease> lease(EntryKey key) {
        return store.lease(key);
    }

    /** What differs from the nearest entry, in words; empty where there is no near entry. */
    Optional<String> explain(EntryKey key) {
        return store.near(key).filter(near -> sameVariant(key, near)).map(near -> changes.between(near.key(), key));
    }

    /** The answer of another variant explains nothing. */
    private static boolean sameVariant(EntryKey key, Entry near) {
        return Objects.equals(
                near.key().components().get("variant"), key.components().get("variant"));
    }

    /** What a hit stands on, and what could not be seen. */
    String covers() {
        String text = slice.covers()
                + some(", declared ", fields(declared))
                + some(
                        " · not seen: ",
                        slice.notSeen().stream()
                                .map(blind -> blind.what() + " " + blind.where())
                                .toList());
        return slice.whole()
                ? text + " · all of them, because something else than the suite's code makes its objects"
                : text;
    }

    /** What the user should know of the code that was run. */
    List<String> notes() {
        return slice.outdated().isEmpty()
                ? List.of()
                : List.of("newer than what was compiled of it, so the answers may be those of before an edit: "
                        + String.join(", ", slice.outdated()));
    }

    private static List<String> fields(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** A few of them by name, the others by number. */
    private static String some(String before, List<String> all) {
        if (all.isEmpty()) {
            return "";
        }
        String named = String.join(", ", all.subList(0, Math.min(NAMED, all.size())));
        return before + named + (all.size() > NAMED ? " and " + (all.size() - NAMED) + " more" : "");
    }

    /** Assignments to the suite's fields by what the eval calls, each a fault with place and remedy. */
    List<String> faults() {
        return slice.writes().stream()
                .map(write -> write.where() + ": the eval writes the suite's field " + write.field()
                        + ", which many samples share at the same"
                        + " time; keep what belongs to one sample in the sample")
                .toList();
    }
}
