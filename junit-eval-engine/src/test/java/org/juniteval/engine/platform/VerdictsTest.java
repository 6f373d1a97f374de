package org.juniteval.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.TestExecutionResult.Status.ABORTED;
import static org.junit.platform.engine.TestExecutionResult.Status.FAILED;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Gate;
import org.juniteval.Samples;
import org.juniteval.Score;
import org.juniteval.Scorer;
import org.juniteval.Statistic;
import org.juniteval.engine.platform.EvalRuns.Finished;
import org.juniteval.engine.run.Settings;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** What fails the build, what is tolerated, and what each says. */
class VerdictsTest {

    @TempDir
    Path folder;

    private EvalRuns runs;

    @BeforeEach
    void fresh() {
        Scripted.reset();
        runs = EvalRuns.in(folder);
    }

    @Nested
    class A_requirement {

        @EvalSuite
        @Dataset(rows = """
                {"id": "good", "input": "right", "expected": "right"}
                {"id": "bad", "input": "wrong", "expected": "right"}
                """)
        static class Suite extends Scripted {}

        @Test
        void that_nothing_lifts_fails_its_sample() {
            Finished run = runs.run(Suite.class);

            assertThat(run.status("answers[good]")).isEqualTo(SUCCESSFUL);
            assertThat(run.status("answers[bad]")).isEqualTo(FAILED);
            assertThat(run.message("answers[bad]"))
                    .startsWith("exact missed: expected \"right\" but was \"wrong\"")
                    .contains("\nat ")
                    .doesNotContain("tolerated");
        }

        @Test
        void that_is_missed_shows_the_diff_and_the_scorers_line() {
            assertThat(runs.run(Suite.class).result("answers[bad]").getThrowable())
                    .get()
                    .isInstanceOfSatisfying(AssertionFailedError.class, error -> {
                        assertThat(error.getExpected().getStringRepresentation())
                                .isEqualTo("right");
                        assertThat(error.getActual().getStringRepresentation()).isEqualTo("wrong");
                        assertThat(error.getStackTrace()[0].getMethodName()).isEqualTo("exact");
                        assertThat(error.getStackTrace()[0].getFileName()).isEqualTo("Scripted.java");
                    });
        }
    }

    @Nested
    class A_number_of_required_samples {

        @EvalSuite
        @Samples(value = 5, required = 4)
        @Dataset(rows = """
                {"id": "enough", "input": "right right wrong right right"}
                {"id": "few", "input": "right wrong wrong right right"}
                {"id": "rude", "input": "right right right right rude"}
                {"id": "faulty", "input": "right right right right fault"}
                {"id": "open", "input": "right right right wrong fault"}
                {"id": "lost", "input": "right right wrong wrong fault"}
                """)
        static class FourOfFive extends Scripted {
            @Scorer(must = true)
            void polite(String answer) {
                assertThat(answer).isNotEqualTo("rude");
            }
        }

        @Test
        void tolerates_a_miss_and_lets_the_verdict_decide() {
            Finished run = runs.run(FourOfFive.class);

            assertThat(run.status("answers[enough][3]")).isEqualTo(ABORTED);
            assertThat(run.message("answers[enough][3]"))
                    .startsWith("tolerated by required = 4 of 5: exact missed")
                    .contains("output was \"wrong\"");
            assertThat(run.status("answers[enough][verdict]")).isEqualTo(SUCCESSFUL);
            assertThat(run.status("answers[few][2]")).isEqualTo(ABORTED);
            assertThat(run.status("answers[few][verdict]")).isEqualTo(FAILED);
            assertThat(run.message("answers[few][verdict]")).startsWith("3 of 5 samples passed; required: 4");
        }

        @Test
        void does_not_lift_a_must() {
            Finished run = runs.run(FourOfFive.class);

            assertThat(run.status("answers[rude][5]")).isEqualTo(FAILED);
            assertThat(run.message("answers[rude][5]")).startsWith("polite missed");
            assertThat(run.status("answers[rude][verdict]")).isEqualTo(SUCCESSFUL);
        }

        @Test
        void is_undecided_only_where_a_fault_could_turn_it_and_a_fault_fails_by_itself() {
            Finished run = runs.run(FourOfFive.class);

            assertThat(run.status("answers[faulty][5]")).isEqualTo(FAILED);
            assertThat(run.status("answers[faulty][verdict]")).isEqualTo(SUCCESSFUL);
            assertThat(run.status("answers[open][verdict]")).isEqualTo(FAILED);
            assertThat(run.message("answers[open][verdict]")).startsWith("undecided: 3 of 5 samples passed, 1 faulted");
            assertThat(run.status("answers[lost][verdict]")).isEqualTo(FAILED);
            assertThat(run.message("answers[lost][verdict]")).startsWith("2 of 5 samples passed");
        }

