package org.juniteval.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.TestExecutionResult.Status.ABORTED;
import static org.junit.platform.engine.TestExecutionResult.Status.FAILED;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;

import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.TestExecutionResult;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Fingerprint;
import org.juniteval.SampleContext;
import org.juniteval.Scorer;
import org.juniteval.Variants;
import org.juniteval.engine.platform.EvalRuns;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** Whatever user code does harms its own sample alone: the one before it and the one behind it pass, and all is told. */
@Timeout(120)
class HostileCodeTest {

    @TempDir
    Path folder;

    static class Deadly extends Error {
        private static final long serialVersionUID = 1;
    }

    /** Breaks whoever asks it anything. */
    static class Unspeakable extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new Deadly();
        }

        @Override
        public String toString() {
            throw new Deadly();
        }

        @Override
        public synchronized Throwable getCause() {
            throw new Deadly();
        }

        @Override
        public StackTraceElement[] getStackTrace() {
            throw new Deadly();
        }

        @Override
        public void setStackTrace(StackTraceElement[] frames) {
            throw new Deadly();
        }

        @Override
        public void printStackTrace(PrintStream stream) {
            throw new Deadly();
        }

        @Override
        public void printStackTrace(PrintWriter writer) {
            throw new Deadly();
        }
    }

    static class Aborted extends TestAbortedException {
        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw new Deadly();
        }
    }

    /** A value that an assertion was about. */
    static class Unprintable {
        private final boolean throwing;

        Unprintable(boolean throwing) {
            this.throwing = throwing;
        }

        @Override
        public String toString() {
            if (throwing) {
                throw new Deadly();
            }
            return "before";
        }
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable error) throws T {
        throw (T) error;
    }

    private static Throwable cyclic() {
        RuntimeException first = new RuntimeException("first");
        RuntimeException second = new RuntimeException("second", first);
        first.initCause(second);
        return first;
    }

    private static int deep(int n) {
        return deep(n + 1) + 1;
    }

    private static void misbehave(String how) {
        switch (how) {
            case "overflow" -> deep(0);
            case "memory" -> throw new OutOfMemoryError("by hand");
            case "death" -> throw new Deadly();
            case "linkage" -> throw new NoClassDefFoundError("gone/Client");
            case "checked" -> HostileCodeTest.<RuntimeException>sneak(new IOException("connection reset"));
            case "interruptedException" -> HostileCodeTest.<RuntimeException>sneak(new InterruptedException("by hand"));
            case "unspeakable" -> throw new Unspeakable();
            case "wrapped" -> throw new IllegalStateException("around", new Unspeakable());
            case "cyclic" -> HostileCodeTest.<RuntimeException>sneak(cyclic());
            case "assertion" -> throw new AssertionError("an assertion in an eval");
            case "nothing" -> HostileCodeTest.<RuntimeException>sneak(null);
            default -> {}
        }
    }

    @EvalSuite
    @Dataset(rows = """
            {"id": "overflow", "input": "overflow"}
            {"id": "memory", "input": "memory"}
            {"id": "death", "input": "death"}
            {"id": "linkage", "input": "linkage"}
            {"id": "checked", "input": "checked"}
            {"id": "interruptedException", "input": "interruptedException"}
            {"id": "unspeakable", "input": "unspeakable"}
            {"id": "wrapped", "input": "wrapped"}
            {"id": "cyclic", "input": "cyclic"}
            {"id": "assertion", "input": "assertion"}
            {"id": "nothing", "input": "nothing"}
            {"id": "null", "input": "null"}
            {"id": "last", "input": "last"}
            """)
    static class ThrowingCase {
        @Eval
        String throwing(String how) {
            misbehave(how);
            return how.equals("null") ? null : how;
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "overflow,java.lang.StackOverflowError",
        "memory,java.lang.OutOfMemoryError: by hand",
        "death,HostileCodeTest$Deadly",
        "linkage,java.lang.NoClassDefFoundError: gone/Client",
        "checked,java.io.IOException: connection reset",
        "interruptedException,java.lang.InterruptedException: by hand",
        "unspeakable,HostileCodeTest$Unspeakable (its toString() throws",
        "wrapped,java.lang.IllegalStateException: around",
        "cyclic,java.lang.RuntimeException: first",
        "assertion,java.lang.AssertionError: an assertion in an eval",
        "nothing,java.lang.NullPointerException",
        "null,returned null"
    })
    void an_eval_may_throw_whatever_it_likes(String how, String text) {
        EvalRuns.Finished run = EvalRuns.in(folder)
                .with(Settings.CONCURRENCY, 1)
                .with(Settings.CASES, how + ", last")
                .run(ThrowingCase.class);

        assertThat(run.status("throwing[" + how + "]")).isEqualTo(FAILED);
        assertThat(run.result("throwing[" + how + "]").getThrowable().orElseThrow())
                .as("a fault, no failed assertion")
                .isNotInstanceOf(AssertionError.class);
        assertThat(run.message("throwing[" + how + "]")).contains(text);
        assertThat(run.status("throwing[last]")).isEqualTo(SUCCESSFUL);
        assertThat(run.xml(ThrowingCase.class)).contains("throwing[" + how + "]", "throwing[last]");
    }

    @EvalSuite
    @Dataset(rows = """
            {"id": "overflow", "input": "overflow"}
            {"id": "memory", "input": "memory"}
            {"id": "death", "input": "death"}
            {"id": "checked", "input": "checked"}
            {"id": "unspeakable", "input": "unspeakable"}
            {"id": "cyclic", "input": "cyclic"}
            {"id": "last", "input": "last"}
            """)
    static class ThrowingScorerCase {
        @Eval
        String answers(String how) {
            return how;
        }

        @Scorer
        boolean throwing(String output) {
            misbehave(output);
            return true;
        }
    }

    @Test
    void a_scorer_as_well() {
        EvalRuns.Finished run =
                EvalRuns.in(folder).with(Settings.CONCURRENCY, 1).run(ThrowingScorerCase.class);

        run.leaves().assertStatistics(stats -> stats.started(7).succeeded(1).failed(6));
        assertThat(run.message("answers[checked]"))
                .contains("@Scorer throwing threw java.io.IOException: connection reset");
        assertThat(run.status("answers[last]")).isEqualTo(SUCCESSFUL);
    }

    // ---- values that break whoever looks at them

    @EvalSuite
    @Dataset(rows = """
            {"id": "expected", "input": "expected"}
            {"id": "message", "input": "message"}
            {"id": "details", "input": "details"}
            {"id": "aborted", "input": "aborted"}
            {"id": "last", "input": "last"}
            """)
    static class UnprintableCase {
        @Eval
        String answers(String how) {
            if (how.equals("aborted")) {
                throw new Aborted();
            }
            return how;
        }

        @Scorer
        org.juniteval.Score scores(String output) {
            if (output.equals("expected")) {
                throw new AssertionFailedError("differs", new Changing(), "x");
            }
            if (output.equals("message")) {
                throw new AssertionError("x") {
                    private static final long serialVersionUID = 1;

                    @Override
                    public String getMessage() {
                        throw new Deadly();
                    }
                };
            }
            return output.equals("details")
                    ? org.juniteval.Score.of(1).detail("what", new Unprintable(true))
                    : org.juniteval.Score.of(true, "");
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }
    }

    /** Can be printed once, when the assertion is made, and not again. */
    static class Changing {
        private int asked;

        @Override
        public String toString() {
            if (asked++ > 0) {
                throw new Deadly();
            }
            return "once";
        }
    }

    @Test
    void what_an_assertion_or_a_score_carries_may_break_whoever_prints_it() {
        EvalRuns.Finished run =
                EvalRuns.in(folder).with(Settings.CONCURRENCY, 1).run(UnprintableCase.class);

        assertThat(run.status("answers[expected]")).isEqualTo(FAILED);
        assertThat(run.status("answers[message]")).isEqualTo(FAILED);
        assertThat(run.names()).contains("answers[details]");
        assertThat(run.status("answers[aborted]")).isEqualTo(ABORTED);
        assertThat(run.message("answers[aborted]")).startsWith("not run:");
        assertThat(run.status("answers[last]")).isEqualTo(SUCCESSFUL);
    }

    // ---- threads

    private static final AtomicReference<Thread> WORKER = new AtomicReference<>();

    @EvalSuite
    @Dataset(rows = """
            {"id": "interrupted", "input": "interrupted"}
            {"id": "loader", "input": "loader"}
            {"id": "last", "input": "last"}
            """)
    static class ThreadCase {
        @Eval
        String thread(String how) {
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(Thread.currentThread().getContextClassLoader()).isNotNull();
            if (how.equals("interrupted")) {
                Thread.currentThread().interrupt();
            } else if (how.equals("loader")) {
                Thread.currentThread().setContextClassLoader(null);
            }
            return how;
        }

        @Scorer
        boolean asks_a_judge(String output) throws InterruptedException {
            Thread.sleep(1);
            if (output.equals("interrupted")) {
                Thread.currentThread().interrupt();
            }
            return true;
        }

        @Scorer
        boolean asks_another(String output) throws InterruptedException {
            Thread.sleep(1);
            return true;
        }
    }

    @Test
    void what_is_done_to_the_thread_ends_with_the_sample() {
        EvalRuns.Finished run =
                EvalRuns.in(folder).with(Settings.CONCURRENCY, 1).run(ThreadCase.class);

        run.leaves().assertStatistics(stats -> stats.started(3).succeeded(3));
    }

    @EvalSuite
    @Dataset(rows = """
            {"id": "first", "input": "first"}
            {"id": "last", "input": "last"}
            """)
    static class WatchdogCase {
        @Eval
        String answers(String input) {
            if (input.equals("first")) {
                WORKER.set(Thread.currentThread());
            }
            return input;
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }
    }

    @Test
    void an_interrupt_between_two_samples_is_nobodys() {
        EvalRuns runs = EvalRuns.in(folder).with(Settings.CONCURRENCY, 1);
        // As a client's own watchdog does it that is late; told while the worker is between its samples.
        var watchdog = new org.junit.platform.engine.EngineExecutionListener() {
            @Override
            public void executionFinished(
                    org.junit.platform.engine.TestDescriptor node,
                    org.junit.platform.engine.TestExecutionResult result) {
                if (node.isTest()) {
                    WORKER.get().interrupt();
                }
            }
        };

        assertThat(runs.run(watchdog, WatchdogCase.class)).isEmpty();
    }

    // ---- outputs

    @EvalSuite
    @Dataset(rows = """
            {"id": "a", "input": "a"}
            """)
    static class ChangedCase {
        @Eval
        List<String> list(String input) {
            return new ArrayList<>(List.of("one"));
        }

        @Scorer
        boolean changes(List<String> output) {
            output.clear();
            return true;
        }

        @Scorer
        boolean sees(List<String> output) {
            return output.equals(List.of("one"));
        }
    }

    @Test
    void a_scorer_that_changes_the_output_changes_its_own() {
        EvalRuns runs = EvalRuns.in(folder);

        assertThat(runs.run(ChangedCase.class).status("list[a]")).isEqualTo(SUCCESSFUL);
        assertThat(runs.inAnotherJvm().run(ChangedCase.class).status("list[a]")).isEqualTo(SUCCESSFUL);
    }

    @EvalSuite
    @Dataset(rows = """
            {"id": "loud", "input": "loud"}
            {"id": "quiet", "input": "quiet"}
            """)
    static class PrintingCase {
        @Eval
        String prints(String input, SampleContext context) {
            System.out.println("this is " + input);
            if (input.equals("loud")) {
                for (int i = 0; i < 5_000; i++) {
                    System.out.println("x".repeat(1_000));
                }
                context.cost(1);
                throw new TestAbortedException("enough");
            }
            return input;
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }
    }

    @Test
    void megabytes_of_output_are_cut_and_kept_with_their_sample() {
        EvalRuns.Finished run =
                EvalRuns.in(folder).with(Settings.CONCURRENCY, 1).run(PrintingCase.class);

        assertThat(run.out())
                .contains("this is loud", "more bytes were printed", "this is quiet")
                .hasSizeLessThan(250_000);
        assertThat(run.message("prints[loud]")).startsWith("not run: enough");
        assertThat(run.xml(PrintingCase.class)).contains("this is loud");
    }

    @EvalSuite
    @Dataset(rows = """
            {"id": "missed", "input": "missed"}
            {"id": "unscored", "input": "unscored"}
            """)
    static class LongReasonCase {
        @Eval
        String answers(String input) {
            return input;
        }

        @Scorer
        org.juniteval.Score judged(String output) {
            String essay = "because ".repeat(1_000_000);
            return output.equals("missed") ? org.juniteval.Score.of(false, essay) : org.juniteval.Score.abstain(essay);
        }
    }

    @Test
    void megabytes_of_a_judges_reasons_are_cut_in_messages() {
        EvalRuns.Finished run = EvalRuns.in(folder).run(LongReasonCase.class);

        assertThat(run.message("answers[missed]"))
                .contains("judged missed: because ", "8000000 characters", "output was")
                .hasSizeLessThan(20_000);
        assertThat(run.message("answers[unscored]"))
                .startsWith("not scored:")
                .contains("8000000 characters")
                .hasSizeLessThan(20_000);
    }

    @Test
    void what_an_aborted_sample_cost_is_not_forgotten() {
        EvalRuns.Finished run =
                EvalRuns.in(folder).with(Settings.CONCURRENCY, 1).run(PrintingCase.class);

        assertThat(run.records(PrintingCase.class))
                .filteredOn(line -> line.contains("\"prints[loud]\""))
                .singleElement()
                .asString()
                .contains("\"cost\":1");
    }

    // ---- before and after the samples

    static class Picky {
        private String how;

        public String getHow() {
            return how;
        }

        public void setHow(String how) {
            this.how = how;
            misbehave(how);
        }
    }

    @EvalSuite
    @Dataset(rows = """
            {"id": "overflow", "input": {"how": "overflow"}}
            {"id": "unspeakable", "input": {"how": "unspeakable"}}
            {"id": "fine", "input": {"how": "fine"}}
            """)
    static class PickyInputCase {
        @Eval
        String picky(Picky input) {
            return "ok";
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }
    }

    @EvalSuite
    @Dataset(rows = "{\"id\": \"a\", \"input\": \"a\"}")
    abstract static class Well {
        @Eval
        String answers(String input) {
            return input;
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }
    }

    static class ConstructorCase extends Well {
        ConstructorCase() {
            misbehave("unspeakable");
        }
    }

    static class InitialiserCase extends Well {
        static {
            misbehave("overflow");
        }
    }

    static class BeforeCase extends Well {
        @BeforeAll
        void before() {
            misbehave("unspeakable");
        }
    }

    static class AfterCase extends Well {
        @AfterAll
        void after() {
            misbehave("unspeakable");
        }
    }

    static class DeclaredCase extends Well {
        @Fingerprint
        String model() {
            misbehave("death");
            return "";
        }
    }

    static class AbortedBeforeCase extends Well {
        @BeforeAll
        void before() {
            throw new Aborted();
        }
    }

    static class WellCase extends Well {}

    @EvalSuite
    @Dataset(rows = "{\"id\": \"a\", \"input\": \"a\"}")
    static class VariantsCase {
        @Eval
        String answers(String input, @Variants("prompts") String prompt) {
            return input;
        }

        static Map<String, String> prompts() {
            misbehave("unspeakable");
            return Map.of();
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }
    }

    @Test
    void a_suite_that_breaks_outside_of_its_samples_breaks_no_other() {
        EvalRuns.Finished run = EvalRuns.in(folder)
                .run(
                        PickyInputCase.class,
                        ConstructorCase.class,
                        InitialiserCase.class,
                        BeforeCase.class,
                        AfterCase.class,
                        DeclaredCase.class,
                        AbortedBeforeCase.class,
                        VariantsCase.class,
                        WellCase.class);

        assertThat(run.leaves().finished().stream()
                        .map(event -> event.getTestDescriptor()
                                        .getUniqueId()
                                        .getSegments()
                                        .get(1)
                                        .getValue()
                                        .replaceAll(".*\\$", "")
                                + " "
                                + event.getTestDescriptor().getLegacyReportingName()
                                + " "
                                + event.getRequiredPayload(TestExecutionResult.class)
                                        .getStatus()))
                .containsExactly(
                        "PickyInputCase picky [suite] FAILED",
                        "ConstructorCase answers [suite] FAILED",
                        "InitialiserCase answers [suite] FAILED",
                        "BeforeCase answers [suite] FAILED",
                        "AfterCase answers[a] SUCCESSFUL",
                        "AfterCase answers [afterAll] FAILED",
                        "DeclaredCase answers [suite] FAILED",
                        "VariantsCase answers [suite] FAILED",
                        "WellCase answers[a] SUCCESSFUL");
    }

    @EvalSuite
    @Dataset(rows = "{\"id\": \"a\", \"input\": \"a\"}")
    static class KeylessVariantsCase {
        @Eval
        String named(String input, @Variants("names") String prompt) {
            return input;
        }

        static Map<String, String> names() {
            return Map.of("half a \ud83d", "x");
        }

        @Eval
        String valued(String input, @Variants("values") String prompt) {
            return input;
        }

        static Map<String, String> values() {
            return Map.of("hot", "half a \ud83d");
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }
    }

    @Test
    void a_variant_that_no_key_can_be_made_of_is_a_fault_of_its_eval() {
        EvalRuns.Finished run = EvalRuns.in(folder).run(KeylessVariantsCase.class, WellCase.class);

        assertThat(run.message("named [suite]")).contains("the variant \"half a \\uD83D\"", "unpaired surrogate");
        assertThat(run.message("valued [suite]")).contains("the variant \"hot\"", "unpaired surrogate");
        assertThat(run.status("answers[a]")).isEqualTo(SUCCESSFUL);
    }

    // ---- what lies about

    @EvalSuite
    @Dataset(rows = """
            {"id": "lone", "input": "\\ud800"}
            {"id": "last", "input": "last"}
            """)
    static class SurrogateCase {
        @Eval
        String answers(String input) {
            return input;
        }

        @Scorer(cached = true)
        boolean ok(String output) {
            return true;
        }
    }

    @Test
    void half_a_character_is_a_fault_of_its_dataset() {
        EvalRuns.Finished run = EvalRuns.in(folder).run(SurrogateCase.class, WellCase.class);

        assertThat(run.ends().values()).anyMatch(result -> result.getStatus() == FAILED);
        assertThat(run.status("answers[a]")).isEqualTo(SUCCESSFUL);
    }

    @Test
    void folders_that_cannot_be_written_cost_no_sample() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));

        EvalRuns.Finished run = EvalRuns.in(folder)
                .with(Settings.CACHE_DIR, file.resolve("cache"))
                .with(Settings.REPORT_DIR, file)
                .run(WellCase.class);

        assertThat(run.status("answers[a]")).isEqualTo(SUCCESSFUL);
        assertThat(run.out().replaceAll("\\s+", " ")).contains("Answers cannot be stored in " + file);
    }
}
