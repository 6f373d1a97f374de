package org.juniteval.engine.redaction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes secrets out of texts: keys of common providers, bearer tokens, JWTs, private keys, passwords in URLs, what
 * environment variables hold whose names say secret, and what a pattern of the user's own finds. Only the secret is
 * replaced, by a mark such as {@code [redacted: api key]}; the text around it stays.
 *
 * <p>A text without a secret is returned as the same instance, after a search for a few literals. Immutable, for any
 * number of threads.
 */
public final class Redactor {

    /**
     * Knows the secrets that look like one everywhere, and nothing of this machine: what it returns is the same on
     * every one.
     */
    public static final Redactor COMMON = new Redactor(Map.of(), Optional.empty());

    /** No shape and no variable's value is shorter. */
    private static final int SHORTEST = 8;

    private static final String OWN = mark("eval.redact");

    private final Map<String, String> marksByValue;
    private final Optional<Pattern> own;

    private Redactor(Map<String, String> marksByValue, Optional<Pattern> own) {
        this.marksByValue = marksByValue;
        this.own = own;
    }

    /**
     * A redactor for a run.
     *
     * @param environment what is set by its name: environment variables and the like
     * @param own finds what else is secret; matches of nothing are ignored
     */
    public static Redactor of(Map<String, String> environment, Optional<Pattern> own) {
        return new Redactor(Variables.secrets(environment), own);
    }

    static String mark(String kind) {
        return "[redacted: " + kind + "]";
    }

    /** The text without its secrets; the same instance where it has none. */
    public String text(String text) {
        if (text.length() < SHORTEST && own.isEmpty()) {
            return text;
        }
        Spans spans = new Spans();
        for (Shape shape : Shape.ALL) {
            shape.find(text, spans);
        }
        AwsSecret.find(text, spans);
        marksByValue.forEach((value, mark) -> {
            for (int at = text.indexOf(value); at >= 0; at = text.indexOf(value, at + value.length())) {
                spans.add(at, at + value.length(), mark);
            }
        });
        own.ifPresent(pattern -> find(pattern, text, spans));
        return spans.replacedIn(text);
    }

    private static void find(Pattern pattern, String text, Spans spans) {
        Matcher matcher = pattern.matcher(text);
        try {
            while (matcher.find()) {
                spans.add(matcher.start(), matcher.end(), OWN);
            }
        } catch (StackOverflowError tooLong) {
            // What cannot be searched might hold anything.
            spans.add(0, text.length(), mark("eval.redact overflows on this text"));
        }
    }

    /** The same JSON without secrets in its texts and names; the same instance where it has none. */
    public JsonNode json(JsonNode node) {
        if (node instanceof TextNode) {
            String before = node.textValue();
            String after = text(before);
            return after.equals(before) ? node : TextNode.valueOf(after);
        } else if (node instanceof ObjectNode object) {
            return object(object);
        } else if (node instanceof ArrayNode array) {
            return array(array);
        } else if (node.isIntegralNumber() && !(marksByValue.isEmpty() && own.isEmpty())) {
            return number(node);
        }
        return node;
    }

    /** A part of a number is no secret: it would be one in every other number, too. */
    private JsonNode number(JsonNode node) {
        String digits = node.asText();
        if (marksByValue.containsKey(digits)) {
            return TextNode.valueOf(marksByValue.get(digits));
        }
        return own.filter(pattern -> pattern.matcher(digits).matches()).isPresent() ? TextNode.valueOf(OWN) : node;
    }

    /** The same values under names without secrets, in the same order. */
    public <V> Map<String, V> names(Map<String, V> values) {
        Map<String, V> redacted = new LinkedHashMap<>();
        values.forEach((name, value) -> redacted.put(unused(text(name), redacted.keySet()), value));
        return redacted;
    }

    private JsonNode object(ObjectNode object) {
        Map<String, JsonNode> redacted = new LinkedHashMap<>();
        boolean same = true;
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String name = text(field.getKey());
            JsonNode value = json(field.getValue());
            same &= name.equals(field.getKey()) && value == field.getValue();
            redacted.put(unused(name, redacted.keySet()), value);
        }
        return same ? object : new ObjectNode(JsonNodeFactory.instance, redacted);
    }

    /** Two names may differ in their secrets alone. */
    private static String unused(String name, Set<String> used) {
        String unused = name;
        for (int i = 2; used.contains(unused); i++) {
            unused = name + " " + i;
        }
        return unused;
    }

    private JsonNode array(ArrayNode array) {
        ArrayNode redacted = JsonNodeFactory.instance.arrayNode(array.size());
        boolean same = true;
        for (JsonNode element : array) {
            JsonNode value = json(element);
            same &= value == element;
            redacted.add(value);
        }
        return same ? array : redacted;
    }
}
