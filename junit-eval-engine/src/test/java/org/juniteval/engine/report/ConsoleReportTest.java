package org.juniteval.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.juniteval.engine.record.FaultRecord;
import org.juniteval.engine.record.GateRecord;
import org.juniteval.engine.record.LeafRecord;
import org.juniteval.engine.record.Problem;
import org.juniteval.engine.record.Records;
import org.juniteval.engine.record.SampleRecord;
import org.juniteval.engine.record.ScoreRecord;
import org.juniteval.engine.record.ScoreRecord.Outcome;
import org.juniteval.engine.record.Status;

class ConsoleReportTest {

    private static final GateRecord MEAN = gate("mean(exact)", Status.PASSED, OptionalDouble.of(0.95), 0.9);
    private static final GateRecord RATE = gate("pass rate(polite)", Status.MISSED, OptionalDouble.of(0.98996), 0.99);
    private static final GateRecord OPEN = gate("median(closeness)", Status.NOT_DECIDED, OptionalDouble.empty(), 0.8);

    private static GateRecord gate(String name, Status status, OptionalDouble observed, double atLeast) {
        return Records.gate(name, status, observed, OptionalDouble.of(atLeast), OptionalDouble.empty());
    }

    @Nested
    class A_failure {

        @Test
        void of_a_sample_tells_what_went_in_what_came_out_and_what_each_scorer_says() {
            assertThat(ConsoleReport.failure(Records.missed("peru", 3), false)).isEqualTo("""
                            ✗ CapitalsEval.answersCapital[peru][3]  missed
                                input     Peru
                                output    Cusco
                                expected  Lima
                                exact     ✗ 0.000 · must hold · expected Lima but was Cusco
                                polite    ✓ 1.000
                                called, took 640 ms · 143 tokens in · 12 tokens out · $0.00021
                                at capitals.jsonl:17
                            """);
        }

        @Test
        void tells_thresholds_tolerated_misses_abstentions_and_measures() {
            SampleRecord sample = Records.sample(
                    "peru",
                    1,
                    Records.leaf("answersCapital[peru][1]", Status.MISSED, Optional.empty()),
                    TextNode.valueOf("Lima, the City of Kings"),
                    List.of(
                            score("closeness", Outcome.MISSED, 0.7996, 0.8, false, "names a second city"),
                            score("style", Outcome.MISSED, 0.3, 0.5, true, "line one\nline two"),
                            score("judge", Outcome.MET, 0.9, 0.8, false, ""),
                            score("length", Outcome.MEASURED, 0.25, Double.NaN, false, ""),
                            score("facts", Outcome.ABSTAINED, Double.NaN, Double.NaN, false, "no source given"),
                            score("links", Outcome.FAULT, Double.NaN, Double.NaN, false, "connection refused")));

            assertThat(ConsoleReport.failure(sample, false)).contains("""
                                closeness  ✗ 0.7996 · at least 0.8000 · names a second city
                                style      ✗ 0.300 · at least 0.500 · tolerated
                                             line one
                                             line two
                                judge      ✓ 0.900 · at least 0.800
                                length     · 0.250 · nothing required
                                facts      – abstained · no source given
                                links      ✗ fault · connection refused
                            """);
        }

        @Test
        void of_several_assertions_keeps_its_columns() {
            SampleRecord sample = Records.sample(
                    "peru",
                    1,
                    Records.leaf("answersCapital[peru][1]", Status.MISSED, Optional.empty()),
                    TextNode.valueOf("Lima"),
                    List.of(score("all", Outcome.MISSED, 0, Double.NaN, false, "2 failures\n\tone\n\ttwo")));

            assertThat(ConsoleReport.failure(sample, false))
                    .contains("2 failures\n", "  one\n", "  two\n")
                    .doesNotContain("\t");
        }

        @Test
        void of_a_fault_shows_where_it_was_thrown() {
            assertThat(ConsoleReport.failure(Records.faulted("peru", 3), false)).isEqualTo("""
                            ✗ CapitalsEval.answersCapital[peru][3]  fault
                                input     Peru
                                java.io.IOException: the model said 503
                                    at com.example.CapitalsEval.answersCapital(CapitalsEval.java:14)
                                trace     the last of 2: {"tool":"map","country":"Peru"}
                                called, took 30 ms · code changed: Prompts.render(String)
                                at capitals.jsonl:17
                            """);
        }

        @Test
        void of_a_verdict_tells_the_case_rule() {
            assertThat(ConsoleReport.failure(Records.verdict("peru", Status.MISSED), false))
                    .isEqualTo("""
                            ✗ CapitalsEval.answersCapital[peru][verdict]  missed
                                2 of 5 samples passed, 4 required
                                exact  mean 0.400 · stddev 0.490 · 40.0 % passed
                            """);
        }

