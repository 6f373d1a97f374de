package org.juniteval.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.TestExecutionResult.Status.ABORTED;
import static org.junit.platform.engine.TestExecutionResult.Status.FAILED;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.testkit.engine.Event;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Gate;
import org.juniteval.SampleContext;
import org.juniteval.Samples;
import org.juniteval.Scorer;
import org.juniteval.Statistic;
import org.juniteval.Variants;
import org.juniteval.engine.platform.EvalRuns.Finished;
import org.juniteval.engine.run.Settings;

/** Single nodes by their ids: reruns of what failed, as build tools do them in one JVM, and what an IDE reruns. */
class RerunsTest {

    @EvalSuite
    @Samples(value = 3, required = 2)
    @Dataset(rows = """
            {"id": "good", "input": "right"}
            {"id": "bad", "input": "wrong wrong right"}
            {"id": "down", "input": "right fault wrong"}
            {"id": "rude", "input": "right rude right"}
            """)
    @Gate(scorer = "exact", atLeast = 0.72)
    @Gate(scorer = "exact", statistic = Statistic.PASS_RATE, atLeast = 0.1, name = "low")
    static class Capitals extends Scripted {
        @Scorer(must = true)
        boolean polite(String answer) {
            return !answer.equals("rude");
        }
    }

    private static final List<String> FAILED_AT_FIRST = List.of(
            "answers[bad][verdict]",
            "answers[down][2]",
            "answers[down][verdict]",
            "answers[rude][2]",
            "answers[gate: mean(exact)]");

    @TempDir
    Path folder;

    private EvalRuns runs;

    @BeforeEach
    void fresh() {
        Scripted.reset();
        runs = EvalRuns.in(folder);
    }

    private static List<String> failed(Finished run) {
        return run.names().stream().filter(name -> run.status(name) == FAILED).toList();
    }

    private static Finished rerun(EvalRuns runs, Finished before, String... names) {
        return runs.run(Stream.of(names)
                .map(name -> selectUniqueId(before.uniqueIds().get(name)))
                .toArray(DiscoverySelector[]::new));
    }

    private static Finished rerunFailed(EvalRuns runs, Finished before) {
        return rerun(runs, before, failed(before).toArray(String[]::new));
    }

    /** The reporting names of all containers that ended, from the cases on. */
    private static List<String> containers(Finished run) {
        return run.results().containerEvents().finished().stream()
                .map(Event::getTestDescriptor)
                .filter(node -> node.getUniqueId().getSegments().size() > 3)
                .map(node -> node.getLegacyReportingName())
                .toList();
    }

    @Nested
    class A_rerun_of_what_failed {

        @ParameterizedTest
        @ValueSource(strings = {"auto", "refresh", "read-only", "off"})
        void calls_only_what_faulted_and_lets_misses_be_misses_in_every_cache_mode(String mode) {
            EvalRuns inMode = runs.with(Settings.CACHE_MODE, mode);
            Finished first = inMode.run(Capitals.class);
            assertThat(failed(first)).containsExactlyInAnyOrderElementsOf(FAILED_AT_FIRST);
            assertThat(Scripted.CALLS).hasSize(12);

            for (int attempt = 0; attempt < 2; attempt++) {
                Scripted.CALLS.clear();
                Finished again = rerunFailed(inMode, first);

                assertThat(Scripted.CALLS).containsExactly("down/2");
                assertThat(again.names()).containsExactlyInAnyOrderElementsOf(FAILED_AT_FIRST);
                assertThat(failed(again)).containsExactlyInAnyOrderElementsOf(FAILED_AT_FIRST);
                FAILED_AT_FIRST.stream()
                        .filter(name -> !name.equals("answers[down][2]"))
                        .forEach(name -> assertThat(again.message(name)).isEqualTo(first.message(name)));
            }
        }

