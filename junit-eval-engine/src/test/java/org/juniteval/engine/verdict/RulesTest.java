package org.juniteval.engine.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.juniteval.engine.verdict.Judged.atLeast;
import static org.juniteval.engine.verdict.Judged.atMost;
import static org.juniteval.engine.verdict.Judged.eval;
import static org.juniteval.engine.verdict.Judged.rules;
import static org.juniteval.engine.verdict.Judged.scorer;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Gate;
import org.juniteval.Samples;
import org.juniteval.Scorer;
import org.juniteval.Statistic;
import org.juniteval.engine.suite.ScorerDefinition;

class RulesTest {

    @EvalSuite
    @Dataset(rows = "{\"input\": \"Peru\"}")
    static class Suite {
        @Eval
        String answers(String country) {
            return country;
        }

        @Scorer
        boolean exact(String answer) {
            return true;
        }

        @Scorer
        boolean brief(String answer) {
            return true;
        }

        @Scorer(must = true)
        boolean polite(String answer) {
            return true;
        }

        @Scorer
        Map<String, Boolean> fields(String answer) {
            return Map.of("total", true);
        }
    }

    private final ScorerDefinition exact = scorer(Suite.class, "exact");
    private final ScorerDefinition brief = scorer(Suite.class, "brief");
    private final ScorerDefinition polite = scorer(Suite.class, "polite");
    private final ScorerDefinition fields = scorer(Suite.class, "fields");

    @Test
    void a_requirement_stands_where_nothing_lifts_it() {
        assertThat(rules().liftedBy(exact, "exact")).isEmpty();
        assertThat(rules().caseLiftedBy()).isEmpty();
        assertThat(rules().caseRule()).isFalse();
    }

    @Nested
    class A_number_of_required_samples {

        private final Rules rules = new Rules(5, 4, List.of());

        @Test
        void lifts_every_scorer_from_single_samples_in_its_own_words() {
            assertThat(rules.caseRule()).isTrue();
            assertThat(rules.liftedBy(exact, "exact")).contains("required = 4 of 5");
            assertThat(rules.liftedBy(brief, "brief")).contains("required = 4 of 5");
        }

        @Test
        void does_not_lift_the_case() {
            assertThat(rules.caseLiftedBy()).isEmpty();
        }

        @Test
        void does_not_lift_a_must() {
            assertThat(rules.liftedBy(polite, "polite")).isEmpty();
        }

        @Test
        void of_0_only_measures() {
            assertThat(new Rules(1, 0, List.of()).liftedBy(exact, "exact")).contains("required = 0");
        }
    }

    @Nested
    class A_key_that_overrides_the_number_of_samples {

        @EvalSuite
        @Samples(value = 5, required = 4)
        @Dataset(rows = "{\"input\": \"Peru\"}")
        static class FourOfFive extends Suite {}

        @EvalSuite
        @Samples(value = 3, required = 1)
        @Dataset(rows = "{\"input\": \"Peru\"}")
        static class OneOfThree extends Suite {}

        @EvalSuite
        @Samples(3)
        @Dataset(rows = "{\"input\": \"Peru\"}")
        static class AllOfThree extends Suite {}

        @EvalSuite
        @Samples(value = 3, required = 0)
        @Dataset(rows = "{\"input\": \"Peru\"}")
        static class NoneOfThree extends Suite {}

        @ParameterizedTest
        @CsvSource({"5, 4", "10, 8", "3, 3", "1, 1", "4, 4", "6, 5", "100, 80", "7, 6"})
        void keeps_the_share_of_4_in_5_rounded_up(int samples, int required) {
            assertThat(Rules.of(eval(FourOfFive.class), "", samples).required()).isEqualTo(required);
        }

