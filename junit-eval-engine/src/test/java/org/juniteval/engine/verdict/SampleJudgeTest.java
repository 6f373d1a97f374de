package org.juniteval.engine.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.juniteval.engine.verdict.Judged.AT;
import static org.juniteval.engine.verdict.Judged.NOTHING;
import static org.juniteval.engine.verdict.Judged.atLeast;
import static org.juniteval.engine.verdict.Judged.eval;
import static org.juniteval.engine.verdict.Judged.rules;
import static org.juniteval.engine.verdict.Judged.scored;
import static org.juniteval.engine.verdict.Judged.scorer;
import static org.juniteval.engine.verdict.Judged.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Expected;
import org.juniteval.Score;
import org.juniteval.Scorer;
import org.juniteval.Statistic;
import org.juniteval.engine.record.ScoreRecord;
import org.juniteval.engine.record.ScoreRecord.Outcome;
import org.juniteval.engine.record.Status;
import org.juniteval.engine.suite.ScorerDefinition;
import org.juniteval.engine.suite.Scoring;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** Each output below says of itself what the scorers shall say of it. */
class SampleJudgeTest {

    @EvalSuite
    @Dataset(rows = "{\"input\": \"Peru\", \"expected\": \"Lima\"}")
    static class Suite {
        @Eval
        String answers(String country) {
            return country;
        }

        @Scorer
        boolean exact(String answer, @Expected Optional<String> capital) {
            return answer.equals(capital.orElse("Lima"));
        }

        @Scorer(must = true)
        void polite(String answer) {
            assertThat(answer).doesNotContain("stupid");
        }

        @Scorer
        void plain(String answer) {
            if (answer.contains("plain")) {
                throw new AssertionError("no plain words");
            }
            if (answer.contains("silent")) {
                throw new AssertionError();
            }
        }

        @Scorer
        void spelt(String answer) {
            if (answer.contains("misspelt")) {
                assertThat("Lyma").isEqualTo("Lima");
            }
        }

        @Scorer(threshold = 0.8)
        double similar(String answer) {
            return answer.equals("Lima") ? 0.8 : 0.5;
        }

        @Scorer
        double length(String answer) {
            return 0;
        }

        @Scorer
        Score explained(String answer) {
            return answer.contains("why")
                    ? Score.of(false, "it does not say why")
                    : Score.of(true, "").detail("words", 1);
        }
    }

    private static SampleJudge judge(Rules rules, String... scorers) {
        return new SampleJudge(rules, scorers(scorers), false);
    }

    private static List<ScorerDefinition> scorers(String... names) {
        return List.of(names).stream().map(name -> scorer(Suite.class, name)).toList();
    }

    private static SampleVerdict verdict(Rules rules, String output, String... scorers) {
        return verdict(rules, output, text("Lima"), scorers);
    }

    private static SampleVerdict verdict(Rules rules, String output, JsonNode expected, String... scorers) {
        return judge(rules, scorers).judge(scored(Suite.class, scorers(scorers), output, expected), expected, AT);
    }

    private static String message(SampleVerdict verdict) {
        return verdict.error().orElseThrow().getMessage();
    }

    private static Map<String, Outcome> outcomes(SampleVerdict verdict) {
        Map<String, Outcome> outcomes = new LinkedHashMap<>();
        verdict.scores().forEach(score -> outcomes.put(score.scorer(), score.outcome()));
        return outcomes;
    }

    @Nested
    class The_requirement {

        @Test
        void of_a_boolean_is_to_be_true() {
            assertThat(verdict(rules(), "Lima", "exact").status()).isEqualTo(Status.PASSED);
            assertThat(verdict(rules(), "Lima", "exact").error()).isEmpty();
            assertThat(verdict(rules(), "Cusco", "exact").status()).isEqualTo(Status.MISSED);
        }

        @Test
        void of_assertions_is_that_they_hold() {
            assertThat(verdict(rules(), "Lima", "polite").status()).isEqualTo(Status.PASSED);
            assertThat(verdict(rules(), "Lima, stupid", "polite").status()).isEqualTo(Status.MISSED);
        }

        @Test
        void of_a_number_is_its_threshold() {
            assertThat(verdict(rules(), "Lima", "similar").status()).isEqualTo(Status.PASSED);
            assertThat(verdict(rules(), "Cusco", "similar").status()).isEqualTo(Status.MISSED);
            assertThat(message(verdict(rules(), "Cusco", "similar")))
                    .startsWith("similar is 0.5, below its threshold 0.8");
        }

