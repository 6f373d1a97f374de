package org.juniteval.engine.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Expected;
import org.juniteval.Score;
import org.juniteval.Scorer;
import org.opentest4j.TestAbortedException;

class ScorerTest {

    @EvalSuite
    @Dataset(rows = "{}")
    abstract static class Base {
        @Eval
        String echo(String input) {
            return input;
        }
    }

    private static Scoring score(Class<?> suite, String scorer, String output) throws Throwable {
        return Suites.scorer(suite, scorer)
                .score(Suites.instance(suite), output, Suites.input("x"), Variant.NONE, Suites.context());
    }

    @Nested
    class A_score_is {

        static class FormsCase extends Base {
            @Scorer
            boolean yes(String output) {
                return output.equals("good");
            }

            @Scorer
            Boolean boxed(String output) {
                return output.equals("null") ? null : output.equals("good");
            }

            @Scorer(threshold = 0.5)
            double number(String output) {
                return Double.parseDouble(output);
            }

            @Scorer
            Score explained(String output) {
                return output.equals("null") ? null : Score.of(0.25, "a quarter");
            }

            @Scorer
            Map<String, Double> ordered(String output) {
                Map<String, Double> parts = new LinkedHashMap<>();
                List.of(output.split(",")).forEach(name -> parts.put(name, name.length() / 10.0));
                return parts;
            }

            @Scorer
            Map<String, Double> unordered(String output) {
                return new HashMap<>(ordered(output));
            }

            @Scorer
            void asserted(String output) {
                assertThat(output).isEqualTo("good");
            }

            @Scorer
            boolean aborted(String output) {
                throw new TestAbortedException("no opinion");
            }

            @Scorer(threshold = 0.5)
            double broken(String output) {
                throw new IllegalStateException("judge is down");
            }

            @Scorer
            Map<String, Object> fields(String output) {
                Map<String, Object> fields = new LinkedHashMap<>();
                if (!output.equals("empty")) {
                    fields.put("total", 0.5);
                    fields.put("date", true);
                    fields.put("note", Score.abstain("none given"));
                }
                if (output.equals("null")) {
                    fields.put("lost", null);
                }
                return fields;
            }
        }

        @Test
        void a_yes_or_a_no() throws Throwable {
            assertThat(Suites.faults(FormsCase.class)).isEmpty();
            assertThat(score(FormsCase.class, "yes", "good").scores()).isEqualTo(Map.of("yes", Score.of(true, "")));
            assertThat(score(FormsCase.class, "boxed", "bad").scores()).isEqualTo(Map.of("boxed", Score.of(false, "")));
        }

        @Test
        void a_number_or_a_score_with_its_reason() throws Throwable {
            assertThat(score(FormsCase.class, "number", "0.75").scores()).isEqualTo(Map.of("number", Score.of(0.75)));
            assertThat(score(FormsCase.class, "explained", "").scores())
                    .isEqualTo(Map.of("explained", Score.of(0.25, "a quarter")));
        }

        @Test
        void an_assertion_that_holds_or_is_missed_with_its_message() throws Throwable {
            assertThat(score(FormsCase.class, "asserted", "good")
                            .scores()
                            .get("asserted")
                            .value())
                    .hasValue(1);
            Scoring missed = score(FormsCase.class, "asserted", "bad");
            assertThat(missed.scores().get("asserted").value()).hasValue(0);
            assertThat(missed.scores().get("asserted").yesOrNo()).isTrue();
            assertThat(missed.scores().get("asserted").reason().orElseThrow()).contains("\"good\"");
            assertThat(missed.assertion().orElseThrow()).hasMessageContaining("\"bad\"");
        }

        @Test
        void an_abstention_where_the_scorer_aborts() throws Throwable {
            assertThat(score(FormsCase.class, "aborted", "").scores())
                    .isEqualTo(Map.of("aborted", Score.abstain("no opinion")));
        }

        @Test
        void the_same_in_every_jvm_whatever_the_order_of_a_map() throws Throwable {
            Map<String, Score> one =
                    score(FormsCase.class, "ordered", "a,bbb,cccccc,dd").scores();
            Map<String, Score> other =
                    score(FormsCase.class, "ordered", "dd,cccccc,bbb,a").scores();
            assertThat(other.get("ordered")).isEqualTo(one.get("ordered"));

            assertThat(score(FormsCase.class, "unordered", "b,q").scores().keySet())
                    .containsExactly("unordered", "unordered.b", "unordered.q");
        }