        @ParameterizedTest
        @CsvSource({"1, ''", "2, 1 of 2 samples passed; required: 2", "4, 2 of 4 samples passed; required: 4", "10, ''"
        })
        void keeps_its_share_and_its_nodes_under_another_number(int samples, String verdict) {
            Finished run = runs.with(Settings.SAMPLES, samples).run(FourOfFive.class);

            assertThat(run.names())
                    .filteredOn(name -> name.startsWith("answers[few]"))
                    .hasSize(samples + 1)
                    .contains("answers[few][1]", "answers[few][verdict]");
            assertThat(run.status("answers[few][verdict]")).isEqualTo(verdict.isEmpty() ? SUCCESSFUL : FAILED);
            assertThat(run.message("answers[few][verdict]")).startsWith(verdict);
        }

        @Test
        void of_which_none_may_miss_tolerates_none() {
            Finished run = runs.with(Settings.SAMPLES, 3).run(FourOfFive.class);

            assertThat(run.status("answers[enough][3]")).isEqualTo(FAILED);
            assertThat(run.message("answers[enough][3]")).startsWith("exact missed");
        }
    }

    @Nested
    class Required_0 {

        @EvalSuite
        @Samples(value = 2, required = 0)
        @Dataset(rows = """
                {"id": "bad", "input": "wrong"}
                {"id": "down", "input": "fault"}
                """)
        static class Measured extends Scripted {}

        @EvalSuite
        @Samples(value = 1, required = 0)
        @Dataset(rows = "{\"id\": \"bad\", \"input\": \"wrong\"}")
        static class MeasuredOnce extends Scripted {}

        @Test
        void only_measures() {
            Finished run = runs.run(Measured.class);

            assertThat(run.status("answers[bad][1]")).isEqualTo(ABORTED);
            assertThat(run.message("answers[bad][1]")).startsWith("tolerated by required = 0: exact missed");
            assertThat(run.status("answers[bad][verdict]")).isEqualTo(SUCCESSFUL);
            assertThat(runs.run(MeasuredOnce.class).status("answers[bad]")).isEqualTo(ABORTED);
        }

        @Test
        void lifts_no_fault() {
            assertThat(runs.run(Measured.class).status("answers[down][1]")).isEqualTo(FAILED);
        }

        @EvalSuite
        @Samples(value = 1, required = 0)
        @Dataset(rows = """
                {"id": "good", "input": "right"}
                {"id": "bad", "input": "right wrong right"}
                {"id": "down", "input": "right wrong fault"}
                {"id": "rude", "input": "right rude wrong"}
                {"id": "none", "input": "unscored"}
                """)
        static class Folded extends Scripted {
            @Scorer(must = true)
            boolean polite(String answer) {
                if (answer.equals("unscored")) {
                    throw new TestAbortedException("nothing to judge");
                }
                return !answer.equals("rude");
            }
        }

        @Test
        void over_more_samples_than_the_one_that_is_declared_shows_the_worst_of_them() {
            Finished run = runs.with(Settings.SAMPLES, 3).run(Folded.class);

            assertThat(run.status("answers[good]")).isEqualTo(SUCCESSFUL);
            assertThat(run.status("answers[bad]")).isEqualTo(ABORTED);
            assertThat(run.message("answers[bad]")).startsWith("tolerated by required = 0: exact missed");
            assertThat(run.status("answers[down]")).isEqualTo(FAILED);
            assertThat(run.message("answers[down]")).contains("503 the model is down");
            assertThat(run.status("answers[rude]")).isEqualTo(FAILED);
            assertThat(run.message("answers[rude]")).startsWith("polite missed");
            assertThat(run.status("answers[none]")).isEqualTo(FAILED);
            assertThat(run.message("answers[none]")).startsWith("not scored");
        }
    }

    @Nested
    class A_gate {

        private static final String ROWS = """
                {"id": "a", "input": "right"}
                {"id": "b", "input": "rude"}
                {"id": "c", "input": "wrong"}
                """;

        abstract static class WithPolite extends Scripted {
            @Scorer
            boolean polite(String answer) {
                return !answer.equals("rude");
            }
        }

