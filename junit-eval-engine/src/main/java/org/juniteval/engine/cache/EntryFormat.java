package org.juniteval.engine.cache;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

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

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(MAX_BYTES)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    // The same bytes on every system: the printer's own default is the system's line separator.
    private static final ObjectWriter PRETTY = JSON.writer(new DefaultPrettyPrinter()
            .withSeparators(Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER))
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n")));

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
        var object = JSON.createObjectNode()
                .put("suite", key.suite())
                .put("eval", key.eval())
                .put("case", key.caseId())
                .put("part", key.part())
                .put("fingerprint", key.fingerprint());
        var components = object.putObject("components");
        key.components().forEach(components::put);
        object.put("created", entry.created().toString()).set("payload", entry.payload());
        // The object's own opening brace gives way to the first line, which holds the checksum of the rest.
        byte[] json = PRETTY.writeValueAsBytes(object);
        byte[] body = Arrays.copyOf(json, json.length + 1);
        body[json.length] = '\n';
        var file = new ByteArrayOutputStream(BODY + body.length);
        file.writeBytes(OPENING);
        file.writeBytes(ascii(checksum(body, 1)));
        file.writeBytes(AFTER_CHECKSUM);
        file.write(body, 1, body.length - 1);
        return file.toByteArray();
    }

    static Content read(byte[] file) {
        if (!startsWithOpening(file)) {
            int format = format(file);
            return format > VERSION ? new Content.Newer(format) : new Content.Damaged("it is not an entry");
        }
        var stored = new String(file, OPENING.length, CHECKSUM_DIGITS, StandardCharsets.US_ASCII);
        if (!stored.equals(checksum(file, BODY))) {
            return new Content.Damaged("its checksum differs: it was cut short or edited");
        }
        try (JsonParser parser = JSON.createParser(file)) {
            var header = header(parser);
            if (parser.currentToken() != JsonToken.FIELD_NAME || parser.nextToken() != JsonToken.START_OBJECT) {
                return new Content.Damaged("it has no payload");
            }
            ObjectNode payload = parser.readValueAsTree();
            return new Content.Whole(new Entry(header.key(), header.created(), payload));
        } catch (IOException | IllegalArgumentException | DateTimeException unreadable) {
            return new Content.Damaged("it cannot be read: " + firstLine(unreadable));
        }
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
        return new Header(key, Instant.parse(text(texts, "created")));
    }

    private static String text(Map<String, String> texts, String name) throws IOException {
        var text = texts.get(name);
        if (text == null) {
            throw new IOException("it has no " + name);
        }
        return text;
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
        var digits = Long.toHexString(crc.getValue());
        return "0".repeat(CHECKSUM_DIGITS - digits.length()) + digits;
    }

    private static String firstLine(Exception exception) {
        return String.valueOf(exception.getMessage()).lines().findFirst().orElse("");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
