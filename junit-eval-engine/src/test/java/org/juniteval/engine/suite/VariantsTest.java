package org.juniteval.engine.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Gate;
import org.juniteval.Scorer;
import org.juniteval.Variants;

class VariantsTest {

    enum Tone {
        CURT,
        KIND
    }

    record Model(String id, double temperature) {}

    @EvalSuite
    @Dataset(rows = "{}")
    abstract static class Base {
        @Scorer
        boolean fine(Object output) {
            return true;
        }
    }

    private static List<Variant> variants(Class<?> suite) throws Throwable {
        return Suites.eval(suite).variants(Suites.instance(suite));
    }

    @Nested
    class The_variants_of_an_eval {
        static class NoneCase extends Base {
            @Eval
            String echo(String input) {
                return input;
            }
        }

        @Test
        void are_one_without_a_name_where_there_is_no_axis() throws Throwable {
            assertThat(Suites.eval(NoneCase.class).hasVariants()).isFalse();
            assertThat(variants(NoneCase.class)).containsExactly(Variant.NONE);
        }

        static class EnumCase extends Base {
            @Eval
            String echo(String input, @Variants Tone tone) {
                return tone + input;
            }
        }

        @Test
        void are_the_constants_of_an_enum() throws Throwable {
            assertThat(Suites.eval(EnumCase.class).hasVariants()).isTrue();
            assertThat(Suites.eval(EnumCase.class).variantSources()).isEmpty();
            assertThat(variants(EnumCase.class)).extracting(Variant::name).containsExactly("CURT", "KIND");
            assertThat(variants(EnumCase.class).get(0).data()).contains(Suites.json("[\"CURT\"]"));
        }

        static class ProductCase extends Base {
            Map<String, Model> models() {
                Map<String, Model> models = new LinkedHashMap<>();
                models.put("small", new Model("s", 0.5));
                models.put("large", new Model("l", 0));
                return models;
            }

            static Map<String, UnaryOperator<String>> prompts() {
                return Map.of("short", text -> text + "?", "long", text -> "What is " + text + "?");
            }

            @Eval
            String echo(
                    String input,
                    @Variants("models") Model model,
                    @Variants Tone tone,
                    @Variants("prompts") UnaryOperator<String> prompt) {
                return model.id() + tone + prompt.apply(input);
            }

            @Scorer
            boolean knows(String output, @Variants Tone tone, @Variants("models") Model model) {
                return output.startsWith(model.id() + tone);
            }
        }

        @Test
        void are_the_product_of_all_axes_with_their_names_joined() throws Throwable {
            assertThat(Suites.faults(ProductCase.class)).isEmpty();
            assertThat(variants(ProductCase.class))
                    .extracting(Variant::name)
                    .containsExactly(
                            "small+CURT+long",
                            "small+CURT+short",
                            "small+KIND+long",
                            "small+KIND+short",
                            "large+CURT+long",
                            "large+CURT+short",
                            "large+KIND+long",
                            "large+KIND+short");
            assertThat(Suites.eval(ProductCase.class).variantSources())
                    .extracting(Method::getName)
                    .containsExactly("models", "prompts");
        }

        @Test
        void reach_the_eval_and_the_scorers_that_ask_for_them() throws Throwable {
            Object suite = Suites.instance(ProductCase.class);
            EvalDefinition eval = Suites.eval(ProductCase.class);
            Variant variant = eval.variants(suite).get(7);
            Object output = eval.call(suite, Suites.input("it"), variant, Suites.context());
            assertThat(output).isEqualTo("lKINDit?");
            ScorerDefinition knows = Suites.scorer(ProductCase.class, "knows");
            assertThat(knows.score(suite, output, Suites.input("it"), variant, Suites.context())
                            .scores()
                            .get("knows")
                            .value())
                    .hasValue(1);
            assertThat(knows.boundParts(Suites.input("it"), variant))
                    .isEqualTo(Suites.json("{\"variant\": {\"name\": \"large+KIND+short\"}}"));
        }

        static class RecordsCase extends Base {
            Map<String, Model> models() {
                return Map.of("b", new Model("b", 0.5), "a", new Model("a", 0));
            }

            @Eval
            String echo(String input, @Variants("models") Model model) {
                return input;
            }
        }

        @Test
        void are_data_where_their_type_is_data_and_in_order_of_their_names_where_the_map_has_none() throws Throwable {
            List<Variant> variants = variants(RecordsCase.class);
            assertThat(variants).extracting(Variant::name).containsExactly("a", "b");
            assertThat(variants.get(1).data()).contains(Suites.json("[{\"id\": \"b\", \"temperature\": 0.5}]"));
        }

        static class TwiceCase extends Base {
            @Eval
            String echo(String input, @Variants Tone first, @Variants Tone second) {
                return input;
            }

            @Scorer
            boolean differ(String output, @Variants Tone first, @Variants Tone second) {
                return first != second;
            }
        }

