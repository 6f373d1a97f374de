package org.juniteval.engine.cache;

import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;

/**
 * What an entry is found by. Two keys mean the same entry where suite, eval, case, part and fingerprint are equal; the
 * variants of an eval differ in their fingerprint only.
 *
 * @param suite the suite's class name
 * @param eval the eval's method name
 * @param caseId the case's id, any text
 * @param part which part of the case: the sample's number ({@code 3}), or sample, scorer and run of a scorer whose
 *     scores are kept ({@code 3-polite-1})
 * @param fingerprint 64 lower-case hex digits: the hash of all that the answer depends on
 * @param components the fingerprint's labelled components, each a hash of its own, so that a miss can be explained; none
 *     where the entry is no answer, but says something of the code that gave answers
 */
public record EntryKey(
        String suite,
        String eval,
        String caseId,
        String part,
        String fingerprint,
        SortedMap<String, String> components) {

    /** @throws IllegalArgumentException if the fingerprint is not 64 lower-case hex digits */
    public EntryKey {
        Objects.requireNonNull(suite, "suite");
        Objects.requireNonNull(eval, "eval");
        Objects.requireNonNull(caseId, "caseId");
        Objects.requireNonNull(part, "part");
        components = Collections.unmodifiableSortedMap(components);
        // Part of it becomes a file name: a fingerprint from a hostile file must not name a place of its own choosing.
        if (!isFingerprint(fingerprint)) {
            throw new IllegalArgumentException("not a fingerprint of 64 lower-case hex digits: " + fingerprint);
        }
    }

    /** Whether the entry is an answer or a score, and not something that is known of the code. */
    public boolean isAnswer() {
        return !components.isEmpty();
    }

    static boolean isFingerprint(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
                return false;
            }
        }
        return text.length() == 64;
    }
}
