package org.juniteval.engine.fingerprint;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Doubles as ECMAScript prints them ({@code Number::toString}). {@link Double#toString(double)} is no base for this: it
 * finds the shortest digits only since JDK 19, and answers must have one name on all of them.
 */
final class Numbers {

    /** Any two decimals of so many digits are two doubles, so one that reads back is the only one. */
    private static final int ALWAYS_DISTINCT = 15;

    /** So many digits tell every double. */
    private static final int ALWAYS_ENOUGH = 17;

    private Numbers() {}

    static void append(StringBuilder out, double value) {
        append(out, value, shortest(value));
    }

    /** Appends a finite double, given its shortest decimal. */
    static void append(StringBuilder out, double value, BigDecimal shortest) {
        if (value == 0) {
            out.append('0'); // RFC 8785: negative zero too
            return;
        }
        BigDecimal decimal = shortest.stripTrailingZeros();
        String digits = decimal.unscaledValue().abs().toString();
        int count = digits.length();
        int point = count - decimal.scale(); // value = 0.digits × 10^point
        if (value < 0) {
            out.append('-');
        }
        if (count <= point && point <= 21) {
            out.append(digits).append("0".repeat(point - count));
        } else if (0 < point && point <= 21) {
            out.append(digits, 0, point).append('.').append(digits, point, count);
        } else if (-6 < point && point <= 0) {
            out.append("0.").append("0".repeat(-point)).append(digits);
        } else {
            out.append(digits.charAt(0));
            if (count > 1) {
                out.append('.').append(digits, 1, count);
            }
            out.append(point > 0 ? "e+" : "e-").append(Math.abs(point - 1));
        }
    }

    /**
     * Whether a decimal is surely the shortest of the double that is nearest to it; told without a look at the double's
     * digits, so that of longer ones it is not known.
     */
    static boolean isShortest(BigDecimal decimal, double nearest) {
        return decimal.precision() <= ALWAYS_DISTINCT && Math.abs(nearest) >= Double.MIN_NORMAL;
    }

    /** The decimal with the fewest digits that reads back as the given finite double; of several the nearest to it. */
    static BigDecimal shortest(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
            return BigDecimal.valueOf((long) value);
        }
        BigDecimal exact = new BigDecimal(value);
        int digits = Math.abs(value) < Double.MIN_NORMAL ? 1 : ALWAYS_DISTINCT;
        for (; digits < ALWAYS_ENOUGH; digits++) {
            // The nearest decimal may not read back where the farther one does: below a power of two the doubles lie
            // twice as dense as above it.
            BigDecimal nearest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
            if (nearest.doubleValue() == value) {
                return nearest;
            }
            RoundingMode otherSide = nearest.compareTo(exact) < 0 ? RoundingMode.CEILING : RoundingMode.FLOOR;
            BigDecimal farther = exact.round(new MathContext(digits, otherSide));
            if (farther.doubleValue() == value) {
                return farther;
            }
        }
        return exact.round(new MathContext(ALWAYS_ENOUGH, RoundingMode.HALF_EVEN));
    }
}
