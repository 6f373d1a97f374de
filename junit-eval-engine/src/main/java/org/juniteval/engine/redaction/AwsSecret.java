package org.juniteval.engine.redaction;

import java.util.Locale;

/**
 * The secret half of an AWS key: exactly 40 characters of base64, which nothing but what stands before it tells from
 * any other 40.
 */
final class AwsSecret {

    private static final int LENGTH = 40;

    /** How far before it something must say what it is. */
    private static final int CONTEXT = 64;

    private static final String MARK = Redactor.mark("aws key");

    private AwsSecret() {}

    /** Looks at every fortieth character alone, until one could belong to a secret. */
    static void find(String text, Spans spans) {
        int next = LENGTH - 1;
        while (next < text.length()) {
            if (!isBase64(text.charAt(next))) {
                next += LENGTH;
                continue;
            }
            int start = next;
            while (start > 0 && next - start < LENGTH && isBase64(text.charAt(start - 1))) {
                start--;
            }
            int end = next + 1;
            while (end < text.length() && isBase64(text.charAt(end))) {
                end++;
            }
            if (end - start == LENGTH && isMixed(text, start, end) && isAnnounced(text, start)) {
                spans.add(start, end, MARK);
            }
            next = end + LENGTH;
        }
    }

    private static boolean isBase64(char c) {
        return Shape.isAlphanumeric(c) || c == '/' || c == '+';
    }

    /** A commit's hash has no capitals. */
    private static boolean isMixed(String text, int start, int end) {
        boolean capital = false;
        boolean small = false;
        boolean other = false;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            capital |= c >= 'A' && c <= 'Z';
            small |= c >= 'a' && c <= 'z';
            other |= c <= '9';
        }
        return capital && small && other;
    }

    private static boolean isAnnounced(String text, int start) {
        String before = text.substring(Math.max(0, start - CONTEXT), start).toLowerCase(Locale.ROOT);
        return before.contains("secret")
                || before.contains("aws")
                || before.contains("akia")
                || before.contains("asia");
    }
}
