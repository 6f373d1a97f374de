package org.juniteval.engine.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DescriptiveTest {

    private static final ReferenceValues REFERENCE = ReferenceValues.read();
    private static final Offset<Double> CLOSED_FORM = within(1e-12);

    static List<ReferenceValues.Description> descriptions() {
        return REFERENCE.descriptive();
    }

    @ParameterizedTest
    @MethodSource("descriptions")
    void agrees_with_the_reference_values(ReferenceValues.Description of) {
        assertThat(Descriptive.mean(of.x())).isCloseTo(of.mean(), CLOSED_FORM);
        assertThat(Descriptive.median(of.x())).isEqualTo(of.median());
        assertThat(Descriptive.min(of.x())).isEqualTo(of.min());
        assertThat(Descriptive.max(of.x())).isEqualTo(of.max());
        assertThat(Descriptive.variance(of.x())).isCloseTo(of.variance(), CLOSED_FORM);
        assertThat(Descriptive.stddev(of.x())).isCloseTo(Math.sqrt(of.variance()), CLOSED_FORM);
        assertThat(Descriptive.standardError(of.x()).orElseThrow()).isCloseTo(of.standardError(), CLOSED_FORM);
    }

    @Nested
    class Loses_no_digits {

        @Test
        void where_values_are_large_beside_their_spread() {
            ReferenceValues.LargeOffset large = REFERENCE.largeOffset();
            assertThat(Descriptive.mean(large.x())).isEqualTo(large.mean());
            assertThat(Descriptive.variance(large.x())).isCloseTo(large.variance(), CLOSED_FORM);
            assertThat(Descriptive.standardError(large.x()).orElseThrow())
                    .isCloseTo(Math.sqrt(large.sampleVariance() / large.x().length), CLOSED_FORM);
        }

        @Test
        void where_the_mean_itself_is_no_double() {
            double[] values = {1e16, 1e16 + 2};
            assertThat(Descriptive.variance(values)).isEqualTo(1);
        }

        @Test
        void where_a_small_value_stands_among_large_ones_that_cancel() {
            assertThat(Descriptive.mean(new double[] {1e16, 1, -1e16, 1})).isEqualTo(0.5);
        }

        @Test
        void so_the_mean_of_yes_and_no_is_the_nearest_double_to_their_share() {
            for (int n = 1; n <= 300; n++) {
                for (int yes = 0; yes <= n; yes++) {
                    double[] values = new double[n];
                    Arrays.fill(values, 0, yes, 1);
                    assertThat(Descriptive.mean(values)).isEqualTo((double) yes / n);
                }
            }
        }

        @ParameterizedTest
        @ValueSource(doubles = {0.1, 0.7, 1 / 3.0, 1e-300, 123456789.123})
        void so_equal_values_have_themselves_as_mean_and_no_spread(double value) {
            for (int n : new int[] {1, 2, 3, 7, 1_000, 100_003}) {
                double[] values = new double[n];
                Arrays.fill(values, value);
                assertThat(Descriptive.mean(values)).isEqualTo(value);
                assertThat(Descriptive.stddev(values)).isZero();
            }
        }
    }

    @Nested
    class The_median {

        @Test
        void of_an_even_number_of_values_is_the_mean_of_the_two_in_the_middle() {
            assertThat(Descriptive.median(new double[] {4, 1, 3, 2})).isEqualTo(2.5);
        }

        @Test
        void leaves_the_order_of_the_values_alone() {
            double[] values = {3, 1, 2};
            Descriptive.median(values);
            assertThat(values).containsExactly(3, 1, 2);
        }
    }

    @Nested
    class The_standard_error {

        @Test
        void is_not_known_below_two_cases() {
            assertThat(Descriptive.standardError(new double[0])).isEmpty();
            assertThat(Descriptive.standardError(new double[] {0.7})).isEmpty();
        }

        @Test
        void divides_by_one_less_than_the_number_of_cases() {
            assertThat(Descriptive.standardError(new double[] {0, 1})).hasValue(0.5);
        }
    }

    @Nested
    class Refuses {

        static final List<ToDoubleFunction<double[]>> FIGURES = List.of(
                Descriptive::mean,
                Descriptive::median,
                Descriptive::min,
                Descriptive::max,
                Descriptive::variance,
                Descriptive::stddev);

        @Test
        void to_describe_nothing() {
            assertThat(FIGURES)
                    .allSatisfy(figure -> assertThatIllegalArgumentException()
                            .isThrownBy(() -> figure.applyAsDouble(new double[0]))
                            .withMessage("no values: at least one is needed"));
        }

        @ParameterizedTest
        @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
        void a_value_that_is_no_number_and_says_which(double value) {
            double[] values = {1, value, 3};
            assertThat(FIGURES)
                    .allSatisfy(figure -> assertThatIllegalArgumentException()
                            .isThrownBy(() -> figure.applyAsDouble(values))
                            .withMessage("value 1 of 3 is " + value));
            assertThatIllegalArgumentException().isThrownBy(() -> Descriptive.standardError(new double[] {value}));
        }

        @Test
        void null_by_name() {
            assertThatNullPointerException()
                    .isThrownBy(() -> Descriptive.mean(null))
                    .withMessage("values");
        }
    }
}