        @Test
        void the_mean_of_named_parts_that_did_not_abstain_and_each_of_them() throws Throwable {
            Map<String, Score> scores = score(FormsCase.class, "fields", "").scores();
            assertThat(scores.keySet()).containsExactly("fields", "fields.total", "fields.date", "fields.note");
            assertThat(scores.get("fields")).isEqualTo(Score.of(0.75));
            assertThat(scores.get("fields.total")).isEqualTo(Score.of(0.5));
            assertThat(scores.get("fields.note").abstained()).isTrue();
        }

        @Test
        void a_fault_that_names_scorer_and_value_where_it_is_no_score() {
            for (String value : List.of("NaN", "Infinity", "-0.1", "1.1")) {
                assertThatThrownBy(() -> score(FormsCase.class, "number", value))
                        .isInstanceOf(SuiteFault.class)
                        .hasMessageContaining("FormsCase.number(ScorerTest.java:")
                        .hasMessageContaining("returned " + value + " for number")
                        .hasMessageContaining("a score is in [0, 1]");
            }
            assertThatThrownBy(() -> score(FormsCase.class, "boxed", "null"))
                    .isInstanceOf(SuiteFault.class)
                    .hasMessageContaining("returned null for boxed");
            assertThatThrownBy(() -> score(FormsCase.class, "explained", "null"))
                    .isInstanceOf(SuiteFault.class)
                    .hasMessageContaining("returned null for explained");
            assertThatThrownBy(() -> score(FormsCase.class, "fields", "null"))
                    .isInstanceOf(SuiteFault.class)
                    .hasMessageContaining("returned null for fields.lost");
            assertThatThrownBy(() -> score(FormsCase.class, "fields", "empty"))
                    .isInstanceOf(SuiteFault.class)
                    .hasMessageContaining("at least one named score");
        }

        @Test
        void nothing_where_the_scorer_throws_and_what_it_threw_comes_out_as_it_was() {
            assertThatThrownBy(() -> score(FormsCase.class, "broken", ""))
                    .isExactlyInstanceOf(IllegalStateException.class)
                    .hasMessage("judge is down");
        }
    }

    @Nested
    class A_scorer {
        @Test
        void requires_something_if_it_says_yes_or_no_asserts_explains_or_has_a_threshold() {
            assertThat(Suites.eval(A_score_is.FormsCase.class).scorers())
                    .filteredOn(ScorerDefinition::requires)
                    .extracting(ScorerDefinition::name)
                    .containsExactly("aborted", "asserted", "boxed", "broken", "explained", "number", "yes");
        }

        @Test
        void requires_what_its_parts_do_also_where_their_type_is_a_variable_or_an_argument_of_a_superclass() {
            assertThat(Suites.faults(VariablePartsCase.class)).isEmpty();
            assertThat(Suites.eval(VariablePartsCase.class).scorers())
                    .filteredOn(ScorerDefinition::requires)
                    .extracting(ScorerDefinition::name)
                    .containsExactly("checks", "fields");
        }

        interface Parts<T> {
            @Scorer
            default Map<String, T> fields(String output) {
                return Map.of();
            }
        }

        static class Checks extends TreeMap<String, Boolean> {
            private static final long serialVersionUID = 1;
        }

        static class VariablePartsCase extends Base implements Parts<Boolean> {
            @Scorer(must = true)
            Checks checks(String output) {
                return new Checks();
            }

            @Scorer
            Map<String, Double> shares(String output) {
                return Map.of();
            }
        }

        @Test
        void returns_one_of_five_things() {
            assertThat(Suites.faults(IntCase.class))
                    .anyMatch(fault -> fault.contains("IntCase.length(ScorerTest.java:")
                            && fault.contains("returns int: return boolean, double in [0, 1], Score"));
            assertThat(Suites.faults(StageCase.class)).anyMatch(fault -> fault.contains("returns CompletionStage"));
        }

        static class IntCase extends Base {
            @Scorer
            int length(String output) {
                return 1;
            }
        }

        static class StageCase extends Base {
            @Scorer
            CompletionStage<Boolean> later(String output) {
                return null;
            }
        }

