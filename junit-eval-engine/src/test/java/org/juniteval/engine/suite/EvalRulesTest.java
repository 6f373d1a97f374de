package org.juniteval.engine.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Fingerprint;
import org.juniteval.Gate;
import org.juniteval.Samples;
import org.juniteval.Scorer;
import org.juniteval.Statistic;

class EvalRulesTest {

    @EvalSuite
    @Dataset(rows = "{}")
    abstract static class Base {
        @Scorer
        boolean fine(Object output) {
            return true;
        }
    }

    abstract static class WithEval extends Base {
        @Eval
        String echo(String input) {
            return input;
        }
    }

    private static AbstractStringAssert<?> assertThatTheFaultOf(Class<?> suite) {
        List<String> faults = Suites.faults(suite);
        assertThat(faults).hasSize(1);
        return assertThat(faults.get(0));
    }

    @Nested
    class A_suite {
        @Test
        void is_a_concrete_class_with_an_inherited_annotation_or_one_that_carries_it() {
            assertThat(SuiteDefinition.isSuite(GoodCase.class)).isTrue();
            assertThat(SuiteDefinition.isSuite(ComposedCase.class)).isTrue();
            assertThat(SuiteDefinition.isSuite(Base.class)).isFalse();
            assertThat(SuiteDefinition.isSuite(String.class)).isFalse();
            assertThat(Suites.faults(GoodCase.class)).isEmpty();
            assertThat(Suites.faults(ComposedCase.class)).isEmpty();
        }

        static class GoodCase extends WithEval {}

        @EvalSuite
        @Dataset("capitals.jsonl")
        @Samples(3)
        @Tag("geo")
        @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
        @interface GeoSuite {}

        @GeoSuite
        static class ComposedCase {
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
        void takes_everything_from_an_annotation_that_carries_others() {
            EvalDefinition eval = Suites.eval(ComposedCase.class);
            assertThat(eval.samples()).isEqualTo(3);
            assertThat(eval.tags()).contains("geo");
            assertThat(eval.dataset().orElseThrow().locations()).containsExactly("capitals.jsonl");
            assertThat(eval.datasetAnchor()).isEqualTo(ComposedCase.class);
        }

        @Test
        void has_an_eval() {
            assertThatTheFaultOf(NoEvalCase.class).contains("NoEvalCase has no @Eval");
        }

        static class NoEvalCase extends Base {}

        @Test
        void overloads_no_eval() {
            assertThat(Suites.faults(OverloadedCase.class)).anyMatch(fault -> fault.contains("is overloaded by"));
        }

        static class OverloadedCase extends WithEval {
            @Eval
            String echo(List<String> input) {
                return "";
            }
        }

        @Test
        void has_no_two_evals_of_one_display_name() {
            assertThatTheFaultOf(SameNameCase.class)
                    .contains("several evals with the display name \"echo\" (echo, other)");
        }

        static class SameNameCase extends WithEval {
            @Eval
            @DisplayName("echo")
            String other(String input) {
                return input;
            }
        }

        @Test
        void lists_its_evals_by_name() {
            assertThat(SuiteDefinition.of(ManyCase.class).evals())
                    .extracting(EvalDefinition::name)
                    .containsExactly("a", "b", "c");
        }

        static class ManyCase extends Base {
            @Eval
            String c(String input) {
                return input;
            }

            @Eval
            String a(String input) {
                return input;
            }

            @Eval
            String b(String input) {
                return input;
            }
        }

        @Test
        void is_no_inner_local_or_abstract_class() {
            class LocalCase extends WithEval {}
            assertThat(Suites.faults(LocalCase.class)).anyMatch(fault -> fault.contains("is local to a method"));
            assertThat(Suites.faults(InnerCase.class)).anyMatch(fault -> fault.contains("is an inner class"));
            assertThat(Suites.faults(WithEval.class)).anyMatch(fault -> fault.contains("is abstract"));
        }

        class InnerCase extends WithEval {}

        @Test
        void has_tags_that_expressions_can_name() {
            assertThatTheFaultOf(OddTagCase.class).contains("has the tag \"a b\"");
            assertThat(SuiteDefinition.of(OddTagCase.class).tags()).containsExactly("eval");
        }

        @Tag("a b")
        static class OddTagCase extends WithEval {}

        @Test
        void has_lifecycle_methods_as_jupiter_wants_them() {
            assertThat(Suites.faults(LifecycleCase.class))
                    .hasSize(3)
                    .anyMatch(fault -> fault.contains("begin") && fault.contains("takes parameters"))
                    .anyMatch(fault -> fault.contains("end") && fault.contains("returns a value"))
                    .anyMatch(fault -> fault.contains("hidden") && fault.contains("is private"));
        }

        static class LifecycleCase extends WithEval {
            @BeforeAll
            void begin(String parameter) {}

            @BeforeAll
            private void hidden() {}

            @AfterAll
            String end() {
                return "";
            }
        }

