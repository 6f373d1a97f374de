package org.juniteval.engine.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class WilsonTest {

    private static final ReferenceValues REFERENCE = ReferenceValues.read();
    private static final double QUANTILE = 1e-8;

    static List<ReferenceValues.Share> shares() {
        return REFERENCE.wilson95();
    }

    static List<ReferenceValues.LowerEnd> lowerEnds() {
        return REFERENCE.wilson90();
    }

    @ParameterizedTest
    @MethodSource("shares")
    void agrees_with_the_reference_values_at_95_percent(ReferenceValues.Share share) {
        Interval interval = Wilson.interval(share.passed(), share.n(), 0.95);
        assertThat(interval.low()).isCloseTo(share.low(), within(QUANTILE * share.low()));
        assertThat(interval.high()).isCloseTo(share.high(), within(QUANTILE * share.high()));
    }

    @ParameterizedTest
    @MethodSource("lowerEnds")
    void has_at_90_percent_the_one_sided_lower_end_of_95(ReferenceValues.LowerEnd share) {
        Interval interval = Wilson.interval(share.passed(), share.n(), 0.90);
        assertThat(interval.low()).isCloseTo(share.low(), within(QUANTILE * share.low()));
    }

    @Nested
    class Stays_within_0_and_1 {

        @ParameterizedTest
        @ValueSource(longs = {1, 2, 3, 7, 100, 1_000_000_007})
        void and_ends_exactly_there_where_none_or_all_passed(long n) {
            Interval none = Wilson.interval(0, n, 0.95);
            assertThat(none.low()).isEqualTo(0);
            assertThat(none.high()).isPositive().isLessThan(1);

            Interval all = Wilson.interval(n, n, 0.95);
            assertThat(all.low()).isPositive();
            assertThat(all.high()).isEqualTo(1);
        }

        @Test
        void and_holds_the_observed_share() {
            for (double confidence : new double[] {1e-300, 1e-9, 0.5, 0.95, Math.nextDown(1.0)}) {
                for (int passed = 0; passed <= 50; passed++) {
                    Interval interval = Wilson.interval(passed, 50, confidence);
                    assertThat(interval.low()).isBetween(0.0, passed / 50.0 + 1e-15);
                    assertThat(interval.high()).isBetween(passed / 50.0 - 1e-15, 1.0);
                }
            }
        }
    }

    @Nested
    class Refuses {

        @ParameterizedTest
        @CsvSource({"0, 0", "-1, 5", "6, 5", "0, -1"})
        void counts_that_no_run_can_have(long passed, long n) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Wilson.interval(passed, n, 0.95))
                    .withMessage(passed + " of " + n + " passed: 0 to n of at least 1 are possible");
        }

        @ParameterizedTest
        @ValueSource(doubles = {0, 1, -0.5, 95, Double.NaN})
        void a_confidence_that_is_none(double confidence) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Wilson.interval(4, 5, confidence))
                    .withMessage("confidence is " + confidence + ", must lie between 0 and 1");
        }
    }
}
