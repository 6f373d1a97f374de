package org.juniteval.engine.dataset;

import static java.util.stream.Collectors.joining;
import static org.juniteval.engine.dataset.DatasetSpec.OWN_FIELDS;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns lines into rows, each line parsed once, and says all that is wrong with a line.
 *
 * <p>The tree is built here instead of by Jackson's mapper because three things must be seen while the parser stands on
 * them: a key that occurs twice (and where), the text of a number, and where a value of the wrong type begins.
 */
final class RowReader {

    /** Names are neither interned nor cached: input objects may be maps with a million different keys. */
    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private static final Pattern UNKNOWN_WORD = Pattern.compile("Unrecognized token '([^']*)'");

    private final DatasetSpec spec;
    private final boolean closed;
    private final Set<String> unseen;
    private final Consumer<DatasetFault> faults;

    private Source source;
    private int number;
    private String line;
    private boolean faulty;

    RowReader(DatasetSpec spec, Consumer<DatasetFault> faults) {
        this.spec = spec;
        this.closed = spec.closed();
        this.unseen = spec.mapped();
        this.faults = faults;
    }

    /** The mapped names that no row has had so far. */
    Set<String> unseen() {
        return unseen;
    }

    /** The row on the current line, also of a faulty line as long as its id and its input are sound. */
    Optional<Row> read(Source source, Lines lines) {
        this.source = source;
        this.number = lines.number();
        this.line = lines.text();
        this.faulty = false;
        int malformed = lines.malformedAt(line);
        if (malformed >= 0) {
            fault(malformed, "not UTF-8: save the file as UTF-8");
            return Optional.empty();
        }
        checkSurrogates();
        try (JsonParser parser = JSON.createParser(line)) {
            return read(parser);
        } catch (IOException e) {
            throw new UncheckedIOException("a string cannot fail to be read", e);
        }
    }

