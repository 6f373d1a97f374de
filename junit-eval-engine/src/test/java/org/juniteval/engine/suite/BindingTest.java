package org.juniteval.engine.suite;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Expected;
import org.juniteval.Input;
import org.juniteval.Metadata;
import org.juniteval.SampleContext;
import org.juniteval.Scorer;
import org.juniteval.engine.dataset.DatasetFault;
import org.juniteval.engine.dataset.Row;

class BindingTest {

    @EvalSuite
    @Dataset(rows = "{}")
    interface AnyScorer {
        @Scorer
        default boolean fine(Object output) {
            return true;
        }
    }

    enum Unit {
        CELSIUS,
        FAHRENHEIT
    }

    record Town(String city, Optional<String> country, int inhabitants) {}

    static class WholeInputCase implements AnyScorer {
        @Eval
        String echo(String input) {
            return input;
        }
    }

    static class PartsCase implements AnyScorer {
        @Eval
        String parts(
                @Input("place") Town place,
                @Input("place.city") String city,
                @Input("units.1") Unit second,
                @Input("k") int k,
                @Input("note") Optional<String> note,
                @Input("seed") OptionalInt seed,
                @Input("units") List<Unit> units,
                @Input("place") Map<String, Object> map,
                @Input("place") JsonNode tree,
                SampleContext context) {
            return place + "|" + city + "|" + second + "|" + k + "|" + note + "|" + seed + "|" + units + "|"
                    + map.get("inhabitants").getClass().getSimpleName() + "|"
                    + tree.path("city").asText() + "|"
                    + context.caseId();
        }
    }

    private static final String PARTS = """
            {"input": {"place": {"city": "Lima", "inhabitants": 10}, "units": ["CELSIUS", "FAHRENHEIT"], "k": 3}}""";

    private static Object call(Class<?> suite, Row row) throws Throwable {
        return Suites.eval(suite).call(Suites.instance(suite), row, Variant.NONE, Suites.context());
    }

    private static List<String> faults(Class<?> suite, String row) {
        return Suites.eval(suite).check(Suites.row(row)).stream()
                .map(DatasetFault::message)
                .toList();
    }

    @Nested
    class An_eval {
        @Test
        void takes_the_whole_input_as_its_one_parameter() throws Throwable {
            assertThat(call(WholeInputCase.class, Suites.input("Peru"))).isEqualTo("Peru");
        }

        @Test
        void takes_parts_by_path_as_primitives_enums_records_optionals_lists_maps_and_trees() throws Throwable {
            assertThat(Suites.faults(PartsCase.class)).isEmpty();
            assertThat(call(PartsCase.class, Suites.row(PARTS)))
                    .isEqualTo(
                            "Town[city=Lima, country=Optional.empty, inhabitants=10]|Lima|FAHRENHEIT|3|Optional.empty|"
                                    + "OptionalInt.empty|[CELSIUS, FAHRENHEIT]|Integer|Lima|a");
        }

        @Test
        void binds_exactly_what_its_parameters_take() {
            assertThat(Suites.eval(WholeInputCase.class).boundInput(Suites.row("{\"input\": {\"a\": 1}}")))
                    .isEqualTo(Suites.json("{\"a\": 1}"));
            assertThat(Suites.eval(TwoPartsCase.class)
                            .boundInput(Suites.row("{\"input\": {\"a\": 1, \"b\": {\"c\": 2}, \"d\": 3}}")))
                    .isEqualTo(Suites.json("{\"a\": 1, \"b.c\": 2}"));
        }

        static class TwoPartsCase implements AnyScorer {
            @Eval
            int parts(@Input("a") int a, @Input("b.c") int c, @Input("x") Optional<String> x) {
                return a + c;
            }
        }

        @Test
        void never_takes_the_answer_key() {
            assertThat(Suites.faults(ExpectedCase.class))
                    .singleElement()
                    .asString()
                    .contains("ExpectedCase.cheat(BindingTest.java:")
                    .contains("the answer key never reaches what is evaluated");
            assertThat(Suites.faults(MetadataCase.class))
                    .singleElement()
                    .asString()
                    .contains("takes @Metadata");
        }

        static class ExpectedCase implements AnyScorer {
            @Eval
            String cheat(String input, @Expected String expected) {
                return expected;
            }
        }

        static class MetadataCase implements AnyScorer {
            @Eval
            String cheat(@Input("a") String a, @Metadata("answer") String answer) {
                return answer;
            }
        }

        @Test
        void takes_something_of_the_row() {
            assertThat(Suites.faults(NothingCase.class))
                    .singleElement()
                    .asString()
                    .contains("takes nothing of the row");
            assertThat(Suites.faults(ContextOnlyCase.class))
                    .singleElement()
                    .asString()
                    .contains("takes nothing of the row");
        }

        static class NothingCase implements AnyScorer {
            @Eval
            String nothing() {
                return "";
            }
        }

        static class ContextOnlyCase implements AnyScorer {
            @Eval
            String nothing(SampleContext context) {
                return "";
            }
        }

