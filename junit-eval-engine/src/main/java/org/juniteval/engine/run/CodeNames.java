package org.juniteval.engine.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.juniteval.engine.cache.EntryKey;
import org.juniteval.engine.cache.Lease;
import org.juniteval.engine.cache.Lookup;
import org.juniteval.engine.cache.Store;
import org.juniteval.engine.fingerprint.Fingerprint;
import org.juniteval.engine.slice.Slice;
import org.juniteval.engine.slice.SourceName;

/**
 * Under which name the code of a slice is part of a key, so that compilers share answers.
 *
 * <p>Compilers make different class files of one source. So a slice has two names, the hash of its bytecode and the hash
 * of its sources; what was seen first under either is the {@code code} component for both, kept in entries of its own
 * beside those of the cases.
 *
 * <p>Why no chain of these serves a stale answer: each link says that two things behave alike, for ever, and is made of
 * one of two facts. (1) Equal bytecode behaves alike: that is what the whole cache stands on. (2) Bytecode behaves as
 * the sources do that it was compiled of, whoever compiled it: {@link org.juniteval.engine.slice.Sources} gives a
 * name only where this is proven, and puts into it all that decides what compilers make of a source. To behave alike is
 * transitive; so what is linked by any number of bytecodes and sources behaves as the code under which the answers were
 * stored. A link is never changed, because what was true of two hashes stays true. What bytecode is known as goes before
 * what its sources are known as: where one of the two facts should ever be broken, code that has been run keeps the
 * answers that it gave itself.
 */
final class CodeNames {

    private static final String CASE = "slice";
    private static final String CODE = "code";
    private static final String CLASS_FILES = "classFiles";
    private static final String COMPILED = "compiled";

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    /** Marks of class files that are kept: those of some builds of thousands of classes. */
    private static final int MARKS = 20_000;

    /** Another process that names the same needs some milliseconds; one that hangs is left alone after some seconds. */
    private static final int TRIES = 1_000;

    private final Store store;
    private final String suite;
    private final String eval;

    CodeNames(Store store, String suite, String eval) {
        this.store = store;
        this.suite = suite;
        this.eval = eval;
    }

    /** The text of a fingerprint's {@code code} component. Sources are read only when classes were compiled anew. */
    String of(Slice slice) {
        EntryKey byCode = key("bytecode", slice, slice.code());
        Optional<ObjectNode> known = get(byCode);
        String classFiles = slice.sources().classFiles();
        if (known.isPresent() && text(known.get(), CLASS_FILES).equals(Optional.of(classFiles))) {
            return code(known).orElse(slice.code());
        }
        EntryKey compiled = key(COMPILED, slice, "");
        Set<String> marks = get(compiled).map(CodeNames::marks).orElse(Set.of());
        Optional<SourceName> source = slice.sources().name(marks);
        if (source.isEmpty()) {
            return code(known).orElse(slice.code());
        }
        EntryKey bySource = key("sources", slice, source.get().hash());
        Optional<Lease> lease = lease(bySource);
        try {
            Optional<String> ofSource = code(get(bySource));
            String code = code(known).or(() -> ofSource).orElse(slice.code());
            if (ofSource.isEmpty()) {
                store.put(bySource, payload(code));
            }
            store.put(byCode, payload(code).put(CLASS_FILES, classFiles));
            remember(compiled, source.get().compiled(), marks);
            return code;
        } finally {
            lease.ifPresent(Lease::close);
        }
    }

    /** Two compilers that meet a source for the first time at once must not name it twice. */
    private Optional<Lease> lease(EntryKey key) {
        Optional<Lease> lease = store.lease(key);
        for (int i = 1; i < TRIES && lease.isEmpty(); i++) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            lease = store.lease(key);
        }
        return lease;
    }

    private void remember(EntryKey compiled, Set<String> now, Set<String> before) {
        if (!before.containsAll(now)) {
            Set<String> all = new LinkedHashSet<>(now);
            all.addAll(before);
            ObjectNode payload = JsonNodeFactory.instance.objectNode();
            all.stream().limit(MARKS).forEach(payload.putArray(COMPILED)::add);
            store.put(compiled, payload);
        }
    }

    private static Set<String> marks(ObjectNode payload) {
        Set<String> marks = new LinkedHashSet<>();
        for (JsonNode mark : payload.path(COMPILED)) {
            marks.add(mark.asText());
        }
        return marks;
    }

    private static ObjectNode payload(String code) {
        return JsonNodeFactory.instance.objectNode().put(CODE, code);
    }

    private Optional<ObjectNode> get(EntryKey key) {
        return store.get(key) instanceof Lookup.Hit hit
                ? Optional.of(hit.entry().payload())
                : Optional.empty();
    }

    private static Optional<String> code(Optional<ObjectNode> payload) {
        return payload.flatMap(object -> text(object, CODE));
    }

    private static Optional<String> text(ObjectNode payload, String name) {
        return Optional.of(payload.path(name).asText()).filter(HASH.asMatchPredicate());
    }

    private EntryKey key(String part, Slice slice, String hash) {
        String fingerprint = Fingerprint.empty()
                .with("schema", AnswerCache.SCHEMA)
                .with("suite", suite)
                .with("eval", eval)
                .with("roots", slice.sources().roots())
                .with("name", part + " " + hash)
                .value();
        return new EntryKey(suite, eval, CASE, part, fingerprint, new TreeMap<>());
    }
}
