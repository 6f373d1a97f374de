package org.juniteval.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;
import static org.junit.platform.engine.TestDescriptor.Type.CONTAINER;
import static org.junit.platform.engine.TestDescriptor.Type.TEST;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Expected;
import org.juniteval.Gate;
import org.juniteval.Input;
import org.juniteval.Samples;
import org.juniteval.Scorer;
import org.juniteval.Variants;
import org.juniteval.engine.run.Settings;

/** The table of names: display, reporting name, unique id and type of every node, for every shape of suite. */
class NamesTest {

    static final String CAPITALS = """
            {"id": "peru", "input": "Peru", "expected": "Lima", "tags": ["south"]}
            {"id": "chile", "input": "Chile", "expected": "Santiago", "tags": ["south", "long"]}
            {"id": 7, "input": "Norway", "expected": "Oslo"}
            """;

    enum Tone {
        CURT,
        KIND
    }

    abstract static class Exact {
        @Scorer(threshold = 1)
        @Gate(atLeast = 0.1)
        double exact(String answer, @Expected String capital) {
            return answer.equals(capital) ? 1 : 0;
        }
    }

    @EvalSuite
    @Dataset(rows = CAPITALS)
    static class OneSampleCase extends Exact {
        @Eval
        String answersCapital(String country) {
            return "Lima";
        }
    }

    @EvalSuite
    @DisplayName("Capitals of the world")
    @Dataset(rows = CAPITALS)
    @Samples(value = 3, required = 2)
    static class SamplesCase extends Exact {
        @Eval
        @DisplayName("answers a capital")
        String answersCapital(String country) {
            return "Lima";
        }
    }

    @EvalSuite
    @Dataset(rows = CAPITALS)
    @Samples(2)
    static class VariantsCase extends Exact {
        @Eval
        String answersCapital(String country, @Variants Tone tone) {
            return "Lima";
        }
    }

    @EvalSuite
    @Dataset(rows = CAPITALS)
    @Samples(value = 2, required = 1)
    static class TwoEvalsCase extends Exact {
        @Eval
        String answersCapital(String country, @Variants Tone tone) {
            return "Lima";
        }

        @Eval
        @Samples(1)
        String guessesCapital(@Input String country, @Variants Tone tone) {
            return "Oslo";
        }

        @Eval
        @DisplayName("dreams of a capital")
        String dreamsOfCapital(String country) {
            return "Oslo";
        }
    }

    @TempDir
    Path folder;

    private static Set<String> table(EvalRuns.Finished run, Class<?> suite) {
        String root = "[engine:eval]/[suite:" + suite.getName() + "]";
        return run.events().started().stream()
                .map(event -> event.getTestDescriptor())
                .filter(node -> node.getParent().isPresent())
                .map(node -> line(node, root))
                .collect(Collectors.toSet());
    }

    private static String line(TestDescriptor node, String root) {
        return (node.getType() == TEST ? "TEST" : node.getType() == CONTAINER ? "CONTAINER" : "both")
                + " "
                + node.getUniqueId().toString().replace(root, "")
                + " | " + node.getDisplayName()
                + " | " + node.getLegacyReportingName();
    }

    @Nested
    class Of_each_shape {

        @Test
        void with_one_sample_a_case_is_a_leaf() {
            assertThat(table(EvalRuns.in(folder).run(OneSampleCase.class), OneSampleCase.class))
                    .containsExactlyInAnyOrder(
                            "CONTAINER  | OneSampleCase | " + OneSampleCase.class.getName(),
                            "CONTAINER /[eval:answersCapital(java.lang.String)] | answersCapital |"
                                    + " answersCapital(String)",
                            "TEST /[eval:answersCapital(java.lang.String)]/[case:peru] | peru | answersCapital[peru]",
                            "TEST /[eval:answersCapital(java.lang.String)]/[case:chile] | chile |"
                                    + " answersCapital[chile]",
                            "TEST /[eval:answersCapital(java.lang.String)]/[case:7] | 7 | answersCapital[7]",
                            "TEST /[eval:answersCapital(java.lang.String)]/[gate:mean(exact)] | mean(exact) |"
                                    + " answersCapital[gate: mean(exact)]");
        }