        @Test
        void takes_the_input_whole_or_in_parts_but_not_both() {
            assertThat(Suites.faults(TwoWholesCase.class))
                    .singleElement()
                    .asString()
                    .contains("more than one parameter");
            assertThat(Suites.faults(WholeAndPartCase.class))
                    .singleElement()
                    .asString()
                    .contains("more than one parameter");
        }

        static class TwoWholesCase implements AnyScorer {
            @Eval
            String both(String one, String other) {
                return one;
            }
        }

        static class WholeAndPartCase implements AnyScorer {
            @Eval
            String both(String whole, @Input("a") String part) {
                return whole;
            }
        }

        @Test
        @SuppressWarnings("rawtypes")
        void says_what_its_raw_parameters_hold() {
            class RawCase implements AnyScorer {
                @Eval
                String raw(List input) {
                    return "";
                }
            }
            assertThat(Suites.faults(RawCase.class)).anyMatch(fault -> fault.contains("takes the raw type List"));
        }

        @Test
        void asks_for_one_thing_a_parameter() {
            assertThat(Suites.faults(TwiceCase.class))
                    .singleElement()
                    .asString()
                    .contains("two things by one parameter");
        }

        static class TwiceCase implements AnyScorer {
            @Eval
            String twice(String input) {
                return input;
            }

            @Scorer
            boolean same(String output, @Input @Expected String both) {
                return true;
            }
        }
    }

    @Nested
    class A_row_is_faulty_where {
        @Test
        void a_part_is_missing() {
            assertThat(
                            faults(
                                    PartsCase.class,
                                    "{\"input\": {\"place\": {\"city\": \"Lima\", \"inhabitants\": 1}, \"units\": [\"CELSIUS\", \"CELSIUS\"]}}"))
                    .singleElement()
                    .asString()
                    .contains("input.k is missing")
                    .contains("PartsCase.parts(BindingTest.java:")
                    .contains("takes that as int")
                    .contains("Optional<Integer>");
        }

        @Test
        void a_part_is_null() {
            assertThat(faults(WholeInputCase.class, "{\"input\": null}"))
                    .singleElement()
                    .asString()
                    .contains("input is null");
        }

        @Test
        void the_input_is_of_another_kind() {
            assertThat(faults(WholeInputCase.class, "{\"input\": {\"question\": \"?\"}}"))
                    .singleElement()
                    .asString()
                    .contains("input is {\"question\":\"?\"}, which is no String");
        }

        @Test
        void a_value_inside_a_record_is_wrong_and_says_where() {
            assertThat(faults(PartsCase.class, PARTS.replace("\"inhabitants\": 10", "\"inhabitants\": \"many\"")))
                    .contains("input.place.inhabitants is \"many\", which is no int; "
                            + Place.text(Suites.eval(PartsCase.class).method())
                            + " takes that as BindingTest.Town");
        }

        @Test
        void a_component_of_a_record_is_missing_that_may_not_be_absent() {
            assertThat(faults(PartsCase.class, PARTS.replace("\"city\": \"Lima\", ", "")))
                    .anyMatch(fault -> fault.startsWith("input.place.city is missing"));
            assertThat(faults(PartsCase.class, PARTS.replace(", \"inhabitants\": 10", "")))
                    .anyMatch(fault -> fault.startsWith("input.place.inhabitants is missing"));
        }

        @Test
        void an_enum_has_no_such_constant() {
            assertThat(faults(PartsCase.class, PARTS.replace("FAHRENHEIT", "KELVIN")))
                    .anyMatch(fault -> fault.startsWith("input.units.1 is \"KELVIN\", which is no BindingTest.Unit"))
                    .anyMatch(fault -> fault.startsWith("input.units[1] is \"KELVIN\""));
        }

        @Test
        void a_number_or_a_yes_would_have_to_become_text_or_text_a_number() {
            assertThat(faults(WholeInputCase.class, "{\"input\": 42}")).hasSize(1);
            assertThat(faults(WholeInputCase.class, "{\"input\": true}")).hasSize(1);
            assertThat(faults(WholeInputCase.class, "{\"input\": 0.5}")).hasSize(1);
            assertThat(faults(PartsCase.class, PARTS.replace("\"k\": 3", "\"k\": \"3\"")))
                    .hasSize(1);
            assertThat(faults(PartsCase.class, PARTS.replace("\"k\": 3", "\"k\": 3.5")))
                    .hasSize(1);
            assertThat(faults(PartsCase.class, PARTS.replace("\"k\": 3", "\"k\": \"\"")))
                    .hasSize(1);
            assertThat(faults(PartsCase.class, PARTS.replace("\"k\": 3", "\"k\": 3000000000")))
                    .hasSize(1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"\"NaN\"", "\"Infinity\"", "\"-INF\"", "1e400", "-1e400", "\" \""})
        void a_text_or_an_endless_number_would_have_to_become_a_fraction(String number) {
            for (String part : List.of("d", "boxed", "small")) {
                assertThat(faults(FractionsCase.class, "{\"input\": {\"" + part + "\": " + number + "}}"))
                        .singleElement()
                        .asString()
                        .startsWith("input." + part + " is ")
                        .contains("which is no");
            }
        }

