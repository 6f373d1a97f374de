package org.juniteval.engine.dataset;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.juniteval.engine.redaction.Redactor;

/**
 * The id of a row that has none: readable words of its input and six hex digits of the input's hash. It depends on the
 * input alone, and not on the order of its keys, so that neither an edited answer key nor another serializer makes a
 * new case of an old one. A secret in the input is not readable: ids are names of nodes and of files.
 */
final class InputId {

    private static final int READABLE = 40;
    private static final int HEX_DIGITS = 6;

    /** Marks belong to the letters before them; without them most Indic words would fall apart. */
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}\\p{M}]*");

    private InputId() {}

    static String of(JsonNode input) {
        StringBuilder canonical = new StringBuilder();
        canonical(input, canonical);
        String hash = HexFormat.of().formatHex(Sha256.of(canonical.toString())).substring(0, HEX_DIGITS);
        StringBuilder id = new StringBuilder();
        words(input, id);
        return id.append(hash).toString();
    }

    /** Appends each word and a hyphen, until the next word would make it too long. True while there is room. */
    private static boolean words(JsonNode node, StringBuilder words) {
        if (node.isObject()) {
            for (String name : sortedNames(node)) {
                if (!words(node.get(name), words)) {
                    return false;
                }
            }
            return true;
        }
        if (node.isArray()) {
            for (JsonNode element : node) {
                if (!words(element, words)) {
                    return false;
                }
            }
            return true;
        }
        Matcher word = WORD.matcher(Redactor.COMMON.text(node.asText()));
        while (word.find()) {
            String lowercase = word.group().toLowerCase(Locale.ROOT);
            int room = READABLE - words.codePointCount(0, words.length());
            int length = lowercase.codePointCount(0, lowercase.length());
            if (length > room && words.length() > 0) {
                return false;
            }
            // Scripts without spaces, and hostile input, make words of any length.
            words.append(lowercase, 0, lowercase.offsetByCodePoints(0, Math.min(length, room)))
                    .append('-');
        }
        return true;
    }

    private static void canonical(JsonNode node, StringBuilder json) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                json.append('{');
                for (String name : sortedNames(node)) {
                    quote(name, json);
                    json.append(':');
                    canonical(node.get(name), json);
                    json.append(',');
                }
                json.append('}');
            }
            case ARRAY -> {
                json.append('[');
                for (JsonNode element : node) {
                    canonical(element, json);
                    json.append(',');
                }
                json.append(']');
            }
            case STRING -> quote(node.textValue(), json);
            case NUMBER -> json.append(node.decimalValue().stripTrailingZeros());
            default -> json.append(node.asText());
        }
    }

    private static void quote(String text, StringBuilder json) {
        json.append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, json);
        json.append('"');
    }

    private static List<String> sortedNames(JsonNode object) {
        List<String> names = new ArrayList<>(object.size());
        object.fieldNames().forEachRemaining(names::add);
        names.sort(null);
        return names;
    }
}
