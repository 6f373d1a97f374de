package org.juniteval.engine.record;

import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a sample told its context. Whatever was never told is empty, not zero.
 *
 * @param inputTokens tokens read by models
 * @param outputTokens tokens written by models
 * @param cost US dollars
 * @param confidence in [0, 1]
 * @param negativeLogLikelihood the negated sum of token log-likelihoods, natural logarithm
 * @param scoredTokens how many tokens that sum covers
 */
public record Measures(
        OptionalLong inputTokens,
        OptionalLong outputTokens,
        OptionalDouble cost,
        OptionalDouble confidence,
        OptionalDouble negativeLogLikelihood,
        OptionalLong scoredTokens) {

    /** Nothing was told. */
    public static final Measures NONE = new Measures(
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            OptionalLong.empty());

    /** All tokens, where any were told. */
    public OptionalLong tokens() {
        return inputTokens.isEmpty() && outputTokens.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(inputTokens.orElse(0) + outputTokens.orElse(0));
    }
}