        @Test
        void of_a_number_without_threshold_is_none_it_only_measures() {
            SampleVerdict verdict = verdict(rules(), "Cusco", "length");

            assertThat(verdict.status()).isEqualTo(Status.PASSED);
            assertThat(outcomes(verdict)).containsEntry("length", Outcome.MEASURED);
        }

        @Test
        void of_a_score_is_that_of_what_it_holds() {
            assertThat(verdict(rules(), "Lima", "explained").status()).isEqualTo(Status.PASSED);
            assertThat(verdict(rules(), "why", "explained").status()).isEqualTo(Status.MISSED);
            assertThat(message(verdict(rules(), "why", "explained")))
                    .startsWith("explained missed: it does not say why");
        }

        @Test
        void holds_for_every_scorer_at_once() {
            SampleVerdict verdict = verdict(rules(), "Cusco, stupid", "exact", "polite", "similar", "length");

            assertThat(verdict.status()).isEqualTo(Status.MISSED);
            assertThat(outcomes(verdict))
                    .containsExactly(
                            Map.entry("exact", Outcome.MISSED),
                            Map.entry("polite", Outcome.MISSED),
                            Map.entry("similar", Outcome.MISSED),
                            Map.entry("length", Outcome.MEASURED));
            assertThat(message(verdict)).contains("exact missed", "polite missed", "similar is 0.5");
        }
    }

    @Nested
    class A_map_of_scores {

        @EvalSuite
        @Dataset(rows = "{\"input\": \"Peru\"}")
        static class Parts {
            @Eval
            String answers(String country) {
                return country;
            }

            @Scorer
            Map<String, Boolean> fields(String answer) {
                return Map.of(answer, false);
            }

            @Scorer(threshold = 0.7)
            Map<String, Boolean> most(String answer) {
                Map<String, Boolean> parts = new LinkedHashMap<>();
                for (char yes : answer.toCharArray()) {
                    parts.put("part" + parts.size(), yes == 'y');
                }
                return parts;
            }

            @Scorer(threshold = 0.7)
            Map<String, Double> numbers(String answer) {
                return Map.of("a", 0.7, "b", 0.7, "c", 0.7);
            }
        }

        private SampleVerdict verdict(Rules rules, String output, String scorer) {
            List<ScorerDefinition> one = List.of(scorer(Parts.class, scorer));
            return new SampleJudge(rules, one, false).judge(scored(Parts.class, one, output, NOTHING), NOTHING, AT);
        }

        @Test
        void without_a_threshold_requires_each_yes_or_no_in_it_by_its_own_name() {
            SampleVerdict verdict = verdict(rules(), "total", "fields");

            assertThat(verdict.status()).isEqualTo(Status.MISSED);
            assertThat(outcomes(verdict))
                    .containsExactly(Map.entry("fields", Outcome.MEASURED), Map.entry("fields.total", Outcome.MISSED));
            assertThat(message(verdict)).startsWith("fields.total missed");
        }

        @Test
        void with_a_threshold_is_judged_by_its_mean_and_the_parts_only_measure() {
            assertThat(verdict(rules(), "yyyn", "most").status()).isEqualTo(Status.PASSED);
            assertThat(outcomes(verdict(rules(), "yyyn", "most")))
                    .containsEntry("most", Outcome.MET)
                    .containsEntry("most.part3", Outcome.MEASURED);
            assertThat(verdict(rules(), "yynn", "most").status()).isEqualTo(Status.MISSED);
            assertThat(message(verdict(rules(), "yynn", "most"))).startsWith("most is 0.5, below its threshold 0.7");
        }

        @Test
        void does_not_miss_its_threshold_by_the_rounding_of_a_sum() {
            assertThat(verdict(rules(), "", "numbers").status()).isEqualTo(Status.PASSED);
        }

        @Test
        void has_a_part_lifted_by_a_gate_on_that_part() {
            assertThat(verdict(rules(atLeast(Statistic.MEAN, "fields.total", 0.5)), "total", "fields")
                            .status())
                    .isEqualTo(Status.TOLERATED);
            assertThat(verdict(rules(atLeast(Statistic.MEAN, "fields.total", 0.5)), "date", "fields")
                            .status())
                    .isEqualTo(Status.MISSED);
        }
    }

    @Nested
    class A_scorer_that_was_asked_several_times {

