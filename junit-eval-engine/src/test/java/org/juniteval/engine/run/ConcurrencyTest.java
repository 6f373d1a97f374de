package org.juniteval.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.SampleContext;
import org.juniteval.Samples;
import org.juniteval.Scorer;
import org.juniteval.Variants;
import org.juniteval.engine.platform.EvalRuns;

/** So many samples are in flight as are configured, and nothing waits for anything else. */
@Timeout(120)
class ConcurrencyTest {

    private static final Duration A_WHILE = Duration.ofMillis(200);

    /** Counts who is inside at the same time, and keeps the first there until the configured number has come. */
    private static final class Gauge {
        private final int expected;
        private final CountDownLatch reached = new CountDownLatch(1);
        private final AtomicInteger now = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        Gauge(int expected) {
            this.expected = expected;
        }

        void pass() {
            int inside = now.incrementAndGet();
            most.accumulateAndGet(inside, Math::max);
            if (inside == expected && reached.getCount() > 0) {
                // All are here and blocked: whoever makes up for blocked threads by more threads does it now.
                await().during(A_WHILE).atMost(Duration.ofSeconds(60)).until(() -> true);
                reached.countDown();
            }
            try {
                reached.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            now.decrementAndGet();
        }
    }

    private static Gauge gauge;
    private static URI server;
    private static ExecutorService elsewhere;
    private static final List<String> LOG = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void begin() {
        LOG.clear();
    }

    @TempDir
    Path folder;

    private EvalRuns runs(int concurrency) {
        return EvalRuns.in(folder).with(Settings.CONCURRENCY, concurrency);
    }

    // ---- threads

    @EvalSuite
    @Dataset(rows = """
            {"id": "a", "input": "a"}
            {"id": "b", "input": "b"}
            {"id": "c", "input": "c"}
            """)
    static class FewCase {
        @Eval
        String answers(String input) {
            gauge.pass();
            LOG.add(Thread.currentThread().getName());
            return input;
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"eval.cases", "eval.variants"})
    void no_more_threads_are_started_than_there_are_samples(String filter) {
        gauge = new Gauge(3);

        runs(1_000_000).with(filter, "*").run(FewCase.class);

        assertThat(LOG).containsExactlyInAnyOrder("eval-1", "eval-2", "eval-3");
    }

    // ---- the bound

    @EvalSuite
    @Samples(20)
    @Dataset(rows = """
            {"id": "a", "input": "a"}
            {"id": "b", "input": "b"}
            {"id": "c", "input": "c"}
            """)
    static class BlockingCase {
        private final HttpClient client = HttpClient.newHttpClient();

        @Eval
        String http(String input) throws Exception {
            return client.send(HttpRequest.newBuilder(server).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }

        @Eval
        String join(String input) {
            return CompletableFuture.supplyAsync(
                            () -> {
                                gauge.pass();
                                return "ok";
                            },
                            elsewhere)
                    .join();
        }

        @Scorer
        boolean ok(String output) {
            return output.equals("ok");
        }
    }

    @BeforeAll
    static void a_server_that_counts() {
        elsewhere = Executors.newCachedThreadPool();
    }

    @AfterAll
    static void end() {
        elsewhere.shutdownNow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"platform", "virtual"})
    void as_many_as_configured_are_in_flight_and_never_more(String threads) throws IOException {
        assumeThat(threads.equals("platform") || Runtime.version().feature() >= 24)
                .as("virtual threads need JDK 24")
                .isTrue();
        HttpServer http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        http.setExecutor(elsewhere);
        http.createContext("/", exchange -> {
            gauge.pass();
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("ok".getBytes());
            exchange.close();
        });
        http.start();
        server = URI.create("http://" + http.getAddress().getAddress().getHostAddress() + ":"
                + http.getAddress().getPort() + "/");
        gauge = new Gauge(8);
        try {
            EvalRuns.Finished run = runs(8).with(Settings.THREADS, threads).run(BlockingCase.class);

            run.leaves().assertStatistics(stats -> stats.started(120).succeeded(120));
            assertThat(gauge.most).hasValue(8);
        } finally {
            http.stop(0);
        }
    }

    @Test
    void the_bound_may_be_higher_than_there_are_samples() {
        gauge = new Gauge(1);

        runs(500).run(OrderedCase.class).leaves().assertStatistics(stats -> stats.started(8));
    }

    // ---- order

    @EvalSuite
    @Dataset(rows = """
            {"id": "x", "input": "x"}
            {"id": "y", "input": "y"}
            """)
    static class OrderedCase {
        enum Tone {
            KIND,
            CURT
        }

        @Eval
        @Samples(2)
        String first(String input, SampleContext context) {
            LOG.add("Ordered first " + input + context.sample());
            return "";
        }

        @Eval
        String second(String input, @Variants Tone tone) {
            LOG.add("Ordered second " + tone + " " + input);
            return "";
        }

        @Scorer
        boolean ok(String output) {
            LOG.add("ok");
            return true;
        }
    }

