package org.juniteval.engine.statistics;

import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * Figures of observed values, and how far their mean may be from the true one.
 *
 * <p>Values that are large beside their spread lose no digits. The mean of {@code k} ones and {@code n − k} zeros is
 * the double nearest to {@code k / n}; equal values have themselves as mean, and a variance of exactly 0. So a rounding
 * error decides no bound such as {@code atLeast = 0.7}.
 *
 * <p>Every method throws {@link IllegalArgumentException} for a value that is NaN or infinite and, where not said
 * otherwise, for an empty array. No method changes its argument.
 */
public final class Descriptive {

    private Descriptive() {}

    /** The arithmetic mean, {@code Σx / n}. */
    public static double mean(double[] values) {
        requireSome(values);
        Sum sum = new Sum();
        for (double value : values) {
            sum.add(value);
        }
        return sum.dividedBy(values.length);
    }

    /** The middle value; of an even number of values, the mean of the two in the middle. */
    public static double median(double[] values) {
        double[] sorted = requireSome(values).clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The smallest value. */
    public static double min(double[] values) {
        return Arrays.stream(requireSome(values)).min().getAsDouble();
    }

    /** The largest value. */
    public static double max(double[] values) {
        return Arrays.stream(requireSome(values)).max().getAsDouble();
    }

    /** The variance of the values themselves, population form: {@code Σ(x − mean)² / n}. Never negative. */
    public static double variance(double[] values) {
        return squaredDeviations(requireSome(values)) / values.length;
    }

    /** The standard deviation of the values themselves, population form: the root of {@link #variance}. */
    public static double stddev(double[] values) {
        return Math.sqrt(variance(values));
    }

    /**
     * The standard error of the mean, sample form: {@code s / √n} with {@code s² = Σ(x − mean)² / (n − 1)}.
     *
     * @param caseMeans one mean for each case. Samples of one case resemble each other; passing them flattened would
     *     make the error look smaller than it is (Miller, <i>Adding Error Bars to Evals</i>, 2024, on clustered
     *     questions).
     * @return the error in the unit of the values; empty for fewer than two cases, whose spread is not known
     */
    public static OptionalDouble standardError(double[] caseMeans) {
        int n = requireFinite(caseMeans).length;
        return n < 2
                ? OptionalDouble.empty()
                : OptionalDouble.of(Math.sqrt(squaredDeviations(caseMeans) / (n - 1) / n));
    }

    /**
     * {@code Σ(x − m)² − (Σ(x − m))² / n}, where the second term makes up for what rounding took from the mean
     * {@code m}: the corrected two-pass algorithm (Chan, Golub, LeVeque, <i>Algorithms for Computing the Sample
     * Variance</i>, The American Statistician 37, 1983).
     */
    private static double squaredDeviations(double[] values) {
        double mean = mean(values);
        Sum squares = new Sum();
        Sum deviations = new Sum();
        for (double value : values) {
            double deviation = value - mean;
            squares.add(deviation * deviation);
            deviations.add(deviation);
        }
        double rest = deviations.value();
        return Math.max(0, squares.value() - rest * rest / values.length);
    }

    private static double[] requireSome(double[] values) {
        if (requireFinite(values).length == 0) {
            throw new IllegalArgumentException("no values: at least one is needed");
        }
        return values;
    }

    private static double[] requireFinite(double[] values) {
        Objects.requireNonNull(values, "values");
        for (int i = 0; i < values.length; i++) {
            if (!Double.isFinite(values[i])) {
                throw new IllegalArgumentException("value " + i + " of " + values.length + " is " + values[i]);
            }
        }
        return values;
    }

    /**
     * A sum that also keeps what each addition rounds off (Neumaier, <i>Rundungsfehleranalyse einiger Verfahren zur
     * Summation endlicher Summen</i>, ZAMM 54, 1974).
     */
    private static final class Sum {

        private double rounded;
        private double lost;

        void add(double term) {
            double next = rounded + term;
            lost += Math.abs(rounded) >= Math.abs(term) ? rounded - next + term : term - next + rounded;
            rounded = next;
        }

        double value() {
            return rounded + lost;
        }

        /** Divides before the two parts are joined: joining them first would round once more. */
        double dividedBy(int n) {
            double quotient = rounded / n;
            double remainder = Math.fma(-quotient, n, rounded) + lost;
            return quotient + remainder / n;
        }
    }
}
