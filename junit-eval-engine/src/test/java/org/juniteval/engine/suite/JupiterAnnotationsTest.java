package org.juniteval.engine.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Tags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Scorer;

class JupiterAnnotationsTest {

    @EvalSuite
    @Dataset(rows = "{}")
    abstract static class Base {
        @Scorer
        boolean fine(String output) {
            return true;
        }
    }

    abstract static class WithEval extends Base {
        @Eval
        String echo(String input) {
            return input;
        }
    }

    private static String onlyFault(Class<?> suite) {
        List<String> faults = Suites.faults(suite);
        assertThat(faults).hasSize(1);
        return faults.get(0);
    }

    @Nested
    class Honoured {
        @DisplayName("Capitals")
        @Tags({@Tag("geo"), @Tag("slow")})
        @Timeout(5)
        @EnabledIfSystemProperty(named = "java.version", matches = ".*")
        @DisabledIfSystemProperty(named = "none", matches = ".*")
        static class AllCase extends Base {
            @BeforeAll
            void begin() {}

            @AfterAll
            void end() {}

            @Eval
            @DisplayName("says it again")
            @Tag("echo")
            @Timeout(1)
            @EnabledIfSystemProperty(named = "java.version", matches = ".*")
            String echo(String input) {
                return input;
            }
        }

        @Test
        void are_names_tags_timeouts_lifecycle_and_conditions_on_variables_and_properties() {
            assertThat(Suites.faults(AllCase.class)).isEmpty();
            assertThat(SuiteDefinition.of(AllCase.class).displayName()).isEqualTo("Capitals");
            assertThat(SuiteDefinition.of(AllCase.class).tags()).containsExactlyInAnyOrder("geo", "slow", "eval");
            assertThat(Suites.eval(AllCase.class).displayName()).isEqualTo("says it again");
        }
    }

    @Nested
    class A_fault_names_the_alternative_of {
        @TestInstance(TestInstance.Lifecycle.PER_CLASS)
        static class TestInstanceCase extends WithEval {}

        @EnabledOnOs(OS.LINUX)
        static class EnabledOnOsCase extends WithEval {}

        static class FakeExtension implements ParameterResolver {
            @Override
            public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
                return false;
            }

            @Override
            public Object resolveParameter(ParameterContext parameter, ExtensionContext extension) {
                return null;
            }
        }

        @Retention(RetentionPolicy.RUNTIME)
        @ExtendWith(FakeExtension.class)
        @interface FrameworkTest {}

        @FrameworkTest
        abstract static class FrameworkSuite extends WithEval {}

        static class FrameworkCase extends FrameworkSuite {}

        static class TestCase extends WithEval {
            @Test
            void works() {}
        }

        static class RepeatedTestCase extends WithEval {
            @RepeatedTest(3)
            void works() {}
        }

        static class ParameterizedTestCase extends WithEval {
            @ParameterizedTest
            @ValueSource(strings = "a")
            void works(String a) {}
        }

        static class BeforeEachCase extends WithEval {
            @BeforeEach
            void begin() {}
        }

        static class TempDirCase extends WithEval {
            @TempDir
            Path folder;
        }

        static class NestedCase extends WithEval {
            @Nested
            class Inside {}

            @Disabled
            static class Neighbour {}
        }

        static class ParameterCase extends Base {
            @Eval
            String echo(@org.juniteval.Input("a") @TempDir Path folder) {
                return "";
            }
        }

        static class DisabledScorerCase extends WithEval {
            @Scorer
            @Disabled
            boolean never(String output) {
                return false;
            }
        }

        static class LifecycleOnEvalCase extends Base {
            @Eval
            @BeforeAll
            String echo(String input) {
                return input;
            }
        }

        @Test
        void a_test() {
            assertThat(onlyFault(TestCase.class))
                    .contains("TestCase.works(JupiterAnnotationsTest.java:")
                    .contains("has @Test of Jupiter, which an eval suite does not honour: use @Eval here");
            assertThat(onlyFault(RepeatedTestCase.class)).contains("use @Eval with @Samples");
            assertThat(Suites.faults(ParameterizedTestCase.class))
                    .anyMatch(fault ->
                            fault.contains("@ParameterizedTest") && fault.contains("use @Eval with a @Dataset"));
        }

        @Test
        void a_callback_around_each() {
            assertThat(onlyFault(BeforeEachCase.class)).contains("use @BeforeAll");
        }