    @EvalSuite
    @Dataset(rows = """
            {"id": "x", "input": "x"}
            """)
    static class NextCase {
        @Eval
        String next(String input) {
            LOG.add("Next " + input);
            return "";
        }

        @Scorer
        boolean ok(String output) {
            LOG.add("ok");
            return true;
        }
    }

    @Test
    void one_at_a_time_runs_strictly_in_order() {
        EvalRuns.Finished run = runs(1).run(OrderedCase.class, NextCase.class);

        assertThat(LOG)
                .containsExactly(
                        "Ordered first x1",
                        "ok",
                        "Ordered first x2",
                        "ok",
                        "Ordered first y1",
                        "ok",
                        "Ordered first y2",
                        "ok",
                        "Ordered second KIND x",
                        "ok",
                        "Ordered second KIND y",
                        "ok",
                        "Ordered second CURT x",
                        "ok",
                        "Ordered second CURT y",
                        "ok",
                        "Next x",
                        "ok");
        assertThat(run.names())
                .containsExactly(
                        "first[x][1]",
                        "first[x][2]",
                        "first[y][1]",
                        "first[y][2]",
                        "second[KIND][x]",
                        "second[KIND][y]",
                        "second[CURT][x]",
                        "second[CURT][y]",
                        "next[x]");
    }

    // ---- no barriers

    private static final CountDownLatch LAST = new CountDownLatch(1);

    @EvalSuite
    @Dataset(rows = """
            {"id": "x", "input": "x"}
            {"id": "y", "input": "y"}
            """)
    static class StragglerCase {
        @Eval
        @Samples(2)
        String first(String input, SampleContext context) throws InterruptedException {
            if (input.equals("x") && context.sample() == 1) {
                LAST.await();
            }
            return "";
        }

        @Eval
        String second(String input) {
            return "";
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }
    }

    @EvalSuite
    @Dataset(rows = """
            {"id": "x", "input": "x"}
            {"id": "last", "input": "last"}
            """)
    static class LastCase {
        @Eval
        String only(String input) {
            if (input.equals("last")) {
                LAST.countDown();
            }
            return "";
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }
    }

    @Test
    void the_first_sample_of_all_may_wait_for_the_last() {
        EvalRuns.Finished run = runs(2).run(StragglerCase.class, LastCase.class);

        run.leaves().assertStatistics(stats -> stats.started(8).succeeded(8));
        assertThat(run.names()).as("told suite by suite all the same").endsWith("only[x]", "only[last]");
    }

    // ---- suites with a beginning and an end

    private static final AtomicInteger INSIDE_PLAIN = new AtomicInteger();
    private static final AtomicInteger INSIDE_LIFECYCLE = new AtomicInteger();

    @Dataset(rows = """
            {"id": "a", "input": "a"}
            {"id": "b", "input": "b"}
            {"id": "c", "input": "c"}
            """)
    abstract static class Plain {
        @Eval
        String answers(String input) {
            INSIDE_PLAIN.incrementAndGet();
            LOG.add(getClass().getSimpleName() + " while " + INSIDE_LIFECYCLE + " in Lifecycle");
            if (input.equals("c")) {
                await().during(A_WHILE).atMost(Duration.ofSeconds(60)).until(() -> true);
                LOG.add(getClass().getSimpleName() + " while " + INSIDE_LIFECYCLE + " in Lifecycle");
            }
            INSIDE_PLAIN.decrementAndGet();
            return "";
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }
    }

    @EvalSuite
    static class BeforeCase extends Plain {}

    @EvalSuite
    static class AfterCase extends Plain {}

    @EvalSuite
    @Dataset(rows = """
            {"id": "a", "input": "a"}
            {"id": "b", "input": "b"}
            """)
    static class LifecycleCase {
        @BeforeAll
        void before() {
            INSIDE_LIFECYCLE.incrementAndGet();
            LOG.add("before while " + INSIDE_PLAIN + " in others");
        }

        @Eval
        String answers(String input) {
            LOG.add("sample while " + INSIDE_PLAIN + " in others");
            return "";
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }

        @AfterAll
        void after() {
            LOG.add("after while " + INSIDE_PLAIN + " in others");
            INSIDE_LIFECYCLE.decrementAndGet();
        }
    }

    @Test
    void a_suite_with_before_all_and_after_all_overlaps_no_other() {
        EvalRuns.Finished run = runs(8).run(BeforeCase.class, LifecycleCase.class, AfterCase.class);

        run.leaves().assertStatistics(stats -> stats.started(8).succeeded(8));
        assertThat(LOG)
                .containsExactly(
                        "BeforeCase while 0 in Lifecycle",
                        "BeforeCase while 0 in Lifecycle",
                        "BeforeCase while 0 in Lifecycle",
                        "BeforeCase while 0 in Lifecycle",
                        "before while 0 in others",
                        "sample while 0 in others",
                        "sample while 0 in others",
                        "after while 0 in others",
                        "AfterCase while 0 in Lifecycle",
                        "AfterCase while 0 in Lifecycle",
                        "AfterCase while 0 in Lifecycle",
                        "AfterCase while 0 in Lifecycle");
    }
}
