package org.juniteval;

/** The aggregate of a whole eval that a {@link Gate} speaks of. */
public enum Statistic {
    /** The mean of the observed scores. */
    MEAN,
    /** The median of the observed scores. */
    MEDIAN,
    /** The smallest observed score. */
    MIN,
    /** The largest observed score. */
    MAX,
    /** The standard deviation of the observed scores, population form (÷ n). */
    STDDEV,
    /** The share of samples that meet the requirement, in [0, 1]. */
    PASS_RATE,
    /** The share of cases that pass, in [0, 1]. */
    CASE_PASS_RATE
}