        private SampleVerdict verdict(String scorer, double mean, Set<String> majority, double spread) {
            ScorerDefinition judge = scorer(Suite.class, scorer);
            ScorerOutcome outcome = new ScorerOutcome.Said(
                    judge,
                    new Scoring(Map.of(scorer, Score.of(mean, "")), Optional.empty()),
                    OptionalDouble.of(spread),
                    majority);
            return new SampleJudge(rules(), List.of(judge), false)
                    .judge(new Answer.Scored(text("Cusco"), List.of(outcome)), text("Lima"), AT);
        }

        @Test
        void is_met_where_more_than_half_said_yes() {
            assertThat(verdict("exact", 2 / 3.0, Set.of("exact"), 0.47).status())
                    .isEqualTo(Status.PASSED);
            assertThat(verdict("exact", 0.5, Set.of("exact"), 0.5).status()).isEqualTo(Status.MISSED);
            assertThat(verdict("exact", 1 / 3.0, Set.of("exact"), 0.47).status())
                    .isEqualTo(Status.MISSED);
        }

        @Test
        void is_judged_by_its_threshold_where_it_has_one() {
            assertThat(verdict("similar", 0.75, Set.of("similar"), 0.4).status())
                    .isEqualTo(Status.MISSED);
            assertThat(verdict("similar", 0.8, Set.of(), 0.4).status()).isEqualTo(Status.PASSED);
        }

        @Test
        void keeps_the_spread_between_its_runs_beside_its_mean() {
            ScoreRecord score =
                    verdict("exact", 2 / 3.0, Set.of("exact"), 0.47).scores().get(0);

            assertThat(score.value()).hasValue(2 / 3.0);
            assertThat(score.spread()).hasValue(0.47);
        }
    }

    @Nested
    class A_miss {

        @Test
        void shows_expected_and_actual_to_an_ide() {
            assertThat(verdict(rules(), "Cusco", "exact").error())
                    .get()
                    .isInstanceOfSatisfying(AssertionFailedError.class, error -> {
                        assertThat(error.getExpected().getEphemeralValue()).isEqualTo("Lima");
                        assertThat(error.getActual().getEphemeralValue()).isEqualTo("Cusco");
                    });
        }

        @Test
        void says_what_was_expected_and_what_was_there_and_ends_with_the_row() {
            assertThat(message(verdict(rules(), "Cusco", "exact")))
                    .isEqualTo("exact missed: expected \"Lima\" but was \"Cusco\"\nat capitals.jsonl:2");
        }

        @Test
        void says_what_was_there_where_the_row_expects_nothing() {
            SampleVerdict verdict = verdict(rules(), "Cusco", NOTHING, "exact");

            assertThat(message(verdict)).isEqualTo("exact missed: output was \"Cusco\"\nat capitals.jsonl:2");
            assertThat(((AssertionFailedError) verdict.error().orElseThrow()).isExpectedDefined())
                    .isFalse();
        }

        @Test
        void has_the_scorers_line_on_top_of_its_trace() {
            for (String scorer : List.of("exact", "polite", "plain", "spelt", "explained")) {
                StackTraceElement top = verdict(rules(), "Cusco, stupid plain misspelt why", scorer)
                        .error()
                        .orElseThrow()
                        .getStackTrace()[0];

                assertThat(top.getMethodName()).isEqualTo(scorer);
                assertThat(top.getFileName()).isEqualTo("SampleJudgeTest.java");
                assertThat(top.getLineNumber()).isPositive();
            }
        }

        @Test
        void of_an_assertion_has_the_assertions_text_expected_and_actual() {
            assertThat(verdict(rules(), "misspelt", "spelt").error())
                    .get()
                    .isInstanceOfSatisfying(AssertionFailedError.class, error -> {
                        assertThat(error.getExpected().getStringRepresentation())
                                .contains("Lima");
                        assertThat(error.getActual().getStringRepresentation()).contains("Lyma");
                        assertThat(error).hasMessageContaining("\"Lyma\"").hasMessageEndingWith("\nat " + AT);
                    });
        }

        @Test
        void of_an_assertion_keeps_what_it_said() {
            assertThat(message(verdict(rules(), "stupid", "polite")))
                    .startsWith("polite missed: ")
                    .contains("not to contain")
                    .endsWith("\nat " + AT);
        }

        @Test
        void of_an_assertion_that_does_not_show_the_output_shows_it() {
            assertThat(message(verdict(rules(), "so plain", "plain")))
                    .isEqualTo("plain missed: no plain words\noutput was \"so plain\"\nat " + AT);
            assertThat(message(verdict(rules(), "silent", "plain"))).contains("output was \"silent\"");
        }

