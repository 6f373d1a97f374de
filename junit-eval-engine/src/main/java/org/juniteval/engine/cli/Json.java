package org.juniteval.engine.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.juniteval.engine.json.Trees;
import org.juniteval.engine.record.Visible;

/** JSON for programs, and for people. */
final class Json {

    private static final JsonMapper MAPPER = new JsonMapper();

    // ASCII alone: no terminal is steered by it, and no encoding can spoil it.
    private static final ObjectWriter LINE = MAPPER.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);

    private static final ObjectWriter READABLE = MAPPER.writer(Trees.indented());

    private Json() {}

    /** One line. */
    static String line(JsonNode json) {
        return write(LINE, json);
    }

    /** A text as it is, all else indented; nothing in it steers a terminal. */
    static String readable(JsonNode json) {
        return Visible.inTerminal(json.isTextual() ? json.asText() : write(READABLE, json));
    }

    private static String write(ObjectWriter writer, JsonNode json) {
        try {
            return writer.writeValueAsString(json);
        } catch (JsonProcessingException impossible) {
            throw new AssertionError("what was read as JSON can be written", impossible);
        }
    }
}
