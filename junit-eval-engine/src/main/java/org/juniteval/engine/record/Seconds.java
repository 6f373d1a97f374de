package org.juniteval.engine.record;

import java.time.Duration;

/** Durations as files and reports show them: decimal seconds, without an exponent and in no locale. */
public final class Seconds {

    private static final long[] NANOS = {
        1_000_000_000, 100_000_000, 10_000_000, 1_000_000, 100_000, 10_000, 1_000, 100, 10, 1
    };

    private Seconds() {}

    /**
     * The time to so many decimals, half up.
     *
     * @param time less than nothing, where a clock was set back, is nothing
     * @param decimals 0 to 9
     */
    public static String fixed(Duration time, int decimals) {
        if (time.isNegative()) {
            return fixed(Duration.ZERO, decimals);
        }
        long unit = NANOS[decimals];
        long whole = time.getSeconds();
        long part = (time.getNano() + unit / 2) / unit;
        if (part == NANOS[0] / unit) {
            whole++;
            part = 0;
        }
        if (decimals == 0) {
            return Long.toString(whole);
        }
        String digits = Long.toString(part);
        return whole + "." + "0".repeat(decimals - digits.length()) + digits;
    }

    /** The same without zeros at the end. */
    public static String shortest(Duration time, int decimals) {
        String fixed = fixed(time, decimals);
        int end = fixed.length();
        if (decimals > 0) {
            while (fixed.charAt(end - 1) == '0') {
                end--;
            }
            if (fixed.charAt(end - 1) == '.') {
                end--;
            }
        }
        return fixed.substring(0, end);
    }
}
