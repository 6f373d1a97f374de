package org.juniteval.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.juniteval.engine.report.Progress.Mode;
import org.juniteval.engine.report.Progress.Snapshot;

class ProgressTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream err = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private long now = 77;
    private Snapshot state = new Snapshot(0, OptionalLong.of(1000), 8, 0, 0);

    private Progress onTerminal(int width) {
        return new Progress(err, () -> state, true, width, () -> now);
    }

    private Progress elsewhere() {
        return new Progress(err, () -> state, false, 80, () -> now);
    }

    private void after(Duration time, Snapshot state) {
        now += time.toNanos();
        this.state = state;
    }

    private String printed() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Nested
    class On_a_terminal {

        @Test
        void a_run_shorter_than_a_second_shows_nothing() {
            try (Progress progress = onTerminal(80)) {
                after(Duration.ofMillis(990), new Snapshot(500, OptionalLong.of(1000), 8, 0, 0));
                progress.tick();
            }

            assertThat(printed()).isEmpty();
        }

        @Test
        void one_line_tells_how_far_the_run_is_and_how_long_it_will_take() {
            Progress progress = onTerminal(80);
            after(Duration.ofSeconds(4), new Snapshot(50, OptionalLong.of(1000), 8, 0, 0));
            progress.tick();

            assertThat(printed()).isEqualTo("\revals: 50 of 1,000 · 1 min 16 s left · 8 running · 12.5/s");
        }

        @Test
        void the_line_is_drawn_over_the_one_before() {
            Progress progress = onTerminal(80);
            after(Duration.ofSeconds(2), new Snapshot(999, OptionalLong.empty(), 8, 0, 0));
            progress.tick();
            after(Duration.ofSeconds(2), new Snapshot(1000, OptionalLong.empty(), 1, 0, 0));
            progress.tick();
            after(Duration.ofSeconds(200), new Snapshot(1000, OptionalLong.empty(), 1, 0, 0));
            progress.tick();

            assertThat(printed())
                    .isEqualTo("\revals: 999 · 8 running · 500/s"
                            + "\revals: 1,000 · 1 running · 250/s"
                            + "\revals: 1,000 · 1 running        ");
        }

        @Test
        void faults_and_samples_of_another_process_are_told_apart_from_running_ones() {
            Progress progress = onTerminal(81);
            after(Duration.ofSeconds(2), new Snapshot(10, OptionalLong.of(20), 3, 5, 2));
            progress.tick();

            assertThat(printed())
                    .isEqualTo("\revals: 10 of 20 · 2 faults · 2 s left · 3 running · 5 in another process · 5.0/s");
        }

        @Test
        void the_speed_is_that_of_the_recent_past_because_hits_come_in_a_burst() {
            Progress progress = onTerminal(80);
            after(Duration.ofSeconds(1), new Snapshot(900, OptionalLong.of(1000), 8, 0, 0));
            progress.tick();
            for (int second = 1; second <= 30; second++) {
                after(Duration.ofSeconds(1), new Snapshot(900 + second, OptionalLong.of(1000), 8, 0, 0));
                progress.tick();
            }

            assertThat(printed()).endsWith("evals: 930 of 1,000 · 1 min 10 s left · 8 running · 1.0/s");
        }

        @Test
        void a_line_never_reaches_the_last_column() {
            Progress progress = onTerminal(40);
            after(Duration.ofSeconds(2), new Snapshot(10, OptionalLong.of(20), 3, 5, 2));
            progress.tick();

            assertThat(printed()).isEqualTo("\revals: 10 of 20 · 2 faults · 2 s left");
        }

        @Test
        void the_line_is_wiped_away_before_other_output_and_at_the_end() {
            Progress progress = onTerminal(80);
            after(Duration.ofSeconds(2), new Snapshot(10, OptionalLong.empty(), 3, 0, 0));
            progress.tick();
            String line = "evals: 10 · 3 running · 5.0/s";
            String wiped = "\r" + " ".repeat(line.length()) + "\r";

            progress.around(() -> err.print("a failure\n"));
            assertThat(printed()).isEqualTo("\r" + line + wiped + "a failure\n");

            progress.tick();
            progress.close();
            progress.tick();
            assertThat(printed()).isEqualTo("\r" + line + wiped + "a failure\n" + "\r" + line + wiped);
        }
    }

    @Nested
    class Elsewhere {

        @Test
        void a_plain_line_comes_every_ten_seconds() {
            Progress progress = elsewhere();
            for (int tick = 1; tick <= 125; tick++) {
                after(Duration.ofMillis(200), new Snapshot(tick, OptionalLong.of(1000), 8, 0, 0));
                progress.tick();
            }
            progress.close();

            assertThat(printed().lines())
                    .containsExactly(
                            "evals: 50 of 1,000 · 3 min 10 s left · 8 running · 5.0/s",
                            "evals: 100 of 1,000 · 3 min 0 s left · 8 running · 5.0/s");
            assertThat(printed()).doesNotContain("\r");
        }

        @Test
        void nothing_is_watched_unless_it_is_asked_for() {
            Terminal none = Terminal.of(Map.of(), false, false, false);
            Terminal terminal = Terminal.of(Map.of(), true, true, true);
            Progress.Source untouched = () -> {
                throw new AssertionError("nobody looks");
            };

            try (Progress auto = Progress.start(err, untouched, Mode.AUTO, none);
                    Progress off = Progress.start(err, untouched, Mode.OFF, terminal)) {
                auto.clear();
                off.around(() -> err.print("as ever"));
            }

            assertThat(printed()).isEqualTo("as ever");
        }
    }
}
