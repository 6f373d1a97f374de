package org.juniteval.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.TestExecutionResult.Status.ABORTED;
import static org.junit.platform.engine.TestExecutionResult.Status.FAILED;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.juniteval.Dataset;
import org.juniteval.EvalSuite;
import org.juniteval.Gate;
import org.juniteval.engine.platform.EvalRuns.Finished;

/** Rows that are edited after they were checked, while a suite prepares itself. */
class ChangedDatasetTest {

    private static final Path FILE = Path.of("target", "changed-dataset.jsonl");
    private static final String A = "{\"id\": \"a\", \"input\": \"right\"}\n";
    private static final String B = "{\"id\": \"b\", \"input\": \"right\"}\n";

    private static String later;

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Scripted.reset();
        Files.writeString(FILE, A + B);
    }

    @EvalSuite
    @Dataset("file:target/changed-dataset.jsonl")
    static class Edited extends Scripted {
        @BeforeAll
        static void edit() throws IOException {
            Files.writeString(FILE, later);
        }
    }

    @EvalSuite
    @Gate(scorer = "exact", atLeast = 0.5)
    static class Gated extends Edited {}

    @EvalSuite
    @Dataset(rows = A)
    static class Other extends Scripted {}

    @ParameterizedTest
    @ValueSource(strings = {"", A, A + B + "{\"id\": \"c\", \"input\": \"right\"}", A + A, A + "no JSON"})
    void fail_the_eval_before_any_of_them_is_called_and_no_other_suite(String rows) {
        later = rows;

        Finished run = EvalRuns.in(folder).run(Edited.class, Other.class);

        assertThat(run.names()).containsExactlyInAnyOrder("answers [dataset]", "answers[a]");
        assertThat(run.status("answers [dataset]")).isEqualTo(FAILED);
        assertThat(run.message("answers [dataset]"))
                .contains("changed-dataset.jsonl changed while the run was reading it")
                .endsWith("run again");
        assertThat(run.status("answers[a]")).isEqualTo(SUCCESSFUL);
        assertThat(Scripted.CALLS).containsExactly("a/1");
    }

    @Test
    void leave_a_gate_not_decided() {
        later = A;

        Finished run = EvalRuns.in(folder).run(Gated.class);

        assertThat(run.names()).containsExactly("answers[gate: mean(exact)]", "answers [dataset]");
        assertThat(run.status("answers[gate: mean(exact)]")).isEqualTo(ABORTED);
        assertThat(run.message("answers[gate: mean(exact)]")).startsWith("not decided: 0 of 2 cases ran");
        assertThat(run.status("answers [dataset]")).isEqualTo(FAILED);
    }
}