        @EvalSuite
        @Dataset(rows = ROWS)
        @Gate(scorer = "exact", atLeast = 0.5)
        static class OnExact extends WithPolite {}

        @EvalSuite
        @Dataset(rows = ROWS)
        @Gate(statistic = Statistic.PASS_RATE, atLeast = 0.3)
        static class OnSamples extends WithPolite {}

        @EvalSuite
        @Dataset(rows = ROWS)
        @Gate(scorer = "exact", statistic = Statistic.STDDEV, atMost = 1)
        @Gate(scorer = "exact", statistic = Statistic.MIN, atLeast = 0)
        @Gate(scorer = "exact", statistic = Statistic.MAX, atLeast = 0.5)
        @Gate(scorer = "exact", atMost = 1)
        @Gate(scorer = "latency", atMost = 60)
        static class LiftsNothing extends WithPolite {}

        @EvalSuite
        @Dataset(rows = ROWS)
        @Gate(scorer = "exact", atLeast = 0.9)
        static class Missed extends WithPolite {}

        @Test
        void lifts_the_scorer_that_it_names_and_excuses_nothing_else() {
            Finished run = runs.run(OnExact.class);

            assertThat(run.status("answers[c]")).isEqualTo(ABORTED);
            assertThat(run.message("answers[c]")).startsWith("tolerated by gate mean(exact): exact missed");
            assertThat(run.status("answers[b]")).isEqualTo(FAILED);
            assertThat(run.message("answers[b]")).startsWith("polite missed");
            assertThat(run.status("answers[gate: mean(exact)]")).isEqualTo(SUCCESSFUL);
        }

        @Test
        void that_names_no_scorer_lifts_all() {
            Finished run = runs.run(OnSamples.class);

            assertThat(run.status("answers[b]")).isEqualTo(ABORTED);
            assertThat(run.status("answers[c]")).isEqualTo(ABORTED);
            assertThat(run.status("answers[gate: pass_rate(samples)]")).isEqualTo(SUCCESSFUL);
        }

        @Test
        void that_is_no_lower_bound_on_how_good_samples_are_lifts_nothing() {
            Finished run = runs.run(LiftsNothing.class);

            assertThat(run.status("answers[b]")).isEqualTo(FAILED);
            assertThat(run.status("answers[c]")).isEqualTo(FAILED);
            assertThat(run.names())
                    .filteredOn(name -> name.contains("gate"))
                    .hasSize(5)
                    .allMatch(gate -> run.status(gate) == SUCCESSFUL);
        }

        @Test
        void that_is_missed_fails_by_itself_with_the_bound_and_the_value() {
            Finished run = runs.run(Missed.class);

            assertThat(run.status("answers[gate: mean(exact)]")).isEqualTo(FAILED);
            assertThat(run.message("answers[gate: mean(exact)]"))
                    .startsWith("mean(exact) is 0.666667, required: at least 0.9");
            assertThat(run.status("answers[c]")).isEqualTo(ABORTED);
        }

        @EvalSuite
        @Dataset(rows = ROWS)
        @Gate(scorer = "fields", statistic = Statistic.PASS_RATE, atLeast = 0.3)
        @Gate(scorer = "fields", statistic = Statistic.CASE_PASS_RATE, atLeast = 0.4)
        static class OnParts {
            @Eval
            String answers(String input) {
                return input;
            }

            @Scorer
            Map<String, Boolean> fields(String answer) {
                return Map.of("right", answer.equals("right"), "told", true);
            }
        }

        @Test
        void on_how_often_a_map_of_yes_and_no_passes_counts_the_samples_without_a_no() {
            Finished run = runs.run(OnParts.class);

            assertThat(run.message("answers[c]"))
                    .startsWith("tolerated by gate pass_rate(fields): fields.right missed");
            assertThat(run.status("answers[gate: pass_rate(fields)]")).isEqualTo(SUCCESSFUL);
            assertThat(run.status("answers[gate: case_pass_rate(fields)]")).isEqualTo(FAILED);
            assertThat(run.message("answers[gate: case_pass_rate(fields)]"))
                    .startsWith("case_pass_rate(fields) is 0.333333, required: at least 0.4");
            assertThat(run.xml(OnParts.class))
                    .contains("\"eval.answers.passRate.fields\" value=\"0.3333333333333333\"");
        }