        @Test
        void with_several_a_case_holds_them_and_its_verdict() {
            assertThat(table(EvalRuns.in(folder).with(Settings.LIMIT, 1).run(SamplesCase.class), SamplesCase.class))
                    .containsExactlyInAnyOrder(
                            "CONTAINER  | Capitals of the world | " + SamplesCase.class.getName(),
                            "CONTAINER /[eval:answersCapital(java.lang.String)] | answers a capital |"
                                    + " answersCapital(String)",
                            "CONTAINER /[eval:answersCapital(java.lang.String)]/[case:peru] | peru |"
                                    + " answersCapital[peru]",
                            "TEST /[eval:answersCapital(java.lang.String)]/[case:peru]/[sample:1] | peru [1] |"
                                    + " answersCapital[peru][1]",
                            "TEST /[eval:answersCapital(java.lang.String)]/[case:peru]/[sample:2] | peru [2] |"
                                    + " answersCapital[peru][2]",
                            "TEST /[eval:answersCapital(java.lang.String)]/[case:peru]/[sample:3] | peru [3] |"
                                    + " answersCapital[peru][3]",
                            "TEST /[eval:answersCapital(java.lang.String)]/[case:peru]/[verdict:case] | peru [verdict]"
                                    + " | answersCapital[peru][verdict]",
                            "TEST /[eval:answersCapital(java.lang.String)]/[gate:mean(exact)] | mean(exact) |"
                                    + " answersCapital[gate: mean(exact)]");
        }

        @Test
        void a_variant_stands_between_eval_and_case_and_in_front_of_display_names() {
            String eval = "/[eval:answersCapital(java.lang.String, " + Tone.class.getName() + ")]";
            assertThat(table(
                            EvalRuns.in(folder)
                                    .with(Settings.LIMIT, 1)
                                    .with(Settings.VARIANTS, "KIND")
                                    .run(VariantsCase.class),
                            VariantsCase.class))
                    .containsExactlyInAnyOrder(
                            "CONTAINER  | VariantsCase | " + VariantsCase.class.getName(),
                            "CONTAINER " + eval + " | answersCapital | answersCapital(String, Tone)",
                            "CONTAINER " + eval + "/[variant:KIND] | KIND | answersCapital[KIND]",
                            "CONTAINER " + eval + "/[variant:KIND]/[case:peru] | KIND · peru |"
                                    + " answersCapital[KIND][peru]",
                            "TEST " + eval + "/[variant:KIND]/[case:peru]/[sample:1] | KIND · peru [1] |"
                                    + " answersCapital[KIND][peru][1]",
                            "TEST " + eval + "/[variant:KIND]/[case:peru]/[sample:2] | KIND · peru [2] |"
                                    + " answersCapital[KIND][peru][2]",
                            "TEST " + eval + "/[variant:KIND]/[gate:mean(exact)] | KIND · mean(exact) |"
                                    + " answersCapital[KIND][gate: mean(exact)]");
        }

        @Test
        void among_several_evals_all_display_names_begin_with_theirs() {
            EvalRuns.Finished run = EvalRuns.in(folder).with(Settings.LIMIT, 1).run(TwoEvalsCase.class);

            assertThat(table(run, TwoEvalsCase.class))
                    .extracting(line -> line.split(" \\| ")[1])
                    .contains(
                            "answersCapital",
                            "answersCapital · CURT",
                            "answersCapital · CURT · peru",
                            "answersCapital · CURT · peru [1]",
                            "answersCapital · CURT · peru [verdict]",
                            "answersCapital · CURT · mean(exact)",
                            "guessesCapital · KIND · peru",
                            "dreams of a capital",
                            "dreams of a capital · peru",
                            "dreams of a capital · peru [2]",
                            "dreams of a capital · mean(exact)");
        }
    }

