package org.juniteval.engine.fingerprint;

import java.util.Arrays;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The name under which an answer is stored: one value over labelled components, each hashed on its own, so that a miss
 * can say which of them differs.
 *
 * <p>Immutable: components that all samples of an eval share are hashed once, each sample adds its own to the result.
 */
public final class Fingerprint {

    /** About as long is what a component adds to the text that is hashed. */
    private static final int LINE = 80;

    private static final Fingerprint EMPTY = new Fingerprint(new String[0], new String[0]);

    /** The labels, sorted, and beside each its component's hash: one is made for every sample. */
    private final String[] labels;

    private final String[] hashes;

    private Fingerprint(String[] labels, String[] hashes) {
        this.labels = labels;
        this.hashes = hashes;
    }

    /** The fingerprint without components. */
    public static Fingerprint empty() {
        return EMPTY;
    }

    /**
     * Adds a component.
     *
     * @param label what the component is, for instance {@code input} or {@code code}; a word of lower-case letters,
     *     digits, dots and hyphens that this fingerprint does not have yet
     * @param text the component's whole text
     * @throws IllegalArgumentException if the label is malformed or taken, or the text holds an unpaired surrogate
     */
    public Fingerprint with(String label, String text) {
        if (!isLabel(label)) {
            throw new IllegalArgumentException("not a label of a fingerprint's component: '" + label + "'");
        }
        int unpaired = Surrogates.firstUnpaired(text);
        if (unpaired >= 0) {
            throw new IllegalArgumentException("the component '" + label + "' has an unpaired surrogate at index "
                    + unpaired + ": such a text has no bytes that could be hashed");
        }
        int found = Arrays.binarySearch(labels, label);
        if (found >= 0) {
            throw new IllegalArgumentException("the fingerprint has a component '" + label + "' already");
        }
        int at = -found - 1;
        return new Fingerprint(inserted(labels, at, label), inserted(hashes, at, Sha256.of(text)));
    }

    private static String[] inserted(String[] before, int at, String text) {
        String[] after = new String[before.length + 1];
        System.arraycopy(before, 0, after, 0, at);
        after[at] = text;
        System.arraycopy(before, at, after, at + 1, before.length - at);
        return after;
    }

    private static boolean isLabel(String label) {
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '.' || c == '-')) {
                return false;
            }
        }
        return !label.isEmpty();
    }

    /** Each component's label and SHA-256 (64 hexadecimal digits); unmodifiable. */
    public SortedMap<String, String> components() {
        SortedMap<String, String> components = new TreeMap<>();
        for (int i = 0; i < labels.length; i++) {
            components.put(labels[i], hashes[i]);
        }
        return Collections.unmodifiableSortedMap(components);
    }

    /** The SHA-256 (64 hexadecimal digits) over all labels and their components' hashes; independent of their order. */
    public String value() {
        StringBuilder text = new StringBuilder(labels.length * LINE);
        for (int i = 0; i < labels.length; i++) {
            text.append(labels[i]).append(' ').append(hashes[i]).append('\n');
        }
        return Sha256.of(text.toString());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint that
                && Arrays.equals(labels, that.labels)
                && Arrays.equals(hashes, that.hashes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hashes);
    }

    @Override
    public String toString() {
        return value();
    }
}
