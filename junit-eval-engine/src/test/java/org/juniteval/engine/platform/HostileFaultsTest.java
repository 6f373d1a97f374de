package org.juniteval.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.TestExecutionResult.Status.ABORTED;
import static org.junit.platform.engine.TestExecutionResult.Status.FAILED;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Scorer;
import org.juniteval.engine.platform.EvalRuns.Finished;
import org.opentest4j.TestAbortedException;

/** Evals and scorers that throw what can hardly be reported harm only their own sample. */
class HostileFaultsTest {

    @TempDir
    Path folder;

    private static final class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final boolean says;

        Hostile(boolean says) {
            this.says = says;
        }

        @Override
        public String getMessage() {
            return toString();
        }

        @Override
        public String toString() {
            if (says) {
                return null;
            }
            throw new UnsupportedOperationException("no text");
        }
    }

    @EvalSuite
    @Dataset(rows = """
            {"id": "null", "input": "null text"}
            {"id": "throws", "input": "throws"}
            {"id": "long", "input": "megabytes"}
            {"id": "deep", "input": "overflow"}
            {"id": "stage", "input": "stage"}
            {"id": "aborted", "input": "aborted stage"}
            {"id": "scorer", "input": "scorer"}
            {"id": "assertion", "input": "assertion"}
            {"id": "good", "input": "good"}
            """)
    static class Throwing {
        @Eval
        CompletionStage<String> answers(String how) {
            switch (how) {
                case "null text" -> throw new Hostile(true);
                case "throws" -> throw new Hostile(false);
                case "megabytes" -> throw new IllegalStateException("x".repeat(3_000_000));
                case "overflow" -> overflow(1);
                case "stage" -> {
                    return CompletableFuture.failedFuture(new IllegalStateException("503 from afar"));
                }
                case "aborted stage" -> {
                    return CompletableFuture.failedFuture(new TestAbortedException("no quota left"));
                }
                default -> {}
            }
            return CompletableFuture.completedFuture(how);
        }

        private static int overflow(int depth) {
            return overflow(depth + 1) + 1;
        }

        @Scorer
        void exact(String answer) {
            if (answer.equals("scorer")) {
                throw new Hostile(false);
            }
            if (answer.equals("assertion")) {
                throw new AssertionError("y".repeat(3_000_000));
            }
        }
    }

    @Test
    void everything_that_is_thrown_is_told_in_texts_that_tools_can_print() {
        Finished run = EvalRuns.in(folder).run(Throwing.class);

        assertThat(run.message("answers[null]"))
                .startsWith("@Eval answers threw " + Hostile.class.getName() + " (its toString() returns null)");
        assertThat(run.message("answers[throws]")).contains("its toString() throws java.lang.Unsupported");
        assertThat(run.message("answers[long]")).contains("x… (").hasSizeLessThan(11_000);
        assertThat(run.message("answers[deep]")).contains("java.lang.StackOverflowError");
        assertThat(run.message("answers[stage]")).contains("java.lang.IllegalStateException: 503 from afar");
        assertThat(run.message("answers[scorer]")).startsWith("@Scorer exact threw " + Hostile.class.getName());
        assertThat(run.message("answers[assertion]"))
                .startsWith("exact missed: yyy")
                .hasSizeLessThan(11_000);
        assertThat(run.status("answers[aborted]")).isEqualTo(ABORTED);
        assertThat(run.message("answers[aborted]")).startsWith("not run: no quota left");
        assertThat(run.status("answers[good]")).isEqualTo(SUCCESSFUL);
        assertThat(run.ends()).hasSize(9);
        run.ends()
                .forEach((name, result) -> result.getThrowable().ifPresent(error -> {
                    StringWriter printed = new StringWriter();
                    error.printStackTrace(new PrintWriter(printed));
                    assertThat(printed.toString()).as(name).isNotBlank().hasSizeLessThan(300_000);
                }));
        assertThat(run.names()).filteredOn(name -> run.status(name) == FAILED).hasSize(7);
        assertThat(run.xml(Throwing.class)).contains("tests=\"9\"").hasSizeLessThan(1_000_000);
    }
}