        @Test
        void in_replay_calls_nothing_at_all() {
            EvalRuns replay = runs.with(Settings.CACHE_MODE, "replay");
            Finished first = replay.run(Capitals.class);
            Finished again = rerunFailed(replay, first);

            assertThat(Scripted.CALLS).isEmpty();
            assertThat(again.names()).containsExactlyInAnyOrderElementsOf(failed(first));
            assertThat(failed(again)).containsExactlyInAnyOrderElementsOf(failed(first));
        }

        @ParameterizedTest
        @ValueSource(strings = {"auto", "refresh", "off"})
        void judges_verdict_and_gate_anew_where_a_fault_has_healed(String mode) {
            EvalRuns inMode = runs.with(Settings.CACHE_MODE, mode);
            Finished first = inMode.run(Capitals.class);
            assertThat(first.message("answers[down][verdict]")).startsWith("undecided:");
            assertThat(first.message("answers[gate: mean(exact)]")).startsWith("undecided:");
            Scripted.healed = true;

            Finished again = rerunFailed(inMode, first);

            assertThat(again.status("answers[down][2]")).isEqualTo(SUCCESSFUL);
            assertThat(again.status("answers[down][verdict]")).isEqualTo(SUCCESSFUL);
            assertThat(again.status("answers[gate: mean(exact)]")).isEqualTo(SUCCESSFUL);
            assertThat(again.status("answers[bad][verdict]")).isEqualTo(FAILED);
            assertThat(again.status("answers[rude][2]")).isEqualTo(FAILED);
        }

        @Test
        void makes_no_nodes_but_the_selected_and_those_above_them() {
            Finished first = runs.run(Capitals.class);

            assertThat(containers(rerun(runs, first, "answers[gate: mean(exact)]")))
                    .isEmpty();
            Finished verdict = rerun(runs, first, "answers[bad][verdict]");
            assertThat(verdict.names()).containsExactly("answers[bad][verdict]");
            assertThat(containers(verdict)).containsExactly("answers[bad]");
            Finished sample = rerun(runs, first, "answers[rude][2]");
            assertThat(sample.names()).containsExactly("answers[rude][2]");
            assertThat(containers(sample)).containsExactly("answers[rude]");
        }

        @Test
        void leaves_reports_of_the_whole_suite_with_all_that_the_first_run_knew() {
            Finished first = runs.run(Capitals.class);
            List<String> before = first.records(Capitals.class);
            Finished again = rerunFailed(runs, first);

            assertThat(again.xml(Capitals.class)).contains(first.names());
            assertThat(again.records(Capitals.class)).hasSameSizeAs(before);
            // What a rerun only remembers says less than what is there already.
            assertThat(again.records(Capitals.class))
                    .filteredOn(line -> line.contains("answers[rude][2]"))
                    .singleElement()
                    .isIn(before);
        }

        @Test
        void reports_how_long_a_remembered_answer_took_and_not_that_it_took_no_time() {
            Finished first = runs.run(Capitals.class);
            Finished again = rerunFailed(runs, first);

            assertThat(entries(again, "answers[rude][2]"))
                    .containsEntry("latency", entries(first, "answers[rude][2]").get("latency"))
                    .containsEntry("cached", "true");
        }

        private Map<String, String> entries(Finished run, String name) {
            return run.leaves().reportingEntryPublished().stream()
                    .filter(event ->
                            event.getTestDescriptor().getLegacyReportingName().equals(name))
                    .map(event -> event.getRequiredPayload(ReportEntry.class).getKeyValuePairs())
                    .filter(entry -> entry.containsKey("latency"))
                    .findFirst()
                    .orElseThrow();
        }

        @Test
        void leaves_reports_that_know_what_has_healed() {
            Finished first = runs.run(Capitals.class);
            assertThat(first.xml(Capitals.class)).contains("503 the model is down");
            Scripted.healed = true;

            assertThat(rerunFailed(runs, first).xml(Capitals.class))
                    .doesNotContain("503 the model is down")
                    .doesNotContain("undecided");
        }

