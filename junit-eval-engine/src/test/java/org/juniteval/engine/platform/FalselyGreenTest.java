package org.juniteval.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.TestExecutionResult.Status.FAILED;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.DiscoverySelector;
import org.juniteval.Dataset;
import org.juniteval.EvalSuite;
import org.juniteval.Gate;
import org.juniteval.Samples;
import org.juniteval.Scorer;
import org.juniteval.Statistic;
import org.juniteval.engine.platform.EvalRuns.Finished;

/** Suites built to be green although something is wrong. Each stays red, also after as many reruns as one likes. */
class FalselyGreenTest {

    @TempDir
    Path folder;

    private EvalRuns runs;

    @BeforeEach
    void fresh() {
        Scripted.reset();
        runs = EvalRuns.in(folder);
    }

    /** Runs a suite and reruns what failed twice; returns what failed each time. */
    private List<String> failsEachTime(Class<?> suite) {
        Finished run = runs.run(suite);
        List<String> failed = failed(run);
        for (int rerun = 0; rerun < 2; rerun++) {
            Finished again = runs.run(failed.stream()
                    .map(name -> selectUniqueId(run.uniqueIds().get(name)))
                    .toArray(DiscoverySelector[]::new));
            assertThat(failed(again)).containsExactlyInAnyOrderElementsOf(failed);
        }
        return failed;
    }

    private static List<String> failed(Finished run) {
        return run.names().stream().filter(name -> run.status(name) == FAILED).toList();
    }

    @EvalSuite
    @Dataset(rows = """
            {"id": "a", "input": "rude"}
            {"id": "b", "input": "wrong"}
            """)
    @Gate(scorer = "exact", atLeast = 0.5)
    static class InsultsBesideAGate extends Scripted {
        @Scorer
        boolean polite(String answer) {
            return !answer.equals("rude");
        }
    }

    @Test
    void a_gate_on_one_scorer_beside_insults() {
        assertThat(failsEachTime(InsultsBesideAGate.class)).containsExactly("answers[a]");
    }

    @EvalSuite
    @Dataset(rows = """
            {"id": "a", "input": "wrong"}
            {"id": "b", "input": "wrong"}
            """)
    @Gate(scorer = "exact", statistic = Statistic.STDDEV, atMost = 0.1)
    static class EvenlyWrong extends Scripted {}

    @Test
    void a_lone_gate_on_the_spread_of_wrong_answers() {
        assertThat(failsEachTime(EvenlyWrong.class)).containsExactlyInAnyOrder("answers[a]", "answers[b]");
    }

    @EvalSuite
    @Dataset(rows = """
            {"id": "a", "input": "right"}
            {"id": "b", "input": "right"}
            {"id": "c", "input": "right"}
            {"id": "d", "input": "fault"}
            """)
    @Gate(scorer = "exact", atLeast = 0.8)
    static class FaultedGate extends Scripted {}

    @Test
    void a_gate_over_a_fault_that_would_turn_it() {
        assertThat(failsEachTime(FaultedGate.class))
                .containsExactlyInAnyOrder("answers[d]", "answers[gate: mean(exact)]");
        assertThat(Scripted.CALLS).hasSize(4 + 2).endsWith("d/1", "d/1");
    }

    @EvalSuite
    @Dataset(rows = """
            {"id": "a", "input": "fault"}
            {"id": "b", "input": "fault"}
            """)
    @Gate(scorer = "exact", statistic = Statistic.STDDEV, atMost = 0.1)
    static class NothingButFaults extends Scripted {}

    @Test
    void a_gate_on_the_spread_over_nothing_but_faults() {
        assertThat(failsEachTime(NothingButFaults.class))
                .containsExactlyInAnyOrder("answers[a]", "answers[b]", "answers[gate: stddev(exact)]");
    }

    @EvalSuite
    @Samples(value = 2, required = 0)
    @Dataset(rows = "{\"id\": \"a\", \"input\": \"unscored\"}")
    static class NothingScored extends Scripted {}

    @Test
    void a_measurement_that_measured_nothing() {
        assertThat(failsEachTime(NothingScored.class)).containsExactlyInAnyOrder("answers[a][1]", "answers[a][2]");
    }

    @EvalSuite
    @Dataset(rows = """
            {"id": "gate: mean(exact)", "input": "wrong"}
            {"id": "b", "input": "right"}
            """)
    @Gate(scorer = "exact", atLeast = 0.1)
    static class CollidingNames extends Scripted {}

    @Test
    void a_case_with_the_name_of_a_gate() {
        assertThat(failsEachTime(CollidingNames.class)).containsExactly("answers [dataset]");
        assertThat(Scripted.CALLS).isEmpty();
    }

    @EvalSuite
    @Samples(3)
    @Dataset(rows = "{\"id\": \"a\", \"input\": \"right\"}")
    static class DrawnAgain extends Scripted {
        private static final AtomicInteger DRAWS = new AtomicInteger();

        @Scorer
        boolean moody(String answer) {
            return DRAWS.getAndIncrement() > 0;
        }
    }

    @Test
    void a_scorer_that_would_say_yes_the_next_time() {
        DrawnAgain.DRAWS.set(0);

        assertThat(failsEachTime(DrawnAgain.class)).hasSize(1);
        assertThat(DrawnAgain.DRAWS).hasValue(3);
    }
}