        @Test
        void of_a_gate_tells_observed_and_bound_with_enough_digits_to_see_the_difference() {
            assertThat(ConsoleReport.failure(RATE, false)).startsWith("""
                            ✗ CapitalsEval.answersCapital[gate: pass rate(polite)]  missed
                                observed 0.98996 · at least 0.99000
                            """);
        }

        @Test
        void of_a_dataset_lists_every_fault_in_it() {
            Problem problem = new Problem(
                    "org.juniteval.X",
                    "capitals.jsonl has 2 faults\ncapitals.jsonl:3:9 duplicate id peru\ncapitals.jsonl:17:23 bad JSON",
                    "org.juniteval.X: capitals.jsonl has 2 faults\n\tat org.juniteval.engine.Somewhere");
            FaultRecord fault = new FaultRecord(
                    Records.EVAL,
                    "dataset",
                    Optional.of(Records.leaf("answersCapital [dataset]", Status.FAULT, Optional.of(problem))));

            assertThat(ConsoleReport.failure(fault, false)).isEqualTo("""
                            ✗ CapitalsEval.answersCapital [dataset]  fault
                                capitals.jsonl has 2 faults
                                capitals.jsonl:3:9 duplicate id peru
                                capitals.jsonl:17:23 bad JSON
                            """);
        }

        @Test
        void of_a_suite_that_threw_shows_where() {
            Problem problem = new Problem(
                    "org.juniteval.X",
                    "java.lang.IllegalStateException: no server",
                    "org.juniteval.X: java.lang.IllegalStateException: no server\n"
                            + "Caused by: java.lang.IllegalStateException: no server\n"
                            + "\tat com.example.CapitalsEval.connect(CapitalsEval.java:14)\n");
            FaultRecord fault = new FaultRecord(
                    Records.EVAL,
                    "suite",
                    Optional.of(Records.leaf("answersCapital [suite]", Status.FAULT, Optional.of(problem))));

            assertThat(ConsoleReport.failure(fault, false)).isEqualTo("""
                            ✗ CapitalsEval.answersCapital [suite]  fault
                                java.lang.IllegalStateException: no server
                                Caused by: java.lang.IllegalStateException: no server
                                    at com.example.CapitalsEval.connect(CapitalsEval.java:14)
                            """);
        }

        @Test
        void never_lets_an_answer_steer_the_terminal() {
            String story = ConsoleReport.failure(
                    Records.missed("a\u001B]0;title\u0007", 1, "\u001B[31mred\u009B1m\rover\u202Eesrever\b\uD800"),
                    false);

            assertThat(story)
                    .contains("\\u001B[31mred\\u009B1m\\u000Dover\\u202Eesrever\\u0008\\uD800")
                    .contains("answersCapital[a\\u001B]0;title\\u0007][1]");
            assertThat(story.chars().filter(c -> c < ' ' && c != '\n' || c >= 0x7F && c < 0xA0))
                    .isEmpty();
        }

        @Test
        void shows_an_answer_of_nothing() {
            assertThat(ConsoleReport.failure(Records.missed("peru", 1, ""), false))
                    .contains("    output    \"\"\n");
        }

        @Test
        void cuts_a_long_answer_and_says_so() {
            String lines = ConsoleReport.failure(Records.missed("peru", 1, "line\n".repeat(100)), false);
            String one = ConsoleReport.failure(Records.missed("peru", 1, "x".repeat(10_000_000)), false);

            assertThat(lines).contains("… 94 lines more");
            assertThat(one).contains("x… 9,999,200 characters more").hasSizeLessThan(3_000);
        }

        @Test
        void uses_colours_only_where_asked() {
            assertThat(ConsoleReport.failure(Records.missed("peru", 3), true)).startsWith("\u001B[31m✗\u001B[0m ");
            assertThat(ConsoleReport.failure(Records.missed("peru", 3), false)).doesNotContain("\u001B");
        }

        private ScoreRecord score(
                String scorer, Outcome outcome, double value, double threshold, boolean tolerated, String reason) {
            return new ScoreRecord(
                    scorer,
                    outcome,
                    known(value),
                    known(threshold),
                    tolerated,
                    Optional.of(reason),
                    Map.of(),
                    OptionalDouble.empty());
        }

        private OptionalDouble known(double value) {
            return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
        }
    }

    @Nested
    class A_summary {

        private final List<LeafRecord> decisions = List.of(
                MEAN, RATE, OPEN, Records.verdict("peru", Status.MISSED), Records.verdict("chile", Status.PASSED));

