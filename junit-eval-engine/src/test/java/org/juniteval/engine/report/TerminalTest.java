package org.juniteval.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class TerminalTest {

    @Test
    void is_eighty_columns_wide_unless_the_environment_says_otherwise() {
        assertThat(terminal(Map.of()).width()).isEqualTo(80);
        assertThat(terminal(Map.of("COLUMNS", "132")).width()).isEqualTo(132);
        assertThat(terminal(Map.of("COLUMNS", "0")).width()).isEqualTo(80);
        assertThat(terminal(Map.of("COLUMNS", "wide")).width()).isEqualTo(80);
    }

    @Test
    void wants_colours_unless_the_environment_refuses_them() {
        assertThat(terminal(Map.of("TERM", "xterm-256color")).colour()).isTrue();
        assertThat(terminal(Map.of("NO_COLOR", "")).colour()).isTrue();
        assertThat(terminal(Map.of("NO_COLOR", "1")).colour()).isFalse();
        assertThat(terminal(Map.of("TERM", "dumb")).colour()).isFalse();
    }

    @Test
    void is_never_coloured_where_there_is_none() {
        assertThat(Terminal.of(Map.of(), true, false, true).colour()).isFalse();
    }

    private static Terminal terminal(Map<String, String> environment) {
        return Terminal.of(environment, true, true, true);
    }
}
