package org.juniteval.engine.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecondsTest {

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                1,
                499,
                500,
                999_499,
                999_500,
                1_000_000,
                50_000_000,
                999_999_499,
                999_999_500,
                60_000_000_000L,
                3_599_999_999_999L
            })
    void are_those_of_an_exact_decimal_rounded_half_up(long nanos) {
        Duration time = Duration.ofNanos(nanos);
        for (int decimals = 0; decimals <= 9; decimals++) {
            BigDecimal exact = BigDecimal.valueOf(nanos, 9).setScale(decimals, RoundingMode.HALF_UP);

            assertThat(Seconds.fixed(time, decimals)).isEqualTo(exact.toPlainString());
            assertThat(Seconds.shortest(time, decimals))
                    .isEqualTo(
                            exact.signum() == 0
                                    ? "0"
                                    : exact.stripTrailingZeros().toPlainString());
        }
    }

    @Test
    void of_a_clock_that_was_set_back_are_none() {
        assertThat(Seconds.fixed(Duration.ofMillis(-1500), 3)).isEqualTo("0.000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "1969-12-31T23:59:59.5Z",
                "2026-11-20T07:43:16Z",
                "2026-11-20T07:43:16.000000001Z",
                "2026-11-20T07:43:16.120Z"
            })
    void of_an_instant_read_back_as_the_same(String text) {
        Instant instant = Instant.parse(text);

        assertThat(Instant.parse(Iso.of(instant))).isEqualTo(instant);
    }
}