        @Test
        void says_only_what_can_be_kept() {
            assertThat(Suites.faults(ContradictionsCase.class))
                    .hasSize(9)
                    .anyMatch(fault -> fault.contains("above") && fault.contains("has the threshold 1.5"))
                    .anyMatch(
                            fault -> fault.contains("yes(") && fault.contains("has a threshold, but a yes is required"))
                    .anyMatch(fault -> fault.contains("asserted(") && fault.contains("has a threshold"))
                    .anyMatch(
                            fault -> fault.contains("hard(") && fault.contains("is a must, but nothing in it can fail"))
                    .anyMatch(fault -> fault.contains("never(") && fault.contains("runs = 0"))
                    .anyMatch(fault -> fault.contains("often(") && fault.contains("add cached = true"))
                    .anyMatch(fault -> fault.contains("cost(") && fault.contains("which the engine measures itself"))
                    .anyMatch(fault -> fault.contains("hidden(") && fault.contains("is private"))
                    .anyMatch(fault -> fault.contains("lost(")
                            && fault.contains("names the eval \"ecko\"")
                            && fault.contains("it has echo"));
        }

        static class ContradictionsCase extends Base {
            @Scorer(threshold = 1.5)
            double above(String output) {
                return 1;
            }

            @Scorer(threshold = 0.5)
            boolean yes(String output) {
                return true;
            }

            @Scorer(threshold = 0.5)
            void asserted(String output) {}

            @Scorer(must = true)
            double hard(String output) {
                return 1;
            }

            @Scorer(cached = true, runs = 0)
            double never(String output) {
                return 1;
            }

            @Scorer(runs = 3)
            double often(String output) {
                return 1;
            }

            @Scorer
            double cost(String output) {
                return 1;
            }

            @Scorer
            private double hidden(String output) {
                return 1;
            }

            @Scorer(evals = "ecko")
            double lost(String output) {
                return 1;
            }
        }

        @Test
        void may_be_static() throws Throwable {
            assertThat(Suites.faults(StaticCase.class)).isEmpty();
            assertThat(score(StaticCase.class, "good", "good")
                            .scores()
                            .get("good")
                            .value())
                    .hasValue(1);
        }

        static class StaticCase extends Base {
            @Scorer
            static boolean good(String output) {
                return output.equals("good");
            }
        }

        @Test
        void has_a_name_of_its_own_among_the_scorers_of_an_eval() {
            assertThat(Suites.faults(OverloadedCase.class))
                    .singleElement()
                    .asString()
                    .contains("two scorers called fine");
        }

        static class OverloadedCase extends Base {
            @Scorer
            boolean fine(String output) {
                return true;
            }

            @Scorer
            boolean fine(CharSequence output) {
                return true;
            }
        }
    }

    @Nested
    class The_output_a_scorer_takes {

        @EvalSuite
        @Dataset(rows = "{}")
        abstract static class Lists {
            @Eval
            List<String> words(String input) {
                return List.of(input);
            }
        }

        @Test
        void fits_what_the_eval_returns() {
            assertThat(Suites.faults(FittingCase.class)).isEmpty();
        }

        static class FittingCase extends Lists {
            @Scorer
            boolean same(List<String> output) {
                return true;
            }

            @Scorer
            boolean wider(Collection<? extends CharSequence> output) {
                return true;
            }

            @Scorer
            boolean any(Object output) {
                return true;
            }

            @Scorer
            <T> boolean generic(Iterable<T> output) {
                return true;
            }
        }

        @Test
        void does_not_fit_where_its_type_arguments_differ() {
            assertThat(Suites.faults(OtherArgumentCase.class))
                    .singleElement()
                    .asString()
                    .contains("OtherArgumentCase.sum(ScorerTest.java:")
                    .contains("takes List<Integer>, but Lists.words(ScorerTest.java:")
                    .contains("returns List<String>")
                    .contains("say by `evals` which evals it scores");
            assertThat(Suites.faults(NarrowerCase.class)).hasSize(1);
        }

        static class WildcardCase {
            List<? extends List<String>> given;
            List<? extends List<String>> same;
            List<? extends java.util.Collection<? extends CharSequence>> wider;
            List<? super String> lower;
            List<? extends List<Integer>> other;
            List<List<String>> narrower;
            List<String>[] array;
            java.util.Collection<? extends CharSequence>[] widerArray;
            List<Integer>[] otherArray;
        }

        private static boolean fits(String target, String source) throws NoSuchFieldException {
            return Generics.fits(
                    WildcardCase.class.getDeclaredField(target).getGenericType(),
                    WildcardCase.class.getDeclaredField(source).getGenericType());
        }

