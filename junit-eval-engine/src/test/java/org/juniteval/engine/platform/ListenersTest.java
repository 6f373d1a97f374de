package org.juniteval.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Samples;
import org.juniteval.Scorer;
import org.juniteval.engine.platform.WatchedEngine.What;

/** Those who listen: their errors end a run, and they see one suite after the other. */
@Timeout(120)
class ListenersTest {

    static final AtomicInteger CALLS = new AtomicInteger();

    /** Calls that are not told yet when a listener breaks or blocks, each of three events; none waits for its report. */
    static final int AT_MOST = 100;

    static final List<String> STORY = new CopyOnWriteArrayList<>();
    static CountDownLatch othersDone = new CountDownLatch(0);

    @EvalSuite
    @Samples(500)
    @Dataset(rows = "{\"id\": \"x\", \"input\": \"x\"}")
    static class ManyCase implements AutoCloseable {
        @Eval
        String echoes(String input) {
            CALLS.incrementAndGet();
            return input;
        }

        @Scorer
        boolean same(String answer) {
            return true;
        }

        @Override
        public void close() {
            STORY.add("closed");
        }
    }

    @EvalSuite
    @Dataset(rows = "{\"id\": \"x\", \"input\": \"x\"}")
    static class SlowCase {
        @Eval
        String waits(String input) throws InterruptedException {
            assertThat(othersDone.await(60, TimeUnit.SECONDS)).isTrue();
            STORY.add("slow");
            return input;
        }

        @Scorer
        boolean same(String answer) {
            return true;
        }
    }

    @EvalSuite
    @Samples(value = 3, required = 1)
    @Dataset(rows = "{\"id\": \"x\", \"input\": \"x\"}\n{\"id\": \"y\", \"input\": \"x\"}")
    static class SecondCase {
        @Eval
        String echoes(String input) {
            STORY.add("second");
            othersDone.countDown();
            return input;
        }

        @Scorer
        boolean same(String answer) {
            return true;
        }
    }

    @EvalSuite
    static class ThirdCase extends SecondCase {}

    @EvalSuite
    @Dataset(rows = "{\"id\": \"x\", \"input\": \"x\"}")
    static class AloneCase extends SecondCase {
        @AfterAll
        static void cleanUp() {
            STORY.add("cleaned up");
        }
    }

    @TempDir
    Path folder;

    @BeforeEach
    void forget() {
        CALLS.set(0);
        STORY.clear();
    }

    /** Throws from the n-th event of a kind on, as a listener that is broken or was told to stop. */
    private static final class Throws implements EngineExecutionListener {
        private final What when;
        private final Supplier<Throwable> error;
        private final AtomicInteger left;

        Throws(What when, int nth, Supplier<Throwable> error) {
            this.when = when;
            this.error = error;
            this.left = new AtomicInteger(nth);
        }

        private void at(What what) {
            if (what == when && left.decrementAndGet() <= 0) {
                Throwable thrown = error.get();
                if (thrown instanceof Error e) {
                    throw e;
                }
                throw (RuntimeException) thrown;
            }
        }

        @Override
        public void dynamicTestRegistered(TestDescriptor node) {
            at(What.REGISTERED);
        }

        @Override
        public void executionStarted(TestDescriptor node) {
            at(What.STARTED);
        }

        @Override
        public void executionFinished(TestDescriptor node, TestExecutionResult result) {
            at(What.FINISHED);
        }

        @Override
        public void reportingEntryPublished(TestDescriptor node, ReportEntry entry) {
            at(What.ENTRY);
        }
    }

    static Stream<What> kindsOfEvent() {
        return Stream.of(What.REGISTERED, What.STARTED, What.ENTRY, What.FINISHED);
    }

    @Nested
    class An_error_of_a_listener_ends_the_run {

        @ParameterizedTest
        @MethodSource("org.juniteval.engine.platform.ListenersTest#kindsOfEvent")
        void and_is_thrown_again_as_the_stop_button_of_eclipse_expects(What when) {
            OutOfMemoryError stop = new OutOfMemoryError("test stopped by user");

            assertThat(EvalRuns.in(folder).run(new Throws(when, 10, () -> stop), ManyCase.class))
                    .containsSame(stop);
            assertThat(CALLS).hasValueLessThan(AT_MOST);
        }

