package org.juniteval.engine.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.FloatNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {

    private static final JsonMapper DOUBLES = new JsonMapper();
    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static String canonical(String json) throws JsonProcessingException {
        return CanonicalJson.of(EXACT.readTree(json));
    }

    @Nested
    class Published_vectors_of_RFC_8785 {

        /** Appendix B: the bits of a double, and its text. */
        @ParameterizedTest
        @CsvSource({
            "0000000000000000, 0",
            "8000000000000000, 0",
            "0000000000000001, 5e-324",
            "8000000000000001, -5e-324",
            "7fefffffffffffff, 1.7976931348623157e+308",
            "ffefffffffffffff, -1.7976931348623157e+308",
            "4340000000000000, 9007199254740992",
            "c340000000000000, -9007199254740992",
            "4430000000000000, 295147905179352830000",
            "44b52d02c7e14af5, 9.999999999999997e+22",
            "44b52d02c7e14af6, 1e+23",
            "44b52d02c7e14af7, 1.0000000000000001e+23",
            "444b1ae4d6e2ef4e, 999999999999999700000",
            "444b1ae4d6e2ef4f, 999999999999999900000",
            "444b1ae4d6e2ef50, 1e+21",
            "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
            "3eb0c6f7a0b5ed8d, 0.000001",
            "41b3de4355555553, 333333333.3333332",
            "41b3de4355555554, 333333333.33333325",
            "41b3de4355555555, 333333333.3333333",
            "41b3de4355555556, 333333333.3333334",
            "41b3de4355555557, 333333333.33333343",
            "becbf647612f3696, -0.0000033333333333333333",
            "43143ff3c1cb0959, 1424953923781206.2",
        })
        void a_double_has_its_text_of_appendix_B(String bits, String text) {
            double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
            assertThat(CanonicalJson.of(DoubleNode.valueOf(value))).isEqualTo(text);
        }

        @ParameterizedTest
        @ValueSource(strings = {"7fffffffffffffff", "7ff0000000000000", "fff0000000000000"})
        void what_is_not_finite_is_refused(String bits) {
            double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
            assertThatThrownBy(() -> CanonicalJson.of(DoubleNode.valueOf(value)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is not a JSON number");
        }

        @Test
        void the_example_of_section_3_2_2() throws JsonProcessingException {
            String json = """
                    {
                      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
                      "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                      "literals": [null, true, false]
                    }
                    """;
            assertThat(CanonicalJson.of(DOUBLES.readTree(json)))
                    .isEqualTo("{\"literals\":[null,true,false],"
                            + "\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                            + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
        }

        @Test
        void members_are_sorted_by_utf_16_code_units_as_in_section_3_2_3() throws JsonProcessingException {
            String json = """
                    {
                      "\\u20ac": "Euro Sign",
                      "\\r": "Carriage Return",
                      "\\ufb33": "Hebrew Letter Dalet With Dagesh",
                      "1": "One",
                      "\\ud83d\\ude00": "Emoji: Grinning Face",
                      "\\u0080": "Control",
                      "\\u00f6": "Latin Small Letter O With Diaeresis"
                    }
                    """;
            assertThat(DOUBLES.readTree(CanonicalJson.of(DOUBLES.readTree(json))))
                    .extracting(JsonNode::asText)
                    .containsExactly(
                            "Carriage Return",
                            "One",
                            "Control",
                            "Latin Small Letter O With Diaeresis",
                            "Euro Sign",
                            "Emoji: Grinning Face",
                            "Hebrew Letter Dalet With Dagesh");
        }
    }

    @Nested
    class Numbers_that_were_read_exactly {

        @ParameterizedTest
        @CsvSource({
            "1, 1",
            "1.0, 1",
            "1.50, 1.5",
            "-0, 0",
            "-0.0, 0",
            "1e2, 100",
            "0.1, 0.1",
            "1e23, 1e+23",
            "1e21, 1e+21",
            "123456789012345680000, 123456789012345680000",
            "9007199254740992, 9007199254740992",
            "0.000001, 0.000001",
            "1e-7, 1e-7",
            "5e-324, 5e-324",
            "-12.5e-1, -1.25"
        })
        void have_the_text_of_their_double_where_it_means_the_same_number(String json, String text) throws Exception {
            assertThat(canonical(json)).isEqualTo(text);
        }

        @ParameterizedTest
        @CsvSource({
            "9007199254740993, decimal(9007199254740993e0)",
            "-9007199254740993, decimal(-9007199254740993e0)",
            "90071992547409930, decimal(9007199254740993e1)",
            "90071992547409930.00, decimal(9007199254740993e1)",
            "0.1000000000000000055, decimal(1000000000000000055e-19)",
            "1e400, decimal(1e400)",
            "10e399, decimal(1e400)",
            "1e-400, decimal(1e-400)",
            "4.9e-324, decimal(49e-325)",
            "1.79769313486232e308, decimal(179769313486232e294)",
            "1e999999999, decimal(1e999999999)",
        })
        void are_written_as_labelled_decimals_where_a_double_would_print_another_number(String json, String text)
                throws Exception {
            assertThat(canonical(json)).isEqualTo(text);
        }

        @Test
        void have_the_text_of_their_double_whenever_they_are_short() {
            Random random = new Random(8785);
            for (int i = 0; i < 20_000; i++) {
                BigDecimal decimal = new BigDecimal(
                        BigInteger.valueOf(random.nextLong() % 1_000_000_000_000_000L), random.nextInt(600) - 290);
                if (Math.abs(decimal.doubleValue()) >= Double.MIN_NORMAL && Double.isFinite(decimal.doubleValue())) {
                    assertThat(CanonicalJson.of(DecimalNode.valueOf(decimal)))
                            .isEqualTo(CanonicalJson.of(DoubleNode.valueOf(decimal.doubleValue())));
                }
            }
        }

        @Test
        void are_one_text_for_one_value_whatever_its_node() {
            JsonNodeFactory nodes = JsonNodeFactory.instance;
            assertThat(CanonicalJson.of(nodes.numberNode(3)))
                    .isEqualTo(CanonicalJson.of(nodes.numberNode(3L)))
                    .isEqualTo(CanonicalJson.of(nodes.numberNode((short) 3)))
                    .isEqualTo(CanonicalJson.of(nodes.numberNode(3.0)))
                    .isEqualTo(CanonicalJson.of(FloatNode.valueOf(3f)))
                    .isEqualTo(CanonicalJson.of(DecimalNode.valueOf(new BigDecimal("3.000"))));
        }
    }

    @Nested
    class The_shortest_text_of_a_double {

        @Test
        void reads_back_as_the_same_double_and_no_shorter_one_does() {
            Random random = new Random(8785);
            for (int i = 0; i < 20_000; i++) {
                double value = Double.longBitsToDouble(random.nextLong());
                if (Double.isFinite(value) && value != 0) {
                    BigDecimal shortest = Numbers.shortest(value).stripTrailingZeros();
                    assertThat(shortest.doubleValue()).isEqualTo(value);
                    assertThat(Double.parseDouble(CanonicalJson.of(DoubleNode.valueOf(value))))
                            .isEqualTo(value);
                    assertThat(hasShorter(value, shortest.precision()))
                            .as("%s", shortest)
                            .isFalse();
                }
            }
        }

        private static boolean hasShorter(double value, int digits) {
            BigDecimal exact = new BigDecimal(value);
            int scale = exact.scale() - (exact.precision() - (digits - 1));
            return digits > 1
                    && (exact.setScale(scale, java.math.RoundingMode.FLOOR).doubleValue() == value
                            || exact.setScale(scale, java.math.RoundingMode.CEILING)
                                            .doubleValue()
                                    == value);
        }

        /** Doubles whose digits {@code Double.toString} of JDK 17 gets too long, or whose neighbours lie unevenly. */
        @ParameterizedTest
        @CsvSource({
            "2e-323, 2e-323",
            "2.2250738585072014E-308, 2.2250738585072014e-308",
            "2e23, 2e+23",
            "5.684341886080802e-14, 5.684341886080802e-14",
            "9.5367431640625E-7, 9.5367431640625e-7",
            "1.1102230246251565E-16, 1.1102230246251565e-16"
        })
        void holds_where_the_platform_errs(double value, String text) {
            assertThat(CanonicalJson.of(DoubleNode.valueOf(value))).isEqualTo(text);
        }
    }

    @Nested
    class A_value_without_a_canonical_text {

        @Test
        void an_unpaired_surrogate_is_refused_with_its_place() throws JsonProcessingException {
            JsonNode node = EXACT.readTree("{\"turns\":[{\"a/b\":\"ok \\ud83d!\"}]}");
            assertThatThrownBy(() -> CanonicalJson.of(node))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("no canonical JSON: unpaired surrogate \\ud83d at index 3 of the text"
                            + " at '/turns/0/a~1b'");
        }

        @Test
        void an_unpaired_surrogate_in_a_name_is_refused_with_its_place() {
            JsonNode node = JsonNodeFactory.instance.objectNode().put("x\ude00", 1);
            assertThatThrownBy(() -> CanonicalJson.of(node))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("unpaired surrogate \\ude00")
                    .hasMessageContaining("'/x\\ude00'");
        }

        @Test
        void a_bare_text_names_the_root() {
            assertThatThrownBy(() -> CanonicalJson.of(TextNode.valueOf("\ud83d")))
                    .hasMessageEndingWith("at the root");
        }

        @Test
        void a_node_that_is_no_json_is_refused() {
            assertThatThrownBy(() -> CanonicalJson.of(MissingNode.getInstance()))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> CanonicalJson.of(JsonNodeFactory.instance.pojoNode(new Object())))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void empty_containers_and_null() throws JsonProcessingException {
        assertThat(canonical(" { \"b\" : [ ], \"a\" : { } , \"\" : null } "))
                .isEqualTo("{\"\":null,\"a\":{},\"b\":[]}");
    }

    @Test
    void every_control_character_has_its_shortest_escape() {
        StringBuilder all = new StringBuilder();
        for (char c = 0; c < ' '; c++) {
            all.append(c);
        }
        assertThat(CanonicalJson.of(TextNode.valueOf(all + "\u007f\u2028")))
                .isEqualTo(
                        "\"\\u0000\\u0001\\u0002\\u0003\\u0004\\u0005\\u0006\\u0007\\b\\t\\n\\u000b\\f\\r\\u000e\\u000f"
                                + "\\u0010\\u0011\\u0012\\u0013\\u0014\\u0015\\u0016\\u0017\\u0018\\u0019\\u001a\\u001b\\u001c"
                                + "\\u001d\\u001e\\u001f\u007f\u2028\"");
    }
}