        static class FractionsCase implements AnyScorer {
            record Fractions(Optional<Double> d, Optional<Float> small) {}

            @Eval
            String fractions(@Input Fractions all, @Input("boxed") Optional<Double> boxed) {
                return all + "|" + boxed;
            }
        }

        @ParameterizedTest
        @CsvSource({"count, ' '", "id, ''", "id, ' '", "yes, ' '"})
        void a_blank_text_would_have_to_become_nothing(String part, String blank) {
            assertThat(faults(NothingCase.class, "{\"input\": {\"" + part + "\": \"" + blank + "\"}}"))
                    .singleElement()
                    .asString()
                    .startsWith("input." + part + " is ");
            assertThat(faults(NothingCase.class, "{\"input\": {\"list\": [], \"text\": \"\"}}"))
                    .isEmpty();
        }

        static class NothingCase implements AnyScorer {
            @Eval
            String nothing(
                    @Input("count") Optional<Integer> count,
                    @Input("id") Optional<UUID> id,
                    @Input("yes") Optional<Boolean> yes,
                    @Input("list") Optional<List<String>> list,
                    @Input("text") Optional<String> text) {
                return "";
            }
        }

        @Test
        void what_a_scorer_takes_is_missing_and_it_says_so_at_the_row() {
            assertThat(Suites.eval(KeyCase.class).check(Suites.row("{\"input\": \"Peru\"}")))
                    .singleElement()
                    .satisfies(fault -> {
                        assertThat(fault.position().orElseThrow().at()).isEqualTo("rows.jsonl:3");
                        assertThat(fault.message())
                                .contains("expected.capital is missing")
                                .contains("KeyCase.exact(");
                    });
        }

        static class KeyCase implements AnyScorer {
            @Eval
            String echo(String input) {
                return input;
            }

            @Scorer
            boolean exact(String output, @Expected("capital") String capital) {
                return output.equals(capital);
            }
        }

        @Test
        void one_thing_is_wrong_it_is_told_once_though_two_parameters_take_it() {
            assertThat(faults(WholeInputCase.class, "{\"input\": 42}")).hasSize(1);
        }
    }

    @Nested
    class Numbers {
        static class NumbersCase implements AnyScorer {
            @Eval
            String numbers(@Input("d") double d, @Input("big") java.math.BigDecimal big, @Input("any") Object any) {
                return d + "|" + big + "|" + any.getClass().getSimpleName();
            }
        }

        @Test
        void are_kept_exactly_and_a_whole_number_may_be_taken_as_a_double() throws Throwable {
            Row row = Suites.row("{\"input\": {\"d\": 1, \"big\": 0.1000000000000000055, \"any\": 0.5}}");
            assertThat(call(NumbersCase.class, row)).isEqualTo("1.0|0.1000000000000000055|Double");
        }
    }

    @Nested
    class A_scorer {
        static class SeesAllCase implements AnyScorer {
            @Eval
            String echo(String input) {
                return input;
            }

            @Scorer
            boolean all(
                    String output,
                    @Input String input,
                    @Expected("a.b") int part,
                    @Metadata("source") Optional<String> source,
                    SampleContext context) {
                return (output + input + part + source.isPresent() + context.sample()).equals("xx7false1");
            }
        }

        @Test
        void takes_the_output_and_anything_of_the_row() throws Throwable {
            Row row = Suites.row("{\"input\": \"x\", \"expected\": {\"a\": {\"b\": 7}}}");
            Scoring scoring = Suites.scorer(SeesAllCase.class, "all")
                    .score(Suites.instance(SeesAllCase.class), "x", row, Variant.NONE, Suites.context());
            assertThat(scoring.scores().get("all").value()).hasValue(1);
        }

        @Test
        void binds_by_name_whatever_it_takes_besides_the_output() {
            Row row = Suites.row("{\"input\": \"x\", \"expected\": {\"a\": {\"b\": 7, \"c\": 8}}}");
            assertThat(Suites.scorer(SeesAllCase.class, "all").boundParts(row, Variant.NONE))
                    .isEqualTo(Suites.json("{\"input\": \"x\", \"expected.a.b\": 7}"));
        }

        @Test
        void takes_one_output() {
            assertThat(Suites.faults(TwoOutputsCase.class))
                    .singleElement()
                    .asString()
                    .contains("takes more than one parameter without annotation");
            assertThat(Suites.faults(NoOutputCase.class))
                    .singleElement()
                    .asString()
                    .contains("takes no output");
        }

        static class TwoOutputsCase implements AnyScorer {
            @Eval
            String echo(String input) {
                return input;
            }

            @Scorer
            boolean two(String output, String expected) {
                return true;
            }
        }

        static class NoOutputCase implements AnyScorer {
            @Eval
            String echo(String input) {
                return input;
            }

            @Scorer
            boolean none(@Expected String expected) {
                return true;
            }
        }
    }
}
