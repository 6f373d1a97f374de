package org.juniteval.metrics;

import java.util.Objects;

/** Compares embeddings. */
public final class VectorMetrics {

    private VectorMetrics() {}

    /**
     * The cosine of the angle between two vectors, {@code a·b / (|a|·|b|)}, computed in double precision.
     *
     * <p>A scorer's value must not be negative; where an embedding model gives negative cosines, say what they are
     * worth: {@code Math.max(0, cosine(a, b))}.
     *
     * @return −1 (opposite) to 1 (same direction; exactly 1 for equal vectors)
     * @throws NullPointerException if a vector is null
     * @throws IllegalArgumentException if the lengths differ, or a vector has no direction: it is empty, all zeros, or
     *     holds a component that is NaN or infinite
     */
    public static double cosine(float[] a, float[] b) {
        Objects.requireNonNull(a, "a is null");
        Objects.requireNonNull(b, "b is null");
        if (a.length != b.length) {
            throw new IllegalArgumentException("vectors of " + a.length + " and " + b.length
                    + " components cannot be compared: embed both with the same model");
        }
        double dot = 0;
        double squaredA = 0;
        double squaredB = 0;
        for (int i = 0; i < a.length; i++) {
            dot += (double) a[i] * b[i];
            squaredA += (double) a[i] * a[i];
            squaredB += (double) b[i] * b[i];
        }
        requireDirection("a", squaredA);
        requireDirection("b", squaredB);
        double cosine = dot / Math.sqrt(squaredA * squaredB);
        return Math.max(-1, Math.min(1, cosine));
    }

    /** Squares of floats cannot overflow a double, so any NaN or infinity here was there before. */
    private static void requireDirection(String name, double squaredLength) {
        if (squaredLength == 0) {
            throw new IllegalArgumentException(name + " is empty or all zeros: it has no direction");
        }
        if (!Double.isFinite(squaredLength)) {
            throw new IllegalArgumentException(name + " holds a component that is NaN or infinite");
        }
    }
}
