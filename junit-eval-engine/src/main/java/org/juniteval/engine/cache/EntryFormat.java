package org.juniteval.engine.cache;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonGeneratorDelegate;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.juniteval.engine.json.Trees;

/**
 * An entry as the bytes of a file: one JSON object that people can read and compare, whose first line says the version
 * of the format and the checksum of all that follows.
 *
 * <pre>{@code
 * { "format": 1, "crc32c": "0a1b2c3d",
 *   "suite": "com.example.CapitalsEval",
 *   ...
 *   "created": "2026-11-20T09:30:00Z",
 *   "payload": { ... }
 * }
 * }</pre>
 */
final class EntryFormat {

    /** Longer files are neither written nor read. */
    static final int MAX_BYTES = 64 << 20;

    static final String TOO_LARGE = "it is larger than " + (MAX_BYTES >> 20) + " MB, no entry is";

    private static final int VERSION = 1;
    private static final byte[] OPENING = ascii("{ \"format\": " + VERSION + ", \"crc32c\": \"");
    private static final int CHECKSUM_DIGITS = 8;
    private static final byte[] AFTER_CHECKSUM = ascii("\",");
    private static final int BODY = OPENING.length + CHECKSUM_DIGITS + AFTER_CHECKSUM.length;

    private static final String FINGERPRINT = "\n  \"fingerprint\": \"";
    private static final String CREATED = "\n  \"created\": \"";
    private static final String PAYLOAD = "\n  \"payload\": ";

    /** Where date and second end in the years of four digits. */
    private static final int DATE_END = 10;

    private static final int SECOND_END = 19;