        @ParameterizedTest
        @MethodSource("org.juniteval.engine.platform.ListenersTest#kindsOfEvent")
        void also_where_it_is_an_exception(What when) {
            RuntimeException broken = new IllegalStateException("broken listener");

            assertThat(EvalRuns.in(folder).run(new Throws(when, 10, () -> broken), ManyCase.class))
                    .containsSame(broken);
            assertThat(CALLS).hasValueLessThan(AT_MOST);
        }

        @Test
        void also_where_the_first_suite_s_start_throws() {
            OutOfMemoryError stop = new OutOfMemoryError("test stopped by user");

            assertThat(EvalRuns.in(folder)
                            .run(new Throws(What.STARTED, 2, () -> stop), ManyCase.class, SecondCase.class))
                    .containsSame(stop);
            assertThat(CALLS).hasValueLessThan(AT_MOST);
        }

        @Test
        void and_closes_the_suites_that_were_open() {
            OutOfMemoryError stop = new OutOfMemoryError("test stopped by user");

            EvalRuns.in(folder).run(new Throws(What.STARTED, 10, () -> stop), ManyCase.class);

            assertThat(STORY).containsExactly("closed");
        }

        @ParameterizedTest
        @MethodSource("org.juniteval.engine.platform.ListenersTest#kindsOfEvent")
        void and_leaves_no_unfinished_file(What when) throws IOException {
            EvalRuns runs = EvalRuns.in(folder);

            runs.run(new Throws(when, 10, () -> new OutOfMemoryError("stop")), ManyCase.class, SecondCase.class);

            try (Stream<Path> files = Files.list(runs.reportDir())) {
                assertThat(files)
                        .extracting(file -> file.getFileName().toString())
                        .noneMatch(name -> name.endsWith(".tmp"));
            }
        }

        @Test
        void and_the_next_run_is_as_ever() {
            EvalRuns runs = EvalRuns.in(folder);
            runs.run(new Throws(What.FINISHED, 10, () -> new OutOfMemoryError("stop")), ManyCase.class);

            assertThat(runs.run(ManyCase.class).names()).hasSize(500);
        }
    }

    @Nested
    class A_listener_that_takes_its_time {

        @Test
        void holds_up_no_sample() {
            assertThat(EvalRuns.in(folder)
                            .with("eval.samples", 20)
                            .run(atTheFirstEnd(() -> await().until(() -> CALLS.get() == 20)), ManyCase.class))
                    .isEmpty();
        }

        @Test
        void is_waited_for_before_very_much_is_still_to_be_told() {
            AtomicInteger meanwhile = new AtomicInteger();

            EvalRuns.in(folder).run(atTheFirstEnd(() -> meanwhile.set(callsWhenTheyStandStill())), ManyCase.class);

            assertThat(meanwhile).hasValueLessThan(AT_MOST);
            assertThat(CALLS).hasValue(500);
        }

        private EngineExecutionListener atTheFirstEnd(Runnable whatTakesTime) {
            AtomicBoolean first = new AtomicBoolean(true);
            return new EngineExecutionListener() {
                @Override
                public void executionFinished(TestDescriptor node, TestExecutionResult result) {
                    if (first.getAndSet(false)) {
                        whatTakesTime.run();
                    }
                }
            };
        }

        private int callsWhenTheyStandStill() {
            AtomicInteger before = new AtomicInteger(-1);
            await().pollInterval(Duration.ofMillis(300)).until(() -> CALLS.get() == before.getAndSet(CALLS.get()));
            return before.get();
        }
    }

    @Nested
    class Suites {

        @Test
        void run_at_the_same_time_and_are_told_one_after_the_other() {
            othersDone = new CountDownLatch(12);

            EvalRuns.Finished run = EvalRuns.in(folder).run(SlowCase.class, SecondCase.class, ThirdCase.class);

            assertThat(STORY).endsWith("slow").hasSize(13);
            assertThat(run.leaves().finished().stream()
                            .map(event -> event.getTestDescriptor()
                                    .getUniqueId()
                                    .getSegments()
                                    .get(1)
                                    .getValue())
                            .distinct())
                    .containsExactly(SlowCase.class.getName(), SecondCase.class.getName(), ThirdCase.class.getName());
        }

        @Test
        void overlap_no_other_where_they_have_something_to_clean_up() {
            othersDone = new CountDownLatch(0);

            EvalRuns.in(folder).run(SecondCase.class, AloneCase.class, ThirdCase.class);

            assertThat(STORY.indexOf("cleaned up")).isEqualTo(9);
        }
    }
}
