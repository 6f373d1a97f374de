package org.juniteval;

import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * What a sample is told, and what it tells beyond its output. An {@link Eval} or a {@link Scorer} takes it as a
 * parameter without annotation.
 *
 * <pre>{@code
 * @Eval
 * String answers(String question, SampleContext sample) {
 *     Reply reply = model.chat(question, Examples.draw(5, sample.random()));
 *     sample.usage(reply.inputTokens(), reply.outputTokens());
 *     sample.cost(reply.usd());
 *     sample.trace(reply.toolCalls());
 *     return reply.text();
 * }
 * }</pre>
 *
 * <p>It may be used from any thread. What an eval tells is stored beside its answer, so a stored answer still knows
 * what it has cost; it is kept also where the eval throws later. What was never told is unknown, not zero.
 */
public interface SampleContext {

    /** {@return the id of the case: the row's, or the one made for it} */
    String caseId();

    /** {@return the number of the sample, from 1} */
    int sample();

    /**
     * {@return the moment at which the sample is interrupted: its start plus {@code @Timeout} or {@code eval.timeout}}
     * A call that has not ended a second later is abandoned, and the sample is a fault. While a cached scorer waits for
     * another process that asks the same, the time stands still.
     */
    Instant deadline();

    /**
     * {@return a generator seeded from suite, case and sample: the same on every run, machine and JDK, and another for
     * every sample}
     */
    RandomGenerator random();

    /**
     * Adds tokens that the sample used.
     *
     * @param inputTokens tokens that models read, not negative
     * @param outputTokens tokens that models wrote, not negative
     * @throws IllegalArgumentException if a number is negative
     */
    void usage(long inputTokens, long outputTokens);

    /**
     * Adds what the sample cost.
     *
     * @param usd US dollars, finite and not negative
     * @throws IllegalArgumentException if the amount is negative, NaN or infinite
     */
    void cost(double usd);

    /**
     * Says how sure the system is of its answer; the last call counts.
     *
     * @param probability the probability, in [0, 1], that the answer is right
     * @throws IllegalArgumentException if it lies outside [0, 1] or is NaN
     */
    void confidence(double probability);

    /**
     * Adds the log-likelihood of tokens, as models report it.
     *
     * @param negativeSum the negated sum of the tokens' log-likelihoods (natural logarithm), finite and not negative
     * @param tokens how many tokens that sum covers, not negative
     * @throws IllegalArgumentException if a number is negative, NaN or infinite
     */
    void logLikelihood(double negativeSum, long tokens);

    /**
     * Keeps a value beside the answer: messages, tool calls, retrieved passages. Each call adds one; scores and
     * fingerprints do not depend on them. The run's record has them all, whatever becomes of the sample, and the console
     * shows the last one of a sample that faults.
     *
     * @param json what Jackson can write
     */
    void trace(Object json);
}