    private static final Content NO_PAYLOAD = new Content.Damaged("it has no payload");

    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxStringLength(MAX_BYTES).build())
            .build();

    private EntryFormat() {}

    /** What stands where an entry belongs. */
    sealed interface Content {
        record Whole(Entry entry) implements Content {}

        record Damaged(String why) implements Content {}

        record Newer(int format) implements Content {
            String why() {
                return "it is of format " + format + ", which only a newer version of junit-eval reads";
            }
        }

        record Elsewhere(Path link) implements Content {}
    }

    /** Who an entry is, without its payload. */
    record Header(EntryKey key, Instant created) {}

    static byte[] write(Entry entry) throws IOException {
        var key = entry.key();
        var object = JsonNodeFactory.instance
                .objectNode()
                .put("suite", key.suite())
                .put("eval", key.eval())
                .put("case", key.caseId())
                .put("part", key.part())
                .put("fingerprint", key.fingerprint());
        var components = object.putObject("components");
        key.components().forEach(components::put);
        object.put("created", entry.created().toString()).set("payload", entry.payload());
        // The object's own opening brace gives way to the first line, which holds the checksum of the rest.
        byte[] json = pretty(object);
        byte[] body = Arrays.copyOf(json, json.length + 1);
        body[json.length] = '\n';
        var file = new ByteArrayOutputStream(BODY + body.length);
        file.writeBytes(OPENING);
        file.writeBytes(ascii(checksum(body, 1)));
        file.writeBytes(AFTER_CHECKSUM);
        file.write(body, 1, body.length - 1);
        return file.toByteArray();
    }

    private static byte[] pretty(ObjectNode object) throws IOException {
        var json = new ByteArrayOutputStream(1 << 10);
        try (JsonGenerator generator = new NumbersAsRead(JSON.createGenerator(json))) {
            Trees.write(object, generator.setPrettyPrinter(Trees.indented()));
        }
        return json.toByteArray();
    }

    /** Numbers as they are written once more after they were read: a copy of an entry has the same bytes. */
    private static final class NumbersAsRead extends JsonGeneratorDelegate {

        NumbersAsRead(JsonGenerator generator) {
            super(generator);
        }

        @Override
        public void writeNumber(double value) throws IOException {
            if (Double.isFinite(value)) {
                writeNumber(new BigDecimal(Double.toString(value)));
            } else {
                super.writeNumber(value);
            }
        }

        @Override
        public void writeNumber(float value) throws IOException {
            if (Float.isFinite(value)) {
                writeNumber(new BigDecimal(Float.toString(value)));
            } else {
                super.writeNumber(value);
            }
        }
    }

    private static JsonNode tree(String text) throws IOException {
        try (JsonParser parser = JSON.createParser(text)) {
            return parser.nextToken() == null ? MissingNode.getInstance() : Trees.read(parser);
        }
    }

    static Content read(byte[] file) {
        return check(file).orElseGet(() -> {
            try (JsonParser parser = JSON.createParser(file)) {
                var header = header(parser);
                if (parser.currentToken() != JsonToken.FIELD_NAME || parser.nextToken() != JsonToken.START_OBJECT) {
                    return NO_PAYLOAD;
                }
                ObjectNode payload = (ObjectNode) Trees.read(parser);
                return new Content.Whole(new Entry(header.key(), header.created(), payload));
            } catch (IOException | IllegalArgumentException | DateTimeException unreadable) {
                return unreadable(unreadable);
            }
        });
    }

    /**
     * The same for the entry of a key. Many times faster, because what the key says need not be read: of the lines that
     * {@link #write} made only those are looked for that hold anything else.
     */
    static Content read(byte[] file, EntryKey key) {
        return check(file).orElseGet(() -> {
            var text = new String(file, StandardCharsets.UTF_8);
            try {
                if (!text.startsWith(key.fingerprint() + '"', after(text, FINGERPRINT))) {
                    return new Content.Damaged("it is the entry of another fingerprint");
                }
                int created = after(text, CREATED);
                var time = instant(text.substring(created, text.indexOf('"', created)));
                return tree(text.substring(after(text, PAYLOAD))) instanceof ObjectNode payload
                        ? new Content.Whole(new Entry(key, time, payload))
                        : NO_PAYLOAD;
            } catch (IOException
                    | IllegalArgumentException
                    | IndexOutOfBoundsException
                    | DateTimeException unreadable) {
                return unreadable(unreadable);
            }
        });
    }

    private static Content unreadable(Exception why) {
        return new Content.Damaged("it cannot be read: " + firstLine(why));
    }

    /** Where a value begins. Only a line's beginning is found: within JSON no text holds the end of one. */
    private static int after(String text, String line) throws IOException {
        int found = text.indexOf(line, BODY);
        if (found < 0) {
            throw new IOException("it has no" + line.replaceAll("\\W+", " ").stripTrailing());
        }
        return found + line.length();
    }

    /** What is wrong with the bytes of a file; empty where they are those of an entry. */
    private static Optional<Content> check(byte[] file) {
        if (!startsWithOpening(file)) {
            int format = format(file);
            return Optional.of(
                    format > VERSION ? new Content.Newer(format) : new Content.Damaged("it is not an entry"));
        }
        var stored = new String(file, OPENING.length, CHECKSUM_DIGITS, StandardCharsets.US_ASCII);
        return stored.equals(checksum(file, BODY))
                ? Optional.empty()
                : Optional.of(new Content.Damaged("its checksum differs: it was cut short or edited"));
    }

    /** Reads no further than to the payload, and checks no checksum. */
    static Header readHeader(InputStream file) throws IOException {
        try (JsonParser parser = JSON.createParser(file)) {
            return header(parser);
        } catch (IllegalArgumentException | DateTimeException unreadable) {
            throw new IOException(unreadable);
        }
    }

    /** Leaves the parser at the name of the payload, or at the object's end. */
    private static Header header(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException("it is no JSON object");
        }
        Map<String, String> texts = new HashMap<>();
        var components = new TreeMap<String, String>();
        for (String name = parser.nextFieldName();
                name != null && !name.equals("payload");
                name = parser.nextFieldName()) {
            if (parser.nextToken() == JsonToken.VALUE_STRING) {
                texts.put(name, parser.getText());
            } else if (name.equals("components") && parser.currentToken() == JsonToken.START_OBJECT) {
                for (String label = parser.nextFieldName(); label != null; label = parser.nextFieldName()) {
                    parser.nextToken();
                    components.put(label, parser.getValueAsString(""));
                    parser.skipChildren();
                }
            } else {
                parser.skipChildren();
            }
        }
        var key = new EntryKey(
                text(texts, "suite"),
                text(texts, "eval"),
                text(texts, "case"),
                text(texts, "part"),
                text(texts, "fingerprint"),
                components);
        return new Header(key, instant(text(texts, "created")));
    }

    private static String text(Map<String, String> texts, String name) throws IOException {
        var text = texts.get(name);
        if (text == null) {
            throw new IOException("it has no " + name);
        }
        return text;
    }

    /** What {@link Instant#toString} writes, which {@link Instant#parse} takes longer for than all the rest takes. */
    private static Instant instant(String text) {
        int end = text.length() - 1;
        if (end < SECOND_END || text.charAt(DATE_END) != 'T' || text.charAt(end) != 'Z') {
            return Instant.parse(text);
        }
        var second = LocalDateTime.of(
                number(text, 0, 4),
                number(text, 5, 7),
                number(text, 8, 10),
                number(text, 11, 13),
                number(text, 14, 16),
                number(text, 17, SECOND_END));
        int nanos = 0;
        for (int i = SECOND_END + 1, unit = 100_000_000; i < end; i++, unit /= 10) {
            nanos += unit * number(text, i, i + 1);
        }
        return Instant.ofEpochSecond(second.toEpochSecond(ZoneOffset.UTC), nanos);
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    private static boolean startsWithOpening(byte[] file) {
        return file.length > BODY
                && Arrays.equals(file, 0, OPENING.length, OPENING, 0, OPENING.length)
                && Arrays.equals(
                        file, OPENING.length + CHECKSUM_DIGITS, BODY, AFTER_CHECKSUM, 0, AFTER_CHECKSUM.length);
    }

    /** The version that the file's first field claims; 0 where there is none. Every version begins with this field. */
    private static int format(byte[] file) {
        try (JsonParser parser = JSON.createParser(file)) {
            return parser.nextToken() == JsonToken.START_OBJECT && "format".equals(parser.nextFieldName())
                    ? parser.nextIntValue(0)
                    : 0;
        } catch (IOException noJson) {
            return 0;
        }
    }

    /**
     * Finds torn tails and edits, not forgeries. Carriage returns do not count: within JSON they are never content, and
     * Git puts them into every file of a committed cache that it checks out on Windows.
     */
    private static String checksum(byte[] bytes, int from) {
        var crc = new CRC32C();
        int start = from;
        for (int i = from; i < bytes.length; i++) {
            if (bytes[i] == '\r') {
                crc.update(bytes, start, i - start);
                start = i + 1;
            }
        }
        crc.update(bytes, start, bytes.length - start);
        return HexFormat.of().toHexDigits(crc.getValue(), CHECKSUM_DIGITS);
    }

    private static String firstLine(Exception exception) {
        return String.valueOf(exception.getMessage()).lines().findFirst().orElse("");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