        @Test
        void of_two_equal_axes_reach_a_scorer_in_their_order() throws Throwable {
            assertThat(Suites.faults(TwiceCase.class)).isEmpty();
            Variant variant = variants(TwiceCase.class).get(1);
            assertThat(variant.name()).isEqualTo("CURT+KIND");
            assertThat(Suites.scorer(TwiceCase.class, "differ")
                            .score(Suites.instance(TwiceCase.class), "", Suites.input(""), variant, Suites.context())
                            .scores()
                            .get("differ")
                            .value())
                    .hasValue(1);
        }
    }

    @Nested
    class A_suite_is_faulty_whose_variants {
        static class NoEnumCase extends Base {
            @Eval
            String echo(String input, @Variants String name) {
                return input;
            }
        }

        static class NoSourceCase extends Base {
            @Eval
            String echo(String input, @Variants("models") Model model) {
                return input;
            }
        }

        static class OtherSourceCase extends Base {
            List<Model> models() {
                return List.of();
            }

            @Eval
            String echo(String input, @Variants("models") Model model) {
                return input;
            }
        }

        @Test
        void come_from_nowhere() {
            assertThat(Suites.faults(NoEnumCase.class))
                    .singleElement()
                    .asString()
                    .contains("which is no enum: name a method that returns a Map<String, String>");
            assertThat(Suites.faults(NoSourceCase.class))
                    .singleElement()
                    .asString()
                    .contains("NoSourceCase has no method models() without parameters");
            assertThat(Suites.faults(OtherSourceCase.class))
                    .singleElement()
                    .asString()
                    .contains("OtherSourceCase.models(VariantsTest.java:")
                    .contains("returns List<VariantsTest.Model>")
                    .contains("return a Map<String, VariantsTest.Model>");
        }

        static class StrangeAxisCase extends Base {
            @Eval
            String echo(String input) {
                return input;
            }

            @Scorer
            boolean knows(String output, @Variants Tone tone) {
                return true;
            }
        }

        @Test
        void a_scorer_asks_for_though_its_eval_has_none() {
            assertThat(Suites.faults(StrangeAxisCase.class))
                    .singleElement()
                    .asString()
                    .contains("takes @Variants VariantsTest.Tone, which is no axis of the eval");
        }

        abstract static class Source extends Base {
            Map<String, String> source;

            Map<String, String> names() {
                return source;
            }

            @Eval
            String echo(String input, @Variants("names") String name) {
                return input;
            }
        }

        static class SourceCase extends Source {}

        private static void assertThatIsAFault(Map<String, String> source, String text) throws Throwable {
            SourceCase suite = (SourceCase) Suites.instance(SourceCase.class);
            suite.source = source;
            assertThatThrownBy(() -> Suites.eval(SourceCase.class).variants(suite))
                    .isInstanceOf(SuiteFault.class)
                    .hasMessageContaining("Source.names(VariantsTest.java:")
                    .hasMessageContaining(text);
        }

        @Test
        void are_none_or_have_names_that_are_no_names_or_no_values() throws Throwable {
            assertThatIsAFault(null, "returned null");
            assertThatIsAFault(Map.of(), "names no variants");
            assertThatIsAFault(Map.of(" ", ""), "names a variant \" \"");
            assertThatIsAFault(Map.of("a,b", ""), "names a variant \"a,b\"");
            assertThatIsAFault(Map.of("a][b", ""), "names a variant \"a][b\"");
            Map<String, String> nulls = new HashMap<>();
            nulls.put("a", null);
            assertThatIsAFault(nulls, "has no value for the variant \"a\"");
            Map<String, String> nameless = new HashMap<>();
            nameless.put(null, "a");
            assertThatIsAFault(nameless, "names a variant \"null\"");
        }

        static class CollidingCase extends Base {
            Map<String, String> one() {
                return Map.of("a", "", "a+b", "");
            }

            Map<String, String> other() {
                return Map.of("c", "", "b+c", "");
            }

            @Eval
            String echo(String input, @Variants("one") String one, @Variants("other") String other) {
                return input;
            }
        }

        @Test
        void have_one_name_for_two() {
            assertThatThrownBy(() -> variants(CollidingCase.class))
                    .isInstanceOf(SuiteFault.class)
                    .hasMessageContaining("several variants called \"a+b+c\"");
        }

        @Gate(atLeast = 0.5, variant = "rude")
        static class GatedCase extends Source {}

        @Test
        void are_not_those_that_a_gate_names() throws Throwable {
            assertThat(Suites.faults(GatedCase.class)).isEmpty();
            GatedCase suite = (GatedCase) Suites.instance(GatedCase.class);
            suite.source = Map.of("kind", "");
            assertThatThrownBy(() -> Suites.eval(GatedCase.class).variants(suite))
                    .isInstanceOf(SuiteFault.class)
                    .hasMessageContaining("names the variant \"rude\", which there is not: there are kind");
        }

        static class ThrowingCase extends Base {
            Map<String, String> names() {
                throw new UnsupportedOperationException("no models today");
            }

            @Eval
            String echo(String input, @Variants("names") String name) {
                return input;
            }
        }

        @Test
        void throw_what_their_source_throws() {
            assertThatThrownBy(() -> variants(ThrowingCase.class))
                    .isExactlyInstanceOf(UnsupportedOperationException.class)
                    .hasMessage("no models today");
        }
    }
}
