package org.juniteval.engine.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.juniteval.SampleContext;
import org.juniteval.engine.record.Measures;

/** Keeps what a sample tells its context. */
final class Telling implements SampleContext {

    private final String suite;
    private final String caseId;
    private final int sample;
    private Instant deadline;
    private Random random;

    private OptionalLong inputTokens = OptionalLong.empty();
    private OptionalLong outputTokens = OptionalLong.empty();
    private OptionalDouble cost = OptionalDouble.empty();
    private double paid;
    private OptionalDouble confidence = OptionalDouble.empty();
    private OptionalDouble negativeLogLikelihood = OptionalDouble.empty();
    private OptionalLong scoredTokens = OptionalLong.empty();
    private final List<JsonNode> trace = new ArrayList<>();
    private final List<JsonNode> recalledTrace = new ArrayList<>();

    Telling(String suite, String caseId, int sample, Instant deadline) {
        this.suite = suite;
        this.caseId = caseId;
        this.sample = sample;
        this.deadline = deadline;
    }

    @Override
    public String caseId() {
        return caseId;
    }

    @Override
    public int sample() {
        return sample;
    }

    @Override
    public synchronized Instant deadline() {
        return deadline;
    }

    /** The sample has waited for something that does not count. */
    synchronized void postpone(Duration waited) {
        deadline = deadline.plus(waited);
    }

    @Override
    public synchronized RandomGenerator random() {
        if (random == null) {
            random = new Random(seed());
        }
        return random;
    }

    private long seed() {
        try {
            byte[] name = (suite + "\0" + caseId + "\0" + sample).getBytes(StandardCharsets.UTF_8);
            return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(name))
                    .getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public synchronized void usage(long input, long output) {
        require(input >= 0 && output >= 0, "tokens must not be negative: " + input + ", " + output);
        inputTokens = OptionalLong.of(inputTokens.orElse(0) + input);
        outputTokens = OptionalLong.of(outputTokens.orElse(0) + output);
    }

    @Override
    public synchronized void cost(double usd) {
        require(usd >= 0 && usd < Double.POSITIVE_INFINITY, "a cost must be finite and not negative: " + usd);
        cost = OptionalDouble.of(cost.orElse(0) + usd);
        paid += usd;
    }

    @Override
    public synchronized void confidence(double probability) {
        require(probability >= 0 && probability <= 1, "a confidence lies in [0, 1]: " + probability);
        confidence = OptionalDouble.of(probability);
    }

    @Override
    public synchronized void logLikelihood(double negativeSum, long tokens) {
        require(
                negativeSum >= 0 && negativeSum < Double.POSITIVE_INFINITY,
                "a negated sum of log-likelihoods must be finite and not negative: " + negativeSum);
        require(tokens >= 0, "tokens must not be negative: " + tokens);
        negativeLogLikelihood = OptionalDouble.of(negativeLogLikelihood.orElse(0) + negativeSum);
        scoredTokens = OptionalLong.of(scoredTokens.orElse(0) + tokens);
    }

    @Override
    public void trace(Object json) {
        JsonNode node = UserJson.of(json);
        synchronized (this) {
            trace.add(node);
        }
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    synchronized Measures measures() {
        return new Measures(inputTokens, outputTokens, cost, confidence, negativeLogLikelihood, scoredTokens);
    }

    /** A context of the same sample that keeps what it is told apart. */
    synchronized Telling another() {
        return new Telling(suite, caseId, sample, deadline);
    }

    /** Adds what a judge of the sample used and told just now. */
    synchronized void add(Telling judge) {
        recall(judge.measures(), List.of());
        trace.addAll(judge.traces());
        paid += judge.paid();
    }

    /** The part of the cost that was paid now. */
    synchronized double paid() {
        return paid;
    }

    /** Adds what the sample's answer or a judge of it used and told when the cache got it. */
    synchronized void recall(Measures more, List<JsonNode> told) {
        recalledTrace.addAll(told);
        more.inputTokens().ifPresent(value -> inputTokens = OptionalLong.of(inputTokens.orElse(0) + value));
        more.outputTokens().ifPresent(value -> outputTokens = OptionalLong.of(outputTokens.orElse(0) + value));
        more.cost().ifPresent(value -> cost = OptionalDouble.of(cost.orElse(0) + value));
        more.confidence().ifPresent(value -> confidence = OptionalDouble.of(value));
        more.negativeLogLikelihood()
                .ifPresent(value -> negativeLogLikelihood = OptionalDouble.of(negativeLogLikelihood.orElse(0) + value));
        more.scoredTokens().ifPresent(value -> scoredTokens = OptionalLong.of(scoredTokens.orElse(0) + value));
    }

    /** What was told in earlier runs, which was redacted then. */
    synchronized List<JsonNode> recalledTraces() {
        return List.copyOf(recalledTrace);
    }

    /** What was told now, as it was told. */
    synchronized List<JsonNode> traces() {
        return List.copyOf(trace);
    }
}
