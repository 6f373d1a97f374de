package org.juniteval.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Samples;
import org.juniteval.Scorer;
import org.juniteval.engine.cache.CacheServer;
import org.juniteval.engine.platform.EvalRuns;

/** Machines with a cache of their own each, and one server that they share. */
@Timeout(180)
class SharedCacheTest {

    private static final AtomicInteger CALLED = new AtomicInteger();
    private static final AtomicInteger JUDGED = new AtomicInteger();
    private static final String PASSWORD = "correct-horse-battery";

    @TempDir
    Path folder;

    private CacheServer server;

    @BeforeEach
    void start() throws IOException {
        server = CacheServer.start();
        CALLED.set(0);
        JUDGED.set(0);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @EvalSuite
    @Dataset(rows = """
                    {"id": "peru", "input": "Peru"}
                    {"id": "chile", "input": "Chile"}
                    """)
    @Samples(3)
    static class CapitalsCase {
        @Eval
        String capital(String country) {
            CALLED.incrementAndGet();
            return "The capital of " + country;
        }

        @Scorer(cached = true)
        boolean judged(String answer) {
            JUDGED.incrementAndGet();
            return !answer.isEmpty();
        }
    }

    /** Six answers, six scores, what the eval's code consists of, and under which names its code and the scorer's are known. */
    private static final int ENTRIES = 6 + 6 + 1 + 2 * 3;

    private EvalRuns machine(String name) {
        return EvalRuns.in(folder.resolve(name)).with(Settings.CACHE_URL, server.address());
    }

    private EvalRuns.Finished run(EvalRuns machine) {
        CALLED.set(0);
        JUDGED.set(0);
        return machine.inAnotherJvm().run(CapitalsCase.class);
    }

    private static void paid(int calls) {
        assertThat(CALLED).hasValue(calls);
        assertThat(JUDGED).hasValue(calls);
    }

    private static String flat(String printed) {
        return printed.replaceAll("\\s+", " ");
    }

    @Test
    void what_one_machine_has_paid_for_no_other_pays_again() {
        EvalRuns.Finished first = run(machine("one"));
        paid(6);
        assertThat(server.entries()).hasSize(ENTRIES);

        EvalRuns.Finished second = run(machine("two"));
        paid(0);
        assertThat(second.out()).contains("6 cached");
        assertThat(second.names()).containsExactlyInAnyOrderElementsOf(first.names());

        server.close();
        run(machine("two"));
        paid(0);
    }

    @Test
    void each_missing_answer_is_asked_for_once_and_sent_once() {
        run(machine("one"));

        assertThat(server.methods()).filteredOn("GET"::equals).hasSize(ENTRIES);
        assertThat(server.methods()).filteredOn("PUT"::equals).hasSize(ENTRIES);
    }

    @Test
    void a_machine_that_calls_nothing_replays_what_the_server_has() {
        run(machine("one"));

        run(machine("two").with(Settings.CACHE_MODE, "replay"));

        paid(0);
        assertThat(folder.resolve("two").resolve("cache")).doesNotExist();
    }

    @Test
    void a_machine_that_only_reads_sends_nothing() {
        run(machine("one").with(Settings.CACHE_PUSH, "off"));

        paid(6);
        assertThat(server.entries()).isEmpty();
        assertThat(server.methods()).containsOnly("GET");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 413, 500})
    void a_server_in_trouble_changes_nothing_and_is_told_once(int status) {
        server.behave(status);

        EvalRuns.Finished first = run(machine("one"));
        paid(6);
        assertThat(flat(first.out())).containsOnlyOnce("GET was answered " + status);

        run(machine("one"));
        paid(0);
    }

    @Test
    void what_could_not_be_sent_in_time_is_told_at_the_end() {
        server.behave((exchange, body) -> {
            if (exchange.getRequestMethod().equals("PUT")) {
                exchange.sendResponseHeaders(413, -1);
            } else {
                server.serve(exchange, body);
            }
        });

        EvalRuns.Finished finished = run(machine("one"));

        paid(6);
        assertThat(flat(finished.out() + finished.err())).contains("kept locally only", "413");
    }

    @Test
    void a_run_without_a_cache_asks_nobody() {
        run(machine("one").with(Settings.CACHE_MODE, "off"));

        paid(6);
        assertThat(server.asked()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 401})
    void the_password_is_sent_and_shown_nowhere(int status) throws IOException {
        if (status != 200) {
            server.behave(status);
        }

        EvalRuns.Finished finished =
                run(machine("one").with(Settings.CACHE_USER, "ci").with(Settings.CACHE_PASSWORD, PASSWORD));

        String basic = Base64.getEncoder().encodeToString(("ci:" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        assertThat(server.asked())
                .isNotEmpty()
                .allSatisfy(asked ->
                        assertThat(asked.headers().get("Authorization")).containsExactly("Basic " + basic));
        List<String> written;
        try (Stream<Path> files = Files.walk(folder)) {
            written = files.filter(Files::isRegularFile)
                    .map(file -> {
                        try {
                            return Files.readString(file, StandardCharsets.ISO_8859_1);
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    })
                    .toList();
        }
        assertThat(written).isNotEmpty().noneMatch(text -> text.contains(PASSWORD) || text.contains(basic));
        assertThat(server.entries().values())
                .noneMatch(entry -> new String(entry, StandardCharsets.UTF_8).contains(PASSWORD));
        assertThat(finished.out() + finished.err()).doesNotContain(PASSWORD, basic);
    }

    @Test
    void a_wrong_address_is_found_before_anything_is_called() {
        EvalRuns.Finished finished =
                run(machine("one").with(Settings.CACHE_URL, "https://ci:" + PASSWORD + "@host/evals"));

        paid(0);
        assertThat(finished.ends().values())
                .singleElement()
                .asString()
                .contains("FAILED", "eval.cache.url", "without user and password")
                .doesNotContain(PASSWORD);
        assertThat(finished.out() + finished.err()).doesNotContain(PASSWORD);
    }
}