        @Test
        void declares_fingerprints_that_are_values() {
            assertThat(Suites.faults(FingerprintCase.class))
                    .hasSize(2)
                    .anyMatch(fault -> fault.contains("with") && fault.contains("takes parameters"))
                    .anyMatch(fault -> fault.contains("without") && fault.contains("returns nothing"));
        }

        static class FingerprintCase extends WithEval {
            @Fingerprint
            String with(String parameter) {
                return parameter;
            }

            @Fingerprint
            void without() {}
        }

        @Test
        void has_our_annotations_only_where_something_reads_them() {
            assertThat(Suites.faults(StrayCase.class))
                    .hasSize(4)
                    .anyMatch(fault -> fault.contains("StrayCase.stray(") && fault.contains("@Samples"))
                    .anyMatch(fault -> fault.contains("StrayCase.stray(") && fault.contains("@Dataset"))
                    .anyMatch(fault -> fault.contains("StrayCase.stray(") && fault.contains("@Gate"))
                    .anyMatch(fault -> fault.contains("StrayCase.both(") && fault.contains("both @Eval and @Scorer"));
        }

        static class StrayCase extends Base {
            @Samples(2)
            @Dataset("x.jsonl")
            @Gate(atLeast = 1)
            void stray() {}

            @Eval
            @Scorer
            boolean both(boolean input) {
                return true;
            }

            @Override
            @Scorer(evals = "both")
            boolean fine(Object output) {
                return true;
            }
        }
    }

    @Nested
    class An_eval {
        @Test
        void is_neither_private_nor_static_and_returns_something() {
            assertThatTheFaultOf(PrivateCase.class).contains("is private: make the @Eval package-private");
            assertThatTheFaultOf(StaticCase.class).contains("is static");
            assertThatTheFaultOf(VoidCase.class).contains("returns nothing");
            assertThatTheFaultOf(VoidStageCase.class).contains("returns nothing");
            assertThatTheFaultOf(FutureCase.class).contains("or a CompletionStage");
            assertThatTheFaultOf(PublisherCase.class)
                    .contains("returns Flow.Publisher<String>: wait for what it publishes and return that");
            assertThatTheFaultOf(StreamCase.class).contains("returns Stream<String>: return a List of what it yields");
            assertThatTheFaultOf(IteratorCase.class).contains("return a List of what it yields");
        }

        static class PublisherCase extends Base {
            @Eval
            Flow.Publisher<String> publish(String input) {
                return subscriber -> {};
            }
        }

        static class StreamCase extends Base {
            @Eval
            Stream<String> stream(String input) {
                return Stream.of(input);
            }
        }

        static class IteratorCase extends Base {
            @Eval
            Iterator<String> iterate(String input) {
                return List.of(input).iterator();
            }
        }

        static class PrivateCase extends Base {
            @Eval
            private String hidden(String input) {
                return input;
            }
        }

        static class StaticCase extends Base {
            @Eval
            static String shared(String input) {
                return input;
            }
        }

        static class VoidCase extends Base {
            @Eval
            void nothing(String input) {}
        }

        static class VoidStageCase extends Base {
            @Eval
            CompletionStage<Void> nothing(String input) {
                return CompletableFuture.completedStage(null);
            }
        }

        static class FutureCase extends Base {
            @Eval
            java.util.concurrent.Future<String> later(String input) {
                return CompletableFuture.completedFuture(input);
            }
        }

        @Test
        void has_a_scorer() {
            assertThatTheFaultOf(NoScorerCase.class)
                    .contains("NoScorerCase.echo(")
                    .contains("has no scorer");
        }

        @EvalSuite
        @Dataset(rows = "{}")
        static class NoScorerCase {
            @Eval
            String echo(String input) {
                return input;
            }
        }

        @Test
        void can_fail() {
            assertThatTheFaultOf(MeasuringCase.class)
                    .contains("MeasuringCase.echo(")
                    .contains("give a threshold or a gate, or `required = 0` to measure only");
            assertThat(Suites.faults(MeasuringOnlyCase.class)).isEmpty();
            assertThat(Suites.faults(GatedCase.class)).isEmpty();
            assertThatTheFaultOf(OpenGatesCase.class).contains("cannot fail: give a threshold or a gate");
            assertThatTheFaultOf(NoThresholdCase.class).contains("cannot fail: give a threshold or a gate");
        }

        @Gate(scorer = "length", atMost = 1)
        @Gate(scorer = "length", statistic = Statistic.MIN, atLeast = 0)
        @Gate(scorer = "latency", atLeast = 0)
        static class OpenGatesCase extends MeasuringCase {}

        @EvalSuite
        @Dataset(rows = "{}")
        static class NoThresholdCase {
            @Eval
            String echo(String input) {
                return input;
            }

            @Scorer(threshold = 0)
            double length(String output) {
                return 0.5;
            }
        }

        @EvalSuite
        @Dataset(rows = "{}")
        static class MeasuringCase {
            @Eval
            String echo(String input) {
                return input;
            }

            @Scorer
            double length(String output) {
                return 0.5;
            }
        }

