package org.juniteval.engine.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.juniteval.SampleContext;
import org.juniteval.engine.dataset.Position;
import org.juniteval.engine.dataset.Row;

/** What the tests of this room ask suites for. */
final class Suites {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private Suites() {}

    /** Every fault, of the suite as a whole and of its evals. */
    static List<String> faults(Class<?> suite) {
        SuiteDefinition definition = SuiteDefinition.of(suite);
        List<String> faults = new ArrayList<>(definition.faults());
        definition.evals().forEach(eval -> faults.addAll(eval.faults()));
        return faults;
    }

    static EvalDefinition eval(Class<?> suite) {
        return SuiteDefinition.of(suite).evals().get(0);
    }

    static ScorerDefinition scorer(Class<?> suite, String name) {
        return eval(suite).scorers().stream()
                .filter(scorer -> scorer.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    static Object instance(Class<?> suite) throws Throwable {
        return SuiteDefinition.of(suite).open().object();
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException broken) {
            throw new IllegalArgumentException(broken);
        }
    }

    /** A row as it would stand in line 3 of a dataset. */
    static Row row(String text) {
        ObjectNode row = (ObjectNode) json(text);
        return new Row(
                row.path("id").asText("a"),
                row.path("input"),
                row.path("expected"),
                Set.of(),
                row.path("metadata"),
                new Position("rows.jsonl", "rows.jsonl", 3, 1));
    }

    /** A row with this input and nothing else. */
    static Row input(Object text) {
        return new Row(
                "a",
                JsonNodeFactory.instance.textNode(text.toString()),
                MissingNode.getInstance(),
                Set.of(),
                MissingNode.getInstance(),
                new Position("rows.jsonl", "rows.jsonl", 3, 1));
    }

    static SampleContext context() {
        return new SampleContext() {
            @Override
            public String caseId() {
                return "a";
            }

            @Override
            public int sample() {
                return 1;
            }

            @Override
            public Instant deadline() {
                return Instant.MAX;
            }

            @Override
            public RandomGenerator random() {
                return new Random(0);
            }

            @Override
            public void usage(long inputTokens, long outputTokens) {}

            @Override
            public void cost(double usd) {}

            @Override
            public void confidence(double probability) {}

            @Override
            public void logLikelihood(double negativeSum, long tokens) {}

            @Override
            public void trace(Object json) {}
        };
    }
}