        @Test
        void an_extension_even_where_another_annotation_brings_it_to_a_superclass() {
            assertThat(onlyFault(FrameworkCase.class))
                    .contains("FrameworkSuite has @ExtendWith")
                    .contains("provide the suite's instance by a SuiteFactory");
        }

        @Test
        void what_would_have_been_ignored_on_class_field_or_parameter() {
            assertThat(onlyFault(TestInstanceCase.class)).contains("a suite always has one instance");
            assertThat(onlyFault(EnabledOnOsCase.class)).contains("use @EnabledIfEnvironmentVariable");
            assertThat(onlyFault(TempDirCase.class))
                    .contains("TempDirCase.folder")
                    .contains("Files.createTempDirectory");
            assertThat(Suites.faults(ParameterCase.class)).anyMatch(fault -> fault.contains("@TempDir"));
        }

        @Test
        void a_class_inside_the_suite_that_would_be_part_of_it() {
            assertThat(onlyFault(NestedCase.class))
                    .contains("Inside has @Nested")
                    .contains("use a static nested class");
        }

        @Test
        void what_is_honoured_elsewhere() {
            assertThat(onlyFault(DisabledScorerCase.class))
                    .contains("DisabledScorerCase.never(")
                    .contains("has @Disabled of Jupiter, which an eval suite does not honour there")
                    .contains("put it on the @EvalSuite class or on an @Eval method");
            assertThat(Suites.faults(LifecycleOnEvalCase.class))
                    .anyMatch(fault -> fault.contains("put it on a method of its own"));
        }
    }

    @Nested
    class A_suite_or_eval_is_not_run {
        @Disabled("too dear")
        static class DisabledCase extends WithEval {}

        static class DisabledEvalCase extends Base {
            @Eval
            @Disabled
            String echo(String input) {
                return input;
            }
        }

        static class InheritingCase extends DisabledCase {}

        @EnabledIfEnvironmentVariable(named = "JUNIT_EVAL_NOT_SET", matches = ".+", disabledReason = "no key")
        static class NoVariableCase extends WithEval {}

        @EnabledIfEnvironmentVariable(named = "PATH", matches = "x")
        static class OtherVariableCase extends WithEval {}

        @DisabledIfEnvironmentVariable(named = "PATH", matches = "(?s).*")
        static class VariableCase extends WithEval {}

        @EnabledIfSystemProperty(named = "java.version", matches = ".*")
        @EnabledIfSystemProperty(named = "junit.eval.not.set", matches = ".*")
        static class NoPropertyCase extends WithEval {}

        @DisabledIfSystemProperty(named = "java.version", matches = ".*")
        static class PropertyCase extends WithEval {}

        private static java.util.Optional<String> reason(Class<?> suite) {
            assertThat(Suites.faults(suite)).isEmpty();
            return SuiteDefinition.of(suite).disabled();
        }

        @Test
        void that_is_disabled() {
            assertThat(reason(DisabledCase.class)).contains("too dear");
            assertThat(reason(DisabledEvalCase.class)).isEmpty();
            assertThat(Suites.eval(DisabledEvalCase.class).disabled()).contains("@Disabled");
        }

        @Test
        void whose_condition_does_not_hold() {
            assertThat(reason(NoVariableCase.class)).contains("no key");
            assertThat(reason(OtherVariableCase.class))
                    .contains("environment variable PATH is not set or does not match x");
            assertThat(reason(VariableCase.class)).contains("environment variable PATH matches (?s).*");
            assertThat(reason(NoPropertyCase.class))
                    .contains("system property junit.eval.not.set is not set or does not match .*");
            assertThat(reason(PropertyCase.class)).contains("system property java.version matches .*");
        }

        @Test
        void but_a_subclass_of_a_disabled_one_is_as_in_jupiter() {
            assertThat(reason(InheritingCase.class)).isEmpty();
        }

        @EnabledIfSystemProperty(named = "java.version", matches = "(")
        static class NoPatternCase extends WithEval {}

        @Test
        void and_is_faulty_if_its_condition_is_no_pattern() {
            assertThat(onlyFault(NoPatternCase.class)).contains("NoPatternCase").contains("\"(\"");
            assertThat(SuiteDefinition.of(NoPatternCase.class).disabled()).isEmpty();
        }
    }
}