        @Test
        void is_one_aligned_block_of_eighty_columns() {
            assertThat(ConsoleReport.summary(Records.fullEval("gpt-4o"), decisions, 1, false, 80))
                    .isEqualTo("""
                            CapitalsEval.answersCapital [gpt-4o]                                      12.4 s
                            ────────────────────────────────────────────────────────────────────────────────
                              cases    200 · 196 complete
                              samples  931 of 980 passed · 31 tolerated · 12 missed · 6 faults · 20 not run
                                       95.0 % passed, 95 % interval 93.5 % to 96.2 %

                              scorer                            mean ± stderr   stddev   passed
                              exact      ███████████████████░  0.950 ± 0.012     0.218   95.0 %
                              polite     ████████████████████  1.000 ± 0.000     0.000  100.0 %
                              closeness  █████████████████░░░  0.874 ± 0.009     0.131
                                         4 abstained · 6 without a score after a fault

                              ✓ mean(exact)          0.950  at least 0.900
                              ✗ pass rate(polite)  0.98996  at least 0.99000  missed
                              – median(closeness)        –  at least 0.800    not decided

                              answers  500 cached · 480 called · retried 3 faulted samples
                                       median latency 812 ms
                                       key covers 12 methods, prompts/capital.md, declared model · not seen:
                                       System.getProperty("temperature") Models.java:17
                              tokens   140,140 in · 11,760 out
                              cost     $0.10 spent now · $0.21 in all

                              failed   1 case: peru 2/5
                              worst    peru          0.200  1 of 5 passed  capitals.jsonl:17
                                       bolivia       0.400  2 of 5 passed  capitals.jsonl:18
                                       south-africa  0.600  3 of 5 passed  capitals.jsonl:171
                              flaky    14 cases: bolivia 2/5 · south-africa 3/5 · peru 1/5 · kazakhstan 4/5
                                       myanmar 4/5 · … 9 more
                              note     2 broken cache entries were set aside as *.corrupt; their samples
                                       were called again
                            """);
        }

        @Test
        void leaves_out_what_is_not_known() {
            assertThat(ConsoleReport.summary(Records.smallEval(), List.of(), 0, false, 80))
                    .isEqualTo("""
                            CapitalsEval.answersCapital                                               640 ms
                            ────────────────────────────────────────────────────────────────────────────────
                              cases    1
                              samples  1 of 1 passed

                              scorer                         mean ± stderr   stddev   passed
                              exact   ████████████████████  1.000             0.000  100.0 %

                              answers  1 called · cache off
                            """);
        }

        @Test
        void is_no_wider_than_the_terminal() {
            for (int width : List.of(72, 80, 132)) {
                assertThat(ConsoleReport.summary(
                                        Records.fullEval("a-variant-of-some-length"), decisions, 1, false, width)
                                .lines())
                        .allSatisfy(line -> assertThat(Texts.columns(line)).isLessThanOrEqualTo(width));
            }
        }

        @Test
        void is_the_same_in_colour_but_for_the_colours() {
            String plain = ConsoleReport.summary(Records.fullEval("gpt-4o"), decisions, 1, false, 80);
            String coloured = ConsoleReport.summary(Records.fullEval("gpt-4o"), decisions, 1, true, 80);

            assertThat(coloured).isNotEqualTo(plain);
            assertThat(coloured.replaceAll("\u001B\\[\\d+m", "")).isEqualTo(plain);
        }

        @Test
        void leaves_out_gates_that_were_not_asked_for() {
            GateRecord unselected = new GateRecord(
                    MEAN.eval(),
                    MEAN.gate(),
                    Optional.empty(),
                    MEAN.observed(),
                    MEAN.atLeast(),
                    MEAN.atMost(),
                    MEAN.figures());

            assertThat(ConsoleReport.summary(Records.smallEval(), List.of(unselected), 0, false, 80))
                    .doesNotContain("mean(exact)");
        }

        @Test
        void keeps_its_columns_where_characters_are_wide_and_case_ids_long() {
            List<LeafRecord> verdicts = new ArrayList<>();
            verdicts.add(Records.verdict("東京は日本の首都ですか、それとも京都ですか、はっきりと答えてください", Status.MISSED));
            for (int i = 0; i < 12; i++) {
                verdicts.add(Records.verdict("x".repeat(300), Status.MISSED));
            }

            String summary = ConsoleReport.summary(Records.smallEval(), verdicts, 13, false, 80);

            assertThat(summary)
                    .contains("failed   13 cases: 東京は日本の首都ですか… 2/5 · xxx")
                    .contains("… 3 more");
            assertThat(summary.lines())
                    .allSatisfy(line -> assertThat(Texts.columns(line)).isLessThanOrEqualTo(80));
        }
    }
}
