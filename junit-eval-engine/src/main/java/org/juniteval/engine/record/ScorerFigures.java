package org.juniteval.engine.record;

import java.util.OptionalDouble;

/**
 * One scorer's figures over a set of samples.
 *
 * @param scorer the scorer's name
 * @param n how many scores were observed
 * @param mean the mean of the observed scores; empty where n is 0
 * @param stddev their standard deviation, population form (÷ n)
 * @param variance their variance, population form (÷ n)
 * @param stderr the standard error of the mean, sample form (÷ n − 1) over case means; empty below two cases
 * @param passRate the share of scores that meet the requirement; empty where there is none
 * @param abstained how many samples the scorer abstained from
 * @param faults how many samples have no score because something threw
 */
public record ScorerFigures(
        String scorer,
        long n,
        OptionalDouble mean,
        OptionalDouble stddev,
        OptionalDouble variance,
        OptionalDouble stderr,
        OptionalDouble passRate,
        long abstained,
        long faults) {}
