package org.juniteval.engine.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.juniteval.engine.record.Status;

/** How terms, counts and measures are spelled wherever people read them. */
public final class Words {

    private Words() {}

    /** Such as {@code not run}. */
    static String of(Status status) {
        return status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** Such as {@code 1,234}. */
    public static String count(long n) {
        StringBuilder text = new StringBuilder(Long.toString(n));
        for (int at = text.length() - 3; at > (n < 0 ? 1 : 0); at -= 3) {
            text.insert(at, ',');
        }
        return text.toString();
    }

    /** Such as {@code 1 case}, {@code 2 cases}. */
    public static String count(long n, String one) {
        return count(n) + " " + one + (n == 1 ? "" : "s");
    }

    /** Such as {@code 812 B}, {@code 1.2 kB}, {@code 64 MB}; a thousand to each step. */
    public static String bytes(long n) {
        double value = n;
        int step = 0;
        while (value >= 999.5 && step < 4) {
            value /= 1000;
            step++;
        }
        String unit = List.of("B", "kB", "MB", "GB", "TB").get(step);
        return decimals(value, step == 0 || value >= 9.95 ? 0 : 1) + " " + unit;
    }

    /** Such as {@code 0.950}. */
    static String number(double value) {
        return decimals(value, 3);
    }

    /** As {@link #number}, with as many digits as it takes to show that it is not the other value. */
    static String number(double value, double other) {
        String text = number(value);
        for (int digits = 4; value != other && digits < 18 && text.equals(decimals(other, digits - 1)); digits++) {
            text = decimals(value, digits);
        }
        return text;
    }

    /** In no locale: the first formatter loads what the JDK knows of all of them, while somebody waits for a summary. */
    private static String decimals(double value, int digits) {
        return Double.isFinite(value)
                ? BigDecimal.valueOf(value)
                        .setScale(digits, RoundingMode.HALF_UP)
                        .toPlainString()
                : Double.toString(value);
    }

    /** A share of 1, such as {@code 95.0 %}; only a true 0 or 1 is shown as one. */
    static String percent(double share) {
        double percent = 100 * share;
        double shown = Math.rint(10 * percent) / 10;
        if (shown == 100 && share < 1) {
            shown = 99.9;
        } else if (shown == 0 && share > 0) {
            shown = 0.1;
        }
        return decimals(shown, 1) + " %";
    }

    /** US dollars: cents, or two significant digits below one dollar. */
    static String dollars(double amount) {
        BigDecimal exact = BigDecimal.valueOf(amount);
        BigDecimal rounded = exact.abs().compareTo(BigDecimal.ONE) < 0
                ? exact.round(new MathContext(2))
                : exact.setScale(2, RoundingMode.HALF_UP);
        return String.format(
                Locale.ROOT, "$%,." + Math.max(2, rounded.stripTrailingZeros().scale()) + "f", rounded);
    }

    /** Such as {@code < 0.1 ms}, {@code 4.2 ms}, {@code 812 ms}, {@code 12.4 s}, {@code 3 min 12 s}, {@code 2 h 5 min}. */
    static String time(Duration time) {
        double seconds = time.toNanos() / 1e9;
        if (seconds > 0 && seconds < 0.0001) {
            return "< 0.1 ms";
        }
        if (seconds < 0.00995) {
            return decimals(1e3 * seconds, 1) + " ms";
        }
        if (seconds < 0.9995) {
            return decimals(1e3 * seconds, 0) + " ms";
        }
        if (seconds < 59.95) {
            return decimals(seconds, seconds < 9.995 ? 2 : 1) + " s";
        }
        return wholeSeconds(time);
    }

    /** As {@link #time}, but never parts of a second. */
    static String wholeSeconds(Duration time) {
        long seconds = Math.round(time.toNanos() / 1e9);
        if (seconds < 60) {
            return seconds + " s";
        }
        return seconds < 3600
                ? seconds / 60 + " min " + seconds % 60 + " s"
                : seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }

    /** Such as {@code 0.25/s}, {@code 12.3/s}, {@code 1,234/s}. */
    static String rate(double perSecond) {
        return String.format(Locale.ROOT, perSecond < 1 ? "%.2f/s" : perSecond < 100 ? "%.1f/s" : "%,.0f/s", perSecond);
    }
}
