package org.juniteval.engine.record;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;
import org.juniteval.engine.json.Trees;

/**
 * The JSON form of the records, written and read field by field: a run has 100,000 of them, and what stands in the file
 * must not change by accident when a record component is renamed.
 */
final class RecordJson {

    private RecordJson() {}

    // ---- writing -------------------------------------------------------------------------------------------------

    static void write(LeafRecord record, JsonGenerator json) throws IOException {
        if (record instanceof SampleRecord sample) {
            json.writeStringField("type", "sample");
            write(sample.eval(), json);
            write(sample, json);
        } else if (record instanceof VerdictRecord verdict) {
            json.writeStringField("type", "verdict");
            write(verdict.eval(), json);
            json.writeStringField("case", verdict.caseId());
            json.writeNumberField("samples", verdict.samples());
            json.writeNumberField("required", verdict.required());
            json.writeNumberField("passed", verdict.passed());
            json.writeNumberField("faults", verdict.faults());
            figures("scorers", verdict.scores(), json);
        } else if (record instanceof GateRecord gate) {
            json.writeStringField("type", "gate");
            write(gate.eval(), json);
            json.writeStringField("gate", gate.gate());
            number("observed", gate.observed(), json);
            number("atLeast", gate.atLeast(), json);
            number("atMost", gate.atMost(), json);
            if (gate.figures().isPresent()) {
                json.writeFieldName("figures");
                figures(gate.figures().get(), json);
            }
        } else if (record instanceof FaultRecord fault) {
            json.writeStringField("type", "fault");
            write(fault.eval(), json);
            json.writeStringField("what", fault.what());
        }
        if (record.leaf().isPresent()) {
            write(record.leaf().get(), json);
        }
    }

    static void write(EvalRecord record, JsonGenerator json) throws IOException {
        json.writeStringField("type", "eval");
        write(record.eval(), json);
        json.writeNumberField("cases", record.cases());
        json.writeNumberField("casesRun", record.casesRun());
        json.writeNumberField("samples", record.samples());
        json.writeNumberField("passed", record.passed());
        json.writeNumberField("missed", record.missed());
        json.writeNumberField("tolerated", record.tolerated());
        json.writeNumberField("faults", record.faults());
        json.writeNumberField("notScored", record.notScored());
        json.writeNumberField("notRun", record.notRun());
        figures("scorers", record.scorers(), json);
        json.writeNumberField("cached", record.cached());
        json.writeNumberField("called", record.called());
        json.writeNumberField("retried", record.retried());
        json.writeNumberField("remembered", record.remembered());
        text("keyCovers", record.keyCovers(), json);
        json.writeStringField("started", Iso.of(record.started()));
        seconds("wallTime", record.wallTime(), json);
        number("inputTokens", record.inputTokens(), json);
        number("outputTokens", record.outputTokens(), json);
        number("cost", record.cost(), json);
        number("spent", record.spent(), json);
        number("latencyMedian", record.latencyMedian(), json);
        cases("worst", record.worst(), json);
        cases("flaky", record.flaky(), json);
        json.writeNumberField("flakyCount", record.flakyCount());
        number("samplesPassRateLow", record.samplesPassRateLow(), json);
        number("samplesPassRateHigh", record.samplesPassRateHigh(), json);
        if (!record.notes().isEmpty()) {
            json.writeArrayFieldStart("notes");
            for (String note : record.notes()) {
                json.writeString(cut(note));
            }
            json.writeEndArray();
        }
    }

    private static void write(EvalName name, JsonGenerator json) throws IOException {
        json.writeStringField("suite", name.suite());
        json.writeStringField("eval", name.eval());
        text("variant", name.variant(), json);
    }

