package org.juniteval.engine.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.juniteval.Score;
import org.juniteval.engine.cache.EntryKey;
import org.juniteval.engine.cache.Lease;
import org.juniteval.engine.dataset.Row;
import org.juniteval.engine.statistics.Descriptive;
import org.juniteval.engine.suite.ScorerDefinition;
import org.juniteval.engine.suite.Scoring;
import org.juniteval.engine.suite.Variant;
import org.juniteval.engine.verdict.ScorerOutcome;

/** Lets one scorer look at one output: once, or for a cached scorer as often as it declares, through the cache. */
final class ScorerRun {

    private final ScorerDefinition scorer;
    private final Object suite;
    private final Row row;
    private final Variant variant;
    private final JsonNode stored;
    private final Telling telling;
    private final Optional<AnswerCache> cache;
    private final Redaction redaction;
    private final boolean mayCall;
    private final long waitNanos;
    private final Attempt attempt;

    ScorerRun(
            ScorerDefinition scorer,
            Object suite,
            Row row,
            Variant variant,
            JsonNode stored,
            Telling telling,
            Optional<AnswerCache> cache,
            Redaction redaction,
            boolean mayCall,
            long waitNanos,
            Attempt attempt) {
        this.scorer = scorer;
        this.suite = suite;
        this.row = row;
        this.variant = variant;
        this.stored = stored;
        this.telling = telling;
        this.cache = cache;
        this.redaction = redaction;
        this.mayCall = mayCall;
        this.waitNanos = waitNanos;
        this.attempt = attempt;
    }

    /** A cached scorer has no stored score, and it must not be called. */
    static final class NoStoredScore extends Exception {
        private static final long serialVersionUID = 1;

        NoStoredScore(ScorerDefinition scorer) {
            super(
                    "replay: no stored score of the cached scorer " + scorer.name()
                            + "; run once with eval.cache.mode = auto",
                    null,
                    false,
                    false);
        }

        @Override
        public String toString() {
            return getMessage();
        }
    }

    /** Whether a cached scorer was not called because it must not be. */
    static boolean lacksStoredScore(ScorerOutcome outcome) {
        return outcome instanceof ScorerOutcome.Threw threw && threw.error() instanceof NoStoredScore;
    }

    ScorerOutcome run(Object output) {
        try {
            if (!scorer.cached()) {
                return new ScorerOutcome.Said(scorer, score(output, telling), OptionalDouble.empty(), Set.of());
            }
            List<Scoring> runs = new ArrayList<>();
            for (int run = 1; run <= scorer.runs(); run++) {
                runs.add(cached(output, run));
            }
            return runs.size() == 1
                    ? new ScorerOutcome.Said(scorer, runs.get(0), OptionalDouble.empty(), Set.of())
                    : mean(runs);
        } catch (Throwable error) {
            return new ScorerOutcome.Threw(scorer, error);
        }
    }

    private Scoring score(Object output, Telling toldTo) throws Throwable {
        return redaction.names(scorer.score(suite, output, row, variant, toldTo));
    }

    private Scoring cached(Object output, int run) throws Throwable {
        if (cache.isEmpty()) {
            return score(output, telling);
        }
        EntryKey key = cache.get().key(scorer, row, variant, telling.sample(), stored, run);
        Optional<ObjectNode> hit = cache.get().get(key);
        if (hit.isPresent()) {
            return told(hit.get());
        }
        if (!mayCall) {
            throw new NoStoredScore(scorer);
        }
        Optional<Lease> lease = lease(key);
        try {
            // Whoever held the lease may just have stored the score.
            hit = cache.get().get(key);
            if (hit.isPresent()) {
                return told(hit.get());
            }
            Telling own = telling.another();
            Scoring scoring;
            try {
                scoring = score(output, own);
            } finally {
                telling.add(own); // what a judge has cost is paid, also where it throws
            }
            if (!attempt.live()) {
                throw new InterruptedException("a score that comes too late is not stored");
            }
            ObjectNode payload = (ObjectNode) redaction.json(toJson(scoring));
            StoredAnswer.putMeasures(payload, own.measures());
            StoredAnswer.putTrace(payload, redaction.json(own.traces()));
            cache.get().put(key, payload);
            return scoring;
        } finally {
            lease.ifPresent(Lease::close);
        }
    }

    private Scoring told(ObjectNode payload) {
        telling.recall(StoredAnswer.measures(payload), StoredAnswer.trace(payload));
        return ofJson(payload);
    }

