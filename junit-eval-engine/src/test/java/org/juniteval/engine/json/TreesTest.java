package org.juniteval.engine.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.FloatNode;
import java.io.IOException;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees are what Jackson's mapper makes of the same text, and are written as it writes them. */
class TreesTest {

    private static final JsonFactory JSON = new JsonFactory();

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static JsonNode read(String text) throws IOException {
        try (JsonParser parser = JSON.createParser(text)) {
            parser.nextToken();
            return Trees.read(parser);
        }
    }

    private static String written(JsonNode tree) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JSON.createGenerator(text)) {
            Trees.write(tree, generator);
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "false",
                "\"\"",
                "\"é\\u0000\\\"😀\"",
                "0",
                "-1",
                "2147483647",
                "2147483648",
                "-9223372036854775808",
                "9223372036854775808",
                "1.0",
                "1.50",
                "-0.0",
                "1e400",
                "0.1000000000000000055511151231257827",
                "[]",
                "{}",
                "[1, [2.0, {\"a\": null}], \"x\"]",
                "{\"a\": {\"b\": [true, {}]}, \"\": 1, \"c\": 12345678901234567890.10}",
                "{\"twice\": 1, \"twice\": 2}"
            })
    void are_read_and_written_as_the_mapper_does_it(String text) throws IOException {
        JsonNode expected = MAPPER.readTree(text);

        assertThat(read(text)).isEqualTo(expected);
        assertThat(written(expected)).isEqualTo(MAPPER.writeValueAsString(expected));
    }

    @Test
    void hold_what_comes_from_objects_of_java_as_well() throws IOException {
        for (JsonNode scalar : new JsonNode[] {
            DoubleNode.valueOf(0.1),
            FloatNode.valueOf(0.1f),
            BinaryNode.valueOf(new byte[] {1, 2, 3}),
            MAPPER.missingNode()
        }) {
            assertThat(written(scalar)).isEqualTo(scalar.isMissingNode() ? "null" : MAPPER.writeValueAsString(scalar));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\":", "{\"a\":1", "[1", "[1,", "nul", "]"})
    void that_are_cut_short_are_refused(String text) {
        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> read(text));
    }

    @Test
    void that_would_be_a_danger_to_the_stack_are_refused() {
        assertThatExceptionOfType(JsonProcessingException.class).isThrownBy(() -> read("[".repeat(100_000)));
    }
}
