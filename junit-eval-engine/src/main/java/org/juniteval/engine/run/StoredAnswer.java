package org.juniteval.engine.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.juniteval.engine.record.Measures;

/**
 * What the cache keeps of one call.
 *
 * @param output the output in its stored form
 * @param measures what the sample told its context
 * @param latency how long the call took
 * @param trace what the sample wanted kept beside the answer
 */
record StoredAnswer(JsonNode output, Measures measures, Duration latency, List<JsonNode> trace) {

    /** The entry's payload; the input and the variant are there for people who read the file. */
    ObjectNode toJson(JsonNode input, String variant) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (!variant.isEmpty()) {
            json.put("variant", variant);
        }
        json.set("input", input);
        json.set("output", output);
        json.put("latency", latency.toNanos() / 1e9);
        putMeasures(json, measures);
        putTrace(json, trace);
        return json;
    }

    static StoredAnswer ofJson(ObjectNode json) {
        return new StoredAnswer(
                json.path("output"),
                measures(json),
                Duration.ofNanos(Math.round(json.path("latency").asDouble() * 1e9)),
                trace(json));
    }

    static void putTrace(ObjectNode json, List<JsonNode> trace) {
        if (!trace.isEmpty()) {
            json.putArray("trace").addAll(trace);
        }
    }

    static List<JsonNode> trace(ObjectNode json) {
        List<JsonNode> trace = new ArrayList<>();
        json.path("trace").forEach(trace::add);
        return trace;
    }

    static void putMeasures(ObjectNode json, Measures measures) {
        measures.inputTokens().ifPresent(value -> json.put("inputTokens", value));
        measures.outputTokens().ifPresent(value -> json.put("outputTokens", value));
        measures.cost().ifPresent(value -> json.put("cost", value));
        measures.confidence().ifPresent(value -> json.put("confidence", value));
        measures.negativeLogLikelihood().ifPresent(value -> json.put("negativeLogLikelihood", value));
        measures.scoredTokens().ifPresent(value -> json.put("scoredTokens", value));
    }

    static Measures measures(ObjectNode json) {
        return new Measures(
                whole(json, "inputTokens"),
                whole(json, "outputTokens"),
                number(json, "cost"),
                number(json, "confidence"),
                number(json, "negativeLogLikelihood"),
                whole(json, "scoredTokens"));
    }

    private static OptionalLong whole(ObjectNode json, String field) {
        return json.has(field) ? OptionalLong.of(json.path(field).asLong()) : OptionalLong.empty();
    }

    private static OptionalDouble number(ObjectNode json, String field) {
        return json.has(field) ? OptionalDouble.of(json.path(field).asDouble()) : OptionalDouble.empty();
    }
}
