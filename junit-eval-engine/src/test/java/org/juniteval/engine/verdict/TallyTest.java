package org.juniteval.engine.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.juniteval.engine.verdict.Judged.abstained;
import static org.juniteval.engine.verdict.Judged.fault;
import static org.juniteval.engine.verdict.Judged.faulted;
import static org.juniteval.engine.verdict.Judged.measured;
import static org.juniteval.engine.verdict.Judged.met;
import static org.juniteval.engine.verdict.Judged.missed;
import static org.juniteval.engine.verdict.Judged.passed;
import static org.juniteval.engine.verdict.Judged.sample;
import static org.juniteval.engine.verdict.Judged.score;
import static org.juniteval.engine.verdict.Judged.tally;
import static org.juniteval.engine.verdict.Judged.tolerated;

import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.juniteval.engine.record.Measures;
import org.juniteval.engine.record.ScorerFigures;
import org.juniteval.engine.record.Status;
import org.juniteval.engine.statistics.ReferenceValues;
import org.juniteval.engine.statistics.ReferenceValues.Cases;
import org.juniteval.engine.statistics.ReferenceValues.Description;

/** Figures are compared with those that others computed ({@code reference-values.json}). */
class TallyTest {

    private static final ReferenceValues REFERENCE = ReferenceValues.read();

    private static Tally tallyOf(Cases cases) {
        Tally tally = new Tally(cases.scores().length, 5);
        for (int i = 0; i < cases.scores().length; i++) {
            for (int sample = 1; sample <= cases.scores()[i].length; sample++) {
                tally.add(i, measured(sample, cases.scores()[i][sample - 1]));
            }
        }
        return tally;
    }

    @Nested
    class The_figures_of_a_scorer {

        @Test
        void describe_the_observed_scores_in_population_form() {
            for (Description reference : REFERENCE.descriptive()) {
                ScorerFigures figures = tally(reference.x()).figures("exact");

                assertThat(figures.n()).isEqualTo(reference.x().length);
                assertThat(figures.mean().orElseThrow()).isCloseTo(reference.mean(), within(1e-12));
                assertThat(figures.variance().orElseThrow()).isCloseTo(reference.variance(), within(1e-12));
                assertThat(figures.stddev().orElseThrow()).isCloseTo(Math.sqrt(reference.variance()), within(1e-12));
                assertThat(figures.stderr().orElseThrow()).isCloseTo(reference.standardError(), within(1e-12));
            }
        }

        @Test
        void infer_from_the_means_of_cases_and_never_from_flattened_samples() {
            ScorerFigures figures = tallyOf(REFERENCE.epochs()).figures("exact");

            assertThat(figures.n()).isEqualTo(20);
            assertThat(figures.mean()).hasValue(REFERENCE.epochs().mean());
            assertThat(figures.stderr().orElseThrow())
                    .isCloseTo(REFERENCE.epochs().standardError(), within(1e-12));
            // 0.109 would be the error of twenty independent samples.
            assertThat(figures.stderr().orElseThrow()).isGreaterThan(0.17);
        }

        @Test
        void take_each_sample_once_also_where_cases_have_unequally_many() {
            Tally tally = tallyOf(REFERENCE.clustered());
            ScorerFigures figures = tally.figures("exact");

            assertThat(figures.n()).isEqualTo(15);
            assertThat(figures.mean().orElseThrow())
                    .isCloseTo(REFERENCE.clustered().mean(), within(1e-12));
            assertThat(figures.stderr().orElseThrow())
                    .isCloseTo(REFERENCE.clustered().standardError(), within(1e-12));
            assertThat(tally.completeCases()).isEqualTo(1);
        }

        @Test
        void of_one_case_have_no_error_because_nothing_is_known_of_others() {
            assertThat(tally(0.5).figures("exact").stderr()).isEmpty();
            assertThat(tally(0.5).figures("exact").stddev()).hasValue(0);
        }

        @Test
        void count_what_has_no_score_instead_of_taking_it_for_0() {
            Tally tally = new Tally(4, 1);
            tally.add(0, measured(1, 0.5));
            tally.add(1, faulted(1));
            tally.add(2, sample(1, Status.NOT_SCORED, abstained("exact")));

            ScorerFigures figures = tally.figures("exact");

            assertThat(figures.n()).isEqualTo(1);
            assertThat(figures.mean()).hasValue(0.5);
            assertThat(figures.faults()).isEqualTo(1);
            assertThat(figures.abstained()).isEqualTo(1);
        }

