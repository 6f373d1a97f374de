package org.juniteval.engine.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.juniteval.SampleContext;
import org.juniteval.Statistic;
import org.juniteval.engine.dataset.Position;
import org.juniteval.engine.dataset.Row;
import org.juniteval.engine.record.EvalName;
import org.juniteval.engine.record.Measures;
import org.juniteval.engine.record.SampleRecord;
import org.juniteval.engine.record.SampleRecord.Source;
import org.juniteval.engine.record.ScoreRecord;
import org.juniteval.engine.record.ScoreRecord.Outcome;
import org.juniteval.engine.record.Status;
import org.juniteval.engine.suite.EvalDefinition;
import org.juniteval.engine.suite.GateDefinition;
import org.juniteval.engine.suite.ScorerDefinition;
import org.juniteval.engine.suite.SuiteDefinition;
import org.juniteval.engine.suite.Variant;

/** What the tests of this room are given to judge. */
final class Judged {

    static final String AT = "capitals.jsonl:2";
    static final JsonNode NOTHING = MissingNode.getInstance();

    private Judged() {}

    static EvalDefinition eval(Class<?> suite) {
        EvalDefinition eval = SuiteDefinition.of(suite).evals().get(0);
        if (!eval.suite().faults().isEmpty() || !eval.faults().isEmpty()) {
            throw new IllegalArgumentException(eval.suite().faults() + " " + eval.faults());
        }
        return eval;
    }

    static ScorerDefinition scorer(Class<?> suite, String name) {
        return eval(suite).scorers().stream()
                .filter(scorer -> scorer.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static JsonNode text(String text) {
        return TextNode.valueOf(text);
    }

    /** What the suite's scorers say of an output, and what they threw. */
    static Answer.Scored scored(Class<?> suite, String output, JsonNode expected) {
        return scored(suite, eval(suite).scorers(), output, expected);
    }

    static Answer.Scored scored(Class<?> suite, List<ScorerDefinition> scorers, String output, JsonNode expected) {
        try {
            Object instance = SuiteDefinition.of(suite).open().object();
            Row row = new Row(
                    "peru",
                    text("Peru"),
                    expected,
                    Set.of(),
                    MissingNode.getInstance(),
                    new Position("capitals.jsonl", "capitals.jsonl", 2, 1));
            return new Answer.Scored(
                    text(output),
                    scorers.stream()
                            .map(scorer -> outcome(scorer, instance, output, row))
                            .toList());
        } catch (Throwable broken) {
            throw new AssertionError(broken);
        }
    }

    private static ScorerOutcome outcome(ScorerDefinition scorer, Object instance, String output, Row row) {
        try {
            SampleContext noContext = null;
            return new ScorerOutcome.Said(
                    scorer,
                    scorer.score(instance, output, row, Variant.NONE, noContext),
                    OptionalDouble.empty(),
                    Set.of());
        } catch (Throwable thrown) {
            return new ScorerOutcome.Threw(scorer, thrown);
        }
    }

    // ---- samples as they are entered into a tally

    static SampleRecord sample(int number, Status status, ScoreRecord... scores) {
        return sample(number, status, Measures.NONE, Duration.ofMillis(10), scores);
    }

    static SampleRecord sample(int number, Status status, Measures measures, Duration latency, ScoreRecord... scores) {
        boolean output = status != Status.NOT_RUN
                && (status != Status.FAULT || List.of(scores).stream().anyMatch(s -> s.outcome() != Outcome.FAULT));
        return new SampleRecord(
                new EvalName("demo.CapitalsEval", "answers", ""),
                "peru",
                number,
                status,
                Optional.empty(),
                AT,
                text("Peru"),
                text("Lima"),
                output ? Optional.of(text("Lima")) : Optional.empty(),
                List.of(scores),
                Source.CALLED,
                Optional.empty(),
                Optional.empty(),
                measures,
                List.of(),
                latency);
    }

    static ScoreRecord score(String scorer, double value) {
        return score(scorer, Outcome.MEASURED, OptionalDouble.of(value));
    }

    static ScoreRecord met(String scorer) {
        return score(scorer, Outcome.MET, OptionalDouble.of(1));
    }

    static ScoreRecord missed(String scorer) {
        return score(scorer, Outcome.MISSED, OptionalDouble.of(0));
    }

    static ScoreRecord abstained(String scorer) {
        return score(scorer, Outcome.ABSTAINED, OptionalDouble.empty());
    }

    static ScoreRecord fault(String scorer) {
        return score(scorer, Outcome.FAULT, OptionalDouble.empty());
    }

    private static ScoreRecord score(String scorer, Outcome outcome, OptionalDouble value) {
        return new ScoreRecord(
                scorer,
                outcome,
                value,
                OptionalDouble.empty(),
                false,
                Optional.empty(),
                Map.of(),
                OptionalDouble.empty());
    }

    static SampleRecord passed(int number) {
        return sample(number, Status.PASSED, met("exact"));
    }

    static SampleRecord missed(int number) {
        return sample(number, Status.MISSED, missed("exact"));
    }

    static SampleRecord tolerated(int number) {
        return sample(number, Status.TOLERATED, missed("exact"));
    }

    static SampleRecord faulted(int number) {
        return sample(number, Status.FAULT, fault("exact"));
    }

    static SampleRecord measured(int number, double value) {
        return sample(number, Status.PASSED, score("exact", value));
    }

    static Measures cost(double usd) {
        return new Measures(
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalDouble.of(usd),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalLong.empty());
    }

    /** One sample of each case with these scores. */
    static Tally tally(double... scores) {
        Tally tally = new Tally(scores.length, 1);
        for (int i = 0; i < scores.length; i++) {
            tally.add(i, measured(1, scores[i]));
        }
        return tally;
    }

    // ---- gates

    static GateDefinition atLeast(Statistic statistic, String scorer, double bound) {
        return gate(statistic, scorer, OptionalDouble.of(bound), OptionalDouble.empty());
    }

    static GateDefinition atMost(Statistic statistic, String scorer, double bound) {
        return gate(statistic, scorer, OptionalDouble.empty(), OptionalDouble.of(bound));
    }

    static GateDefinition gate(Statistic statistic, String scorer, OptionalDouble atLeast, OptionalDouble atMost) {
        String name = statistic.name().toLowerCase(java.util.Locale.ROOT) + "("
                + (scorer.isEmpty() ? "samples" : scorer) + ")";
        return new GateDefinition(name, scorer, statistic, atLeast, atMost, "");
    }

    /** Rules without a case rule. */
    static Rules rules(GateDefinition... gates) {
        return new Rules(1, 1, List.of(gates));
    }

    static JsonNode number(double value) {
        return DoubleNode.valueOf(value);
    }

    static JsonNode object() {
        return JsonNodeFactory.instance.objectNode().put("city", "Lima");
    }
}
