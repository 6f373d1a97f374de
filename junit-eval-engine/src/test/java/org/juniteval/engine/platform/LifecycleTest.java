package org.juniteval.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.skippedWithReason;
import static org.juniteval.engine.platform.EvalEventConditions.evalMethod;
import static org.juniteval.engine.platform.EvalEventConditions.fault;
import static org.juniteval.engine.platform.EvalEventConditions.faulted;
import static org.juniteval.engine.platform.EvalEventConditions.suite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Fingerprint;
import org.juniteval.Scorer;
import org.juniteval.SuiteFactory;
import org.opentest4j.TestAbortedException;

/** When suites are made, run, left out and closed. */
class LifecycleTest {

    static final List<String> STORY = new CopyOnWriteArrayList<>();

    abstract static class Base {
        Base() {
            STORY.add("made");
        }

        @Eval
        String answers(String country) {
            STORY.add("answered");
            return country;
        }

        @Scorer
        boolean same(String answer) {
            return true;
        }
    }

    @EvalSuite
    @Disabled("for now")
    @Dataset("not-there.jsonl")
    static class DisabledCase extends Base {}

    @EvalSuite
    @EnabledIfSystemProperty(named = "juniteval.not.set", matches = ".*")
    @Dataset("not-there.jsonl")
    static class ConditionCase extends Base {}

    @EvalSuite
    @Dataset(rows = "{\"id\": \"peru\", \"input\": \"Peru\"}")
    static class DisabledEvalCase extends Base {
        @Eval
        @Disabled("too dear")
        @Dataset("not-there.jsonl")
        String zooms(String country) {
            return country;
        }
    }

    @EvalSuite
    @Dataset(rows = "{\"id\": \"peru\", \"input\": \"Peru\"}")
    static class AllEvalsDisabledCase {
        AllEvalsDisabledCase() {
            STORY.add("made");
        }

        @Eval
        @Disabled("too dear")
        String zooms(String country) {
            return country;
        }

        @Scorer
        boolean same(String answer) {
            return true;
        }
    }

    @EvalSuite
    @Dataset(rows = "{\"id\": \"peru\", \"input\": \"Peru\"}")
    static class AbortsCase extends Base implements AutoCloseable {
        @BeforeAll
        void prepare() {
            throw new TestAbortedException("no key in the environment");
        }

        @Override
        public void close() {
            STORY.add("closed");
        }
    }

    @EvalSuite
    @Dataset(rows = "{\"id\": \"peru\", \"input\": \"Peru\"}")
    static class AbortsLateCase extends Base implements AutoCloseable {
        @Fingerprint
        String model() {
            throw new TestAbortedException("the model is not there");
        }

        @Override
        public void close() {
            STORY.add("closed");
        }
    }

    @EvalSuite
    @Dataset(rows = "{\"id\": \"peru\", \"input\": \"Peru\"}")
    static class ThrowsBeforeCase extends Base implements AutoCloseable {
        @BeforeAll
        void prepare() {
            throw new IllegalStateException("no server");
        }

        @AfterAll
        void cleanUp() {
            STORY.add("cleaned up");
        }

        @Override
        public void close() {
            STORY.add("closed");
        }
    }

    @EvalSuite
    @Dataset(rows = "{\"id\": \"peru\", \"input\": \"Peru\"}")
    static class ConstructorThrowsCase {
        ConstructorThrowsCase() {
            throw new IllegalArgumentException("no model");
        }

        @Eval
        String answers(String country) {
            return country;
        }

        @Scorer
        boolean same(String answer) {
            return true;
        }
    }

    @EvalSuite
    @Dataset(rows = "{\"id\": \"peru\", \"input\": \"Peru\"}")
    static class ThrowsAfterCase extends Base implements AutoCloseable {
        @BeforeAll
        static void prepare() {
            STORY.add("prepared");
        }

        @AfterAll
        void cleanUp() {
            STORY.add("cleaned up");
            throw new IllegalStateException("cannot stop the server");
        }

        @Override
        public void close() {
            STORY.add("closed");
        }
    }

    /** Has no constructor that can be called without knowing what to say. */
    @EvalSuite
    @Dataset(rows = "{\"id\": \"peru\", \"input\": \"Peru\"}")
    static class MadeCase extends Base implements AutoCloseable {
        private final String said;

        MadeCase(String said) {
            this.said = said;
        }

        @Eval
        @Override
        String answers(String country) {
            STORY.add(said);
            return country;
        }

        @Override
        public void close() {
            STORY.add("closed");
        }
    }