    @Nested
    class Stay_the_same {

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 8, 33})
        void whatever_the_concurrency(int concurrency) {
            Set<String> names = table(EvalRuns.in(folder.resolve("a")).run(TwoEvalsCase.class), TwoEvalsCase.class);

            assertThat(table(
                            EvalRuns.in(folder.resolve("b"))
                                    .with(Settings.CONCURRENCY, concurrency)
                                    .run(TwoEvalsCase.class),
                            TwoEvalsCase.class))
                    .isEqualTo(names);
        }

        @Test
        void when_a_key_asks_for_more_samples_than_the_one_that_is_declared() {
            Set<String> names = table(EvalRuns.in(folder.resolve("a")).run(OneSampleCase.class), OneSampleCase.class);

            assertThat(table(
                            EvalRuns.in(folder.resolve("b"))
                                    .with(Settings.SAMPLES, 4)
                                    .run(OneSampleCase.class),
                            OneSampleCase.class))
                    .isEqualTo(names);
        }

        @Test
        void when_a_key_asks_for_fewer_samples() {
            EvalRuns.Finished run =
                    EvalRuns.in(folder).with(Settings.SAMPLES, 1).run(SamplesCase.class);

            assertThat(run.names())
                    .contains("answersCapital[peru][1]", "answersCapital[peru][verdict]")
                    .doesNotContain("answersCapital[peru]", "answersCapital[peru][2]");
        }
    }

    @Nested
    class Hold_whatever_is_chosen {

        @ParameterizedTest
        @CsvSource({
            "eval.samples, 1",
            "eval.samples, 5",
            "eval.cases, peru",
            "eval.cases, '#south, !#long'",
            "eval.cases, nothing-like-it",
            "eval.variants, CURT",
            "eval.variants, none",
            "eval.limit, 1",
            "eval.limit, 100",
            "eval.misses, fail",
            "eval.cache.mode, replay",
            "eval.cache.mode, off",
            "eval.concurrency, 1"
        })
        void every_shape_keeps_the_rules_of_the_tree(String key, String value) {
            EvalRuns runs = EvalRuns.in(folder).with(key, value);

            runs.run(OneSampleCase.class, SamplesCase.class, VariantsCase.class, TwoEvalsCase.class);
            runs.run(OneSampleCase.class, SamplesCase.class, VariantsCase.class, TwoEvalsCase.class);
            runs.inAnotherJvm().run(TwoEvalsCase.class, VariantsCase.class, SamplesCase.class, OneSampleCase.class);
        }
    }

    @Nested
    class That_would_be_equal_are_a_fault {

        @EvalSuite
        @Samples(value = 2, required = 1)
        @Dataset(rows = """
                        {"id": "peru", "input": "Peru"}
                        {"id": "peru][1", "input": "Peru"}
                        {"id": "peru][verdict", "input": "Peru"}
                        {"id": "peru [2]", "input": "Peru"}
                        {"id": "peru [3]", "input": "Peru"}
                        {"id": "peru][x", "input": "Peru"}
                        """)
        static class LikeSamplesCase {
            @Eval
            String echoes(String country) {
                return country;
            }

            @Scorer
            boolean same(String answer, @Input String country) {
                return answer.equals(country);
            }
        }

        @EvalSuite
        @Dataset(rows = """
                        {"id": "mean(same)", "input": "Peru"}
                        {"id": "gate: mean(same)", "input": "Peru"}
                        {"id": "gate: mean(other)", "input": "Peru"}
                        """)
        static class LikeGatesCase {
            @Eval
            String echoes(String country) {
                return country;
            }

            @Scorer(threshold = 1)
            @Gate(atLeast = 0.5)
            double same(String answer, @Input String country) {
                return 1;
            }
        }

        @EvalSuite
        @Dataset(rows = """
                        {"id": "a", "input": "Peru"}
                        {"id": "b · a", "input": "Peru"}
                        """)
        static class LikeVariantsCase {
            @Eval
            String echoes(String country, @Variants("both") String style) {
                return country;
            }

            static Map<String, String> both() {
                return Map.of("x", "1", "x · b", "2");
            }

            @Scorer
            boolean same(String answer, @Input String country) {
                return answer.equals(country);
            }
        }

        @EvalSuite
        @Dataset(rows = """
                {"id": "a", "input": "Peru"}
                {"id": "two · a", "input": "Peru"}
                """)
        static class LikeEvalsCase {
            @Eval
            @DisplayName("one")
            String first(String country) {
                return country;
            }

            @Eval
            @DisplayName("one · two")
            String second(String country) {
                return country;
            }

            @Scorer
            boolean same(String answer, @Input String country) {
                return answer.equals(country);
            }
        }

        @EvalSuite
        @Samples(2)
        @Dataset(rows = """
                {"id": "KIND", "input": "Peru"}
                """)
        static class CaseLikeVariantCase {
            @Eval
            String echoes(String country, @Variants Tone tone) {
                return country;
            }

            @Scorer
            boolean same(String answer, @Input String country) {
                return answer.equals(country);
            }
        }

        @Test
        void a_case_like_another_case_s_sample() {
            EvalRuns.Finished run = EvalRuns.in(folder).run(LikeSamplesCase.class);

            assertThat(run.names()).containsExactly("echoes [dataset]");
            assertThat(run.message("echoes [dataset]").lines())
                    .hasSize(3)
                    .allMatch(line -> line.contains("choose another id"))
                    .anyMatch(line -> line.contains("\"peru][1\"") && line.contains(":2"))
                    .anyMatch(line -> line.contains("\"peru][verdict\""))
                    .anyMatch(line -> line.contains("\"peru [2]\""));
        }

        @EvalSuite
        @Dataset(rows = """
                {"id": "zero \\u0000", "input": "Peru"}
                {"id": "zero \\\\u0000", "input": "Peru"}
                {"id": "line\\r\\nbreak", "input": "Peru"}
                {"id": "line\\nbreak", "input": "Peru"}
                {"id": "bell \\u0007", "input": "Peru"}
                """)
        static class LikeInPrintCase {
            @Eval
            String echoes(String country) {
                return country;
            }

            @Scorer
            boolean same(String answer, @Input String country) {
                return answer.equals(country);
            }
        }

        @Test
        void a_case_whose_hidden_characters_are_shown_as_another_case_spells_them() {
            EvalRuns.Finished run = EvalRuns.in(folder).run(LikeInPrintCase.class);

            assertThat(run.message("echoes [dataset]"))
                    .contains("rows:1:1 the id", "rows:3:1 the id", "makes a test of the same name as case")
                    .doesNotContain("rows:2", "rows:4", "rows:5");
        }

        @Test
        void a_case_like_a_gate() {
            EvalRuns.Finished run = EvalRuns.in(folder).run(LikeGatesCase.class);

            assertThat(run.message("echoes [dataset]").lines())
                    .hasSize(2)
                    .allMatch(line -> line.contains("makes a test of the same name as a gate"));
        }

        @ParameterizedTest
        @ValueSource(classes = {LikeVariantsCase.class, LikeEvalsCase.class})
        void a_case_that_reads_like_part_of_a_variant_or_eval(Class<?> suite) {
            EvalRuns.Finished run = EvalRuns.in(folder).run(suite);

            assertThat(run.ends().values())
                    .flatExtracting(end -> end.getThrowable().stream().toList())
                    .singleElement(THROWABLE)
                    .hasMessageContaining("choose another name");
        }

        @Test
        void but_a_case_called_like_a_variant_is_none() {
            assertThat(EvalRuns.in(folder).run(CaseLikeVariantCase.class).ends().values())
                    .extracting(end -> end.getStatus())
                    .containsOnly(Status.SUCCESSFUL);
        }
    }

    @Test
    void tags_of_a_row_are_tags_of_its_nodes() {
        EvalRuns.Finished run = EvalRuns.in(folder).run(OneSampleCase.class);

        assertThat(run.leaves().started().stream()
                        .map(event -> event.getTestDescriptor())
                        .filter(node -> node.getDisplayName().equals("chile"))
                        .flatMap(node -> node.getTags().stream())
                        .map(tag -> tag.getName()))
                .containsAll(List.of("south", "long"));
    }
}
