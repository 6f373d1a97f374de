package org.juniteval.engine.fingerprint;

/** Text that UTF-8 cannot hold would be hashed as if it were another text. */
final class Surrogates {

    private Surrogates() {}

    /** Returns the index of the first surrogate that has no partner, or -1. */
    static int firstUnpaired(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c)
                        && i + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(i + 1));
                if (!pair) {
                    return i;
                }
                i++;
            }
        }
        return -1;
    }
}
