package org.juniteval.engine.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Map;

/**
 * Reads and writes trees by Jackson's parser and generator alone. Its mapper does the same, but loads date formats,
 * calendars and locales first, which is most of what a cold JVM does for a small suite.
 *
 * <p>Both go as deep as the tree is nested; parsers and generators refuse what would be a danger to the stack.
 */
public final class Trees {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Trees() {}

    /**
     * Reads the value that the parser stands on, and leaves the parser at its end. Decimal numbers are kept as they are
     * written, zeros at the end included.
     *
     * @throws IOException if there is no whole value
     */
    public static JsonNode read(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == null) {
            throw new JsonParseException(parser, "there is no value");
        }
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> DecimalNode.valueOf(parser.getDecimalValue());
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new JsonParseException(parser, "no value begins with " + token);
        };
    }

    private static ObjectNode object(JsonParser parser) throws IOException {
        ObjectNode object = NODES.objectNode();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            parser.nextToken();
            object.set(name, read(parser));
        }
        return object;
    }

    private static ArrayNode array(JsonParser parser) throws IOException {
        ArrayNode array = NODES.arrayNode();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            array.add(read(parser));
        }
        return array;
    }

    private static JsonNode integer(JsonParser parser) throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> NODES.numberNode(parser.getIntValue());
            case LONG -> NODES.numberNode(parser.getLongValue());
            default -> NODES.numberNode(parser.getBigIntegerValue());
        };
    }

    /** Objects and arrays over several lines, two blanks a level; the same text on every system. */
    public static PrettyPrinter indented() {
        return new DefaultPrettyPrinter()
                .withSeparators(
                        Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
                .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                .withArrayIndenter(new DefaultIndenter("  ", "\n"));
    }

    /** Writes a tree as one value. */
    public static void write(JsonNode value, JsonGenerator json) throws IOException {
        if (value.isObject()) {
            json.writeStartObject();
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                json.writeFieldName(field.getKey());
                write(field.getValue(), json);
            }
            json.writeEndObject();
        } else if (value.isArray()) {
            json.writeStartArray();
            for (JsonNode element : value) {
                write(element, json);
            }
            json.writeEndArray();
        } else {
            writeScalar(value, json);
        }
    }

    /**
     * Writes a value that is neither object nor array.
     *
     * @param value no object of Java, which no JSON text holds
     */
    public static void writeScalar(JsonNode value, JsonGenerator json) throws IOException {
        switch (value.getNodeType()) {
            case STRING -> json.writeString(value.textValue());
            case BOOLEAN -> json.writeBoolean(value.booleanValue());
            case NUMBER -> writeNumber(value, json);
            case BINARY -> json.writeBinary(value.binaryValue());
            case NULL, MISSING -> json.writeNull();
            default -> throw new IOException("no JSON text holds " + value.getNodeType());
        }
    }

    private static void writeNumber(JsonNode value, JsonGenerator json) throws IOException {
        switch (value.numberType()) {
            case INT -> json.writeNumber(value.intValue());
            case LONG -> json.writeNumber(value.longValue());
            case BIG_INTEGER -> json.writeNumber(value.bigIntegerValue());
            case BIG_DECIMAL -> json.writeNumber(value.decimalValue());
            case FLOAT -> json.writeNumber(value.floatValue());
            case DOUBLE -> json.writeNumber(value.doubleValue());
        }
    }
}