        @Test
        void have_a_pass_rate_where_there_is_a_requirement() {
            Tally tally = new Tally(4, 1);
            tally.add(0, passed(1));
            tally.add(1, missed(1));
            tally.add(2, tolerated(1));
            tally.add(3, passed(1));

            assertThat(tally.figures("exact").passRate()).hasValue(0.5);
            assertThat(tally(0.2, 0.9).figures("exact").passRate()).isEmpty();
        }

        @Test
        void have_a_pass_rate_over_parts_of_which_one_that_is_missed_misses_the_whole() {
            Tally tally = new Tally(4, 1);
            tally.add(0, sample(1, Status.PASSED, score("fields", 1), met("fields.city"), met("fields.zip")));
            tally.add(1, sample(1, Status.MISSED, score("fields", 0.5), met("fields.city"), missed("fields.zip")));
            tally.add(2, sample(1, Status.PASSED, score("fields", 1), met("fields.city"), abstained("fields.zip")));
            tally.add(3, sample(1, Status.FAULT, fault("fields")));

            assertThat(tally.figures("fields").passRate()).hasValue(2 / 3.0);
            assertThat(tally.figures("fields.zip").passRate()).hasValue(0.5);
            assertThat(tally.passes("fields").values()).containsExactly(1, 0, 1);
            assertThat(tally.passes("fields").unknown()).isEqualTo(1);
            assertThat(tally.casePasses("fields", 0).values()).containsExactly(1, 0, 1);
            assertThat(tally.casePasses("fields", 0).unknown()).isEqualTo(1);
        }

        @Test
        void stand_behind_one_another_as_scorers_and_their_parts_whichever_part_was_seen_last() {
            Tally tally = new Tally(2, 1);
            tally.add(0, sample(1, Status.PASSED, score("fields", 1), score("fields.zip", 1), met("polite")));
            tally.add(1, sample(1, Status.PASSED, score("fields", 1), score("fields.city", 1), met("polite")));

            assertThat(tally.scorers()).containsExactly("fields", "fields.zip", "fields.city", "polite");
            assertThat(tally.figuresOfCase(1))
                    .extracting(ScorerFigures::scorer)
                    .containsExactly("fields", "fields.zip", "fields.city", "polite");
        }

        @Test
        void of_a_scorer_that_said_nothing_are_empty() {
            ScorerFigures figures = tally(0.2).figures("unknown");

            assertThat(figures.n()).isZero();
            assertThat(figures.mean()).isEmpty();
            assertThat(figures.stddev()).isEmpty();
            assertThat(figures.stderr()).isEmpty();
        }
    }

    @Nested
    class What_is_unknown_of_a_faulted_sample {

        @Test
        void is_its_score_whichever_scorer_is_asked() {
            Tally tally = new Tally(2, 1);
            tally.add(0, passed(1));
            tally.add(1, faulted(1));

            assertThat(tally.scores("exact").unknown()).isEqualTo(1);
            assertThat(tally.passes("exact").unknown()).isEqualTo(1);
            assertThat(tally.verdicts().unknown()).isEqualTo(1);
            assertThat(tally.casePasses("exact", 0).unknown()).isEqualTo(1);
            assertThat(tally.casePasses("", 0).unknown()).isEqualTo(1);
        }

        @Test
        void is_a_part_of_a_score_as_well() {
            Tally tally = new Tally(2, 1);
            tally.add(0, sample(1, Status.PASSED, score("fields", 1), score("fields.total", 1)));
            tally.add(1, sample(1, Status.FAULT, fault("fields")));

            assertThat(tally.scores("fields.total").values()).containsExactly(1);
            assertThat(tally.scores("fields.total").unknown()).isEqualTo(1);
        }

        @Test
        void is_a_part_of_a_score_also_before_any_sample_had_that_part() {
            Tally tally = new Tally(1, 1);
            tally.add(0, sample(1, Status.FAULT, fault("fields"), met("exact")));

            assertThat(tally.scores("fields.total").unknown()).isEqualTo(1);
        }

        @Test
        void is_not_what_another_scorer_said() {
            Tally tally = new Tally(1, 1);
            tally.add(0, sample(1, Status.FAULT, fault("similar"), met("exact")));

            assertThat(tally.scores("exact").values()).containsExactly(1);
            assertThat(tally.scores("exact").unknown()).isZero();
            assertThat(tally.verdicts().unknown()).isEqualTo(1);
        }

