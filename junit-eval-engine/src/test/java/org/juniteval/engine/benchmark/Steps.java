package org.juniteval.engine.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.juniteval.engine.cache.EntryKey;
import org.juniteval.engine.cache.FileStore;
import org.juniteval.engine.cache.Lease;
import org.juniteval.engine.cache.Store;
import org.juniteval.engine.fingerprint.CanonicalJson;
import org.juniteval.engine.fingerprint.Fingerprint;
import org.juniteval.engine.redaction.Redactor;

/** What the single steps of a sample cost in a JVM that has just started, each beside its bar. */
final class Steps {

    private static final int ROWS = 300_000;
    private static final int TEXTS = 100_000;
    private static final int WRITES = 100;

    /** As long as the call of a fast model. */
    private static final long CALL = 50;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Fingerprint EVAL = Fingerprint.empty()
            .with("schema", "1")
            .with("code", "the hashes of all methods")
            .with("resources", "the hashes of all files")
            .with("declared", "{\"model\":\"gpt\"}")
            .with("eval", "com.example.SupportEval#answers(java.lang.String)")
            .with("variant", "");

    private Steps() {}

    public static void main(String[] arguments) throws Exception {
        print("%nSingle steps, of the bar%n");
        hashing();
        redacting();
        for (int concurrency : new int[] {1, 8, 64}) {
            storing(Path.of(arguments[0]), concurrency);
        }
    }

    private static void hashing() {
        List<JsonNode> rows = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            rows.add(row(i));
        }
        long start = System.nanoTime();
        for (int i = 0; i < ROWS; i++) {
            key(i, rows.get(i % rows.size()));
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        print(
                "  %-52s %5.3f   (%,.0f a minute)%n",
                "300,000 rows made canonical and hashed, one thread", seconds / 60, ROWS / seconds * 60);
    }

    private static void redacting() {
        Redactor redactor = Redactor.of(System.getenv(), Optional.empty());
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            texts.add(answer(i));
        }
        long[] nanos = new long[TEXTS];
        for (int i = 0; i < TEXTS; i++) {
            String text = texts.get(i % texts.size());
            long start = System.nanoTime();
            redactor.text(text);
            nanos[i] = System.nanoTime() - start;
        }
        print(
                "  %-52s %5.3f   (median %.1f microseconds)%n",
                "a text of 1,200 characters redacted", median(nanos) / 10_000.0, median(nanos) / 1e3);
    }

    /** All that the cache adds to a sample that is called: looked up, leased, looked up again, explained, stored. */
    private static void storing(Path folder, int concurrency) throws Exception {
        long[] nanos = new long[concurrency * WRITES];
        ExecutorService threads = Executors.newFixedThreadPool(concurrency);
        try (Store store = FileStore.open(folder.resolve("steps-" + concurrency))) {
            List<Future<?>> ends = new ArrayList<>();
            for (int thread = 0; thread < concurrency; thread++) {
                int first = thread * WRITES;
                ends.add(threads.submit(() -> {
                    for (int i = first; i < first + WRITES; i++) {
                        Thread.sleep(CALL);
                        JsonNode row = row(i);
                        ObjectNode payload = NODES.objectNode().put("output", answer(i));
                        long start = System.nanoTime();
                        EntryKey key = key(i, row);
                        store.get(key);
                        Lease lease = store.lease(key).orElseThrow();
                        store.get(key);
                        store.near(key);
                        store.put(key, payload);
                        lease.close();
                        nanos[i] = System.nanoTime() - start;
                    }
                    return null;
                }));
            }
            for (Future<?> end : ends) {
                end.get();
            }
        } finally {
            threads.shutdownNow();
        }
        print(
                "  %-52s %5.3f   (median %.2f ms)%n",
                "a called sample stored, concurrency " + concurrency, median(nanos) / 2e6, median(nanos) / 1e6);
    }

    private static EntryKey key(int i, JsonNode row) {
        String caseId = "case-" + i;
        Fingerprint fingerprint =
                EVAL.with("case", caseId).with("input", CanonicalJson.of(row)).with("sample", "1");
        return new EntryKey(
                "com.example.SupportEval", "answers", caseId, "1", fingerprint.value(), fingerprint.components());
    }

    /** A question with what was retrieved for it. */
    private static JsonNode row(int i) {
        ObjectNode row = NODES.objectNode();
        row.put("question", "How do I return order " + i + ", and who pays for the parcel?");
        row.put("temperature", i % 10 / 10.0);
        row.put("maxTokens", 256 + i);
        row.putObject("customer")
                .put("language", "en")
                .put("since", 2010 + i % 15)
                .put("premium", i % 3 == 0);
        row.putArray("context")
                .add(answer(i).substring(0, 300))
                .add(answer(i + 1).substring(0, 300));
        return row;
    }

    private static String answer(int i) {
        return ("Orders such as no. " + i + " can be returned within 30 days (see https://example.com/returns/" + i
                        + "). Put the parcel's label on the box, keep the receipt, and allow 5 to 7 working days for"
                        + " the refund of €" + i % 200 + ".99; \"express\" orders take the same time. ")
                .repeat(6)
                .substring(0, 1_200);
    }

    private static double median(long[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
