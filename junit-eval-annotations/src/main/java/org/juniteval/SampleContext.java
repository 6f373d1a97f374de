package org.juniteval;

import java.time.Instant;
import java.util.random.RandomGenerator;

/** What a sample is told, and what it tells beyond its output. May be used from any thread. */
public interface SampleContext {

    /** The id of the case. */
    String caseId();

    /** The number of the sample, from 1. */
    int sample();

    /** The moment at which the sample is interrupted. */
    Instant deadline();

    /** A generator seeded from suite, case and sample: the same on every run. */
    RandomGenerator random();

    /** Adds tokens that the sample used; neither is negative. */
    void usage(long inputTokens, long outputTokens);

    /** Adds what the sample cost, in US dollars; not negative. */
    void cost(double usd);

    /** Says how sure the system is of its answer, in [0, 1]; the last call counts. */
    void confidence(double probability);

    /** Adds the negated sum of token log-likelihoods (natural logarithm) and the number of tokens it covers. */
    void logLikelihood(double negativeSum, long tokens);

    /** Keeps a value, written as JSON, beside the answer: messages, tool calls, retrieved passages. */
    void trace(Object json);
}
