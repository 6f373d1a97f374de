package org.juniteval.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.SampleContext;
import org.juniteval.Samples;
import org.juniteval.Scorer;
import org.juniteval.engine.platform.EvalRuns;

/** What a sample is told of itself, and what it tells of what it used. */
@Timeout(60)
class SampleContextTest {

    private static final Map<String, Long> DRAWN = new ConcurrentHashMap<>();
    private static volatile Duration left;

    @TempDir
    Path folder;

    @BeforeEach
    void begin() {
        DRAWN.clear();
    }

    @EvalSuite
    @Dataset(rows = """
            {"id": "answers", "input": "answers"}
            {"id": "throws", "input": "throws"}
            """)
    static class MeasuringCase {
        @Eval
        String measures(String input, SampleContext context) {
            left = Duration.between(Instant.now(), context.deadline());
            CompletableFuture.allOf(
                            CompletableFuture.runAsync(() -> context.usage(10, 1)),
                            CompletableFuture.runAsync(() -> context.usage(20, 2)),
                            CompletableFuture.runAsync(() -> context.cost(0.25)),
                            CompletableFuture.runAsync(() -> context.cost(0.5)))
                    .join();
            if (input.equals("throws")) {
                throw new IllegalStateException("after it was paid");
            }
            return input;
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }
    }

    @Test
    void what_other_threads_tell_is_added_up_and_kept_when_the_eval_throws_later() {
        EvalRuns runs = EvalRuns.in(folder);

        EvalRuns.Finished first = runs.run(MeasuringCase.class);
        EvalRuns.Finished second = runs.inAnotherJvm().run(MeasuringCase.class);

        for (EvalRuns.Finished run : new EvalRuns.Finished[] {first, second}) {
            assertThat(run.records(MeasuringCase.class))
                    .filteredOn(line -> line.contains("\"type\":\"sample\""))
                    .hasSize(2)
                    .allMatch(line -> line.contains("\"inputTokens\":30")
                            && line.contains("\"outputTokens\":3")
                            && line.contains("\"cost\":0.75"));
        }
    }

    @EvalSuite
    @Dataset(rows = """
            {"id": "a", "input": "a"}
            """)
    static class ThrowingJudgeCase {
        @Eval
        String answers(String input) {
            return input;
        }

        @Scorer(cached = true)
        boolean judge(String output, SampleContext context) {
            context.cost(0.125);
            throw new IllegalStateException("after it was paid");
        }
    }

    @Test
    void what_a_cached_scorer_tells_is_kept_when_it_throws_later() {
        assertThat(EvalRuns.in(folder).run(ThrowingJudgeCase.class).records(ThrowingJudgeCase.class))
                .anyMatch(line -> line.contains("\"type\":\"sample\"") && line.contains("\"cost\":0.125"));
    }

    private static volatile CountDownLatch over;

    @EvalSuite
    @Timeout(value = 200, unit = TimeUnit.MILLISECONDS)
    @Dataset(rows = """
            {"id": "answers", "input": "answers"}
            {"id": "throws", "input": "throws"}
            {"id": "sleeps", "input": "sleeps"}
            {"id": "hangs", "input": "hangs"}
            """)
    static class TracingCase {
        @Eval
        String traces(String how, SampleContext context) throws InterruptedException {
            context.trace(Map.of("asked", how));
            context.trace("with the key sk-proj-" + "a1B2".repeat(12));
            switch (how) {
                case "throws" -> throw new IllegalStateException("after it was told");
                case "sleeps" -> Thread.sleep(3_600_000);
                case "hangs" -> {
                    while (over.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                }
                default -> {}
            }
            return how;
        }

        @Scorer
        boolean ok(String output, SampleContext context) {
            context.trace("looked at");
            return true;
        }

        @Scorer(cached = true)
        boolean judge(String output, SampleContext context) {
            context.trace("judged");
            return true;
        }
    }

    @Nested
    class What_is_traced {

        @BeforeEach
        void hold() {
            over = new CountDownLatch(1);
        }

        @AfterEach
        void letGo() {
            over.countDown();
        }