    private Optional<Row> read(JsonParser parser) throws IOException {
        try {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                return row(parser);
            }
            String found = kind(parser.currentToken());
            fault(offset(parser), "expected an object, found " + found + ": JSONL is one object a line");
        } catch (JsonEOFException e) {
            fault(line.length(), "the line ends inside the object: each row stands on one line");
        } catch (JsonProcessingException e) {
            fault(offset(e, parser), plain(e.getOriginalMessage()));
        }
        return Optional.empty();
    }

    /** Whether the line that was read last has a fault. */
    boolean faulty() {
        return faulty;
    }

    private Optional<Row> row(JsonParser parser) throws IOException {
        int begin = offset(parser);
        ObjectNode fields = NODES.objectNode();
        Optional<String> id = Optional.empty();
        Set<String> tags = Set.of();
        JsonNode metadata = MissingNode.getInstance();
        for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
            checkName(parser, fields, name);
            if (closed && !OWN_FIELDS.contains(name)) {
                fault(offset(parser), unknown(name));
            }
            parser.nextToken();
            if (name.equals(spec.id())) {
                id = id(parser);
            }
            boolean isTags = name.equals(spec.tags());
            boolean isMetadata = name.equals(spec.metadata());
            int at = isTags || isMetadata ? offset(parser) : -1;
            JsonNode value = value(parser);
            fields.set(name, value);
            if (isTags) {
                tags = tags(value, at);
            }
            if (isMetadata) {
                metadata = value;
                if (!value.isObject()) {
                    fault(at, "'" + name + "': expected an object, found " + kind(value.asToken()));
                }
            }
        }
        checkEnd((int) parser.currentLocation().getCharOffset());
        if (!unseen.isEmpty()) {
            unseen.removeIf(fields::has);
        }
        JsonNode input = input(fields, begin);
        if (input.isMissingNode() || (id.isEmpty() && fields.has(spec.id()))) {
            return Optional.empty();
        }
        return Optional.of(new Row(
                id.orElseGet(() -> InputId.of(input)),
                input,
                fields.path(spec.expected()),
                tags,
                metadata,
                position(begin)));
    }

    private Optional<String> id(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        String name = "'" + spec.id() + "'";
        if (token != JsonToken.VALUE_STRING && !token.isNumeric()) {
            fault(offset(parser), name + ": expected a string or a number, found " + kind(token));
            return Optional.empty();
        }
        String id = parser.getText();
        if (id.isBlank()) {
            fault(
                    offset(parser),
                    name + " is blank: name the case, or leave the field out and it is named by its input");
            return Optional.empty();
        }
        return Optional.of(id);
    }

    private Set<String> tags(JsonNode value, int at) {
        if (value.isTextual()) {
            return Set.of(value.textValue());
        }
        String expected = "'" + spec.tags() + "': expected a string or an array of strings, found ";
        if (!value.isArray()) {
            fault(at, expected + kind(value.asToken()));
            return Set.of();
        }
        Set<String> tags = new LinkedHashSet<>();
        for (JsonNode tag : value) {
            if (tag.isTextual()) {
                tags.add(tag.textValue());
            } else {
                fault(at, expected + kind(tag.asToken()) + " in the array");
            }
        }
        return Collections.unmodifiableSet(tags);
    }

    private JsonNode input(ObjectNode fields, int begin) {
        if (spec.input().size() == 1 && fields.has(spec.input().get(0))) {
            return fields.get(spec.input().get(0));
        }
        List<String> missing =
                spec.input().stream().filter(name -> !fields.has(name)).toList();
        if (!missing.isEmpty()) {
            fault(begin, quoted(missing) + (missing.size() == 1 ? " is" : " are") + " missing: every row has an input");
            return MissingNode.getInstance();
        }
        ObjectNode input = NODES.objectNode();
        spec.input().forEach(name -> input.set(name, fields.get(name)));
        return input;
    }

    /** As deep as the line is nested; Jackson refuses lines that would be a danger to the stack. */
    private JsonNode value(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                ObjectNode object = NODES.objectNode();
                for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
                    checkName(parser, object, name);
                    parser.nextToken();
                    object.set(name, value(parser));
                }
                yield object;
            }
            case START_ARRAY -> {
                ArrayNode array = NODES.arrayNode();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    array.add(value(parser));
                }
                yield array;
            }
            case VALUE_STRING -> NODES.textNode(parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
            case VALUE_TRUE -> NODES.booleanNode(true);
            case VALUE_FALSE -> NODES.booleanNode(false);
            case VALUE_NULL -> NODES.nullNode();
            default -> throw new IllegalStateException("no JSON value begins with " + parser.currentToken());
        };
    }

    private JsonNode number(JsonParser parser) throws IOException {
        try {
            JsonNode number = switch (parser.getNumberType()) {
                case INT -> NODES.numberNode(parser.getIntValue());
                case LONG -> NODES.numberNode(parser.getLongValue());
                case BIG_INTEGER -> NODES.numberNode(parser.getBigIntegerValue());
                default -> DecimalNode.valueOf(parser.getDecimalValue());
            };
            boolean negativeZero =
                    parser.getText().charAt(0) == '-' && number.decimalValue().signum() == 0;
            return negativeZero ? NODES.numberNode(-0.0) : number;
        } catch (NumberFormatException e) {
            fault(offset(parser), "a number that Java cannot hold: write it as a string");
            return NODES.nullNode();
        }
    }

    private void checkName(JsonParser parser, ObjectNode object, String name) {
        if (object.has(name)) {
            fault(offset(parser), "'" + name + "' stands twice in the same object");
        }
    }

    private void checkEnd(int end) {
        for (int at = end; at < line.length(); at++) {
            if (!Character.isWhitespace(line.charAt(at))) {
                fault(at, "content after the object: each row stands on a line of its own");
                return;
            }
        }
    }

    /** Half a character cannot be written as UTF-8 again; in a line that was UTF-8 it can only come from an escape. */
    private void checkSurrogates() {
        int at = line.contains("\\u") ? line.indexOf('\\') : -1;
        while (at >= 0) {
            int unit = escapedUnit(at);
            int length = unit < 0 ? 2 : 6;
            if (unit >= Character.MIN_HIGH_SURROGATE && unit <= Character.MAX_LOW_SURROGATE) {
                int following = escapedUnit(at + 6);
                if (unit <= Character.MAX_HIGH_SURROGATE
                        && following >= Character.MIN_LOW_SURROGATE
                        && following <= Character.MAX_LOW_SURROGATE) {
                    length = 12;
                } else {
                    fault(at, "unpaired surrogate " + line.substring(at, at + 6) + ": half a character");
                }
            }
            at = line.indexOf('\\', at + length);
        }
    }

    /** The code unit of the escape that stands there, or -1. */
    private int escapedUnit(int at) {
        if (at + 6 > line.length() || !line.startsWith("\\u", at)) {
            return -1;
        }
        for (int digit = at + 2; digit < at + 6; digit++) {
            if (!HexFormat.isHexDigit(line.charAt(digit))) {
                return -1;
            }
        }
        return HexFormat.fromHexDigits(line, at + 2, at + 6);
    }

    private static String unknown(String name) {
        return "unknown field '" + name + "': "
                + Nearest.to(name, OWN_FIELDS)
                        .map(known -> "did you mean '" + known + "'?")
                        .orElse("a row has " + String.join(", ", OWN_FIELDS) + "; anything else belongs into metadata");
    }

    private static String kind(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            default -> "null";
        };
    }

    /** Jackson's reason without what speaks of code points, of Jackson's settings and of places in its buffer. */
    private static String plain(String reason) {
        return "bad JSON: "
                + reason.replaceAll(" \\(code \\d+\\)", "")
                        .replaceAll(" ?\\((for|start marker) .* at \\[Source.*\\)", "")
                        .replace(" (JSON String, Number, Array, Object or token 'null', 'true' or 'false')", " a value")
                        .replace("a valid value a value", "a value")
                        .replaceAll(", from `[^`]*`", "")
                        .replace("((CTRL-CHAR, ", "(control character, ")
                        .replaceAll("(code \\d+)\\)\\)", "$1)");
    }

    /** Where Jackson found the fault; of a word that it does not know it gives the end. */
    private int offset(JsonProcessingException e, JsonParser parser) {
        // Its own limits, such as that of nesting, come without a location.
        JsonLocation location = e.getLocation() == null ? parser.currentTokenLocation() : e.getLocation();
        int offset = (int) location.getCharOffset();
        Matcher word = UNKNOWN_WORD.matcher(e.getOriginalMessage());
        return word.lookingAt() ? Math.max(line.lastIndexOf(word.group(1), offset), 0) : offset;
    }

    private static String quoted(List<String> names) {
        return names.stream().collect(joining("', '", "'", "'"));
    }

    private static int offset(JsonParser parser) {
        return (int) parser.currentTokenLocation().getCharOffset();
    }

    private void fault(int offset, String message) {
        faulty = true;
        faults.accept(new DatasetFault(position(offset), message));
    }

    private Position position(int offset) {
        return source.position(number, line.codePointCount(0, Math.min(offset, line.length())) + 1);
    }
}