        @Test
        void may_have_wildcards_and_arrays_of_generic_types() throws Exception {
            assertThat(fits("same", "given")).isTrue();
            assertThat(fits("wider", "given")).isTrue();
            assertThat(fits("given", "narrower")).isTrue();
            assertThat(fits("lower", "lower")).isTrue();
            assertThat(fits("other", "given")).isFalse();
            assertThat(fits("narrower", "given")).isFalse();
            assertThat(fits("lower", "given")).isFalse();
            assertThat(fits("widerArray", "array")).isTrue();
            assertThat(fits("otherArray", "array")).isFalse();
            assertThat(fits("array", "given")).isFalse();
        }

        static class OtherArgumentCase extends Lists {
            @Scorer
            boolean sum(List<Integer> output) {
                return true;
            }
        }

        static class NarrowerCase extends Lists {
            @Scorer
            boolean narrower(java.util.ArrayList<String> output) {
                return true;
            }
        }

        @Test
        void need_not_fit_an_eval_that_is_left_out() {
            assertThat(Suites.faults(LeftOutCase.class)).isEmpty();
            assertThat(SuiteDefinition.of(LeftOutCase.class).evals())
                    .allSatisfy(eval -> assertThat(eval.scorers()).hasSize(1));
        }

        static class LeftOutCase extends Lists {
            @Eval
            int count(String input) {
                return 1;
            }

            @Scorer(evals = "words")
            boolean same(List<String> output) {
                return true;
            }

            @Scorer(evals = "count")
            boolean same(int output) {
                return true;
            }
        }
    }

    @Nested
    class A_mix_in {

        interface Exact<T> {
            @Scorer
            default boolean exact(T output, @Expected T expected) {
                return output.equals(expected);
            }
        }

        abstract static class Generic<I, O> implements Exact<O> {
            @Eval
            O answer(I input) {
                return answered(input);
            }

            abstract O answered(I input);
        }

        record Answer(String text, int tokens) {}

        @EvalSuite
        @Dataset(rows = "{}")
        static class AnswerCase extends Generic<String, Answer> {
            @Override
            Answer answered(String input) {
                return new Answer(input, input.length());
            }
        }

        @Test
        void brings_scorers_and_evals_whose_type_variables_the_suite_gives_a_meaning() throws Throwable {
            assertThat(Suites.faults(AnswerCase.class)).isEmpty();
            EvalDefinition eval = Suites.eval(AnswerCase.class);
            var row = Suites.row("{\"input\": \"Lima\", \"expected\": {\"text\": \"Lima\", \"tokens\": 4}}");
            Object suite = Suites.instance(AnswerCase.class);
            Object output =
                    eval.restore(eval.store(eval.call(suite, row, Variant.NONE, Suites.context()), json -> json));
            assertThat(output).isEqualTo(new Answer("Lima", 4));
            assertThat(Suites.scorer(AnswerCase.class, "exact")
                            .score(suite, output, row, Variant.NONE, Suites.context())
                            .scores()
                            .get("exact")
                            .value())
                    .hasValue(1);
        }

        @Test
        void that_wants_another_type_does_not_fit() {
            assertThat(Suites.faults(MisfitCase.class))
                    .singleElement()
                    .asString()
                    .contains("takes Integer, but");
        }

        @EvalSuite
        @Dataset(rows = "{}")
        static class MisfitCase implements Exact<Integer> {
            @Eval
            String echo(String input) {
                return input;
            }
        }

        @Test
        @SuppressWarnings("rawtypes")
        void that_is_raw_says_so() {
            assertThat(Suites.faults(RawCase.class))
                    .anyMatch(fault -> fault.contains("the type variable T, which nothing gives a meaning"));
        }

        @EvalSuite
        @Dataset(rows = "{}")
        @SuppressWarnings("rawtypes")
        static class RawCase implements Exact {
            @Eval
            String echo(String input) {
                return input;
            }
        }

        @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
        @Scorer(threshold = 0.9, must = true)
        @interface StrictScorer {}

        @Test
        void may_also_be_an_annotation_that_carries_ours() {
            ScorerDefinition strict = Suites.scorer(ComposedCase.class, "strict");
            assertThat(strict.threshold()).hasValue(0.9);
            assertThat(strict.must()).isTrue();
        }

        static class ComposedCase extends Base {
            @StrictScorer
            double strict(String output) {
                return 1;
            }
        }
    }
}