    /**
     * Waits for another process that is just asking the same, but not for ever: paying twice beats hanging. The time that
     * the sample has for itself stands still meanwhile.
     */
    private Optional<Lease> lease(EntryKey key) throws InterruptedException {
        Optional<Lease> lease = cache.orElseThrow().lease(key);
        if (lease.isPresent()) {
            return lease;
        }
        long began = System.nanoTime();
        attempt.waits(began);
        try {
            while (lease.isEmpty() && System.nanoTime() - began < waitNanos) {
                Thread.sleep(Queue.POLL.toMillis());
                lease = cache.orElseThrow().lease(key);
            }
            return lease;
        } finally {
            telling.postpone(Duration.ofNanos(attempt.goesOn(System.nanoTime())));
        }
    }

    /** The mean of several runs by name; of a yes or no asked several times the majority meets the requirement. */
    private ScorerOutcome mean(List<Scoring> runs) {
        Set<String> names = new LinkedHashSet<>();
        runs.forEach(run -> names.addAll(run.scores().keySet()));
        Map<String, Score> means = new LinkedHashMap<>();
        OptionalDouble spread = OptionalDouble.empty();
        Set<String> majority = new LinkedHashSet<>();
        for (String name : names) {
            List<Score> scores = runs.stream()
                    .map(run -> run.scores().get(name))
                    .filter(score -> score != null && !score.abstained())
                    .toList();
            if (scores.isEmpty()) {
                means.put(name, runs.get(0).scores().get(name));
                continue;
            }
            double[] values = scores.stream()
                    .mapToDouble(score -> score.value().orElseThrow())
                    .toArray();
            double mean = Descriptive.mean(values);
            if (scores.stream().allMatch(Score::yesOrNo)) {
                majority.add(name);
            }
            String reason = scores.stream()
                    .flatMap(score -> score.reason().stream())
                    .filter(text -> !text.isEmpty())
                    .distinct()
                    .reduce((a, b) -> a + "\n" + b)
                    .orElse("");
            means.put(name, withDetails(Score.of(mean, reason), scores));
            if (name.equals(scorer.name())) {
                spread = OptionalDouble.of(Descriptive.stddev(values));
            }
        }
        Optional<AssertionError> assertion =
                runs.stream().flatMap(run -> run.assertion().stream()).findFirst();
        return new ScorerOutcome.Said(scorer, new Scoring(means, assertion), spread, majority);
    }

    /** Each detail of several runs as the list of what they gave, in their order; null for one that did not give it. */
    private static Score withDetails(Score mean, List<Score> runs) {
        Set<String> details = new LinkedHashSet<>();
        runs.forEach(run -> details.addAll(run.details().keySet()));
        Score all = mean;
        for (String detail : details) {
            all = all.detail(
                    detail, runs.stream().map(run -> run.details().get(detail)).toList());
        }
        return all;
    }

    private static ObjectNode toJson(Scoring scoring) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode scores = json.putObject("scores");
        scoring.scores().forEach((name, score) -> {
            ObjectNode one = scores.putObject(name);
            if (score.abstained()) {
                one.put("abstained", true);
            } else if (score.yesOrNo()) {
                one.put("passed", score.value().orElseThrow() == 1);
            } else {
                one.put("value", score.value().orElseThrow());
            }
            Optional<String> said = scoring.assertion()
                    .map(AssertionError::getMessage)
                    .or(score::reason)
                    .filter(text -> !text.isEmpty());
            said.ifPresent(reason -> one.put("reason", reason));
            if (!score.details().isEmpty()) {
                one.set("details", UserJson.of(score.details()));
            }
        });
        return json;
    }

    private static Scoring ofJson(ObjectNode json) {
        Map<String, Score> scores = new LinkedHashMap<>();
        json.path("scores").fields().forEachRemaining(field -> {
            JsonNode one = field.getValue();
            String reason = one.path("reason").asText("");
            Score score = one.has("abstained")
                    ? Score.abstain(reason)
                    : one.has("passed")
                            ? Score.of(one.get("passed").asBoolean(), reason)
                            : Score.of(one.path("value").asDouble(), reason);
            for (Map.Entry<String, JsonNode> detail : one.path("details").properties()) {
                score = score.detail(detail.getKey(), detail.getValue());
            }
            scores.put(field.getKey(), score);
        });
        return new Scoring(scores, Optional.empty());
    }
}