        @Test
        void is_how_long_an_answer_would_have_taken() {
            Tally tally = new Tally(3, 1);
            tally.add(0, sample(1, Status.PASSED, Measures.NONE, Duration.ofSeconds(2), met("exact")));
            tally.add(1, sample(1, Status.FAULT, Measures.NONE, Duration.ZERO, fault("exact")));
            tally.add(2, sample(1, Status.FAULT, Measures.NONE, Duration.ofSeconds(4), fault("similar"), met("exact")));

            assertThat(tally.measure("latency").values()).containsExactly(2, 4);
            assertThat(tally.measure("latency").unknown()).isEqualTo(1);
            assertThat(tally.medianLatency()).hasValue(3);
        }

        @Test
        void is_what_it_cost_unless_it_told() {
            Tally tally = new Tally(3, 1);
            tally.add(0, sample(1, Status.FAULT, Judged.cost(0.5), Duration.ZERO, fault("exact")));
            tally.add(1, faulted(1));
            tally.add(2, passed(1));

            assertThat(tally.measure("cost").values()).containsExactly(0.5);
            assertThat(tally.measure("cost").unknown()).isEqualTo(1);
        }
    }

    @Nested
    class The_counts {

        private final Tally tally = new Tally(3, 2);

        @Test
        void are_of_samples_that_ended() {
            tally.add(0, passed(1));
            tally.add(0, tolerated(2));
            tally.add(1, faulted(1));
            tally.add(1, sample(2, Status.NOT_RUN));
            tally.add(2, missed(2));

            assertThat(tally.finished()).isEqualTo(4);
            assertThat(tally.completeCases()).isEqualTo(1);
            assertThat(tally.count(Status.PASSED)).isEqualTo(1);
            assertThat(tally.count(Status.TOLERATED)).isEqualTo(1);
            assertThat(tally.count(Status.FAULT)).isEqualTo(1);
            assertThat(tally.count(Status.MISSED)).isEqualTo(1);
            assertThat(tally.count(Status.NOT_RUN)).isZero();
            assertThat(tally.status(1, 2)).isEmpty();
            assertThat(tally.finished(1)).isEqualTo(1);
            assertThat(tally.count(0, Status.PASSED)).isEqualTo(1);
        }

        @Test
        void of_a_sample_that_is_tried_again_are_those_of_the_last_time() {
            tally.add(0, sample(1, Status.FAULT, Judged.cost(1), Duration.ZERO, fault("exact"), met("brief")));
            tally.add(0, passed(1));

            assertThat(tally.finished()).isEqualTo(1);
            assertThat(tally.count(Status.FAULT)).isZero();
            assertThat(tally.count(Status.PASSED)).isEqualTo(1);
            assertThat(tally.figures("exact").faults()).isZero();
            assertThat(tally.figures("brief").n()).isZero();
            assertThat(tally.measure("cost").values()).isEmpty();
        }
    }

    @Nested
    class A_case {

        @Test
        void has_the_mean_of_its_scorers_means_without_their_parts() {
            Tally tally = new Tally(1, 2);
            tally.add(0, sample(1, Status.PASSED, score("a", 1), score("b", 0), score("b.part", 0.9)));
            tally.add(0, sample(2, Status.PASSED, score("a", 0.5), abstained("b")));

            assertThat(tally.meanOfCase(0)).hasValue((0.75 + 0) / 2);
        }

        @Test
        void without_a_score_has_no_mean() {
            Tally tally = new Tally(1, 1);
            tally.add(0, faulted(1));

            assertThat(tally.meanOfCase(0)).isEmpty();
        }
    }

    @Test
    void one_samples_scores_can_be_told_again() {
        Tally tally = new Tally(1, 2);
        tally.add(0, sample(1, Status.MISSED, missed("exact"), score("length", 0.25), abstained("judged")));
        tally.add(0, passed(2));

        assertThat(tally.scoresOf(0, 1))
                .extracting(score -> score.scorer() + " " + score.outcome())
                .containsExactly("exact MISSED", "length MEASURED", "judged ABSTAINED");
        assertThat(tally.scoresOf(0, 2))
                .singleElement()
                .satisfies(score -> assertThat(score.value()).hasValue(1));
    }
}
