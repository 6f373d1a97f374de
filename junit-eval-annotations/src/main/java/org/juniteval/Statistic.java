package org.juniteval;

/**
 * The figure of a whole eval that a {@link Gate} speaks of. It is taken over the scores of all samples of all cases, of
 * one variant where there are {@link Variants}.
 */
public enum Statistic {
    /** The mean of the observed scores. */
    MEAN,
    /** The median of the observed scores; of an even number of scores, the mean of the two in the middle. */
    MEDIAN,
    /** The smallest observed score. */
    MIN,
    /** The largest observed score. */
    MAX,
    /** The standard deviation of the observed scores: how far they spread, in population form (÷ n). */
    STDDEV,
    /** The share of samples, in [0, 1], that meet the scorer's requirement; where no scorer is named, that pass. */
    PASS_RATE,
    /**
     * The share of cases, in [0, 1], of which as many samples as {@link Samples#required() required} meet the scorer's
     * requirement; where no scorer is named, pass.
     */
    CASE_PASS_RATE
}
