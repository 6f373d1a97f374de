package org.juniteval.engine.record;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.juniteval.engine.record.EvalRecord.CaseFigures;
import org.juniteval.engine.record.SampleRecord.Source;
import org.juniteval.engine.record.ScoreRecord.Outcome;

/** Records of a small run about capitals, for tests. */
public final class Records {

    public static final Instant START = Instant.parse("2026-11-20T10:15:30.250Z");
    public static final EvalName EVAL = new EvalName("com.example.CapitalsEval", "answersCapital", "");
    public static final String FINGERPRINT = "0123456789abcdef".repeat(4);

    private Records() {}

    public static Leaf leaf(String name, Status status, Optional<Problem> problem) {
        return new Leaf(
                "[engine:eval]/[suite:com.example.CapitalsEval]/" + name,
                name,
                status,
                problem,
                START,
                Duration.ofMillis(812),
                "");
    }

    public static Leaf printing(Leaf leaf, String output) {
        return new Leaf(
                leaf.uniqueId(), leaf.name(), leaf.status(), leaf.problem(), leaf.started(), leaf.duration(), output);
    }

    public static SampleRecord printing(SampleRecord sample, String output) {
        return sample(
                sample.caseId(),
                sample.sample(),
                printing(sample.leaf().orElseThrow(), output),
                sample.output().orElseThrow(),
                sample.scores());
    }

    public static SampleRecord passed(String caseId, int sample) {
        return sample(
                caseId,
                sample,
                leaf("answersCapital[" + caseId + "][" + sample + "]", Status.PASSED, Optional.empty()),
                TextNode.valueOf("Lima"),
                List.of(met("exact", 1), met("polite", 1)));
    }

    public static SampleRecord missed(String caseId, int sample) {
        return missed(caseId, sample, "Cusco");
    }

    public static SampleRecord missed(String caseId, int sample, String output) {
        Problem problem = new Problem(
                "org.opentest4j.AssertionFailedError",
                "exact: expected Lima but was " + output + "\nat capitals.jsonl:17",
                "org.opentest4j.AssertionFailedError: exact: expected Lima but was " + output
                        + "\n\tat com.example.CapitalsEval.exact(CapitalsEval.java:21)\n");
        return sample(
                caseId,
                sample,
                leaf("answersCapital[" + caseId + "][" + sample + "]", Status.MISSED, Optional.of(problem)),
                TextNode.valueOf(output),
                List.of(
                        missed("exact", 0, OptionalDouble.empty(), "expected Lima but was " + output),
                        met("polite", 1)));
    }

    public static SampleRecord sample(String caseId, int sample, Leaf leaf, JsonNode output, List<ScoreRecord> scores) {
        return new SampleRecord(
                EVAL,
                caseId,
                sample,
                leaf.status(),
                Optional.of(leaf),
                "capitals.jsonl:17",
                TextNode.valueOf("Peru"),
                TextNode.valueOf("Lima"),
                Optional.of(output),
                scores,
                Source.CALLED,
                Optional.of(FINGERPRINT),
                Optional.empty(),
                new Measures(
                        OptionalLong.of(143),
                        OptionalLong.of(12),
                        OptionalDouble.of(0.00021),
                        OptionalDouble.empty(),
                        OptionalDouble.empty(),
                        OptionalLong.empty()),
                List.of(),
                Duration.ofMillis(640));
    }

    public static SampleRecord faulted(String caseId, int sample) {
        return faulted(
                caseId,
                sample,
                List.of(
                        TextNode.valueOf("asked the search"),
                        JsonNodeFactory.instance.objectNode().put("tool", "map").put("country", "Peru")));
    }

    public static SampleRecord faulted(String caseId, int sample, List<JsonNode> trace) {
        Problem problem = new Problem(
                "java.io.IOException",
                "the model said 503",
                "java.io.IOException: the model said 503\n\tat com.example.CapitalsEval.answersCapital"
                        + "(CapitalsEval.java:14)\n");
        return new SampleRecord(
                EVAL,
                caseId,
                sample,
                Status.FAULT,
                Optional.of(leaf("answersCapital[" + caseId + "][" + sample + "]", Status.FAULT, Optional.of(problem))),
                "capitals.jsonl:17",
                TextNode.valueOf("Peru"),
                MissingNode.getInstance(),
                Optional.empty(),
                List.of(),
                Source.CALLED,
                Optional.empty(),
                Optional.of("code changed: Prompts.render(String)"),
                Measures.NONE,
                trace,
                Duration.ofMillis(30));
    }

    public static SampleRecord notRun(String caseId, int sample) {
        Problem problem = new Problem("org.opentest4j.TestAbortedException", "not run: the run was cancelled", "");
        return new SampleRecord(
                EVAL,
                caseId,
                sample,
                Status.NOT_RUN,
                Optional.of(
                        leaf("answersCapital[" + caseId + "][" + sample + "]", Status.NOT_RUN, Optional.of(problem))),
                "capitals.jsonl:17",
                TextNode.valueOf("Peru"),
                TextNode.valueOf("Lima"),
                Optional.empty(),
                List.of(),
                Source.NONE,
                Optional.empty(),
                Optional.empty(),
                Measures.NONE,
                List.of(),
                Duration.ZERO);
    }

