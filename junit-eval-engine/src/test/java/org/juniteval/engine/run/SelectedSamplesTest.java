package org.juniteval.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.TestExecutionResult.Status.ABORTED;
import static org.junit.platform.engine.TestExecutionResult.Status.FAILED;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Gate;
import org.juniteval.SampleContext;
import org.juniteval.Samples;
import org.juniteval.Scorer;
import org.juniteval.Variants;
import org.juniteval.engine.platform.EvalRuns;

/** The keys that choose what runs, and how often. */
@Timeout(60)
class SelectedSamplesTest {

    private static final List<String> CALLED = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    Path folder;

    private EvalRuns runs;

    @BeforeEach
    void begin() {
        CALLED.clear();
        runs = EvalRuns.in(folder).with(Settings.CONCURRENCY, 1);
    }

    @EvalSuite
    @Dataset(rows = """
            {"id": "peru", "input": "Peru", "tags": ["south"]}
            {"id": "chile", "input": "Chile", "tags": ["south", "long"]}
            {"id": "panama", "input": "Panama", "tags": ["north"]}
            {"id": "france", "input": "France"}
            """)
    @Gate(scorer = "ok", atLeast = 0.5)
    static class CountriesCase {
        @Eval
        String answers(String input, SampleContext context) {
            CALLED.add(context.caseId());
            return input;
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "peru,peru",
        "'p*',peru panama",
        "'p*, !peru',panama",
        "'#south',peru chile",
        "'#south, france',peru chile france",
        "'!#south',panama france",
        "'p*, #long, !#north',peru chile"
    })
    void cases_are_chosen_by_globs_and_tags(String cases, String chosen) {
        EvalRuns.Finished run = runs.with(Settings.CASES, cases).run(CountriesCase.class);

        assertThat(CALLED).containsExactly(chosen.split(" "));
        assertThat(run.names()).filteredOn(name -> !name.contains("gate")).hasSameSizeAs(CALLED);
        assertThat(run.result("answers[gate: mean(ok)]").getStatus())
                .as("a gate whose cases did not all run is not decided")
                .isEqualTo(ABORTED);
        assertThat(run.message("answers[gate: mean(ok)]")).startsWith("not decided: " + CALLED.size() + " of 4 cases");
    }

    @Test
    void a_choice_of_nothing_is_no_green_run() {
        EvalRuns.Finished run = runs.with(Settings.CASES, "atlantis").run(CountriesCase.class);

        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("note every case of CountriesCase rows that was asked for is left out by"
                        + " eval.cases = atlantis");

        assertThat(CALLED).isEmpty();
        assertThat(run.ends().values()).noneMatch(result -> result.getStatus() == SUCCESSFUL);
        assertThat(run.names()).isNotEmpty();
    }

    @Test
    void a_rerun_of_what_was_chosen_does_not_say_that_nothing_was() {
        EvalRuns chosen = runs.with(Settings.CASES, "peru");
        chosen.run(CountriesCase.class);

        EvalRuns.Finished rerun = chosen.run(CountriesCase.class);

        assertThat(CALLED).containsExactly("peru");
        assertThat(rerun.out()).doesNotContain(Settings.CASES);
    }

    @Test
    void a_limit_takes_the_first_of_those_that_are_chosen() {
        runs.with(Settings.LIMIT, 2).run(CountriesCase.class);
        assertThat(CALLED).containsExactly("peru", "chile");

        CALLED.clear();
        runs.inAnotherJvm()
                .with(Settings.CACHE_MODE, "off")
                .with(Settings.LIMIT, 2)
                .with(Settings.CASES, "!peru")
                .run(CountriesCase.class);
        assertThat(CALLED).containsExactly("chile", "panama");
    }

    @Test
    void a_bad_value_is_told_before_anything_runs() {
        EvalRuns.Finished run =
                runs.with(Settings.LIMIT, "0").with(Settings.SAMPLES, "few").run(CountriesCase.class);

        assertThat(CALLED).isEmpty();
        assertThat(run.names()).hasSize(1);
        assertThat(run.message(run.names().get(0)))
                .contains("eval.limit = 0 is not allowed", "eval.samples = few is not allowed");
    }

    // ---- variants

    @EvalSuite
    @Dataset(rows = """
            {"id": "peru", "input": "Peru"}
            """)
    static class VariantsCase {
        enum Model {
            SMALL,
            LARGE
        }

        enum Tone {
            KIND,
            CURT
        }

        @Eval
        String answers(String input, @Variants Model model, @Variants Tone tone) {
            CALLED.add(model + "+" + tone);
            return input;
        }

