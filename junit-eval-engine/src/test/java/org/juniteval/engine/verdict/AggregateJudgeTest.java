package org.juniteval.engine.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.juniteval.engine.verdict.Judged.abstained;
import static org.juniteval.engine.verdict.Judged.atLeast;
import static org.juniteval.engine.verdict.Judged.atMost;
import static org.juniteval.engine.verdict.Judged.fault;
import static org.juniteval.engine.verdict.Judged.faulted;
import static org.juniteval.engine.verdict.Judged.gate;
import static org.juniteval.engine.verdict.Judged.measured;
import static org.juniteval.engine.verdict.Judged.met;
import static org.juniteval.engine.verdict.Judged.missed;
import static org.juniteval.engine.verdict.Judged.passed;
import static org.juniteval.engine.verdict.Judged.sample;
import static org.juniteval.engine.verdict.Judged.tally;
import static org.juniteval.engine.verdict.Judged.tolerated;

import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.juniteval.Statistic;
import org.juniteval.engine.record.Measures;
import org.juniteval.engine.record.SampleRecord;
import org.juniteval.engine.record.Status;
import org.juniteval.engine.suite.GateDefinition;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class AggregateJudgeTest {

    private static String message(Judgement judgement) {
        return judgement.error().orElseThrow().getMessage();
    }

    @Nested
    class The_verdict_on_a_case {

        private final Tally tally = new Tally(1, 5);

        private Judgement judge(GateDefinition... gates) {
            return new AggregateJudge(new Rules(5, 4, List.of(gates)))
                    .judgeCase(tally, 0, "capitals.jsonl:2", "", "", false);
        }

        private void samples(String ends) {
            for (int i = 0; i < ends.length(); i++) {
                tally.add(
                        0,
                        switch (ends.charAt(i)) {
                            case 'p' -> passed(i + 1);
                            case 't' -> tolerated(i + 1);
                            case 'm' -> missed(i + 1);
                            case 'f' -> faulted(i + 1);
                            case 'n' -> sample(i + 1, Status.NOT_SCORED, abstained("exact"));
                            default -> sample(i + 1, Status.NOT_RUN);
                        });
            }
        }

        @ParameterizedTest
        @CsvSource({"ppppp", "ppppt", "tpppp", "ppmpp", "ppppn", "ppppf"})
        void passes_where_enough_samples_did(String ends) {
            samples(ends);

            assertThat(judge().status()).isEqualTo(Status.PASSED);
            assertThat(judge().error()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"ppptt", "ttttt", "pppnn", "pppmt", "pptft"})
        void fails_where_too_few_did_whatever_faulted_samples_would_have_come_to(String ends) {
            samples(ends);

            assertThat(judge().status()).isEqualTo(Status.MISSED);
            assertThat(judge().error()).get().isInstanceOf(AssertionFailedError.class);
        }

        @Test
        void that_fails_says_how_many_passed_and_how_many_had_to() {
            samples("ppptt");

            assertThat(message(judge())).isEqualTo("3 of 5 samples passed; required: 4\nat capitals.jsonl:2");
            assertThat(judge().observed()).hasValue(3);
            assertThat(judge().error()).get().isInstanceOfSatisfying(AssertionFailedError.class, error -> {
                assertThat(error.getExpected().getStringRepresentation()).isEqualTo(">= 4");
                assertThat(error.getActual().getStringRepresentation()).isEqualTo("3");
            });
        }

        @ParameterizedTest
        @CsvSource({"pppft", "ppfff", "fffff", "pppff"})
        void is_undecided_and_fails_where_faults_could_turn_it(String ends) {
            samples(ends);

            assertThat(judge().status()).isEqualTo(Status.UNDECIDED);
            assertThat(judge().error()).get().isInstanceOf(AssertionError.class);
            assertThat(message(judge())).startsWith("undecided: ").contains("faulted");
        }

        @ParameterizedTest
        @CsvSource({"pppp", "ppp", "tttt", "pppp-"})
        void is_not_decided_where_samples_did_not_run_although_enough_passed(String ends) {
            samples(ends);

            assertThat(judge().status()).isEqualTo(Status.NOT_DECIDED);
            assertThat(judge().error()).get().isInstanceOf(TestAbortedException.class);
            assertThat(message(judge()))
                    .startsWith("not decided: " + ends.replace("-", "").length() + " of 5 samples ran");
        }

        @Test
        void that_lacks_samples_nobody_will_run_fails_with_what_makes_up_for_it() {
            samples("ppp");

            Judgement judgement = new AggregateJudge(new Rules(5, 4, List.of()))
                    .judgeCase(tally, 0, "capitals.jsonl:2", "", "; run them: mvn …", true);

            assertThat(judgement.status().fails()).isTrue();
            assertThat(judgement.error()).get().isInstanceOf(AssertionError.class);
            assertThat(message(judgement))
                    .startsWith("not decided: 3 of 5 samples ran")
                    .contains("run them: mvn …");
        }

        @Test
        void is_lifted_by_a_gate_that_names_no_scorer() {
            samples("ttttt");

            Judgement judgement = judge(atLeast(Statistic.PASS_RATE, "", 0.5));

            assertThat(judgement.status()).isEqualTo(Status.TOLERATED);
            assertThat(message(judgement))
                    .isEqualTo("tolerated by gate pass_rate(samples): 0 of 5 samples passed; required: 4"
                            + "\nat capitals.jsonl:2");
        }

        @Test
        void is_not_lifted_by_a_gate_that_names_one() {
            samples("ttttt");

            assertThat(judge(atLeast(Statistic.MEAN, "exact", 0.5)).status()).isEqualTo(Status.MISSED);
        }

        @Test
        void is_not_lifted_by_an_upper_bound() {
            samples("ttttt");

            assertThat(judge(atMost(Statistic.PASS_RATE, "", 1)).status()).isEqualTo(Status.MISSED);
        }

        @Test
        void of_required_0_only_measures() {
            samples("ttttt");

            assertThat(new AggregateJudge(new Rules(5, 0, List.of()))
                            .judgeCase(tally, 0, "capitals.jsonl:2", "", "", false)
                            .status())
                    .isEqualTo(Status.PASSED);
        }
    }

    private static Judgement judge(GateDefinition gate, Tally tally) {
        return new AggregateJudge(Judged.rules(gate)).judgeGate(gate, tally, "CapitalsEval.answers", "", false);
    }

    private static Tally with(Tally tally, SampleRecord... samples) {
        for (int i = 0; i < samples.length; i++) {
            tally.add(i, samples[i]);
        }
        return tally;
    }

    /** These scores and so many faults, one sample a case. */
    private static Tally scoresAndFaults(int faults, double... scores) {
        Tally tally = new Tally(scores.length + faults, 1);
        for (int i = 0; i < scores.length + faults; i++) {
            tally.add(i, i < scores.length ? measured(1, scores[i]) : faulted(1));
        }
        return tally;
    }

    @Nested
    class A_gate_on_scores {

        private final Tally tally = tally(0.2, 0.9, 0.75, 0.6, 1.0, 0.4, 0.85);

        @ParameterizedTest
        @CsvSource({"MEAN, 0.6714285714285715", "MEDIAN, 0.75", "MIN, 0.2", "MAX, 1", "STDDEV, 0.2670702727977131"})
        void observes_its_statistic_and_holds_at_the_bound_and_not_beyond(Statistic statistic, double value) {
            assertThat(judge(atLeast(statistic, "exact", 0), tally).observed().orElseThrow())
                    .isCloseTo(value, org.assertj.core.api.Assertions.within(1e-12));
            assertThat(judge(atLeast(statistic, "exact", value), tally).status())
                    .isEqualTo(Status.PASSED);
            assertThat(judge(atMost(statistic, "exact", value), tally).status()).isEqualTo(Status.PASSED);
            assertThat(judge(atLeast(statistic, "exact", value + 1e-6), tally).status())
                    .isEqualTo(Status.MISSED);
            assertThat(judge(atMost(statistic, "exact", value - 1e-6), tally).status())
                    .isEqualTo(Status.MISSED);
        }

        @Test
        void is_not_missed_by_the_rounding_of_a_sum() {
            assertThat(judge(
                                    atLeast(Statistic.MEAN, "exact", 0.1),
                                    tally(DoubleStream.generate(() -> 0.1)
                                            .limit(10)
                                            .toArray()))
                            .status())
                    .isEqualTo(Status.PASSED);
        }

        @Test
        void that_is_missed_says_what_is_and_what_was_required() {
            Judgement judgement = judge(atLeast(Statistic.MEDIAN, "exact", 0.8), tally);

            assertThat(message(judgement))
                    .isEqualTo("median(exact) is 0.75, required: at least 0.8\nat CapitalsEval.answers");
            assertThat(judgement.error()).get().isInstanceOfSatisfying(AssertionFailedError.class, error -> {
                assertThat(error.getExpected().getStringRepresentation()).isEqualTo(">= 0.8");
                assertThat(error.getActual().getStringRepresentation()).isEqualTo("0.75");
            });
        }

        @Test
        void may_have_both_bounds() {
            GateDefinition between = gate(Statistic.MEAN, "exact", OptionalDouble.of(0.4), OptionalDouble.of(0.6));

            assertThat(judge(between, tally(0.5)).status()).isEqualTo(Status.PASSED);
            assertThat(judge(between, tally(0.3)).status()).isEqualTo(Status.MISSED);
            assertThat(message(judge(between, tally(0.7))))
                    .startsWith("mean(exact) is 0.7, required: at least 0.4 and at most 0.6");
        }
    }

    @Nested
    class A_gate_on_rates {

        private final Tally tally = new Tally(4, 2);

        A_gate_on_rates() {
            tally.add(0, passed(1));
            tally.add(0, passed(2));
            tally.add(1, passed(1));
            tally.add(1, tolerated(2));
            tally.add(2, tolerated(1));
            tally.add(2, missed(2));
            tally.add(3, passed(1));
            tally.add(3, sample(2, Status.NOT_SCORED, abstained("exact")));
        }

        private OptionalDouble observed(int required, Statistic statistic, String scorer) {
            GateDefinition gate = atLeast(statistic, scorer, 0);
            return new AggregateJudge(new Rules(2, required, List.of(gate)))
                    .judgeGate(gate, tally, "x", "", false)
                    .observed();
        }

        @Test
        void counts_the_samples_that_meet_the_requirement_of_the_scorer_it_names() {
            assertThat(observed(2, Statistic.PASS_RATE, "exact")).hasValue(4 / 7.0);
        }

        @Test
        void counts_the_samples_that_pass_where_it_names_none() {
            assertThat(observed(2, Statistic.PASS_RATE, "")).hasValue(4 / 8.0);
            assertThat(observed(2, Statistic.MEAN, "")).hasValue(4 / 8.0);
        }

        @Test
        void counts_the_cases_of_which_enough_samples_pass() {
            assertThat(observed(2, Statistic.CASE_PASS_RATE, "")).hasValue(1 / 4.0);
            assertThat(observed(1, Statistic.CASE_PASS_RATE, "")).hasValue(3 / 4.0);
            assertThat(observed(2, Statistic.CASE_PASS_RATE, "exact")).hasValue(2 / 4.0);
        }
    }

    @Nested
    class Faulted_samples {

        @ParameterizedTest
        @EnumSource(names = {"MEAN", "MEDIAN"})
        void are_neither_dropped_nor_counted_as_wrong(Statistic statistic) {
            Tally tally = scoresAndFaults(1, 1, 1, 1);
            GateDefinition all = atLeast(statistic, "exact", 1);

            assertThat(judge(all, tally).status())
                    .isEqualTo(statistic == Statistic.MEAN ? Status.UNDECIDED : Status.PASSED);
            assertThat(judge(atLeast(statistic, "exact", 0.75), tally).status()).isEqualTo(Status.PASSED);
        }

        @Test
        void that_could_turn_a_gate_leave_it_undecided_and_it_fails() {
            Judgement judgement = judge(atLeast(Statistic.MEAN, "exact", 0.8), scoresAndFaults(1, 1, 1, 1));

            assertThat(judgement.status()).isEqualTo(Status.UNDECIDED);
            assertThat(judgement.error()).get().isInstanceOf(AssertionError.class);
            assertThat(message(judgement))
                    .startsWith("undecided: mean(exact) is 1, required: at least 0.8; 1 faulted sample");
        }

        @Test
        void that_cannot_turn_it_leave_it_as_it_is() {
            assertThat(judge(atLeast(Statistic.MEAN, "exact", 0.5), scoresAndFaults(1, 1, 1, 1))
                            .status())
                    .isEqualTo(Status.PASSED);
            Judgement missed = judge(atLeast(Statistic.MEAN, "exact", 0.8), scoresAndFaults(1, 0, 0, 1));
            assertThat(missed.status()).isEqualTo(Status.MISSED);
            assertThat(message(missed)).contains("whatever the 1 faulted would have scored");
        }

        @Test
        void alone_decide_nothing() {
            for (Statistic statistic : List.of(Statistic.MEAN, Statistic.MEDIAN, Statistic.MIN, Statistic.MAX)) {
                Judgement judgement = judge(atLeast(statistic, "exact", 0.5), scoresAndFaults(3));

                assertThat(judgement.status()).isEqualTo(Status.UNDECIDED);
                assertThat(judgement.observed()).isEmpty();
            }
        }

        @Test
        void could_lie_between_two_bounds_of_which_the_extremes_miss_one_each() {
            GateDefinition between = gate(Statistic.MEAN, "exact", OptionalDouble.of(0.45), OptionalDouble.of(0.55));

            assertThat(judge(between, scoresAndFaults(2, 0.5, 0.5)).status()).isEqualTo(Status.UNDECIDED);
        }

        @Test
        void could_spread_more_than_if_all_were_right_or_all_wrong() {
            // Each extreme by itself has no spread at all.
            assertThat(judge(atMost(Statistic.STDDEV, "exact", 0.1), scoresAndFaults(2))
                            .status())
                    .isEqualTo(Status.UNDECIDED);
            // All 0: 0.4; all 1: 0; 3 of 4 right: 0.433 with the one observed.
            assertThat(judge(atMost(Statistic.STDDEV, "exact", 0.45), scoresAndFaults(3, 1))
                            .status())
                    .isEqualTo(Status.UNDECIDED);
            assertThat(judge(atMost(Statistic.STDDEV, "exact", 0.5), scoresAndFaults(3, 1))
                            .status())
                    .isEqualTo(Status.PASSED);
        }

        @Test
        void could_spread_less_than_if_all_were_right_or_all_wrong() {
            // In the middle of what was observed they would bring the spread from 0.5 to 0.354.
            assertThat(judge(atLeast(Statistic.STDDEV, "exact", 0.4), scoresAndFaults(2, 0, 1))
                            .status())
                    .isEqualTo(Status.UNDECIDED);
            assertThat(judge(atLeast(Statistic.STDDEV, "exact", 0.35), scoresAndFaults(2, 0, 1))
                            .status())
                    .isEqualTo(Status.PASSED);
            assertThat(judge(atMost(Statistic.STDDEV, "exact", 0.35), scoresAndFaults(2, 0, 1))
                            .status())
                    .isEqualTo(Status.MISSED);
        }

        @Test
        void leave_a_spread_that_no_filling_reaches_missed() {
            // Any third value brings the spread below 0.5.
            Judgement judgement = judge(atLeast(Statistic.STDDEV, "exact", 0.499), scoresAndFaults(1, 0, 1));

            assertThat(judgement.status()).isEqualTo(Status.MISSED);
        }

        @Test
        void make_a_minimum_and_a_maximum_unknown_on_one_side_only() {
            Tally tally = scoresAndFaults(1, 0.4, 0.6);

            assertThat(judge(atLeast(Statistic.MIN, "exact", 0.3), tally).status())
                    .isEqualTo(Status.UNDECIDED);
            assertThat(judge(atMost(Statistic.MIN, "exact", 0.4), tally).status())
                    .isEqualTo(Status.PASSED);
            assertThat(judge(atLeast(Statistic.MIN, "exact", 0.5), tally).status())
                    .isEqualTo(Status.MISSED);
            assertThat(judge(atMost(Statistic.MAX, "exact", 0.7), tally).status())
                    .isEqualTo(Status.UNDECIDED);
            assertThat(judge(atLeast(Statistic.MAX, "exact", 0.6), tally).status())
                    .isEqualTo(Status.PASSED);
        }

        @Test
        void leave_those_cases_open_that_they_decide() {
            Tally tally = new Tally(2, 2);
            tally.add(0, passed(1));
            tally.add(0, passed(2));
            tally.add(1, passed(1));
            tally.add(1, faulted(2));
            GateDefinition gate = atLeast(Statistic.CASE_PASS_RATE, "", 0.6);

            Judgement strict =
                    new AggregateJudge(new Rules(2, 2, List.of(gate))).judgeGate(gate, tally, "x", "", false);
            Judgement lenient =
                    new AggregateJudge(new Rules(2, 1, List.of(gate))).judgeGate(gate, tally, "x", "", false);

            assertThat(strict.status()).isEqualTo(Status.UNDECIDED);
            assertThat(message(strict)).contains("1 faulted case");
            assertThat(lenient.status()).isEqualTo(Status.PASSED);
        }

        @Test
        void of_another_scorer_are_none_of_a_gates_business() {
            Tally tally = with(new Tally(1, 1), sample(1, Status.FAULT, fault("similar"), met("exact")));

            assertThat(judge(atLeast(Statistic.MEAN, "exact", 0.9), tally).status())
                    .isEqualTo(Status.PASSED);
            assertThat(judge(atLeast(Statistic.PASS_RATE, "", 0.9), tally).status())
                    .isEqualTo(Status.UNDECIDED);
        }
    }

    @Nested
    class A_gate_on_what_the_engine_measures {

        private final Tally tally = with(
                new Tally(2, 1),
                sample(1, Status.PASSED, Judged.cost(0.01), Duration.ofSeconds(1), met("exact")),
                sample(1, Status.PASSED, Judged.cost(0.03), Duration.ofSeconds(2), met("exact")));

        @Test
        void reads_cost_in_dollars_and_latency_in_seconds() {
            assertThat(judge(atMost(Statistic.MEAN, "cost", 0.02), tally).status())
                    .isEqualTo(Status.PASSED);
            assertThat(judge(atMost(Statistic.MAX, "cost", 0.02), tally).status())
                    .isEqualTo(Status.MISSED);
            assertThat(judge(atMost(Statistic.MEDIAN, "latency", 1.5), tally).status())
                    .isEqualTo(Status.PASSED);
            assertThat(judge(atMost(Statistic.MAX, "latency", 1.5), tally).status())
                    .isEqualTo(Status.MISSED);
        }

        @Test
        void fails_where_nobody_told_what_it_asks_for() {
            Judgement judgement = judge(atMost(Statistic.MEAN, "tokens", 100), tally);

            assertThat(judgement.status()).isEqualTo(Status.NOT_SCORED);
            assertThat(message(judgement)).startsWith("not scored").contains("no sample told its tokens");
        }

        @Test
        void is_undecided_where_a_faulted_sample_did_not_tell_because_it_lies_in_no_known_range() {
            Tally faulty = with(
                    new Tally(2, 1),
                    sample(1, Status.PASSED, Judged.cost(0.01), Duration.ofSeconds(1), met("exact")),
                    sample(1, Status.FAULT, Measures.NONE, Duration.ofMillis(1), fault("exact")));

            assertThat(judge(atMost(Statistic.MEAN, "cost", 1), faulty).status())
                    .isEqualTo(Status.UNDECIDED);
            assertThat(judge(atMost(Statistic.MEAN, "latency", 60), faulty).status())
                    .isEqualTo(Status.UNDECIDED);
        }
    }

    @Nested
    class A_gate_whose_cases_did_not_all_run {

        private final Tally tally = new Tally(200, 1);
        private final GateDefinition gate = atLeast(Statistic.MEAN, "exact", 0.5);

        A_gate_whose_cases_did_not_all_run() {
            for (int i = 0; i < 5; i++) {
                tally.add(i, measured(1, 0.84));
            }
        }

        @Test
        void is_not_decided_and_never_a_pass() {
            Judgement judgement = judge(gate, tally);

            assertThat(judgement.status()).isEqualTo(Status.NOT_DECIDED);
            assertThat(judgement.error()).get().isInstanceOf(TestAbortedException.class);
            assertThat(message(judgement))
                    .isEqualTo("not decided: 5 of 200 cases ran; observed 0.84\nat CapitalsEval.answers");
        }

        @Test
        void observed_nothing_where_none_did() {
            assertThat(message(judge(gate, new Tally(200, 1))))
                    .startsWith("not decided: 0 of 200 cases ran; observed nothing");
        }

        @Test
        void fails_where_nobody_will_run_them() {
            Judgement judgement =
                    new AggregateJudge(Judged.rules(gate)).judgeGate(gate, tally, "x", "; run them: mvn …", true);

            assertThat(judgement.status().fails()).isTrue();
            assertThat(judgement.error()).get().isInstanceOf(AssertionError.class);
            assertThat(message(judgement)).contains("5 of 200 cases ran; observed 0.84; run them: mvn …");
        }
    }

    @Test
    void a_gate_over_samples_without_a_score_fails() {
        Judgement judgement = judge(
                atMost(Statistic.STDDEV, "exact", 1),
                with(new Tally(1, 1), sample(1, Status.NOT_SCORED, abstained("exact"))));

        assertThat(judgement.status()).isEqualTo(Status.NOT_SCORED);
        assertThat(judgement.status().fails()).isTrue();
        assertThat(message(judgement)).startsWith("not scored: stddev(exact) has no value, every sample abstained");
    }

    @Test
    void a_gate_on_how_often_numbers_pass_of_which_nothing_is_required_fails_and_says_that() {
        Judgement judgement = judge(atLeast(Statistic.PASS_RATE, "exact", 0.5), tally(0.2, 0.9));

        assertThat(judgement.status()).isEqualTo(Status.NOT_SCORED);
        assertThat(message(judgement))
                .startsWith("not scored: pass_rate(exact) has no value, nothing is required of what exact said");
    }
}
