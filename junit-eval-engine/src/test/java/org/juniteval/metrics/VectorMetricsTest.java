package org.juniteval.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VectorMetricsTest {

    private static float[] vector(float... components) {
        return components;
    }

    @Nested
    class The_cosine {

        @Test
        void is_that_of_the_angle_whatever_the_lengths() {
            assertThat(VectorMetrics.cosine(vector(3, 4), vector(4, 3))).isCloseTo(24.0 / 25, within(1e-12));
            assertThat(VectorMetrics.cosine(vector(1, 1), vector(10, 0))).isCloseTo(Math.sqrt(0.5), within(1e-12));
        }

        @Test
        void is_0_for_a_right_angle_and_minus_1_for_opposites() {
            assertThat(VectorMetrics.cosine(vector(0, 2), vector(5, 0))).isZero();
            assertThat(VectorMetrics.cosine(vector(1, 2), vector(-2, -4))).isEqualTo(-1);
        }

        @Test
        void is_exactly_1_for_equal_vectors() {
            float[] vector = vector(0.1f, -0.7f, 1 / 3f, 1e-3f);
            assertThat(VectorMetrics.cosine(vector, vector.clone())).isEqualTo(1);
        }

        @ParameterizedTest
        @ValueSource(floats = {Float.MAX_VALUE, Float.MIN_VALUE})
        void neither_overflows_nor_vanishes(float extreme) {
            assertThat(VectorMetrics.cosine(vector(extreme, extreme), vector(extreme, 0)))
                    .isCloseTo(Math.sqrt(0.5), within(1e-12));
        }
    }

    @Nested
    class Refuses {

        @Test
        void vectors_of_different_lengths() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> VectorMetrics.cosine(vector(1, 2, 3), vector(1, 2)))
                    .withMessage("vectors of 3 and 2 components cannot be compared: embed both with the same model");
        }

        @Test
        void a_vector_without_direction() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> VectorMetrics.cosine(vector(1, 0), vector(0, 0)))
                    .withMessage("b is empty or all zeros: it has no direction");
            assertThatIllegalArgumentException().isThrownBy(() -> VectorMetrics.cosine(vector(), vector()));
        }

        @ParameterizedTest
        @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY})
        void a_component_that_is_no_number(float component) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> VectorMetrics.cosine(vector(component, 1), vector(1, 1)))
                    .withMessage("a holds a component that is NaN or infinite");
        }

        @Test
        void null_by_name() {
            assertThatNullPointerException()
                    .isThrownBy(() -> VectorMetrics.cosine(vector(1), null))
                    .withMessage("b is null");
        }
    }
}