    private static void write(SampleRecord sample, JsonGenerator json) throws IOException {
        json.writeStringField("case", sample.caseId());
        json.writeNumberField("sample", sample.sample());
        json.writeStringField("status", sample.status().name());
        text("at", sample.at(), json);
        node("input", sample.input(), json);
        node("expected", sample.expected(), json);
        if (sample.output().isPresent()) {
            node("output", sample.output().get(), json);
        }
        if (!sample.scores().isEmpty()) {
            json.writeArrayFieldStart("scores");
            for (ScoreRecord score : sample.scores()) {
                write(score, json);
            }
            json.writeEndArray();
        }
        json.writeStringField("source", sample.source().name());
        text("fingerprint", sample.fingerprint().orElse(""), json);
        text("changed", sample.changed().orElse(""), json);
        Measures measures = sample.measures();
        number("inputTokens", measures.inputTokens(), json);
        number("outputTokens", measures.outputTokens(), json);
        number("cost", measures.cost(), json);
        number("confidence", measures.confidence(), json);
        number("negativeLogLikelihood", measures.negativeLogLikelihood(), json);
        number("scoredTokens", measures.scoredTokens(), json);
        if (!sample.trace().isEmpty()) {
            json.writeArrayFieldStart("trace");
            for (JsonNode told : sample.trace()) {
                node(told, json);
            }
            json.writeEndArray();
        }
        seconds("latency", sample.latency(), json);
    }

    private static void write(ScoreRecord score, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("scorer", score.scorer());
        json.writeStringField("outcome", score.outcome().name());
        number("value", score.value(), json);
        number("threshold", score.threshold(), json);
        if (score.tolerated()) {
            json.writeBooleanField("tolerated", true);
        }
        if (score.reason().isPresent()) {
            json.writeStringField("reason", cut(score.reason().get()));
        }
        if (!score.details().isEmpty()) {
            json.writeObjectFieldStart("details");
            for (Map.Entry<String, JsonNode> detail : score.details().entrySet()) {
                node(detail.getKey(), detail.getValue(), json);
            }
            json.writeEndObject();
        }
        number("spread", score.spread(), json);
        json.writeEndObject();
    }

    private static void write(Leaf leaf, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("leaf");
        json.writeStringField("uniqueId", leaf.uniqueId());
        json.writeStringField("name", leaf.name());
        json.writeStringField("status", leaf.status().name());
        if (leaf.problem().isPresent()) {
            Problem problem = leaf.problem().get();
            json.writeObjectFieldStart("problem");
            json.writeStringField("type", problem.type());
            text("message", problem.message(), json);
            text("trace", problem.trace(), json);
            json.writeEndObject();
        }
        json.writeStringField("started", Iso.of(leaf.started()));
        seconds("duration", leaf.duration(), json);
        text("output", leaf.output(), json);
        json.writeEndObject();
    }

