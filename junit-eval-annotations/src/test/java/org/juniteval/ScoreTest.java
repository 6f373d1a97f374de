package org.juniteval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ScoreTest {

    @Nested
    class A_number {

        @Test
        void has_a_value_and_needs_no_reason() {
            Score score = Score.of(0.25);
            assertThat(score.value()).hasValue(0.25);
            assertThat(score.reason()).isEmpty();
            assertThat(score.details()).isEmpty();
            assertThat(score.yesOrNo()).isFalse();
            assertThat(score.abstained()).isFalse();
        }

        @Test
        void may_say_why() {
            assertThat(Score.of(0.25, "one of four").reason()).hasValue("one of four");
        }

        @ParameterizedTest
        @ValueSource(doubles = {-0.1, 1.1, Double.NaN, Double.POSITIVE_INFINITY})
        void out_of_range_is_kept_for_the_engine_to_report_with_the_scorers_name(double value) {
            assertThat(Score.of(value).value()).hasValue(value);
        }

        @Test
        void is_neither_yes_nor_no_even_at_the_ends() {
            assertThat(Score.of(1.0, "all")).isNotEqualTo(Score.of(true, "all"));
            assertThat(Score.of(0.0, "none")).isNotEqualTo(Score.of(false, "none"));
        }
    }

    @Nested
    class A_yes_or_no {

        @Test
        void is_worth_1_or_0() {
            assertThat(Score.of(true, "same city").value()).hasValue(1);
            assertThat(Score.of(false, "another city").value()).hasValue(0);
        }

        @Test
        void has_a_requirement_of_its_own() {
            assertThat(Score.of(false, "another city").yesOrNo()).isTrue();
        }
    }

    @Nested
    class An_abstention {

        @Test
        void has_a_reason_and_no_value() {
            Score score = Score.abstain("no passage was retrieved");
            assertThat(score.abstained()).isTrue();
            assertThat(score.value()).isEmpty();
            assertThat(score.reason()).hasValue("no passage was retrieved");
            assertThat(score.yesOrNo()).isFalse();
        }
    }

    @Nested
    class Details {

        @Test
        void stand_in_the_order_in_which_they_were_given() {
            Score score = Score.of(0.5)
                    .detail("missing", List.of("Lima"))
                    .detail("found", 1)
                    .detail("note", null);
            assertThat(score.details().keySet()).containsExactly("missing", "found", "note");
            assertThat(score.details()).containsEntry("found", 1).containsEntry("note", null);
        }

        @Test
        void replace_those_of_the_same_name() {
            assertThat(Score.of(0.5).detail("found", 1).detail("found", 2).details())
                    .isEqualTo(Map.of("found", 2));
        }

        @Test
        void leave_the_score_they_are_added_to_as_it_was() {
            Score plain = Score.of(true, "same city");
            Score detailed = plain.detail("found", 1);
            assertThat(plain.details()).isEmpty();
            assertThat(detailed.value()).hasValue(1);
            assertThat(detailed.yesOrNo()).isTrue();
            assertThat(detailed.reason()).hasValue("same city");
        }

        @Test
        void cannot_be_changed_from_outside() {
            Map<String, Object> details = Score.of(0.5).detail("found", 1).details();
            assertThatThrownBy(() -> details.put("found", 2)).isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Nested
    class Equality {

        @Test
        void is_that_of_all_parts() {
            Score score = Score.of(0.5, "half").detail("found", 1);
            assertThat(score)
                    .isEqualTo(Score.of(0.5, "half").detail("found", 1))
                    .hasSameHashCodeAs(Score.of(0.5, "half").detail("found", 1))
                    .isNotEqualTo(Score.of(0.6, "half").detail("found", 1))
                    .isNotEqualTo(Score.of(0.5, "part").detail("found", 1))
                    .isNotEqualTo(Score.of(0.5, "half"));
        }

        @Test
        void holds_among_abstentions_although_nan_is_not_itself() {
            assertThat(Score.abstain("empty")).isEqualTo(Score.abstain("empty"));
        }
    }

    @Test
    void reads_well_in_messages() {
        assertThat(Score.of(0.25)).hasToString("0.25");
        assertThat(Score.of(0.25, "one of four")).hasToString("0.25 (one of four)");
        assertThat(Score.of(true, "same city")).hasToString("yes (same city)");
        assertThat(Score.of(false, "another city")).hasToString("no (another city)");
        assertThat(Score.abstain("empty")).hasToString("abstained (empty)");
    }

    @Test
    void refuses_null_by_name() {
        assertThatNullPointerException().isThrownBy(() -> Score.of(0.5, null)).withMessage("reason");
        assertThatNullPointerException().isThrownBy(() -> Score.of(true, null)).withMessage("reason");
        assertThatNullPointerException().isThrownBy(() -> Score.abstain(null)).withMessage("reason");
        assertThatNullPointerException()
                .isThrownBy(() -> Score.of(0.5).detail(null, 1))
                .withMessage("name");
    }

    @Test
    void there_is_one_zero() {
        assertThat(Score.of(-0.0)).isEqualTo(Score.of(0)).hasToString("0.0");
        assertThat(Score.of(-0.0, "far off").value()).hasValue(0.0);
    }
}