        @Test
        void that_is_long_is_cut() {
            assertThat(message(verdict(rules(), "x".repeat(1_000_000), "exact")))
                    .hasSizeLessThan(1_000)
                    .contains("characters)");
        }
    }

    @Nested
    class A_lifted_miss {

        @Test
        void is_aborted_and_its_text_begins_with_what_tolerates_it_and_says_what_was_expected_and_what_was_there() {
            SampleVerdict verdict = verdict(rules(atLeast(Statistic.MEAN, "exact", 0.8)), "Cusco", "exact");

            assertThat(verdict.status()).isEqualTo(Status.TOLERATED);
            assertThat(verdict.error()).get().isInstanceOf(TestAbortedException.class);
            assertThat(message(verdict))
                    .isEqualTo("tolerated by gate mean(exact): exact missed: expected \"Lima\" but was \"Cusco\"\nat "
                            + AT);
            assertThat(verdict.scores().get(0).tolerated()).isTrue();
        }

        @Test
        void by_the_case_rule_names_that() {
            assertThat(message(verdict(new Rules(5, 4, List.of()), "Cusco", "exact")))
                    .startsWith("tolerated by required = 4 of 5: exact missed");
        }

        @Test
        void shown_as_failure_keeps_its_first_words_and_has_the_diff() {
            Rules rules = rules(atLeast(Statistic.MEAN, "exact", 0.8));
            SampleVerdict verdict = new SampleJudge(rules, scorers("exact"), true)
                    .judge(scored(Suite.class, scorers("exact"), "Cusco", text("Lima")), text("Lima"), AT);

            assertThat(verdict.status()).isEqualTo(Status.TOLERATED);
            assertThat(verdict.error()).get().isInstanceOfSatisfying(AssertionFailedError.class, error -> {
                assertThat(error).hasMessageStartingWith("tolerated by gate mean(exact): exact missed");
                assertThat(error.getExpected().getEphemeralValue()).isEqualTo("Lima");
            });
        }

        @Test
        void beside_one_that_stands_fails_and_what_stands_comes_first() {
            SampleVerdict verdict =
                    verdict(rules(atLeast(Statistic.MEAN, "exact", 0.8)), "Cusco, stupid", "exact", "polite");

            assertThat(verdict.status()).isEqualTo(Status.MISSED);
            assertThat(message(verdict)).startsWith("polite missed").contains("exact missed");
            assertThat(verdict.scores()).extracting(ScoreRecord::tolerated).containsExactly(true, false);
        }

        @Test
        void of_a_must_there_is_none() {
            assertThat(verdict(new Rules(5, 0, List.of()), "stupid", "polite").status())
                    .isEqualTo(Status.MISSED);
        }
    }

    @Nested
    class A_fault {

        private SampleVerdict of(String message, Throwable cause) {
            return judge(rules(), "exact", "polite")
                    .judge(new Answer.Fault(message, Optional.of(cause)), text("Lima"), AT);
        }

        @Test
        void is_no_assertion_error_even_where_an_eval_threw_one() {
            SampleVerdict verdict = of("@Eval answers threw java.lang.AssertionError: 503", new AssertionError("503"));

            assertThat(verdict.status()).isEqualTo(Status.FAULT);
            assertThat(verdict.error())
                    .get()
                    .isNotInstanceOf(AssertionError.class)
                    .isNotInstanceOf(TestAbortedException.class);
            assertThat(message(verdict)).isEqualTo("@Eval answers threw java.lang.AssertionError: 503\nat " + AT);
        }

        @Test
        void of_the_eval_is_one_of_each_scorer_and_no_score_of_any() {
            assertThat(of("x", new IllegalStateException()).scores()).allSatisfy(score -> {
                assertThat(score.outcome()).isEqualTo(Outcome.FAULT);
                assertThat(score.value()).isEmpty();
            });
        }

