package org.juniteval.engine.fingerprint;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * One text for equal JSON values, as RFC 8785 (JSON Canonicalization Scheme) defines it: members sorted by UTF-16 code
 * units, no white space, the shortest escapes, numbers as ECMAScript prints them.
 *
 * <p>RFC 8785 knows doubles only, so that {@code 9007199254740993} and {@code 9007199254740992} would be one text.
 * Here a number that would be printed as another number, or that is beyond a double's range, is written as
 * {@code decimal(<digits>e<exponent>)}: an integer without trailing zeros, times a power of ten, for instance
 * {@code decimal(9007199254740993e0)} or {@code decimal(1e400)}. No JSON value has that form, so it equals nothing
 * else. It applies to numbers that were read exactly ({@code USE_BIG_DECIMAL_FOR_FLOATS}, integers); what was read as
 * a double is that double.
 */
public final class CanonicalJson {

    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final StringBuilder out = new StringBuilder();

    private CanonicalJson() {}

    /**
     * Writes a JSON value in its canonical form.
     *
     * @throws IllegalArgumentException if the value holds an unpaired surrogate, a number that is not finite, or a node
     *     that is not JSON; the message names the place as a JSON pointer
     */
    public static String of(JsonNode node) {
        CanonicalJson canonical = new CanonicalJson();
        canonical.write(node, Place.ROOT);
        return canonical.out.toString();
    }

    private void write(JsonNode node, Place place) {
        switch (node.getNodeType()) {
            case OBJECT -> writeObject(node, place);
            case ARRAY -> writeArray(node, place);
            case STRING, BINARY -> writeString(node.asText(), place);
            case NUMBER -> writeNumber(node, place);
            case BOOLEAN, NULL -> out.append(node.asText());
            default ->
                throw new IllegalArgumentException(
                        "no canonical JSON: " + node.getNodeType() + " is not a JSON value, at " + place);
        }
    }

    private void writeObject(JsonNode object, Place place) {
        List<String> names = new ArrayList<>(object.size());
        object.fieldNames().forEachRemaining(names::add);
        Collections.sort(names); // String compares by UTF-16 code units, as RFC 8785 demands
        char separator = '{';
        for (String name : names) {
            Place member = place.member(name);
            out.append(separator);
            writeString(name, member);
            out.append(':');
            write(object.get(name), member);
            separator = ',';
        }
        out.append(names.isEmpty() ? "{}" : "}");
    }

    private void writeArray(JsonNode array, Place place) {
        out.append('[');
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) {
                out.append(',');
            }
            write(array.get(i), place.member(Integer.toString(i)));
        }
        out.append(']');
    }

    private void writeString(String text, Place place) {
        int unpaired = Surrogates.firstUnpaired(text);
        if (unpaired >= 0) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "no canonical JSON: unpaired surrogate \\u%04x at index %d of the text at %s",
                    (int) text.charAt(unpaired),
                    unpaired,
                    place));
        }
        out.append('"');
        int written = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\') {
                out.append(text, written, i);
                writeEscaped(c);
                written = i + 1;
            }
        }
        out.append(text, written, text.length()).append('"');
    }

    private void writeEscaped(char c) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            default -> out.append("\\u00").append(HEX[c >> 4]).append(HEX[c & 15]);
        }
    }

    private void writeNumber(JsonNode number, Place place) {
        if (number.isDouble() || number.isFloat()) {
            double value = number.doubleValue();
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException(
                        "no canonical JSON: " + value + " is not a JSON number, at " + place);
            }
            Numbers.append(out, value);
        } else {
            writeDecimal(number.decimalValue());
        }
    }

    private void writeDecimal(BigDecimal exact) {
        double nearest = exact.doubleValue();
        if (Double.isFinite(nearest)) {
            BigDecimal printed = Numbers.isShortest(exact, nearest) ? exact : Numbers.shortest(nearest);
            if (printed.compareTo(exact) == 0) {
                Numbers.append(out, nearest, printed);
                return;
            }
        }
        BigDecimal normal = exact.stripTrailingZeros();
        out.append("decimal(")
                .append(normal.unscaledValue())
                .append('e')
                .append(-(long) normal.scale())
                .append(')');
    }

    /** Where a value stands in the whole, told only when something is wrong with it. */
    private record Place(Place parent, String name) {

        static final Place ROOT = new Place(null, "");

        Place member(String name) {
            return new Place(this, name);
        }

        @Override
        public String toString() {
            return parent == null ? "the root" : "'" + pointer() + "'";
        }

        private String pointer() {
            return parent == null ? "" : parent.pointer() + "/" + escape(name);
        }

        private static String escape(String name) {
            StringBuilder escaped = new StringBuilder();
            for (char c : name.replace("~", "~0").replace("/", "~1").toCharArray()) {
                escaped.append(
                        Character.isSurrogate(c)
                                ? String.format(Locale.ROOT, "\\u%04x", (int) c)
                                : Character.toString(c));
            }
            return escaped.toString();
        }
    }
}
