package org.juniteval.engine.fingerprint;

import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The name under which an answer is stored: one value over labelled components, each hashed on its own, so that a miss
 * can say which of them differs.
 *
 * <p>Immutable: components that all samples of an eval share are hashed once, each sample adds its own to the result.
 */
public final class Fingerprint {

    private static final Fingerprint EMPTY = new Fingerprint(Collections.emptySortedMap());

    private final SortedMap<String, String> components;

    private Fingerprint(SortedMap<String, String> components) {
        this.components = components;
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
        TreeMap<String, String> more = new TreeMap<>(components);
        if (more.put(label, Sha256.of(text)) != null) {
            throw new IllegalArgumentException("the fingerprint has a component '" + label + "' already");
        }
        return new Fingerprint(Collections.unmodifiableSortedMap(more));
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
        return components;
    }

    /** The SHA-256 (64 hexadecimal digits) over all labels and their components' hashes; independent of their order. */
    public String value() {
        StringBuilder text = new StringBuilder();
        components.forEach(
                (label, hash) -> text.append(label).append(' ').append(hash).append('\n'));
        return Sha256.of(text.toString());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fingerprint that && components.equals(that.components);
    }

    @Override
    public int hashCode() {
        return Objects.hashCode(components);
    }

    @Override
    public String toString() {
        return value();
    }
}
