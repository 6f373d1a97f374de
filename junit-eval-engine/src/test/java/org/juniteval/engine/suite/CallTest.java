package org.juniteval.engine.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Scorer;

class CallTest {

    @EvalSuite
    @Dataset(rows = "{}")
    abstract static class Base {
        @Scorer
        boolean fine(String output) {
            return true;
        }
    }

    private static Object call(Object suite) throws Throwable {
        return Suites.eval(suite.getClass()).call(suite, Suites.input("x"), Variant.NONE, Suites.context());
    }

    static class ThrowingCase extends Base {
        Throwable thrown;

        @Eval
        String echo(String input) throws Throwable {
            throw thrown;
        }
    }

    @Test
    void throws_what_the_eval_throws() {
        ThrowingCase suite = new ThrowingCase();
        for (Throwable thrown : new Throwable[] {
            new java.io.IOException("down"),
            new StackOverflowError(),
            new AssertionError("no"),
            new InterruptedException()
        }) {
            suite.thrown = thrown;
            assertThatThrownBy(() -> call(suite)).isSameAs(thrown);
        }
    }

    static class StageCase extends Base {
        CompletionStage<String> stage;

        @Eval
        CompletionStage<String> echo(String input) {
            return stage;
        }
    }

    @Test
    void waits_for_what_was_promised_and_keeps_that() throws Throwable {
        StageCase suite = new StageCase();
        suite.stage = CompletableFuture.completedStage("done");
        assertThat(Suites.faults(StageCase.class)).isEmpty();
        assertThat(call(suite)).isEqualTo("done");
        EvalDefinition eval = Suites.eval(StageCase.class);
        assertThat(eval.restore(eval.store("done", json -> json))).isEqualTo("done");
    }

    @Test
    void throws_what_a_promise_ended_with() {
        StageCase suite = new StageCase();
        IllegalStateException cause = new IllegalStateException("down");
        suite.stage = CompletableFuture.failedFuture(new CompletionException(new ExecutionException(cause)));
        assertThatThrownBy(() -> call(suite)).isSameAs(cause);
        CompletableFuture<String> cancelled = new CompletableFuture<>();
        cancelled.cancel(true);
        suite.stage = cancelled;
        assertThatThrownBy(() -> call(suite)).isInstanceOf(CancellationException.class);
    }

    @Test
    void cancels_what_was_promised_when_it_is_interrupted() {
        StageCase suite = new StageCase();
        CompletableFuture<String> never = new CompletableFuture<>();
        suite.stage = never;
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread caller = new Thread(() -> {
            try {
                call(suite);
            } catch (Throwable ended) {
                thrown.set(ended);
            }
        });
        caller.start();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> never.getNumberOfDependents() >= 0 && caller.getState() == Thread.State.WAITING);
        caller.interrupt();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> thrown.get() != null);
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(never).isCancelled();
    }

    @Test
    void a_promise_that_is_null_is_a_null_output() throws Throwable {
        assertThat(call(new StageCase())).isNull();
    }

    @Test
    void faults_where_a_row_does_not_fit_that_was_not_checked() {
        ThrowingCase suite = new ThrowingCase();
        assertThatThrownBy(() -> Suites.eval(ThrowingCase.class)
                        .call(suite, Suites.row("{\"input\": 3}"), Variant.NONE, Suites.context()))
                .isInstanceOf(SuiteFault.class)
                .hasMessageContaining("row a: input is 3, which is no String");
    }
}
