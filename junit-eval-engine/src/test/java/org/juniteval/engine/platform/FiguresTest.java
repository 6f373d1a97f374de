package org.juniteval.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.platform.engine.TestExecutionResult.Status.FAILED;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Gate;
import org.juniteval.SampleContext;
import org.juniteval.Samples;
import org.juniteval.Score;
import org.juniteval.Scorer;
import org.juniteval.engine.platform.EvalRuns.Finished;
import org.juniteval.engine.record.EvalRecord;
import org.juniteval.engine.record.EvalRecord.CaseFigures;
import org.juniteval.engine.record.RecordFile;
import org.juniteval.engine.record.ScorerFigures;
import org.juniteval.engine.run.Settings;

/** What an eval's summary says in numbers. The epochs are those of {@code reference-values.json}. */
class FiguresTest {

    @TempDir
    Path folder;

    private EvalRuns runs;

    @BeforeEach
    void fresh() {
        Scripted.reset();
        runs = EvalRuns.in(folder);
    }

    private EvalRecord figures(Class<?> suite) {
        Path records = runs.reportDir().resolve("records").resolve(suite.getName() + ".jsonl");
        List<EvalRecord> evals = new ArrayList<>();
        try {
            RecordFile.read(records, leaf -> {}, evals::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(evals).hasSize(1);
        return evals.get(0);
    }

    @EvalSuite
    @Samples(value = 5, required = 3)
    @Dataset(rows = """
            {"id": "all", "input": "right"}
            {"id": "most", "input": "right wrong right right wrong"}
            {"id": "few", "input": "wrong wrong right wrong wrong"}
            {"id": "many", "input": "right right wrong right right"}
            """)
    static class Epochs extends Scripted {}

    @Test
    void the_figures_of_a_scorer_are_population_figures_and_an_error_over_case_means() {
        runs.run(Epochs.class);

        ScorerFigures exact = figures(Epochs.class).scorers().get(0);
        assertThat(exact.n()).isEqualTo(20);
        assertThat(exact.mean()).hasValue(0.65);
        assertThat(exact.variance().orElseThrow()).isCloseTo(0.65 * 0.35, within(1e-12));
        assertThat(exact.stddev().orElseThrow()).isCloseTo(Math.sqrt(0.65 * 0.35), within(1e-12));
        assertThat(exact.stderr().orElseThrow()).isCloseTo(0.17078251276599332, within(1e-12));
        assertThat(exact.passRate()).hasValue(0.65);
    }

    @Test
    void the_worst_cases_and_the_flaky_ones_are_named() {
        runs.run(Epochs.class);

        EvalRecord eval = figures(Epochs.class);
        assertThat(eval.worst()).extracting(CaseFigures::caseId).containsExactly("few", "most", "many");
        assertThat(eval.worst().get(0).mean()).hasValue(0.2);
        assertThat(eval.worst().get(0).passed()).isEqualTo(1);
        assertThat(eval.flaky()).extracting(CaseFigures::caseId).containsExactly("most", "few", "many");
        assertThat(eval.flakyCount()).isEqualTo(3);
    }

    @EvalSuite
    @Samples(value = 2, required = 1)
    @Dataset("file:target/figures/rows.jsonl")
    static class MostlyWrong extends Scripted {}

    @Test
    void all_cases_that_failed_are_counted_and_a_few_of_them_named() throws IOException {
        Path rows = Path.of("target", "figures", "rows.jsonl");
        Files.createDirectories(rows.getParent());
        Files.writeString(
                rows,
                IntStream.range(0, 1_234)
                        .mapToObj(i -> "{\"id\": \"case " + i + "\", \"input\": \"wrong wrong\"}\n")
                        .collect(Collectors.joining()));

        EvalRuns.Finished run = runs.run(MostlyWrong.class);

        assertThat(run.ends().values().stream().filter(end -> end.getStatus() == FAILED))
                .hasSize(1_234);
        assertThat(run.out()).contains("failed   1,234 cases: ").contains("… 1,224 more");
    }

    @EvalSuite
    @Samples(value = 2, required = 1)
    @Dataset(rows = """
            {"id": "a", "input": "right wrong"}
            {"id": "b", "input": "right rude"}
            {"id": "c", "input": "right fault"}
            {"id": "d", "input": "right unscored"}
            {"id": "e", "input": "right abort"}
            """)
    static class OneOfEach extends Scripted {
        @Scorer(must = true, evals = "answers")
        void polite(String answer) {
            if (answer.equals("unscored")) {
                throw new org.opentest4j.TestAbortedException("nothing to judge");
            }
            assertThat(answer).isNotEqualTo("rude");
        }
    }

    @Test
    void every_sample_is_counted_once_and_none_that_did_not_run() {
        runs.run(OneOfEach.class);

        EvalRecord eval = figures(OneOfEach.class);
        assertThat(eval.cases()).isEqualTo(5);
        assertThat(eval.casesRun()).isEqualTo(4);
        assertThat(eval.samples()).isEqualTo(9);
        assertThat(eval.passed()).isEqualTo(5);
        assertThat(eval.tolerated()).isEqualTo(1);
        assertThat(eval.missed()).isEqualTo(1);
        assertThat(eval.faults()).isEqualTo(1);
        assertThat(eval.notScored()).isEqualTo(1);
        assertThat(eval.notRun()).isEqualTo(1);
    }

    @EvalSuite
    @Dataset(rows = """
            {"id": "a", "input": "right"}
            {"id": "b", "input": "right"}
            {"id": "c", "input": "right"}
            {"id": "d", "input": "right"}
            {"id": "e", "input": "wrong"}
            """)
    static class FourOfFive extends Scripted {}

    @EvalSuite
    @Dataset(rows = """
            {"id": "a", "input": "right"}
            {"id": "b", "input": "right"}
            {"id": "c", "input": "right"}
            {"id": "d", "input": "right"}
            {"id": "e", "input": "fault"}
            """)
    static class FourAndAFault extends Scripted {}

    @Test
    void the_pass_rate_has_a_wilson_interval() {
        runs.run(FourOfFive.class);

        EvalRecord eval = figures(FourOfFive.class);
        assertThat(eval.samplesPassRateLow().orElseThrow()).isCloseTo(0.3755346297625253, within(1e-8));
        assertThat(eval.samplesPassRateHigh().orElseThrow()).isCloseTo(0.9637758913675698, within(1e-8));
    }

    @Test
    void in_the_interval_a_fault_is_neither_right_nor_wrong() {
        runs.run(FourAndAFault.class);

        EvalRecord eval = figures(FourAndAFault.class);
        assertThat(eval.samplesPassRateLow().orElseThrow()).isCloseTo(0.3755346297625253, within(1e-8));
        assertThat(eval.samplesPassRateHigh()).hasValue(1);
    }

    // ---- what nothing requires

    @Dataset(rows = "{\"id\": \"a\", \"input\": \"right\"}")
    abstract static class Graded {
        @Eval
        String answers(String input) {
            return input;
        }

        @Scorer
        Score graded(String answer) {
            return Score.of(0.1, "not at all");
        }
    }

    @EvalSuite
    static class NeverRequired extends Graded {}

    @EvalSuite
    @Gate(scorer = "graded", atLeast = 0.05)
    static class RequiredByAGate extends Graded {}

    @EvalSuite
    @Samples(value = 1, required = 0)
    static class OnlyMeasured extends Graded {}

    @Test
    void a_summary_of_scores_that_all_only_measure_says_that_nothing_could_fail() {
        String told = "nothing was required of any score, so that nothing could fail";

        assertThat(runs.run(NeverRequired.class).out().replaceAll("\\s+", " "))
                .contains(told + ": give the scorer a threshold or the eval a gate");
        assertThat(runs.run(RequiredByAGate.class).out().replaceAll("\\s+", " "))
                .doesNotContain(told);
        assertThat(runs.run(OnlyMeasured.class).out().replaceAll("\\s+", " ")).doesNotContain(told);
        assertThat(runs.run(FourAndAFault.class).out().replaceAll("\\s+", " ")).doesNotContain(told);
    }

    // ---- tokens and cost

    abstract static class Priced {
        static volatile boolean down;

        @Eval
        String answers(String country, SampleContext context) {
            context.usage(100, 10);
            context.cost(0.25);
            if (country.equals("Chile") && down) {
                throw new IllegalStateException("503");
            }
            return country;
        }
    }

    @EvalSuite
    @Dataset(rows = """
            {"id": "peru", "input": "Peru"}
            {"id": "chile", "input": "Chile"}
            """)
    static class WithJudges extends Priced {
        static double price = 0.5;

        @Scorer(cached = true, runs = 2)
        boolean judged(String answer, SampleContext context) {
            context.usage(40, 4);
            context.cost(price);
            return true;
        }

        @Scorer
        boolean unstored(String answer, SampleContext context) {
            context.cost(1);
            return true;
        }
    }

    @Test
    void what_nobody_told_is_unknown_and_not_0() {
        runs.run(FourOfFive.class);

        EvalRecord eval = figures(FourOfFive.class);
        assertThat(eval.cost()).isEmpty();
        assertThat(eval.spent()).isEmpty();
        assertThat(eval.inputTokens()).isEmpty();
        assertThat(eval.outputTokens()).isEmpty();
    }

    @Test
    void tokens_and_cost_of_eval_and_judges_are_counted_once() {
        Priced.down = false;
        runs.run(WithJudges.class);

        EvalRecord eval = figures(WithJudges.class);
        assertThat(eval.inputTokens()).hasValue(2 * (100 + 2 * 40));
        assertThat(eval.outputTokens()).hasValue(2 * (10 + 2 * 4));
        assertThat(eval.cost()).hasValue(2 * (0.25 + 2 * 0.5 + 1));
        assertThat(eval.spent()).hasValue(2 * (0.25 + 2 * 0.5 + 1));
    }

    @Test
    void what_the_cache_had_costs_nothing_now_and_what_is_called_again_does() {
        Priced.down = false;
        runs.run(WithJudges.class);
        runs = runs.inAnotherJvm();
        runs.run(WithJudges.class);

        EvalRecord eval = figures(WithJudges.class);
        assertThat(eval.cached()).isEqualTo(2);
        assertThat(eval.called()).isZero();
        assertThat(eval.inputTokens()).hasValue(2 * (100 + 2 * 40));
        assertThat(eval.cost()).hasValue(2 * (0.25 + 2 * 0.5 + 1));
        assertThat(eval.spent()).hasValue(2 * 1);
    }

    @Test
    void a_rerun_leaves_the_cost_of_the_whole_suite_in_its_reports() {
        Priced.down = true;
        Finished first = runs.run(WithJudges.class);
        assertThat(figures(WithJudges.class).cost()).hasValue(0.25 + (0.25 + 2 * 0.5 + 1));
        Priced.down = false;

        runs.run(selectUniqueId(first.uniqueIds().get("answers[chile]")));

        assertThat(figures(WithJudges.class).cost()).hasValue(0.25 + 2 * (0.25 + 2 * 0.5 + 1));
        assertThat(figures(WithJudges.class).spent()).hasValue(0.25 + 2 * (0.25 + 2 * 0.5 + 1));
        assertThat(figures(WithJudges.class).passed()).isEqualTo(2);
    }

    @Test
    void with_the_cache_off_all_is_spent_now() {
        Priced.down = false;
        runs.with(Settings.CACHE_MODE, "off").run(WithJudges.class);

        assertThat(figures(WithJudges.class).spent()).hasValue(2 * (0.25 + 2 * 0.5 + 1));
    }
}
