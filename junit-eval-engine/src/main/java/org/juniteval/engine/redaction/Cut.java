package org.juniteval.engine.redaction;

/** Texts of which an end was cut off before anyone has looked for secrets in them: half a secret is not known as one. */
public final class Cut {

    /** Longer words are no secrets, or such as are known by their beginning. */
    private static final int LONGEST = 1_000;

    private Cut() {}

    /** A text without the word that the cut goes through, which begins after a blank or a quotation mark. */
    public static String toWords(String cut) {
        int least = Math.max(0, cut.length() - LONGEST);
        for (int end = cut.length(); end > least; end--) {
            if (isBetweenWords(cut.charAt(end - 1))) {
                return cut.substring(0, end);
            }
        }
        return cut;
    }

    private static boolean isBetweenWords(char c) {
        return Character.isWhitespace(c) || c == '"' || c == '\'';
    }
}