        @Test
        void of_one_scorer_names_it_and_keeps_what_the_others_said() {
            Answer.Scored answer = new Answer.Scored(
                    text("Cusco"),
                    List.of(
                            new ScorerOutcome.Threw(scorer(Suite.class, "similar"), new IllegalStateException("bug")),
                            scored(Suite.class, scorers("exact"), "Cusco", text("Lima"))
                                    .scorers()
                                    .get(0)));

            SampleVerdict verdict = judge(rules(), "similar", "exact").judge(answer, text("Lima"), AT);

            assertThat(verdict.status()).isEqualTo(Status.FAULT);
            assertThat(outcomes(verdict))
                    .containsExactly(Map.entry("similar", Outcome.FAULT), Map.entry("exact", Outcome.MISSED));
            assertThat(message(verdict))
                    .startsWith("@Scorer similar threw java.lang.IllegalStateException: bug")
                    .contains("exact missed")
                    .contains("output: \"Cusco\"")
                    .endsWith("\nat " + AT);
        }
    }

    @Nested
    class A_sample_without_a_score {

        @EvalSuite
        @Dataset(rows = "{\"input\": \"Peru\"}")
        static class Abstaining {
            @Eval
            String answers(String country) {
                return country;
            }

            @Scorer
            Score judged(String answer) {
                return Score.abstain(answer);
            }

            @Scorer
            boolean exact(String answer) {
                throw new TestAbortedException("no reference");
            }
        }

        private SampleVerdict verdict(Rules rules, String output) {
            return new SampleJudge(rules, eval(Abstaining.class).scorers(), false)
                    .judge(scored(Abstaining.class, output, NOTHING), NOTHING, AT);
        }

        @Test
        void fails_with_the_reasons_of_those_who_abstained() {
            SampleVerdict verdict = verdict(rules(), "too vague");

            assertThat(verdict.status()).isEqualTo(Status.NOT_SCORED);
            assertThat(verdict.error()).get().isInstanceOf(AssertionFailedError.class);
            assertThat(message(verdict))
                    .startsWith("not scored")
                    .contains("judged: too vague")
                    .contains("exact: no reference")
                    .endsWith("\nat " + AT);
        }

        @Test
        void says_that_no_reason_was_given() {
            SampleVerdict verdict = verdict(rules(), "");

            assertThat(message(verdict)).contains("judged: no reason given");
            assertThat(verdict.scores())
                    .last()
                    .satisfies(score -> assertThat(score.reason()).isEmpty());
        }

        @Test
        void is_lifted_by_nothing() {
            assertThat(verdict(new Rules(5, 0, List.of()), "").status()).isEqualTo(Status.NOT_SCORED);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.0000001, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void a_score_that_is_none_is_a_fault_that_names_the_scorer(double value) {
        List<ScorerDefinition> wild = List.of(scorer(Wild.class, "wild"));

        SampleVerdict verdict = new SampleJudge(rules(), wild, false)
                .judge(scored(Wild.class, wild, Double.toString(value), NOTHING), NOTHING, AT);

        assertThat(verdict.status()).isEqualTo(Status.FAULT);
        assertThat(message(verdict))
                .startsWith("Wild.wild(")
                .contains("returned " + value + " for wild: a score is in");
    }

    @Test
    void the_ends_of_the_range_are_scores() {
        List<ScorerDefinition> wild = List.of(scorer(Wild.class, "wild"));

        assertThat(DoubleStream.of(0, -0.0, 1, Double.MIN_VALUE))
                .allSatisfy(value -> assertThat(new SampleJudge(rules(), wild, false)
                                .judge(scored(Wild.class, wild, Double.toString(value), NOTHING), NOTHING, AT)
                                .status())
                        .isNotEqualTo(Status.FAULT));
    }

    @EvalSuite
    @Dataset(rows = "{\"input\": \"Peru\"}")
    static class Wild {
        @Eval
        String answers(String country) {
            return country;
        }

        @Scorer(threshold = 0.5)
        double wild(String answer) {
            return Double.parseDouble(answer);
        }
    }

    @Test
    void a_sample_that_was_not_run_is_aborted_with_the_reason() {
        SampleVerdict verdict = judge(rules(), "exact").judge(new Answer.NotRun("cancelled"), text("Lima"), AT);

        assertThat(verdict.status()).isEqualTo(Status.NOT_RUN);
        assertThat(verdict.error()).get().isInstanceOf(TestAbortedException.class);
        assertThat(message(verdict)).isEqualTo("not run: cancelled\nat " + AT);
        assertThat(verdict.scores()).isEmpty();
    }

    @Test
    void details_and_reason_of_a_score_are_kept() {
        ScoreRecord score = verdict(rules(), "Lima", "explained").scores().get(0);

        assertThat(score.details().get("words").intValue()).isEqualTo(1);
        assertThat(score.reason()).isEmpty();
    }
}
