package org.juniteval.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class WordsTest {

    @Test
    void counts_are_grouped_by_thousands() {
        assertThat(Words.count(0)).isEqualTo("0");
        assertThat(Words.count(999)).isEqualTo("999");
        assertThat(Words.count(1_000)).isEqualTo("1,000");
        assertThat(Words.count(-999)).isEqualTo("-999");
        assertThat(Words.count(-100_000)).isEqualTo("-100,000");
        assertThat(Words.count(Long.MIN_VALUE)).isEqualTo("-9,223,372,036,854,775,808");
    }

    @Test
    void a_number_is_rounded_half_up_and_has_no_exponent() {
        assertThat(Words.number(0.0005)).isEqualTo("0.001");
        assertThat(Words.number(0.0004999)).isEqualTo("0.000");
        assertThat(Words.number(0.9995)).isEqualTo("1.000");
        assertThat(Words.number(1e-9)).isEqualTo("0.000");
        assertThat(Words.number(1e15)).isEqualTo("1000000000000000.000");
        assertThat(Words.number(Double.NaN)).isEqualTo("NaN");
    }

    @Test
    void a_number_gets_the_digits_that_tell_it_from_its_bound() {
        assertThat(Words.number(0.5, 0.8)).isEqualTo("0.500");
        assertThat(Words.number(0.7999, 0.8)).isEqualTo("0.7999");
        assertThat(Words.number(0.8, 0.7999)).isEqualTo("0.8000");
        assertThat(Words.number(0.8, 0.8)).isEqualTo("0.800");
        assertThat(Words.number(0.1 + 0.2, 0.3)).isEqualTo("0.30000000000000004");
    }

    @Test
    void a_share_is_all_or_nothing_only_where_it_truly_is() {
        assertThat(Words.percent(0.95)).isEqualTo("95.0 %");
        assertThat(Words.percent(1)).isEqualTo("100.0 %");
        assertThat(Words.percent(0.99999)).isEqualTo("99.9 %");
        assertThat(Words.percent(0)).isEqualTo("0.0 %");
        assertThat(Words.percent(0.00001)).isEqualTo("0.1 %");
    }

    @Test
    void small_amounts_of_money_do_not_vanish() {
        assertThat(Words.dollars(0)).isEqualTo("$0.00");
        assertThat(Words.dollars(0.00021)).isEqualTo("$0.00021");
        assertThat(Words.dollars(0.1234)).isEqualTo("$0.12");
        assertThat(Words.dollars(0.5)).isEqualTo("$0.50");
        assertThat(Words.dollars(0.999)).isEqualTo("$1.00");
        assertThat(Words.dollars(1234.567)).isEqualTo("$1,234.57");
    }

    @Test
    void sizes_keep_two_or_three_digits() {
        assertThat(Words.bytes(0)).isEqualTo("0 B");
        assertThat(Words.bytes(812)).isEqualTo("812 B");
        assertThat(Words.bytes(999)).isEqualTo("999 B");
        assertThat(Words.bytes(1_000)).isEqualTo("1.0 kB");
        assertThat(Words.bytes(9_960)).isEqualTo("10 kB");
        assertThat(Words.bytes(999_600)).isEqualTo("1.0 MB");
        assertThat(Words.bytes(64 << 20)).isEqualTo("67 MB");
        assertThat(Words.bytes(Long.MAX_VALUE)).isEqualTo("9223372 TB");
    }

    @Test
    void times_are_told_in_the_unit_that_suits_them() {
        assertThat(Words.time(Duration.ofNanos(20_000))).isEqualTo("< 0.1 ms");
        assertThat(Words.time(Duration.ofNanos(420_000))).isEqualTo("0.4 ms");
        assertThat(Words.time(Duration.ofMillis(812))).isEqualTo("812 ms");
        assertThat(Words.time(Duration.ofMillis(1_234))).isEqualTo("1.23 s");
        assertThat(Words.time(Duration.ofMillis(12_412))).isEqualTo("12.4 s");
        assertThat(Words.time(Duration.ofMillis(59_960))).isEqualTo("1 min 0 s");
        assertThat(Words.time(Duration.ofSeconds(192))).isEqualTo("3 min 12 s");
        assertThat(Words.time(Duration.ofSeconds(7_500))).isEqualTo("2 h 5 min");
    }

    @Test
    void speeds_keep_two_or_three_digits() {
        assertThat(Words.rate(0.25)).isEqualTo("0.25/s");
        assertThat(Words.rate(12.34)).isEqualTo("12.3/s");
        assertThat(Words.rate(1_234.4)).isEqualTo("1,234/s");
    }
}
