package org.juniteval.engine.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Gate;
import org.juniteval.Samples;
import org.juniteval.Scorer;
import org.juniteval.Statistic;
import org.juniteval.Variants;

class GateTest {

    enum Tone {
        CURT,
        KIND
    }

    @EvalSuite
    @Dataset(rows = "{}")
    abstract static class Base {
        @Eval
        String echo(String input, @Variants Tone tone) {
            return input;
        }

        @Scorer
        boolean exact(String output) {
            return true;
        }

        @Scorer
        double near(String output) {
            return 1;
        }

        @Scorer
        Map<String, Double> fields(String output) {
            return Map.of();
        }
    }

    private static List<String> names(Class<?> suite) {
        return Suites.eval(suite).gates().stream().map(GateDefinition::name).toList();
    }

    @Nested
    class Gates {
        @Test
        void add_up_from_superclass_class_eval_and_scorers() {
            assertThat(Suites.faults(AddingCase.class)).isEmpty();
            assertThat(names(AddingCase.class))
                    .containsExactlyInAnyOrder(
                            "mean(near)", "max(latency)", "stddev(exact)", "mean(samples)", "min(own)", "least");
        }

        @Gate(scorer = "near", atLeast = 0.5)
        abstract static class Above extends Base {}

        @Gate(scorer = "latency", statistic = Statistic.MAX, atMost = 3)
        @Gate(scorer = "exact", statistic = Statistic.STDDEV, atMost = 0.2)
        static class AddingCase extends Above {
            @Override
            @Eval
            @Gate(atLeast = 0.9)
            String echo(String input, @Variants Tone tone) {
                return input;
            }

            @Scorer
            @Gate(statistic = Statistic.MIN, atLeast = 0.1)
            @Gate(scorer = "fields.total", atLeast = 0.3, name = "least")
            double own(String output) {
                return 1;
            }
        }

        @Test
        void of_the_class_speak_of_those_evals_that_have_the_scorer() {
            List<EvalDefinition> evals = SuiteDefinition.of(TwoEvalsCase.class).evals();
            assertThat(Suites.faults(TwoEvalsCase.class)).isEmpty();
            assertThat(evals.get(0).gates()).extracting(GateDefinition::name).containsExactly("mean(samples)");
            assertThat(evals.get(1).gates()).extracting(GateDefinition::name).contains("mean(words)", "mean(samples)");
        }

        @EvalSuite
        @Dataset(rows = "{}")
        @Gate(scorer = "words", atLeast = 0.5)
        @Gate(atLeast = 0.5)
        static class TwoEvalsCase {
            @Eval
            int count(String input) {
                return 1;
            }

            @Eval
            String echo(String input) {
                return input;
            }

            @Scorer(evals = "echo")
            double words(String output) {
                return 1;
            }

            @Scorer
            boolean fine(Object output) {
                return true;
            }
        }

        @Test
        void have_names_of_their_own() {
            assertThat(Suites.faults(SameNameCase.class))
                    .singleElement()
                    .asString()
                    .contains("Base.echo(GateTest.java:")
                    .contains("several gates called mean(near): give them a `name` each");
            assertThat(Suites.faults(PerVariantCase.class)).isEmpty();
            assertThat(Suites.faults(OneAndAllCase.class))
                    .singleElement()
                    .asString()
                    .contains("several gates called");
            assertThat(Suites.faults(NamedCase.class)).isEmpty();
        }

        @Gate(scorer = "near", atLeast = 0.5)
        @Gate(scorer = "near", atMost = 0.9)
        static class SameNameCase extends Base {}

        @Gate(scorer = "near", atLeast = 0.5, variant = "CURT")
        @Gate(scorer = "near", atLeast = 0.6, variant = "KIND")
        static class PerVariantCase extends Base {}

        @Gate(scorer = "near", atLeast = 0.5)
        @Gate(scorer = "near", atLeast = 0.6, variant = "KIND")
        static class OneAndAllCase extends Base {}

        @Gate(scorer = "near", atLeast = 0.5)
        @Gate(scorer = "near", atMost = 0.9, name = "not too good")
        static class NamedCase extends Base {}
    }

    @Nested
    class A_gate_is_faulty_that {
        @Test
        void names_a_scorer_that_is_nowhere() {
            assertThat(Suites.faults(NowhereCase.class))
                    .singleElement()
                    .asString()
                    .contains("NowhereCase: @Gate mean(exakt) names the scorer \"exakt\", which there is not")
                    .contains("there are exact, fields, near");
        }

        @Gate(scorer = "exakt", atLeast = 0.5)
        static class NowhereCase extends Base {}

        @Test
        void names_a_variant_that_is_not_there() {
            assertThat(Suites.faults(NoVariantCase.class))
                    .singleElement()
                    .asString()
                    .contains("names the variant \"RUDE\"")
                    .contains("there are CURT, KIND");
            assertThat(Suites.faults(NoAxisCase.class))
                    .singleElement()
                    .asString()
                    .contains("the eval has no @Variants");
        }

        @Gate(scorer = "near", atLeast = 0.5, variant = "RUDE")
        static class NoVariantCase extends Base {}

        @EvalSuite
        @Dataset(rows = "{}")
        @Gate(atLeast = 0.5, variant = "RUDE")
        static class NoAxisCase {
            @Eval
            String echo(String input) {
                return input;
            }

            @Scorer
            boolean fine(String output) {
                return true;
            }
        }

        @Test
        void has_no_bounds_or_impossible_ones() {
            assertThat(Suites.faults(BoundsCase.class))
                    .hasSize(5)
                    .anyMatch(fault -> fault.contains("@Gate none has no bound"))
                    .anyMatch(fault -> fault.contains("@Gate crossed has atLeast above atMost"))
                    .anyMatch(fault -> fault.contains("@Gate above has the bound 1.5: scores are in [0, 1]"))
                    .anyMatch(fault -> fault.contains("@Gate negative has the bound -1.0"))
                    .anyMatch(fault -> fault.contains("@Gate endless has the bound Infinity: it is finite"));
        }

