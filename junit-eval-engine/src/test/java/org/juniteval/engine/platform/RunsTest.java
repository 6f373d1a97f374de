package org.juniteval.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.testkit.engine.EventConditions.event;
import static org.junit.platform.testkit.engine.EventConditions.finishedSuccessfully;
import static org.juniteval.engine.platform.EvalEventConditions.evalCase;
import static org.juniteval.engine.platform.EvalEventConditions.missed;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Expected;
import org.juniteval.Scorer;

/** How a run is written as a test. */
class RunsTest {

    @EvalSuite
    @Dataset(rows = """
            {"id": "peru", "input": "Peru", "expected": "Lima"}
            {"id": "chile", "input": "Chile", "expected": "Santiago"}
            """)
    static class CapitalsCase {
        @Eval
        String answersCapital(String country) {
            System.out.println("asked for " + country);
            return "Lima";
        }

        @Scorer
        boolean exact(String answer, @Expected String capital) {
            return answer.equals(capital);
        }
    }

    @TempDir
    Path folder;

    @Test
    void a_run_gives_events_output_and_reports() {
        EvalRuns.Finished run = EvalRuns.in(folder).run(CapitalsCase.class);

        run.events().assertThatEvents().haveExactly(1, event(evalCase("peru"), finishedSuccessfully()));
        run.events().assertThatEvents().haveExactly(1, event(evalCase("chile"), missed()));
        assertThat(run.names()).containsExactlyInAnyOrder("answersCapital[peru]", "answersCapital[chile]");
        assertThat(run.message("answersCapital[chile]")).contains("Santiago");
        assertThat(run.out()).contains("asked for Peru");
        assertThat(run.xml(CapitalsCase.class)).contains("answersCapital[peru]");
        assertThat(run.records(CapitalsCase.class)).isNotEmpty();
    }

    @Test
    void a_second_run_remembers_and_one_in_another_jvm_reads_the_cache() {
        EvalRuns runs = EvalRuns.in(folder);
        runs.run(CapitalsCase.class);

        assertThat(runs.run(CapitalsCase.class).out()).doesNotContain("asked");
        assertThat(runs.inAnotherJvm().run(CapitalsCase.class).out())
                .doesNotContain("asked")
                .contains("2 cached");
    }
}