        @Eval
        String plain(String input) {
            CALLED.add("plain");
            return input;
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }
    }

    @Test
    void variants_are_chosen_by_their_names_and_an_eval_without_variants_runs_all_the_same() {
        runs.with(Settings.VARIANTS, "SMALL+*, !*CURT").run(VariantsCase.class);

        assertThat(CALLED).containsExactly("SMALL+KIND", "plain");
    }

    @Test
    void a_choice_of_no_variant_fails() {
        EvalRuns.Finished run = runs.with(Settings.VARIANTS, "huge").run(VariantsCase.class);

        assertThat(CALLED).containsExactly("plain");
        assertThat(run.status("answers [selection]")).isEqualTo(FAILED);
        assertThat(run.message("answers [selection]")).contains("no variant of answers matches eval.variants = huge");
    }

    // ---- samples

    @EvalSuite
    @Samples(value = 4, required = 2)
    @Dataset(rows = """
            {"id": "peru", "input": "Peru"}
            """)
    static class SamplesCase {
        @Eval
        String answers(String input, SampleContext context) {
            CALLED.add(String.valueOf(context.sample()));
            return context.sample() % 2 == 0 ? "right" : "wrong";
        }

        @Scorer
        boolean right(String output) {
            return output.equals("right");
        }
    }

    @Test
    void the_number_of_samples_may_be_another_and_the_required_share_stays() {
        EvalRuns.Finished run = runs.with(Settings.SAMPLES, 6).run(SamplesCase.class);

        assertThat(CALLED).containsExactly("1", "2", "3", "4", "5", "6");
        assertThat(run.status("answers[peru][verdict]")).as("3 of 6").isEqualTo(SUCCESSFUL);
    }

    @Test
    void one_sample_of_a_case_that_declares_several_keeps_the_shape_of_its_tree() {
        EvalRuns.Finished run = runs.with(Settings.SAMPLES, 1).run(SamplesCase.class);

        assertThat(run.names()).containsExactly("answers[peru][1]", "answers[peru][verdict]");
        assertThat(run.status("answers[peru][verdict]")).isEqualTo(FAILED);
    }

    @Test
    void several_samples_of_a_case_that_declares_one_are_one_leaf() {
        EvalRuns.Finished run =
                runs.with(Settings.SAMPLES, 3).with(Settings.CASES, "peru").run(CountriesCase.class);

        assertThat(CALLED).containsExactly("peru", "peru", "peru");
        assertThat(run.names()).containsExactly("answers[peru]", "answers[gate: mean(ok)]");
    }

    // ---- reruns

    @EvalSuite
    @Dataset(rows = """
            {"id": "fault", "input": "fault"}
            {"id": "miss", "input": "miss"}
            {"id": "pass", "input": "pass"}
            """)
    static class RerunCase {
        @Eval
        String answers(String input) {
            CALLED.add(input);
            if (input.equals("fault") && Collections.frequency(CALLED, "fault") == 1) {
                throw new IllegalStateException("503");
            }
            return input;
        }

        @Scorer
        boolean ok(String output) {
            return !output.equals("miss");
        }
    }

    @Test
    void a_rerun_in_the_same_jvm_tries_faults_again_remembers_misses_and_completes_the_record() {
        EvalRuns off = runs.with(Settings.CACHE_MODE, "off");
        EvalRuns.Finished first = off.run(RerunCase.class);

        EvalRuns.Finished second = off.run(
                selectUniqueId(first.uniqueIds().get("answers[fault]")),
                selectUniqueId(first.uniqueIds().get("answers[miss]")));

        assertThat(CALLED).containsExactly("fault", "miss", "pass", "fault");
        assertThat(second.names()).containsExactly("answers[fault]", "answers[miss]");
        assertThat(second.status("answers[fault]")).isEqualTo(SUCCESSFUL);
        assertThat(second.status("answers[miss]")).isEqualTo(FAILED);
        List<String> records = second.records(RerunCase.class);
        assertThat(records)
                .filteredOn(line -> line.contains("\"type\":\"sample\""))
                .hasSize(3);
        assertThat(records).anyMatch(line -> line.contains("\"case\":\"fault\"") && line.contains("PASSED"));
        assertThat(records).anyMatch(line -> line.contains("\"case\":\"pass\"") && line.contains("PASSED"));
        assertThat(second.xml(RerunCase.class)).contains("tests=\"3\"", "failures=\"1\"", "errors=\"0\"");
    }
}
