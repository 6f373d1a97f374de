package org.juniteval.engine.it;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.juniteval.engine.it.Assistants.Edit;

/** Real edits of a real project between real runs: what the edit can affect is called again, and nothing else. */
class EditsIT {

    /** Each of the two runs after an edit proves the edits of one half, and that they affect none of the other. */
    private static final List<Map<String, Long>> HALVES = new ArrayList<>();

    private static MavenProject project;
    private static final List<String> SAID = new ArrayList<>();
    private static Map<String, Long> first;
    private static Map<String, Long> unchanged;
    private static Map<String, Long> harmless;
    private static List<String> rows;
    private static List<String> samples;
    private static List<String> elsewhere;
    private static int seen;

    @BeforeAll
    static void edit_and_run() {
        project = Assistants.project();
        run();
        first = calls();
        run();
        unchanged = calls();
        Assistants.HARMLESS.forEach(edit -> project.edit(edit.path(), edit.from(), edit.to()));
        run();
        harmless = calls();
        for (int half = 0; half < 2; half++) {
            for (int i = half; i < Assistants.EDITS.size(); i += 2) {
                Edit edit = Assistants.EDITS.get(i);
                project.edit(edit.path(), edit.from(), edit.to());
            }
            SAID.add(run().console().replaceAll("\\s+", " "));
            HALVES.add(calls());
        }
        project.resource("demo/rows.jsonl", """
                {"id": "new", "input": "n", "expected": "n"}
                {"id": "metadata", "input": "m", "expected": "m", "metadata": {"size": 2}}
                {"id": "tags", "input": "t", "expected": "t", "tags": ["two"]}
                {"id": "expected", "input": "e", "expected": "E"}
                {"id": "input", "input": "I", "expected": "i"}
                """);
        run();
        rows = newCalls();
        project.edit("src/test/java/demo/RowsEval.java", "@Samples(3)", "@Samples(5)");
        run();
        samples = newCalls();
        project.rename("edits-elsewhere");
        seen = 0;
        run(
                "-Deval.concurrency=3",
                "-Deval.timeout=90s",
                "-Deval.report.dir=target/other-reports",
                "-Deval.progress=off");
        elsewhere = newCalls();
    }

    private static MavenRun run(String... arguments) {
        MavenRun run = project.evals(arguments);
        assertThat(run.exitCode()).as(run.console()).isZero();
        return run;
    }

    /** How often each eval was called since this was asked last. */
    private static Map<String, Long> calls() {
        return newCalls().stream().collect(groupingBy(call -> call.split(" ")[0], TreeMap::new, counting()));
    }

    private static List<String> newCalls() {
        List<String> all = project.calls();
        List<String> since = List.copyOf(all.subList(seen, all.size()));
        seen = all.size();
        return since;
    }

    @Test
    void the_first_run_calls_all_and_the_second_nothing() {
        assertThat(first).hasSize(Assistants.EDITS.size() + 4);
        assertThat(first).containsEntry("sampled", 12L).containsEntry("paid", 4L);
        assertThat(Assistants.EDITS).allSatisfy(edit -> assertThat(first).containsEntry(edit.eval(), 2L));
        assertThat(unchanged).isEmpty();
    }

    @Test
    void harmless_edits_call_no_eval_and_an_edited_judge_is_asked_again_where_its_scores_are_kept() {
        assertThat(harmless).containsExactly(Map.entry("paid", 4L));
    }

    @Test
    void an_edited_input_and_a_new_row_are_called_and_no_other_row() {
        assertThat(rows)
                .containsExactlyInAnyOrder(
                        "sampled input 1",
                        "sampled input 2",
                        "sampled input 3",
                        "sampled new 1",
                        "sampled new 2",
                        "sampled new 3");
    }

    @Test
    void more_samples_call_the_new_ones() {
        assertThat(samples)
                .containsExactlyInAnyOrderElementsOf(Stream.of("new", "metadata", "tags", "expected", "input")
                        .flatMap(id -> Stream.of("sampled " + id + " 4", "sampled " + id + " 5"))
                        .toList());
    }

    @Test
    void settings_and_the_name_of_the_folder_call_nothing() {
        assertThat(elsewhere).isEmpty();
    }

    @Test
    void the_summaries_name_what_was_edited() {
        assertThat(SAID.get(0))
                .contains(
                        "2 called: code changed: Prompts.sentence(String)",
                        "2 called: resources changed: prompts/whole.md",
                        "2 called: resources changed: data/table.csv",
                        "2 called: code changed: PromptsEval.constant(String, SampleContext)",
                        "2 called: code changed: DeclaredEval.model(); declared changed: model");
        assertThat(SAID.get(1)).contains("2 called: code changed: Casual.say(String)");
    }

    static Stream<Edit> edits() {
        return Assistants.EDITS.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("edits")
    void calls_what_it_can_affect_and_nothing_else(Edit edit) {
        int half = Assistants.EDITS.indexOf(edit) % 2;
        assertThat(HALVES.get(half)).containsEntry(edit.eval(), 2L);
        assertThat(HALVES.get(1 - half)).doesNotContainKey(edit.eval());
    }
}
