package org.juniteval.engine.statistics;

/**
 * A two-sided confidence interval.
 *
 * @param low its lower end
 * @param high its upper end, not below {@code low}
 */
public record Interval(double low, double high) {}