    private static void figures(String name, List<ScorerFigures> scorers, JsonGenerator json) throws IOException {
        if (scorers.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(name);
        for (ScorerFigures scorer : scorers) {
            figures(scorer, json);
        }
        json.writeEndArray();
    }

    private static void figures(ScorerFigures scorer, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("scorer", scorer.scorer());
        json.writeNumberField("n", scorer.n());
        number("mean", scorer.mean(), json);
        number("stddev", scorer.stddev(), json);
        number("variance", scorer.variance(), json);
        number("stderr", scorer.stderr(), json);
        number("passRate", scorer.passRate(), json);
        json.writeNumberField("abstained", scorer.abstained());
        json.writeNumberField("faults", scorer.faults());
        json.writeEndObject();
    }

    private static void cases(String name, List<EvalRecord.CaseFigures> cases, JsonGenerator json) throws IOException {
        if (cases.isEmpty()) {
            return;
        }
        json.writeArrayFieldStart(name);
        for (EvalRecord.CaseFigures one : cases) {
            json.writeStartObject();
            json.writeStringField("case", one.caseId());
            text("at", one.at(), json);
            json.writeNumberField("passed", one.passed());
            json.writeNumberField("samples", one.samples());
            number("mean", one.mean(), json);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void node(String name, JsonNode value, JsonGenerator json) throws IOException {
        if (!value.isMissingNode()) {
            json.writeFieldName(name);
            node(value, json);
        }
    }

    private static void node(JsonNode value, JsonGenerator json) throws IOException {
        if (value.isTextual()) {
            json.writeString(cut(value.textValue()));
        } else if (value.isObject()) {
            json.writeStartObject();
            for (Map.Entry<String, JsonNode> field : value.properties()) {
                json.writeFieldName(field.getKey());
                node(field.getValue(), json);
            }
            json.writeEndObject();
        } else if (value.isArray()) {
            json.writeStartArray();
            for (JsonNode element : value) {
                node(element, json);
            }
            json.writeEndArray();
        } else {
            Trees.writeScalar(value, json);
        }
    }

    private static void text(String name, String value, JsonGenerator json) throws IOException {
        if (!value.isEmpty()) {
            json.writeStringField(name, cut(value));
        }
    }

    private static void number(String name, OptionalDouble value, JsonGenerator json) throws IOException {
        if (value.isPresent() && Double.isFinite(value.getAsDouble())) {
            json.writeNumberField(name, value.getAsDouble());
        }
    }

    private static void number(String name, OptionalLong value, JsonGenerator json) throws IOException {
        if (value.isPresent()) {
            json.writeNumberField(name, value.getAsLong());
        }
    }

    private static void seconds(String name, Duration value, JsonGenerator json) throws IOException {
        if (!value.isZero()) {
            json.writeFieldName(name);
            json.writeNumber(Seconds.shortest(value, 9));
        }
    }

    private static String cut(String text) {
        if (text.length() <= RecordFile.KEPT) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(RecordFile.KEPT - 1)) ? RecordFile.KEPT - 1 : RecordFile.KEPT;
        return text.substring(0, end) + String.format(Locale.ROOT, "… %,d characters more", text.length() - end);
    }

    // ---- reading -------------------------------------------------------------------------------------------------

    /** A {@link LeafRecord} or an {@link EvalRecord}; whatever is neither is an {@link IllegalArgumentException}. */
    static Object read(JsonNode json) {
        EvalName eval = new EvalName(
                json.path("suite").asText(),
                json.path("eval").asText(),
                json.path("variant").asText());
        Optional<Leaf> leaf = json.has("leaf") ? Optional.of(leaf(json.get("leaf"))) : Optional.empty();
        String type = json.path("type").asText();
        return switch (type) {
            case "sample" -> sample(json, eval, leaf);
            case "verdict" ->
                new VerdictRecord(
                        eval,
                        json.path("case").asText(),
                        leaf,
                        json.path("samples").asInt(),
                        json.path("required").asInt(),
                        json.path("passed").asInt(),
                        json.path("faults").asInt(),
                        list(json.path("scorers"), RecordJson::figures));
            case "gate" ->
                new GateRecord(
                        eval,
                        json.path("gate").asText(),
                        leaf,
                        real(json.path("observed")),
                        real(json.path("atLeast")),
                        real(json.path("atMost")),
                        json.has("figures") ? Optional.of(figures(json.get("figures"))) : Optional.empty());
            case "fault" -> new FaultRecord(eval, json.path("what").asText(), leaf);
            case "eval" -> evalRecord(json, eval);
            default -> throw new IllegalArgumentException("unknown type of record: '" + type + "'");
        };
    }

    private static EvalRecord evalRecord(JsonNode json, EvalName eval) {
        return new EvalRecord(
                eval,
                json.path("cases").asLong(),
                json.path("casesRun").asLong(),
                json.path("samples").asLong(),
                json.path("passed").asLong(),
                json.path("missed").asLong(),
                json.path("tolerated").asLong(),
                json.path("faults").asLong(),
                json.path("notScored").asLong(),
                json.path("notRun").asLong(),
                list(json.path("scorers"), RecordJson::figures),
                json.path("cached").asLong(),
                json.path("called").asLong(),
                json.path("retried").asLong(),
                json.path("remembered").asLong(),
                json.path("keyCovers").asText(),
                Instant.parse(json.path("started").asText()),
                duration(json.path("wallTime")),
                whole(json.path("inputTokens")),
                whole(json.path("outputTokens")),
                real(json.path("cost")),
                real(json.path("spent")),
                real(json.path("latencyMedian")),
                list(json.path("worst"), RecordJson::caseFigures),
                list(json.path("flaky"), RecordJson::caseFigures),
                json.path("flakyCount").asLong(),
                real(json.path("samplesPassRateLow")),
                real(json.path("samplesPassRateHigh")),
                list(json.path("notes"), JsonNode::asText));
    }

    private static SampleRecord sample(JsonNode json, EvalName eval, Optional<Leaf> leaf) {
        return new SampleRecord(
                eval,
                json.path("case").asText(),
                json.path("sample").asInt(),
                Status.valueOf(json.path("status").asText()),
                leaf,
                json.path("at").asText(),
                json.has("input") ? json.get("input") : MissingNode.getInstance(),
                json.has("expected") ? json.get("expected") : MissingNode.getInstance(),
                Optional.ofNullable(json.get("output")),
                list(json.path("scores"), RecordJson::score),
                SampleRecord.Source.valueOf(json.path("source").asText()),
                string(json.path("fingerprint")),
                string(json.path("changed")),
                new Measures(
                        whole(json.path("inputTokens")),
                        whole(json.path("outputTokens")),
                        real(json.path("cost")),
                        real(json.path("confidence")),
                        real(json.path("negativeLogLikelihood")),
                        whole(json.path("scoredTokens"))),
                list(json.path("trace"), Function.identity()),
                duration(json.path("latency")));
    }

    private static ScoreRecord score(JsonNode json) {
        Map<String, JsonNode> details = new LinkedHashMap<>();
        json.path("details").properties().forEach(detail -> details.put(detail.getKey(), detail.getValue()));
        return new ScoreRecord(
                json.path("scorer").asText(),
                ScoreRecord.Outcome.valueOf(json.path("outcome").asText()),
                real(json.path("value")),
                real(json.path("threshold")),
                json.path("tolerated").asBoolean(),
                string(json.path("reason")),
                details,
                real(json.path("spread")));
    }

    private static Leaf leaf(JsonNode json) {
        JsonNode problem = json.path("problem");
        return new Leaf(
                json.path("uniqueId").asText(),
                json.path("name").asText(),
                Status.valueOf(json.path("status").asText()),
                problem.isMissingNode()
                        ? Optional.empty()
                        : Optional.of(new Problem(
                                problem.path("type").asText(),
                                problem.path("message").asText(),
                                problem.path("trace").asText())),
                Instant.parse(json.path("started").asText()),
                duration(json.path("duration")),
                json.path("output").asText());
    }

    private static ScorerFigures figures(JsonNode json) {
        return new ScorerFigures(
                json.path("scorer").asText(),
                json.path("n").asLong(),
                real(json.path("mean")),
                real(json.path("stddev")),
                real(json.path("variance")),
                real(json.path("stderr")),
                real(json.path("passRate")),
                json.path("abstained").asLong(),
                json.path("faults").asLong());
    }

    private static EvalRecord.CaseFigures caseFigures(JsonNode json) {
        return new EvalRecord.CaseFigures(
                json.path("case").asText(),
                json.path("at").asText(),
                json.path("passed").asInt(),
                json.path("samples").asInt(),
                real(json.path("mean")));
    }

    private static <T> List<T> list(JsonNode array, Function<JsonNode, T> element) {
        List<T> elements = new ArrayList<>(array.size());
        array.forEach(json -> elements.add(element.apply(json)));
        return List.copyOf(elements);
    }

    private static Optional<String> string(JsonNode json) {
        return Optional.ofNullable(json.textValue());
    }

    private static OptionalDouble real(JsonNode json) {
        return json.isNumber() ? OptionalDouble.of(json.doubleValue()) : OptionalDouble.empty();
    }

    private static OptionalLong whole(JsonNode json) {
        return json.isNumber() ? OptionalLong.of(json.longValue()) : OptionalLong.empty();
    }

    private static Duration duration(JsonNode json) {
        if (!json.isNumber()) {
            return Duration.ZERO;
        }
        BigDecimal seconds = json.decimalValue();
        long whole = seconds.longValue();
        return Duration.ofSeconds(
                whole,
                seconds.subtract(BigDecimal.valueOf(whole)).movePointRight(9).longValue());
    }
}