    public static VerdictRecord verdict(String caseId, Status status) {
        return new VerdictRecord(
                EVAL,
                caseId,
                Optional.of(leaf("answersCapital[" + caseId + "][verdict]", status, Optional.empty())),
                5,
                4,
                2,
                0,
                List.of(figures("exact", 5, 0.4, OptionalDouble.empty())));
    }

    public static GateRecord gate(
            String name, Status status, OptionalDouble observed, OptionalDouble atLeast, OptionalDouble atMost) {
        return new GateRecord(
                EVAL,
                name,
                Optional.of(leaf("answersCapital[gate: " + name + "]", status, Optional.empty())),
                observed,
                atLeast,
                atMost,
                Optional.of(figures("exact", 980, observed.orElse(0.5), OptionalDouble.of(0.012))));
    }

    public static ScorerFigures figures(String scorer, long n, double mean, OptionalDouble stderr) {
        double variance = mean * (1 - mean);
        return new ScorerFigures(
                scorer,
                n,
                OptionalDouble.of(mean),
                OptionalDouble.of(Math.sqrt(variance)),
                OptionalDouble.of(variance),
                stderr,
                OptionalDouble.of(mean),
                0,
                0);
    }

    public static ScoreRecord met(String scorer, double value) {
        return new ScoreRecord(
                scorer,
                Outcome.MET,
                OptionalDouble.of(value),
                OptionalDouble.empty(),
                false,
                Optional.empty(),
                Map.of(),
                OptionalDouble.empty());
    }

    public static ScoreRecord missed(String scorer, double value, OptionalDouble threshold, String reason) {
        return new ScoreRecord(
                scorer,
                Outcome.MISSED,
                OptionalDouble.of(value),
                threshold,
                false,
                Optional.of(reason),
                Map.of(),
                OptionalDouble.empty());
    }

    /** Everything known, everything happened. */
    public static EvalRecord fullEval(String variant) {
        return new EvalRecord(
                new EvalName(EVAL.suite(), EVAL.eval(), variant),
                200,
                196,
                980,
                931,
                12,
                31,
                6,
                0,
                20,
                List.of(
                        figures("exact", 974, 0.95, OptionalDouble.of(0.012)),
                        figures("polite", 974, 1, OptionalDouble.of(0)),
                        new ScorerFigures(
                                "closeness",
                                970,
                                OptionalDouble.of(0.874),
                                OptionalDouble.of(0.131),
                                OptionalDouble.of(0.131 * 0.131),
                                OptionalDouble.of(0.009),
                                OptionalDouble.empty(),
                                4,
                                6)),
                500,
                480,
                3,
                0,
                "12 methods, prompts/capital.md, declared model · not seen: System.getProperty(\"temperature\")"
                        + " Models.java:17",
                START,
                Duration.ofMillis(12_412),
                OptionalLong.of(140_140),
                OptionalLong.of(11_760),
                OptionalDouble.of(0.2058),
                OptionalDouble.of(0.1008),
                OptionalDouble.of(0.81209264800000004),
                List.of(
                        new CaseFigures("peru", "capitals.jsonl:17", 1, 5, OptionalDouble.of(0.2)),
                        new CaseFigures("bolivia", "capitals.jsonl:18", 2, 5, OptionalDouble.of(0.4)),
                        new CaseFigures("south-africa", "capitals.jsonl:171", 3, 5, OptionalDouble.of(0.6))),
                List.of(
                        new CaseFigures("bolivia", "capitals.jsonl:18", 2, 5, OptionalDouble.of(0.4)),
                        new CaseFigures("south-africa", "capitals.jsonl:171", 3, 5, OptionalDouble.of(0.6)),
                        new CaseFigures("peru", "capitals.jsonl:17", 1, 5, OptionalDouble.of(0.2)),
                        new CaseFigures("kazakhstan", "capitals.jsonl:88", 4, 5, OptionalDouble.of(0.8)),
                        new CaseFigures("myanmar", "capitals.jsonl:112", 4, 5, OptionalDouble.of(0.8))),
                14,
                OptionalDouble.of(0.934511),
                OptionalDouble.of(0.961974),
                List.of("2 broken cache entries were set aside as *.corrupt; their samples were called again"));
    }

    /** One case, one sample, no cache, nothing measured. */
    public static EvalRecord smallEval() {
        return new EvalRecord(
                EVAL,
                1,
                1,
                1,
                1,
                0,
                0,
                0,
                0,
                0,
                List.of(figures("exact", 1, 1, OptionalDouble.empty())),
                0,
                1,
                0,
                0,
                "",
                START,
                Duration.ofMillis(640),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                List.of(),
                List.of(),
                0,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                List.of());
    }
}
