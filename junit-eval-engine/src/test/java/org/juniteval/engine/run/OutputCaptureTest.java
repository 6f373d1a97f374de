package org.juniteval.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OutputCaptureTest {

    private final PrintStream before = System.out;
    private final PrintStream errBefore = System.err;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream own = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @BeforeEach
    void replace() {
        System.setOut(own);
    }

    @AfterEach
    void put_back() {
        OutputCapture.end();
        System.setOut(before);
        System.setErr(errBefore);
    }

    private String passedOn() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    @Test
    void what_a_capturing_thread_prints_is_kept_apart() throws Exception {
        OutputCapture.install();
        try {
            OutputCapture.Buffers buffers = OutputCapture.begin();
            System.out.println("grüße 😀");
            System.err.print("oh");
            Thread other = new Thread(() -> System.out.print("from another thread"));
            other.start();
            other.join();
            OutputCapture.end();
            System.out.print(", and after it");

            assertThat(buffers.content()).isEqualTo(new Output("grüße 😀" + System.lineSeparator(), "oh"));
            assertThat(passedOn()).isEqualTo("from another thread, and after it");
        } finally {
            OutputCapture.uninstall();
        }
    }

    @Test
    void the_streams_are_replaced_once_and_put_back_by_the_last_run() {
        OutputCapture.install();
        PrintStream replaced = System.out;
        OutputCapture.install();
        assertThat(System.out).isSameAs(replaced).isNotSameAs(own);
        OutputCapture.uninstall();
        assertThat(System.out).isSameAs(replaced);
        assertThat(OutputCapture.out()).isSameAs(own);
        OutputCapture.uninstall();

        assertThat(System.out).isSameAs(own);
        assertThat(System.err).isSameAs(errBefore);
        assertThat(OutputCapture.out()).isSameAs(own);
    }

    @Test
    void a_stream_that_somebody_else_has_put_there_meanwhile_stays() {
        PrintStream another = new PrintStream(new ByteArrayOutputStream());
        OutputCapture.install();
        System.setOut(another);
        OutputCapture.uninstall();

        assertThat(System.out).isSameAs(another);
    }

    @Test
    void megabytes_are_cut_and_counted() {
        OutputCapture.install();
        try {
            OutputCapture.Buffers buffers = OutputCapture.begin();
            for (int i = 0; i < 3_000; i++) {
                System.out.print("x".repeat(1_000));
            }
            assertThat(buffers.content().out())
                    .startsWith("x".repeat(OutputCapture.LIMIT))
                    .endsWith("\n… (2900000 more bytes were printed)\n")
                    .hasSizeLessThan(OutputCapture.LIMIT + 100);
        } finally {
            OutputCapture.uninstall();
        }
    }

    @Test
    void silence_is_nothing() {
        assertThat(OutputCapture.begin().content()).isSameAs(Output.NONE);
    }
}
