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
    private static MavenRun firstRun;
    private static Map<String, Long> first;
    private static Map<String, Long> unchanged;

    @BeforeAll
    static void edit_and_run() {
        project = Assistants.project();
        firstRun = run();
        first = calls();
        run();
        unchanged = calls();
        for (int half = 0; half < 2; half++) {
            for (int i = half; i < Assistants.EDITS.size(); i += 2) {
                Edit edit = Assistants.EDITS.get(i);
                project.edit(edit.path(), edit.from(), edit.to());
            }
            run();
            HALVES.add(calls());
        }
    }

    private static int seen;

    private static MavenRun run(String... arguments) {
        MavenRun run = project.evals(arguments);
        assertThat(run.exitCode()).as(run.console()).isZero();
        return run;
    }

    /** How often each eval was called since this was asked last. */
    private static Map<String, Long> calls() {
        List<String> all = project.calls();
        Map<String, Long> calls = all.subList(seen, all.size()).stream()
                .collect(groupingBy(call -> call.split(" ")[0], TreeMap::new, counting()));
        seen = all.size();
        return calls;
    }

    @Test
    void the_first_run_calls_all_and_the_second_nothing() {
        assertThat(first).hasSize(Assistants.EDITS.size()).allSatisfy((eval, calls) -> assertThat(calls).isEqualTo(2));
        assertThat(unchanged).isEmpty();
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
