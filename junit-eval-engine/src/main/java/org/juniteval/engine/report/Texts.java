package org.juniteval.engine.report;

import java.util.Locale;

/** Long texts, made short with the cut said. */
final class Texts {

    private Texts() {}

    /** The first characters of a text, never half of a surrogate pair. */
    static String shorten(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        return text.substring(0, end) + String.format(Locale.ROOT, "… %,d characters more", text.length() - end);
    }
}