        @Test
        void says_with_the_cache_off_that_reruns_in_another_jvm_bias_the_verdict() {
            assertThat(runs.with(Settings.CACHE_MODE, "off").run(Capitals.class).out())
                    .containsPattern(
                            "the cache is off: a rerun in another JVM\\s+draws new samples and biases\\s+the verdict");
            assertThat(runs.run(Capitals.class).out()).doesNotContain("biases");
        }

        @Test
        void says_where_answers_are_called_and_not_found_again_that_reruns_in_another_jvm_bias_the_verdict() {
            EvalRuns readOnly = runs.with(Settings.CACHE_MODE, "read-only");
            assertThat(readOnly.run(Capitals.class).out().replaceAll("\\s+", " "))
                    .contains("with eval.cache.mode = read-only a rerun in another JVM draws new samples and biases the"
                            + " verdict");
            runs.inAnotherJvm().run(OneEachCached.class);
            assertThat(readOnly.inAnotherJvm().run(OneEachCached.class).out()).doesNotContain("biases");
            assertThat(runs.inAnotherJvm()
                            .with(Settings.CACHE_MODE, "refresh")
                            .run(OneEachCached.class)
                            .out()
                            .replaceAll("\\s+", " "))
                    .contains("with eval.cache.mode = refresh a rerun in another JVM draws new samples");
        }

        @EvalSuite
        @Dataset(rows = "{\"id\": \"good\", \"input\": \"right\"}")
        static class OneEachCached extends Scripted {}
    }

    @Nested
    class In_another_jvm {

        @Test
        void a_verdict_is_judged_from_the_cache_alone() {
            Finished first = runs.run(Capitals.class);
            Scripted.CALLS.clear();

            Finished again = rerun(runs.inAnotherJvm(), first, "answers[bad][verdict]");

            assertThat(Scripted.CALLS).isEmpty();
            assertThat(again.names()).containsExactly("answers[bad][verdict]");
            assertThat(again.message("answers[bad][verdict]")).isEqualTo(first.message("answers[bad][verdict]"));
        }

        @Test
        void a_verdict_that_lacks_a_stored_answer_fails_with_the_command_that_gets_it_and_calls_nothing() {
            Finished first = runs.run(Capitals.class);
            Scripted.CALLS.clear();

            Finished again = rerun(runs.inAnotherJvm(), first, "answers[down][verdict]");

            assertThat(Scripted.CALLS).isEmpty();
            assertThat(again.names()).containsExactly("answers[down][verdict]");
            assertThat(again.status("answers[down][verdict]")).isEqualTo(FAILED);
            assertThat(again.message("answers[down][verdict]"))
                    .startsWith("not decided: 2 of 3 samples ran; 1 passed; 1 sample has no stored answer")
                    .contains("mvn test-compile surefire:test@evals -Dtest=Capitals#answers");
        }

        @Test
        void a_gate_that_lacks_stored_answers_fails_with_the_command_that_gets_them_and_calls_nothing() {
            Finished first = runs.run(Capitals.class);
            Scripted.CALLS.clear();

            Finished again = rerun(runs.inAnotherJvm(), first, "answers[gate: mean(exact)]");

            assertThat(Scripted.CALLS).isEmpty();
            assertThat(again.names()).containsExactly("answers[gate: mean(exact)]");
            assertThat(again.status("answers[gate: mean(exact)]")).isEqualTo(FAILED);
            assertThat(again.message("answers[gate: mean(exact)]"))
                    .startsWith("not decided: 3 of 4 cases ran")
                    .contains("mvn test-compile surefire:test@evals -Dtest=Capitals#answers");
        }

