package org.juniteval.engine.record;

import java.util.Locale;

/**
 * Text from models, made safe to show. A character that a report cannot hold, or that would steer a terminal instead of
 * being read, is replaced by its name in Java notation: <code>&#92;u001B[31m</code> stands for the code that switches
 * to red.
 */
public final class Visible {

    private Visible() {}

    /** For XML 1.0: controls, unpaired surrogates, U+FFFE and U+FFFF are replaced; the rest is as it was. */
    public static String inXml(String text) {
        return replace(text, false);
    }

    /**
     * For a terminal: as for XML, and also a carriage return (it overwrites the line), the C1 controls (0x9B begins an
     * ANSI code) and the characters that turn the direction of writing around. A Windows line end becomes a plain one.
     */
    public static String inTerminal(String text) {
        return replace(text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n"), true);
    }

    private static String replace(String text, boolean terminal) {
        StringBuilder replaced = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            boolean harmless = pair || !(forbiddenInXml(c) || terminal && steersTerminal(c));
            if (!harmless) {
                if (replaced == null) {
                    replaced = new StringBuilder(text.length() + 16).append(text, 0, i);
                }
                replaced.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
            } else if (replaced != null) {
                replaced.append(c);
            }
            if (pair) {
                i++;
                if (replaced != null) {
                    replaced.append(text.charAt(i));
                }
            }
        }
        return replaced == null ? text : replaced.toString();
    }

    private static boolean forbiddenInXml(char c) {
        return c < ' ' && c != '\t' && c != '\n' && c != '\r'
                || Character.isSurrogate(c)
                || c == '\uFFFE'
                || c == '\uFFFF';
    }

    private static boolean steersTerminal(char c) {
        return c == '\r' || c >= 0x7F && c <= 0x9F || c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
    }
}
