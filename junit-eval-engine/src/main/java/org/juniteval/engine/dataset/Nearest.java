package org.juniteval.engine.dataset;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds what a mistyped name was meant to be. */
final class Nearest {

    private static final int MOST_EDITS = 2;

    private Nearest() {}

    /** The name that is at most two edits away, upper and lower case aside. */
    static Optional<String> to(String typed, Collection<String> names) {
        String nearest = null;
        int fewest = MOST_EDITS + 1;
        for (String name : names) {
            // A name of two letters is two edits away from every other.
            int edits = edits(typed.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (edits < fewest && edits < name.length()) {
                fewest = edits;
                nearest = name;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** Levenshtein's distance, or more than {@link #MOST_EDITS} where it is that anyway. */
    private static int edits(String one, String other) {
        if (Math.abs(one.length() - other.length()) > MOST_EDITS) {
            return MOST_EDITS + 1;
        }
        int[] row = new int[other.length() + 1];
        for (int column = 0; column < row.length; column++) {
            row[column] = column;
        }
        for (int line = 1; line <= one.length(); line++) {
            int diagonal = row[0];
            row[0] = line;
            for (int column = 1; column < row.length; column++) {
                int substitution = diagonal + (one.charAt(line - 1) == other.charAt(column - 1) ? 0 : 1);
                diagonal = row[column];
                row[column] = Math.min(substitution, 1 + Math.min(row[column], row[column - 1]));
            }
        }
        return row[other.length()];
    }
}