        @Test
        void a_gate_is_judged_from_the_cache_without_nodes_for_its_samples() {
            Scripted.healed = true;
            Finished first = runs.run(Capitals.class);
            Scripted.CALLS.clear();

            Finished again = rerun(runs.inAnotherJvm(), first, "answers[gate: mean(exact)]");

            assertThat(Scripted.CALLS).isEmpty();
            assertThat(again.names()).containsExactly("answers[gate: mean(exact)]");
            assertThat(containers(again)).isEmpty();
            assertThat(again.status("answers[gate: mean(exact)]")).isEqualTo(SUCCESSFUL);
        }

        @Test
        void with_the_cache_off_a_gate_calls_nothing_either() {
            EvalRuns off = runs.with(Settings.CACHE_MODE, "off");
            Finished first = off.run(Capitals.class);
            Scripted.CALLS.clear();

            Finished again = rerun(off.inAnotherJvm(), first, "answers[gate: low]", "answers[bad][verdict]");

            assertThat(Scripted.CALLS).isEmpty();
            assertThat(failed(again)).containsExactlyInAnyOrder("answers[gate: low]", "answers[bad][verdict]");
        }

        @Test
        void a_selected_case_brings_its_verdict_and_no_gate() {
            Finished first = runs.run(Capitals.class);

            Finished again = rerun(runs.inAnotherJvm(), first, "answers[bad]");

            assertThat(again.names())
                    .containsExactlyInAnyOrder(
                            "answers[bad][1]", "answers[bad][2]", "answers[bad][3]", "answers[bad][verdict]");
        }
    }

    @Nested
    class Of_evals_with_one_sample_a_case {

        @EvalSuite
        @Dataset(rows = """
                {"id": "a", "input": "right"}
                {"id": "b", "input": "wrong"}
                """)
        @Gate(scorer = "exact", atLeast = 0.9)
        static class OneEach extends Scripted {}

        @ParameterizedTest
        @ValueSource(ints = {1, 3})
        void a_gate_has_no_nodes_beside_it(int samples) {
            EvalRuns more = runs.with(Settings.SAMPLES, samples);
            Finished first = more.run(OneEach.class);
            assertThat(first.names())
                    .containsExactlyInAnyOrder("answers[a]", "answers[b]", "answers[gate: mean(exact)]");

            for (EvalRuns jvm : List.of(more, more.inAnotherJvm())) {
                assertThat(rerun(jvm, first, "answers[gate: mean(exact)]").names())
                        .containsExactly("answers[gate: mean(exact)]");
            }
        }
    }

    @Nested
    class Of_one_variant {

        enum Model {
            SMALL,
            LARGE
        }

        @EvalSuite
        @Samples(value = 2, required = 1)
        @Dataset(rows = """
                {"id": "a", "input": "right"}
                {"id": "b", "input": "wrong"}
                """)
        @Gate(scorer = "exact", atLeast = 0.9)
        static class TwoModels {
            @Eval
            String answers(String script, @Variants Model model, SampleContext context) {
                Scripted.CALLS.add(model + "/" + context.caseId());
                return model == Model.LARGE ? "right" : script;
            }

            @Scorer
            boolean exact(String answer) {
                return answer.equals("right");
            }
        }

        @EvalSuite
        @Gate(name = "large", scorer = "exact", atLeast = 0.1, variant = "LARGE")
        static class GateOfOneModel extends TwoModels {}

        @Test
        void a_gate_that_speaks_of_another_is_gone_and_no_green_run_of_nothing() {
            String gate = runs.run(GateOfOneModel.class).uniqueIds().get("answers[LARGE][gate: large]");

            Finished again = runs.run(selectUniqueId(gate.replace("[variant:LARGE]", "[variant:SMALL]")));

            assertThat(again.names()).containsExactly("answers [selection]");
            assertThat(again.status("answers [selection]")).isEqualTo(FAILED);
            assertThat(again.message("answers [selection]"))
                    .contains("there is no gate \"large\" on variant \"SMALL\" of answers");
        }

