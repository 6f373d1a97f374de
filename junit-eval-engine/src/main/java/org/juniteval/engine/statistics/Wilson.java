package org.juniteval.engine.statistics;

import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The score interval of a share (Wilson, <i>Probable Inference, the Law of Succession, and Statistical Inference</i>,
 * JASA 22, 1927). Unlike Wald's it keeps a width at 0 of n and n of n, and stays within [0, 1].
 */
public final class Wilson {

    private static final NormalDistribution STANDARD_NORMAL = NormalDistribution.of(0, 1);

    private Wilson() {}

    /**
     * The two-sided interval, without correction for continuity: with {@code p = passed / n} and {@code z} the normal
     * quantile of {@code (1 + confidence) / 2},
     * <pre>  (p + z²/2n ± z·√(p(1 − p)/n + z²/4n²)) / (1 + z²/n)</pre>
     *
     * @param passed how many passed, 0 to {@code n}
     * @param n how many there were, at least 1
     * @param confidence the share of such intervals that hold the true share, in (0, 1); usually 0.95
     * @return the interval, within [0, 1]; its lower end is exactly 0 where none passed, its upper end exactly 1 where
     *     all did
     * @throws IllegalArgumentException if an argument is outside its range
     */
    public static Interval interval(long passed, long n, double confidence) {
        if (n < 1 || passed < 0 || passed > n) {
            throw new IllegalArgumentException(passed + " of " + n + " passed: 0 to n of at least 1 are possible");
        }
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("confidence is " + confidence + ", must lie between 0 and 1");
        }
        double z = STANDARD_NORMAL.inverseSurvivalProbability((1 - confidence) / 2);
        return new Interval(low(passed, n, z), 1 - low(n - passed, n, z));
    }

    /**
     * The lower end, as the product of both ends, {@code p² / (1 + z²/n)}, divided by the upper one: the difference in
     * the textbook's form loses its digits where {@code p} is small.
     */
    private static double low(long passed, long n, double z) {
        if (passed == 0) {
            return 0;
        }
        double p = (double) passed / n;
        double q = z * z / n;
        return p * p / (p + q / 2 + Math.sqrt(q * (p * (1 - p) + q / 4)));
    }
}
