package org.juniteval.engine.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.juniteval.engine.record.Visible;

/** Texts made to fit, with the cut said. */
public final class Texts {

    private Texts() {}

    /** The first characters of a text, never half of a surrogate pair. */
    static String shorten(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        return text.substring(0, end) + String.format(Locale.ROOT, "… %,d characters more", text.length() - end);
    }

    /** The first lines of a text that a terminal may show, at most so many and of at most so many characters in all. */
    static List<String> lines(String text, int most, int length) {
        List<String> lines =
                Visible.inTerminal(shorten(text.strip(), length)).lines().toList();
        if (lines.size() <= most) {
            return lines;
        }
        List<String> first = new ArrayList<>(lines.subList(0, most));
        first.add("… " + Words.count(text.strip().lines().count() - most, "line") + " more");
        return first;
    }

    /** A text that a terminal may show, on one line of at most so many columns. */
    public static String fit(String text, int columns) {
        // What is cut off anyway is not looked at: an answer may be megabytes long.
        String head = text.length() > 4 * columns ? text.substring(0, 4 * columns) : text;
        String line = Visible.inTerminal(head).strip().replaceAll("\\s+", " ");
        if (head.length() == text.length() && columns(line) <= columns) {
            return line;
        }
        StringBuilder cut = new StringBuilder();
        int free = columns - 1;
        for (int c : line.codePoints().toArray()) {
            free -= columns(c);
            if (free < 0) {
                break;
            }
            cut.appendCodePoint(c);
        }
        return cut.append('…').toString();
    }

    /** A text with blanks after it, up to so many columns. */
    public static String left(String text, int columns) {
        return text + " ".repeat(Math.max(0, columns - columns(text)));
    }

    /** A text with blanks before it, up to so many columns. */
    public static String right(String text, int columns) {
        return " ".repeat(Math.max(0, columns - columns(text))) + text;
    }

    /** How many columns of a terminal a text takes. */
    static int columns(String text) {
        return text.codePoints().map(Texts::columns).sum();
    }

    // Close to wcwidth: what is set above another character takes no room, East Asian scripts and emoji take twice.
    private static int columns(int c) {
        if (c < 0x300) {
            return 1;
        }
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK || type == Character.FORMAT) {
            return 0;
        }
        boolean wide = c >= 0x1100 && c <= 0x115F
                || c >= 0x2E80 && c <= 0xA4CF
                || c >= 0xAC00 && c <= 0xD7A3
                || c >= 0xF900 && c <= 0xFAFF
                || c >= 0xFE30 && c <= 0xFE6F
                || c >= 0xFF00 && c <= 0xFF60
                || c >= 0xFFE0 && c <= 0xFFE6
                || c >= 0x1F300 && c <= 0x1FAFF
                || c >= 0x20000 && c <= 0x3FFFD;
        return wide ? 2 : 1;
    }
}