        @Test
        void verdict_and_gate_are_judged_by_that_variants_samples_alone() {
            Finished first = runs.run(TwoModels.class);
            assertThat(failed(first))
                    .containsExactlyInAnyOrder("answers[SMALL][b][verdict]", "answers[SMALL][gate: mean(exact)]");
            Scripted.CALLS.clear();

            for (EvalRuns jvm : List.of(runs, runs.inAnotherJvm())) {
                Finished again = rerunFailed(jvm, first);

                assertThat(Scripted.CALLS).isEmpty();
                assertThat(again.names()).containsExactlyInAnyOrderElementsOf(failed(first));
                failed(first).forEach(name -> assertThat(again.message(name)).isEqualTo(first.message(name)));
            }
            assertThat(rerun(runs, first, "answers[LARGE][gate: mean(exact)]")
                            .status("answers[LARGE][gate: mean(exact)]"))
                    .isEqualTo(SUCCESSFUL);
        }
    }

    @Nested
    class Parts_of_an_eval {

        @ParameterizedTest
        @ValueSource(strings = {"eval.cases=good", "eval.limit=1"})
        void leave_gates_not_decided_and_never_passed(String setting) {
            Finished run =
                    runs.with(setting.split("=")[0], setting.split("=")[1]).run(Capitals.class);

            assertThat(run.names())
                    .containsExactlyInAnyOrder(
                            "answers[good][1]",
                            "answers[good][2]",
                            "answers[good][3]",
                            "answers[good][verdict]",
                            "answers[gate: mean(exact)]",
                            "answers[gate: low]");
            assertThat(run.status("answers[gate: mean(exact)]")).isEqualTo(ABORTED);
            assertThat(run.message("answers[gate: mean(exact)]"))
                    .startsWith("not decided: 1 of 4 cases ran; observed 1");
            assertThat(run.status("answers[good][verdict]")).isEqualTo(SUCCESSFUL);
        }

        @ParameterizedTest
        @CsvSource({
            "eval.cases=b*, eval.cases = b*",
            "eval.limit=1, eval.limit = 1",
            "eval.cases=b* eval.limit=1, eval.cases = b* and eval.limit = 1"
        })
        void that_lack_what_was_selected_say_which_keys_left_it_out(String settings, String told) {
            String down = runs.run(Capitals.class).uniqueIds().get("answers[down][1]");
            EvalRuns part = runs;
            for (String setting : settings.split(" ")) {
                part = part.with(setting.split("=")[0], setting.split("=")[1]);
            }

            Finished run = part.run(selectUniqueId(down));

            assertThat(run.names()).containsExactly("answers [cases]");
            assertThat(run.status("answers [cases]")).isEqualTo(ABORTED);
            assertThat(run.message("answers [cases]"))
                    .isEqualTo("not run: every case of Capitals rows that was asked for is left out by " + told);
        }

        @Test
        void leave_a_gate_not_decided_also_where_it_is_selected_by_itself() {
            Finished first = runs.run(Capitals.class);

            Finished again = rerun(runs.inAnotherJvm().with(Settings.LIMIT, 1), first, "answers[gate: mean(exact)]");

            assertThat(again.status("answers[gate: mean(exact)]")).isEqualTo(ABORTED);
            assertThat(again.message("answers[gate: mean(exact)]"))
                    .startsWith("not decided: 1 of 4 cases ran; observed 1");
        }

        @Test
        void a_verdict_is_selected_by_itself_also_under_another_number_of_samples() {
            Map<String, String> ids = runs.run(Capitals.class).uniqueIds();

            Finished again =
                    runs.inAnotherJvm().with(Settings.SAMPLES, 1).run(selectUniqueId(ids.get("answers[bad][verdict]")));

            assertThat(again.names()).containsExactly("answers[bad][verdict]");
            assertThat(again.status("answers[bad][verdict]")).isEqualTo(FAILED);
        }
    }
}