        @ParameterizedTest
        @CsvSource({
            "throws, after it was told",
            "sleeps, timed out after 200 ms",
            "hangs, was given up",
        })
        void outlives_a_fault_in_the_records_and_its_end_in_the_story(String how, String why) throws IOException {
            EvalRuns.Finished run =
                    EvalRuns.in(folder).with(Settings.CASES, how).run(TracingCase.class);

            assertThat(run.message("traces[" + how + "]")).contains(why);
            assertThat(traceOf(run)).hasToString("""
                    [{"asked":"%s"},"with the key [redacted: api key]"]""".formatted(how));
            assertThat(run.out()).contains("trace     the last of 2: with the key [redacted: api key]");
        }

        @Test
        void is_in_the_records_with_an_answer_that_was_called_and_with_one_that_was_stored() throws IOException {
            EvalRuns runs = EvalRuns.in(folder).with(Settings.CASES, "answers");

            EvalRuns.Finished called = runs.run(TracingCase.class);
            EvalRuns.Finished cached = runs.inAnotherJvm().run(TracingCase.class);

            for (EvalRuns.Finished run : List.of(called, cached)) {
                assertThat(traceOf(run)).hasToString("""
                        [{"asked":"answers"},"with the key [redacted: api key]","judged","looked at"]""");
            }
            assertThat(called.out()).doesNotContain("judged");
        }

        @EvalSuite
        @Dataset(rows = """
                {"id": "a", "input": "a"}
                """)
        static class CancelledCase {
            @Eval
            String traces(String input, SampleContext context) throws InterruptedException {
                context.trace("on the way");
                over.countDown();
                Thread.sleep(3_600_000);
                return input;
            }

            @Scorer
            boolean ok(String output) {
                return true;
            }
        }

        @Test
        void outlives_a_cancel() throws IOException {
            EvalRuns runs = EvalRuns.in(folder);

            new RecordedTree()
                    .run(
                            Map.of(Settings.CACHE_DIR, runs.cacheDir(), Settings.REPORT_DIR, runs.reportDir()),
                            () -> over.getCount() == 0,
                            CancelledCase.class);

            Path records = runs.reportDir().resolve("records").resolve(CancelledCase.class.getName() + ".jsonl");
            assertThat(traceOf(Files.readAllLines(records))).hasToString("[\"on the way\"]");
        }

        private JsonNode traceOf(EvalRuns.Finished run) throws IOException {
            return traceOf(run.records(TracingCase.class));
        }

        private JsonNode traceOf(List<String> records) throws IOException {
            String line = records.stream()
                    .filter(record -> record.contains("\"type\":\"sample\""))
                    .findFirst()
                    .orElseThrow();
            return new ObjectMapper().readTree(line).path("trace");
        }
    }

    @Test
    void the_deadline_is_the_start_and_the_timeout() {
        EvalRuns.in(folder).with(Settings.TIMEOUT, "1h").run(MeasuringCase.class);

        assertThat(left).isBetween(Duration.ofMinutes(30), Duration.ofHours(1));
    }

    @EvalSuite
    @Samples(3)
    @Dataset(rows = """
            {"id": "a", "input": "x"}
            {"id": "b", "input": "x"}
            """)
    static class DrawingCase {
        @Eval
        long draws(String input, SampleContext context) {
            long drawn = context.random().nextLong();
            DRAWN.put(context.caseId() + context.sample(), drawn);
            return drawn;
        }

        @Scorer
        boolean ok(long output) {
            return true;
        }
    }

    @Test
    void random_numbers_are_equal_on_every_run_and_different_in_every_case_and_sample() {
        EvalRuns runs = EvalRuns.in(folder).with(Settings.CACHE_MODE, "off");
        runs.run(DrawingCase.class);
        Map<String, Long> first = new TreeMap<>(DRAWN);
        DRAWN.clear();

        runs.inAnotherJvm().with(Settings.CONCURRENCY, 1).run(DrawingCase.class);

        assertThat(new LinkedHashMap<>(DRAWN)).isEqualTo(first);
        assertThat(first.values()).hasSize(6).doesNotHaveDuplicates();
    }
}