    /** In META-INF/services of the tests. */
    public static final class Factory implements SuiteFactory {
        @Override
        public Optional<Object> create(Class<?> suite) {
            return suite == MadeCase.class ? Optional.of(new MadeCase("by a factory")) : Optional.empty();
        }
    }

    @TempDir
    Path folder;

    @BeforeEach
    void forget() {
        STORY.clear();
    }

    private EvalRuns.Finished run(Class<?>... suites) {
        return EvalRuns.in(folder).run(suites);
    }

    @Nested
    class Is_left_out {

        @Test
        void a_disabled_suite_without_a_look_at_its_dataset() {
            EvalRuns.Finished run = run(DisabledCase.class);

            run.events()
                    .assertThatEvents()
                    .haveExactly(1, event(suite(DisabledCase.class), skippedWithReason("for now")));
            assertThat(run.names()).isEmpty();
            assertThat(STORY).isEmpty();
        }

        @Test
        void a_suite_whose_condition_does_not_hold() {
            run(ConditionCase.class)
                    .events()
                    .assertThatEvents()
                    .haveExactly(
                            1,
                            event(
                                    suite(ConditionCase.class),
                                    skippedWithReason(reason -> reason.contains("juniteval.not.set"))));
        }

        @Test
        void a_disabled_eval_beside_others() {
            EvalRuns.Finished run = run(DisabledEvalCase.class);

            run.events().assertThatEvents().haveExactly(1, event(evalMethod("zooms"), skippedWithReason("too dear")));
            assertThat(run.names()).containsExactly("answers[peru]");
        }

        @Test
        void every_eval_of_a_suite_which_then_makes_no_instance() {
            assertThat(run(AllEvalsDisabledCase.class).names()).isEmpty();
            assertThat(STORY).isEmpty();
        }

        @Test
        void a_suite_that_aborts_before_its_first_eval() {
            EvalRuns.Finished run = run(AbortsCase.class);

            run.events()
                    .assertThatEvents()
                    .haveExactly(
                            1,
                            event(
                                    suite(AbortsCase.class),
                                    skippedWithReason(reason -> reason.contains("no key in the environment"))));
            assertThat(run.names()).isEmpty();
            assertThat(STORY).containsExactly("made", "closed");
            assertThat(Files.exists(
                            run.runs().reportDir().resolve("records").resolve(AbortsCase.class.getName() + ".jsonl")))
                    .as("records of what was not run")
                    .isFalse();
        }

        @Test
        void a_suite_that_aborts_when_it_is_asked_for_its_fingerprint() {
            run(AbortsLateCase.class)
                    .events()
                    .assertThatEvents()
                    .haveExactly(
                            1,
                            event(
                                    suite(AbortsLateCase.class),
                                    skippedWithReason(reason -> reason.contains("the model is not there"))));
            assertThat(STORY).containsExactly("made", "closed");
        }

        @Test
        void while_suites_behind_it_run() {
            EvalRuns.Finished run =
                    run(DisabledCase.class, AbortsCase.class, DisabledEvalCase.class, ConditionCase.class);

            assertThat(run.names()).containsExactly("answers[peru]");
        }
    }

    @Test
    void an_instance_comes_from_a_factory_that_knows_the_class_and_is_closed() {
        EvalRuns.Finished run = run(MadeCase.class);

        assertThat(run.names()).as("%s", run.ends()).containsExactly("answers[peru]");
        assertThat(STORY).containsExactly("made", "by a factory", "closed");
    }

    @Nested
    class Is_a_fault {

        @Test
        void what_is_thrown_before_the_first_eval() {
            EvalRuns.Finished run = run(ThrowsBeforeCase.class);

            run.events().assertThatEvents().haveExactly(1, event(fault("suite"), faulted("no server")));
            assertThat(run.names()).containsExactly("answers [suite]");
            assertThat(STORY).doesNotContain("answered").contains("closed");
        }

        @Test
        void what_the_constructor_throws() {
            EvalRuns.Finished run = run(ConstructorThrowsCase.class);

            assertThat(run.message("answers [suite]")).contains("no model");
        }

        @Test
        void what_is_thrown_behind_the_last_eval() {
            EvalRuns.Finished run = run(ThrowsAfterCase.class);

            run.events().assertThatEvents().haveExactly(1, event(fault("afterAll"), faulted("cannot stop the server")));
            assertThat(run.status("answers[peru]")).isEqualTo(Status.SUCCESSFUL);
            assertThat(STORY).containsExactly("made", "prepared", "answered", "cleaned up", "closed");
            assertThat(run.xml(ThrowsAfterCase.class)).contains("cannot stop the server");
        }
    }
}