        @ParameterizedTest
        @CsvSource({"3, 1", "1, 1", "2, 1", "4, 2", "6, 2", "300, 100"})
        void keeps_the_share_of_1_in_3_rounded_up(int samples, int required) {
            assertThat(Rules.of(eval(OneOfThree.class), "", samples).required()).isEqualTo(required);
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3, 7, 49, 1000})
        void keeps_all_as_all_and_none_as_none(int samples) {
            assertThat(Rules.of(eval(AllOfThree.class), "", samples).required()).isEqualTo(samples);
            assertThat(Rules.of(eval(NoneOfThree.class), "", samples).required())
                    .isEqualTo(0);
        }
    }

    @Nested
    class A_gate {

        @ParameterizedTest
        @EnumSource(names = {"MEAN", "MEDIAN", "PASS_RATE", "CASE_PASS_RATE"})
        void that_is_a_lower_bound_lifts_the_scorer_that_it_names_and_no_other(Statistic statistic) {
            Rules rules = rules(atLeast(statistic, "exact", 0.8));

            assertThat(rules.liftedBy(exact, "exact"))
                    .contains("gate " + statistic.name().toLowerCase() + "(exact)");
            assertThat(rules.liftedBy(brief, "brief")).isEmpty();
            assertThat(rules.caseLiftedBy()).isEmpty();
        }

        @ParameterizedTest
        @EnumSource(names = {"PASS_RATE", "CASE_PASS_RATE", "MEAN", "MEDIAN"})
        void that_names_no_scorer_lifts_all_of_them_and_the_case_rule(Statistic statistic) {
            Rules rules = rules(atLeast(statistic, "", 0.8));

            assertThat(rules.liftedBy(exact, "exact")).isPresent();
            assertThat(rules.liftedBy(brief, "brief")).isPresent();
            assertThat(rules.caseLiftedBy()).contains("gate " + statistic.name().toLowerCase() + "(samples)");
        }

        @ParameterizedTest
        @EnumSource
        void that_is_an_upper_bound_lifts_nothing(Statistic statistic) {
            for (String scorer : List.of("exact", "")) {
                Rules rules = rules(atMost(statistic, scorer, 0.8));

                assertThat(rules.liftedBy(exact, "exact")).isEmpty();
                assertThat(rules.caseLiftedBy()).isEmpty();
            }
        }

        @ParameterizedTest
        @EnumSource(names = {"MIN", "MAX", "STDDEV"})
        void on_an_extreme_or_the_spread_lifts_nothing(Statistic statistic) {
            for (String scorer : List.of("exact", "")) {
                Rules rules = rules(atLeast(statistic, scorer, 0.8));

                assertThat(rules.liftedBy(exact, "exact")).isEmpty();
                assertThat(rules.caseLiftedBy()).isEmpty();
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"cost", "tokens", "latency"})
        void on_what_the_engine_measures_itself_lifts_nothing(String measure) {
            Rules rules = rules(atLeast(Statistic.MEAN, measure, 0), atMost(Statistic.MEAN, measure, 1));

            assertThat(rules.liftedBy(exact, "exact")).isEmpty();
            assertThat(rules.caseLiftedBy()).isEmpty();
        }

        @Test
        void does_not_lift_a_must_whether_it_names_it_or_not() {
            assertThat(rules(atLeast(Statistic.MEAN, "polite", 0.8)).liftedBy(polite, "polite"))
                    .isEmpty();
            assertThat(rules(atLeast(Statistic.PASS_RATE, "", 0.8)).liftedBy(polite, "polite"))
                    .isEmpty();
        }

        @Test
        void on_a_scorer_lifts_the_parts_of_its_scores() {
            Rules rules = rules(atLeast(Statistic.MEAN, "fields", 0.8));

            assertThat(rules.liftedBy(fields, "fields")).isPresent();
            assertThat(rules.liftedBy(fields, "fields.total")).isPresent();
        }

        @Test
        void on_a_part_lifts_that_part_only() {
            Rules rules = rules(atLeast(Statistic.MEAN, "fields.total", 0.8));

            assertThat(rules.liftedBy(fields, "fields.total")).contains("gate mean(fields.total)");
            assertThat(rules.liftedBy(fields, "fields.date")).isEmpty();
            assertThat(rules.liftedBy(fields, "fields")).isEmpty();
        }

        @Test
        void added_to_others_excuses_nothing_that_it_does_not_speak_of() {
            List<Statistic> all = Arrays.asList(Statistic.values());
            Rules rules = rules(all.stream()
                    .flatMap(statistic ->
                            List.of(atLeast(statistic, "brief", 0), atMost(statistic, "exact", 1)).stream())
                    .toArray(org.juniteval.engine.suite.GateDefinition[]::new));

            assertThat(rules.liftedBy(exact, "exact")).isEmpty();
            assertThat(rules.liftedBy(brief, "brief")).isPresent();
        }
    }

    @Nested
    class A_gate_for_one_variant {

        @EvalSuite
        @Dataset(rows = "{\"input\": \"Peru\"}")
        static class TwoModels {
            enum Model {
                SMALL,
                LARGE
            }

            @Eval
            @Gate(atLeast = 0.5, variant = "SMALL", scorer = "exact")
            String answers(String country, @org.juniteval.Variants Model model) {
                return country;
            }

            @Scorer
            boolean exact(String answer) {
                return true;
            }
        }

        @Test
        void lifts_nothing_from_the_others() {
            ScorerDefinition scorer = scorer(TwoModels.class, "exact");

            assertThat(Rules.of(eval(TwoModels.class), "SMALL", 1).liftedBy(scorer, "exact"))
                    .isPresent();
            assertThat(Rules.of(eval(TwoModels.class), "LARGE", 1).liftedBy(scorer, "exact"))
                    .isEmpty();
        }
    }
}
