package org.juniteval.engine.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class EvalFaultTest {

    /** A throwable that does not even tell its own name. */
    private static final class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Runnable asked;

        Hostile(Runnable asked) {
            this.asked = asked;
        }

        @Override
        public String toString() {
            asked.run();
            return null;
        }

        @Override
        public String getMessage() {
            return toString();
        }
    }

    private static String printed(Throwable error) {
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    @Test
    void a_throwable_is_described_by_its_own_text() {
        assertThat(EvalFault.describe(new IllegalStateException("503")))
                .isEqualTo("java.lang.IllegalStateException: 503");
    }

    @Test
    void a_text_that_is_null_is_replaced_by_the_type() {
        assertThat(EvalFault.describe(new Hostile(() -> {}))).startsWith(Hostile.class.getName());
    }

    @Test
    void a_text_that_throws_is_replaced_by_the_type_and_what_it_threw() {
        assertThat(EvalFault.describe(new Hostile(() -> {
                    throw new UnsupportedOperationException();
                })))
                .startsWith(Hostile.class.getName())
                .contains("UnsupportedOperationException");
        assertThat(EvalFault.describe(new Hostile(() -> {
                    throw new StackOverflowError();
                })))
                .contains("StackOverflowError");
    }

    @Test
    void a_text_of_megabytes_is_cut_and_the_cut_is_said() {
        assertThat(EvalFault.describe(new IllegalStateException("x".repeat(5_000_000))))
                .hasSizeLessThan(11_000)
                .contains("characters");
    }

    @Test
    void its_text_begins_with_its_type_which_surefire_reads_from_there() {
        assertThat(new EvalFault("capitals.jsonl:3:5 no id"))
                .hasToString(EvalFault.class.getName() + ": capitals.jsonl:3:5 no id");
    }

    @Test
    void what_was_thrown_is_its_cause_with_the_users_frames_only() {
        IllegalStateException thrown = new IllegalStateException("503");
        thrown.setStackTrace(new StackTraceElement[] {
            new StackTraceElement("demo.Models", "call", "Models.java", 17),
            new StackTraceElement("demo.CapitalsEval", "answers", "CapitalsEval.java", 9),
            new StackTraceElement("java.lang.reflect.Method", "invoke", "Method.java", 1),
            new StackTraceElement("org.juniteval.engine.suite.Invocation", "invoke", "Invocation.java", 1),
            new StackTraceElement("java.lang.Thread", "run", "Thread.java", 1)
        });

        EvalFault fault = new EvalFault("broken", thrown);

        assertThat(fault.getCause()).isSameAs(thrown);
        assertThat(thrown.getStackTrace())
                .extracting(StackTraceElement::getClassName)
                .containsExactly("demo.Models", "demo.CapitalsEval");
    }

    @Test
    void tools_can_print_it_although_its_cause_cannot_be_printed() {
        Hostile hostile = new Hostile(() -> {
            throw new UnsupportedOperationException("hostile");
        });

        assertThat(printed(new EvalFault("broken", hostile)))
                .startsWith(EvalFault.class.getName() + ": broken")
                .contains("Caused by: " + Hostile.class.getName())
                .contains("EvalFaultTest.java");
        assertThat(printed(new EvalFault("broken", new IllegalStateException("outer", null) {
                    private static final long serialVersionUID = 1;

                    @Override
                    public synchronized Throwable getCause() {
                        return hostile;
                    }
                })))
                .contains("outer");
    }

    @Test
    void tools_print_no_megabytes_of_it() {
        assertThat(printed(new EvalFault("broken", new IllegalStateException("x".repeat(5_000_000)))))
                .hasSizeLessThan(20_000)
                .contains("java.lang.IllegalStateException: xxx");
    }
}