        @EvalSuite
        @Samples(value = 2, required = 1)
        @Dataset(rows = """
                {"id": "a", "input": "wrong"}
                {"id": "b", "input": "right"}
                """)
        @Gate(scorer = "exact", atLeast = 0.5)
        static class BesideACaseRule extends Scripted {}

        @EvalSuite
        @Samples(value = 2, required = 1)
        @Dataset(rows = """
                {"id": "a", "input": "wrong"}
                {"id": "b", "input": "right"}
                """)
        @Gate(statistic = Statistic.CASE_PASS_RATE, atLeast = 0.5)
        static class OfCasesBesideACaseRule extends Scripted {}

        @Test
        void that_names_a_scorer_lifts_no_case_rule() {
            Finished run = runs.run(BesideACaseRule.class);

            assertThat(run.status("answers[a][1]")).isEqualTo(ABORTED);
            assertThat(run.status("answers[a][verdict]")).isEqualTo(FAILED);
            assertThat(run.status("answers[gate: mean(exact)]")).isEqualTo(SUCCESSFUL);
        }

        @Test
        void that_names_none_lifts_the_case_rule_as_well() {
            Finished run = runs.run(OfCasesBesideACaseRule.class);

            assertThat(run.status("answers[a][verdict]")).isEqualTo(ABORTED);
            assertThat(run.message("answers[a][verdict]"))
                    .startsWith("tolerated by gate case_pass_rate(samples): 0 of 2 samples passed; required: 1");
            assertThat(run.status("answers[gate: case_pass_rate(samples)]")).isEqualTo(SUCCESSFUL);
        }

        @Test
        void shown_misses_are_failures_with_a_diff_and_verdicts_and_gates_stay() {
            Finished run = runs.with(Settings.MISSES, "fail").run(OfCasesBesideACaseRule.class);

            assertThat(run.status("answers[a][1]")).isEqualTo(FAILED);
            assertThat(run.message("answers[a][1]")).startsWith("tolerated by required = 1 of 2: exact missed");
            assertThat(run.result("answers[a][1]").getThrowable()).get().isInstanceOf(AssertionFailedError.class);
            assertThat(run.status("answers[a][verdict]")).isEqualTo(ABORTED);
            assertThat(run.status("answers[gate: case_pass_rate(samples)]")).isEqualTo(SUCCESSFUL);
        }
    }

    @Nested
    class A_fault {

        @EvalSuite
        @Dataset(rows = """
                {"id": "a", "input": "right"}
                {"id": "down", "input": "fault"}
                {"id": "asserts", "input": "asserts"}
                {"id": "scorer", "input": "broken"}
                {"id": "b", "input": "right"}
                """)
        @Gate(scorer = "exact", statistic = Statistic.STDDEV, atMost = 0.3, name = "spread")
        @Gate(scorer = "exact", atLeast = 0.9)
        @Gate(scorer = "exact", atLeast = 0.4, name = "low")
        static class Faulty extends Scripted {}

        @Test
        void is_no_failed_assertion_and_keeps_the_exceptions_text() {
            Finished run = runs.run(Faulty.class);

            assertThat(run.status("answers[down]")).isEqualTo(FAILED);
            assertThat(run.result("answers[down]").getThrowable()).get().isNotInstanceOf(AssertionError.class);
            assertThat(run.message("answers[down]")).contains("503 the model is down");
            assertThat(run.result("answers[asserts]").getThrowable())
                    .get()
                    .isNotInstanceOf(AssertionError.class)
                    .extracting(Throwable::getCause)
                    .isInstanceOf(AssertionError.class);
            assertThat(run.message("answers[asserts]")).contains("an assertion of the system itself");
            assertThat(run.message("answers[scorer]"))
                    .startsWith("@Scorer exact threw")
                    .contains("the scorer is broken");
        }

        @Test
        void harms_only_its_own_sample() {
            assertThat(runs.run(Faulty.class).status("answers[b]")).isEqualTo(SUCCESSFUL);
        }

        @Test
        void leaves_gates_undecided_that_it_could_turn_and_they_fail() {
            Finished run = runs.run(Faulty.class);

            assertThat(run.status("answers[gate: mean(exact)]")).isEqualTo(FAILED);
            assertThat(run.message("answers[gate: mean(exact)]"))
                    .startsWith("undecided: mean(exact) is 1, required: at least 0.9; 3 faulted samples");
            assertThat(run.status("answers[gate: spread]")).isEqualTo(FAILED);
            assertThat(run.status("answers[gate: low]")).isEqualTo(SUCCESSFUL);
        }
    }