        @Samples(value = 2, required = 0)
        static class MeasuringOnlyCase extends MeasuringCase {}

        @Gate(scorer = "length", atLeast = 0.5)
        static class GatedCase extends MeasuringCase {}

        @Test
        void takes_at_least_one_sample_and_requires_no_more_than_it_takes() {
            assertThatTheFaultOf(NoSamplesCase.class).contains("takes 0 samples");
            assertThatTheFaultOf(TooManyCase.class).contains("requires 4 of 3 samples");
            assertThatTheFaultOf(NegativeCase.class).contains("requires -2 samples");
            assertThat(Suites.eval(A_suite.GoodCase.class).samples()).isEqualTo(1);
            assertThat(Suites.eval(A_suite.GoodCase.class).required()).isEqualTo(1);
        }

        @Samples(0)
        static class NoSamplesCase extends WithEval {}

        @Samples(value = 3, required = 4)
        static class TooManyCase extends WithEval {}

        @Samples(value = 3, required = -2)
        static class NegativeCase extends WithEval {}

        @Test
        void has_a_dataset_of_files_or_of_rows() {
            assertThatTheFaultOf(NoDatasetCase.class).contains("has no dataset");
            assertThatTheFaultOf(BothCase.class).contains("with files and with rows");
            assertThatTheFaultOf(NeitherCase.class).contains("with neither files nor rows");
        }

        @EvalSuite
        static class NoDatasetCase {
            @Eval
            String echo(String input) {
                return input;
            }

            @Scorer
            boolean fine(String output) {
                return true;
            }
        }

        @Dataset(value = "x.jsonl", rows = "{}")
        static class BothCase extends WithEval {}

        @Dataset
        static class NeitherCase extends WithEval {}

        @Test
        void has_time() {
            assertThatTheFaultOf(NoTimeCase.class).contains("has a @Timeout of 0");
        }

        @Timeout(0)
        static class NoTimeCase extends WithEval {}

        @Test
        void takes_what_is_nearer() {
            EvalDefinition eval = Suites.eval(NearerCase.class);
            assertThat(eval.samples()).isEqualTo(2);
            assertThat(eval.dataset().orElseThrow().locations()).containsExactly("near.jsonl");
            assertThat(eval.timeout()).contains(java.time.Duration.ofSeconds(1));
            assertThat(Suites.eval(InheritingCase.class).samples()).isEqualTo(2);
        }

        @Samples(5)
        @Dataset("far.jsonl")
        @Timeout(60)
        static class NearerCase extends Base {
            @Eval
            @Samples(2)
            @Dataset("near.jsonl")
            @Timeout(1)
            String echo(String input) {
                return input;
            }
        }

        @Samples(7)
        @Dataset("farther.jsonl")
        static class InheritingCase extends NearerCase {}

        @Test
        void looks_for_its_files_beside_the_class_that_names_them() {
            assertThat(Suites.eval(A_suite.GoodCase.class).datasetAnchor()).isEqualTo(Base.class);
            assertThat(Suites.eval(InheritingCase.class).datasetAnchor()).isEqualTo(NearerCase.class);
            assertThat(Suites.eval(BothCase.class).datasetAnchor()).isEqualTo(BothCase.class);
        }
    }

    @Nested
    class A_class_that_cannot_be_linked {
        @Test
        void is_a_suite_with_one_fault() throws Exception {
            Class<?> suite = Unlinkable.load(UnlinkableCase.class, MissingLater.class);
            SuiteDefinition definition = SuiteDefinition.of(suite);
            assertThat(SuiteDefinition.isSuite(suite)).isTrue();
            assertThat(definition.evals()).isEmpty();
            assertThat(definition.faults())
                    .singleElement()
                    .asString()
                    .contains("UnlinkableCase cannot be read")
                    .contains("MissingLater")
                    .contains("on the class path");
        }
    }

    static class MissingLater {}

    @EvalSuite
    static class UnlinkableCase {
        MissingLater later() {
            return null;
        }
    }

    /** Loads one class anew, by a loader to which another is missing. */
    static final class Unlinkable extends ClassLoader {
        private final Class<?> own;
        private final Class<?> missing;

        private Unlinkable(Class<?> own, Class<?> missing) {
            super(own.getClassLoader());
            this.own = own;
            this.missing = missing;
        }

        static Class<?> load(Class<?> own, Class<?> missing) throws ClassNotFoundException {
            return new Unlinkable(own, missing).loadClass(own.getName());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.equals(missing.getName())) {
                throw new ClassNotFoundException(name);
            }
            if (!name.equals(own.getName())) {
                return super.loadClass(name, resolve);
            }
            try (var bytes = own.getResourceAsStream(name.substring(name.lastIndexOf('.') + 1) + ".class")) {
                byte[] code = bytes.readAllBytes();
                return defineClass(name, code, 0, code.length);
            } catch (java.io.IOException impossible) {
                throw new ClassNotFoundException(name, impossible);
            }
        }
    }
}