        @Gate(scorer = "near", name = "none")
        @Gate(scorer = "near", name = "crossed", atLeast = 0.9, atMost = 0.1)
        @Gate(scorer = "near", name = "above", atLeast = 1.5)
        @Gate(scorer = "cost", name = "negative", atMost = -1)
        @Gate(scorer = "latency", name = "endless", atMost = Double.POSITIVE_INFINITY)
        @Gate(scorer = "tokens", name = "fine", atMost = 1_000_000)
        static class BoundsCase extends Base {}

        @Test
        void excuses_every_miss_however_many_there_are() {
            assertThat(Suites.faults(ExcusingCase.class))
                    .hasSize(3)
                    .anyMatch(fault -> fault.contains("@Gate mean(exact) excuses every miss, however many there are")
                            && fault.contains("or `required = 0` to measure only"))
                    .anyMatch(fault -> fault.contains("@Gate both excuses every miss"))
                    .anyMatch(fault -> fault.contains("@Gate low excuses every miss"));
        }

        @Gate(scorer = "exact", atLeast = 0)
        @Gate(scorer = "exact", name = "both", statistic = Statistic.PASS_RATE, atLeast = -0.0, atMost = 1)
        @Gate(scorer = "exact", name = "low", atLeast = 0, atMost = 0.9)
        @Gate(scorer = "exact", statistic = Statistic.MIN, atLeast = 0)
        @Gate(scorer = "latency", atLeast = 0)
        static class ExcusingCase extends Base {}

        @Test
        void asks_how_often_something_passes_that_has_no_requirement() {
            assertThat(Suites.faults(RatesCase.class))
                    .hasSize(3)
                    .anyMatch(fault -> fault.contains("how often near passes, but it has no requirement"))
                    .anyMatch(fault -> fault.contains("how often fields.total passes, but it has no requirement"))
                    .anyMatch(fault -> fault.contains("how often latency passes"));
        }

        @Gate(scorer = "near", statistic = Statistic.PASS_RATE, atLeast = 0.5)
        @Gate(scorer = "fields.total", statistic = Statistic.PASS_RATE, atLeast = 0.5)
        @Gate(scorer = "latency", statistic = Statistic.CASE_PASS_RATE, atLeast = 0.5)
        @Gate(scorer = "exact", statistic = Statistic.PASS_RATE, atLeast = 0.5)
        static class RatesCase extends Base {}

        @Test
        void asks_how_many_cases_pass_where_nothing_is_required_of_them() {
            assertThat(Suites.faults(MeasuringCase.class))
                    .singleElement()
                    .asString()
                    .contains("echo", "@Gate case_pass_rate(exact) asks how many cases pass", "or use PASS_RATE");
        }

        @Samples(value = 3, required = 0)
        @Gate(scorer = "exact", statistic = Statistic.CASE_PASS_RATE, atLeast = 0.5)
        @Gate(scorer = "exact", statistic = Statistic.PASS_RATE, atLeast = 0.5)
        static class MeasuringCase extends Base {}

        @Test
        void speaks_of_verdicts_where_no_scorer_has_a_requirement() {
            assertThat(Suites.faults(NoVerdictCase.class))
                    .singleElement()
                    .asString()
                    .contains("speaks of the samples' verdicts, but no scorer has a requirement");
        }

        @EvalSuite
        @Dataset(rows = "{}")
        @Gate(atLeast = 0.5)
        static class NoVerdictCase {
            @Eval
            String echo(String input) {
                return input;
            }

            @Scorer
            double near(String output) {
                return 1;
            }
        }

        @Test
        void has_a_name_that_would_read_as_a_node_of_the_tree() {
            assertThat(Suites.faults(OddNameCase.class))
                    .singleElement()
                    .asString()
                    .contains("a][b");
        }

        @Gate(scorer = "near", atLeast = 0.5, name = "a][b")
        static class OddNameCase extends Base {}
    }

    @Nested
    class A_gate_lifts {
        private static GateDefinition gate(String scorer, Statistic statistic, double atLeast, double atMost) {
            return new GateDefinition(
                    "g",
                    scorer,
                    statistic,
                    Double.isNaN(atLeast) ? java.util.OptionalDouble.empty() : java.util.OptionalDouble.of(atLeast),
                    Double.isNaN(atMost) ? java.util.OptionalDouble.empty() : java.util.OptionalDouble.of(atMost),
                    "");
        }

        @Test
        void only_by_a_lower_bound_on_how_good_the_samples_are() {
            for (Statistic statistic : Statistic.values()) {
                boolean good = List.of(Statistic.MEAN, Statistic.MEDIAN, Statistic.PASS_RATE, Statistic.CASE_PASS_RATE)
                        .contains(statistic);
                assertThat(gate("exact", statistic, 0.5, Double.NaN).lifts()).isEqualTo(good);
                assertThat(gate("", statistic, 0.5, Double.NaN).lifts()).isEqualTo(good);
                assertThat(gate("exact", statistic, Double.NaN, 0.5).lifts()).isFalse();
                assertThat(gate("cost", statistic, 0.5, Double.NaN).lifts()).isFalse();
            }
        }

        @Test
        void nothing_where_it_speaks_of_a_measure() {
            assertThat(gate("tokens", Statistic.MEAN, 0.5, Double.NaN).speaksOfMeasure())
                    .isTrue();
            assertThat(gate("exact", Statistic.MEAN, 0.5, Double.NaN).speaksOfMeasure())
                    .isFalse();
        }
    }
}