    @Nested
    class An_aborted {

        @EvalSuite
        @Samples(value = 2, required = 1)
        @Dataset(rows = """
                {"id": "none", "input": "abort"}
                {"id": "once", "input": "right abort"}
                """)
        @Gate(scorer = "exact", atLeast = 0.5)
        static class Sample extends Scripted {}

        @EvalSuite
        @Dataset(rows = """
                {"id": "a", "input": "unscored"}
                {"id": "b", "input": "right"}
                """)
        @Gate(scorer = "exact", atLeast = 0.5)
        static class Scoring extends Scripted {}

        @EvalSuite
        @Dataset(rows = "{\"id\": \"a\", \"input\": \"unscored\"}")
        @Gate(scorer = "exact", atLeast = 0.5)
        static class OnlyScoring extends Scripted {}

        @EvalSuite
        @Dataset(rows = "{\"id\": \"a\", \"input\": \"unscored\"}")
        static class OneOfTwoScorings extends Scripted {
            @Scorer
            Score judged(String answer) {
                return Score.of(true, "fine");
            }
        }

        @EvalSuite
        @Dataset(rows = "{\"id\": \"a\", \"input\": \"right\"}")
        static class Suite extends Scripted {
            @BeforeAll
            static void noModel() {
                throw new TestAbortedException("there is no model here");
            }
        }

        @Test
        void sample_is_not_run_not_stored_and_nothing_is_decided_by_it() {
            Finished run = runs.run(Sample.class);

            assertThat(run.status("answers[none][1]")).isEqualTo(ABORTED);
            assertThat(run.message("answers[none][1]")).startsWith("not run: no quota left");
            assertThat(run.status("answers[none][verdict]")).isEqualTo(ABORTED);
            assertThat(run.message("answers[none][verdict]")).startsWith("not decided: 0 of 2 samples ran");
            assertThat(run.message("answers[once][verdict]")).startsWith("not decided: 1 of 2 samples ran");
            assertThat(run.status("answers[gate: mean(exact)]")).isEqualTo(ABORTED);
            assertThat(run.message("answers[gate: mean(exact)]"))
                    .startsWith("not decided: 0 of 2 cases ran; observed 1");

            Scripted.CALLS.clear();
            runs.inAnotherJvm().run(Sample.class);
            assertThat(Scripted.CALLS).containsExactlyInAnyOrder("none/1", "none/2", "once/2");
        }

        @Test
        void scorer_abstains() {
            assertThat(runs.run(OneOfTwoScorings.class).status("answers[a]")).isEqualTo(SUCCESSFUL);
        }

        @Test
        void only_scorer_leaves_the_sample_not_scored_and_that_fails_although_a_gate_lifts_misses() {
            Finished run = runs.run(Scoring.class);

            assertThat(run.status("answers[a]")).isEqualTo(FAILED);
            assertThat(run.message("answers[a]")).startsWith("not scored").contains("exact: no reference");
            assertThat(run.status("answers[gate: mean(exact)]")).isEqualTo(SUCCESSFUL);
        }

        @Test
        void scorer_leaves_a_gate_without_any_score_and_that_fails() {
            Finished run = runs.run(OnlyScoring.class);

            assertThat(run.status("answers[gate: mean(exact)]")).isEqualTo(FAILED);
            assertThat(run.message("answers[gate: mean(exact)]")).startsWith("not scored");
        }

        @Test
        void suite_is_skipped() {
            Finished run = runs.run(Suite.class);

            assertThat(run.names()).isEmpty();
            assertThat(run.events().skipped().count()).isEqualTo(1);
            assertThat(Scripted.CALLS).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "-0.5", "1.5", "Infinity"})
    void a_score_that_is_none_is_a_fault_that_names_its_scorer(String value) {
        Wild.value = Double.parseDouble(value);

        Finished run = runs.run(Wild.class);

        assertThat(run.status("answers[a]")).isEqualTo(FAILED);
        assertThat(run.result("answers[a]").getThrowable()).get().isNotInstanceOf(AssertionError.class);
        assertThat(run.message("answers[a]"))
                .startsWith("Wild.wild(")
                .contains("returned " + value + " for wild: a score is in");
    }

    @EvalSuite
    @Dataset(rows = "{\"id\": \"a\", \"input\": \"right\"}")
    static class Wild extends Scripted {
        static double value;

        @Scorer
        double wild(String answer) {
            return value;
        }
    }
}
