package org.juniteval;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a {@link Scorer} says of one output: a number in [0, 1], or a yes or no, with a reason and details; or that it
 * abstains. Immutable.
 *
 * <pre>{@code
 * @Scorer(threshold = 0.5)
 * Score overlap(List<String> found, @Expected Set<String> wanted) {
 *     if (wanted.isEmpty()) {
 *         return Score.abstain("nothing was wanted");
 *     }
 *     List<String> missing = wanted.stream().filter(w -> !found.contains(w)).toList();
 *     return Score.of(1 - (double) missing.size() / wanted.size(), missing.size() + " missing")
 *             .detail("missing", missing);
 * }
 * }</pre>
 *
 * <p>A yes or no has a requirement of its own: to be a yes. A number has one where the scorer has a
 * {@linkplain Scorer#threshold() threshold}. An abstention has none and enters no figure; an eval of which nothing at
 * all is scored fails.
 */
public final class Score {

    private final double value;
    private final Kind kind;
    private final String reason;
    private final Map<String, Object> details;

    private enum Kind {
        NUMBER,
        YES_OR_NO,
        ABSTAINED
    }

    private Score(Kind kind, double value, String reason, Map<String, Object> details) {
        this.kind = kind;
        this.value = value + 0.0; // -0.0 is 0, in every report
        this.reason = reason;
        this.details = details;
    }

    /**
     * {@return a number}
     *
     * @param value a number in [0, 1]; anything else becomes a fault of the scorer that returns it
     */
    public static Score of(double value) {
        return new Score(Kind.NUMBER, value, null, Map.of());
    }

    /**
     * {@return a number and why}
     *
     * @param value a number in [0, 1]; anything else becomes a fault of the scorer that returns it
     * @param reason shown beside the score
     */
    public static Score of(double value, String reason) {
        return new Score(Kind.NUMBER, value, Objects.requireNonNull(reason, "reason"), Map.of());
    }

    /**
     * {@return a yes (1.0) or a no (0.0) and why; a no misses the scorer's requirement}
     *
     * @param passed whether it is a yes
     * @param reason shown beside the score
     */
    public static Score of(boolean passed, String reason) {
        return new Score(Kind.YES_OR_NO, passed ? 1 : 0, Objects.requireNonNull(reason, "reason"), Map.of());
    }

    /**
     * {@return no score, and why: the sample counts neither for nor against this scorer}
     *
     * @param reason shown in place of a score
     */
    public static Score abstain(String reason) {
        return new Score(Kind.ABSTAINED, Double.NaN, Objects.requireNonNull(reason, "reason"), Map.of());
    }

    /**
     * {@return the same score with one more detail, kept in reports} A detail of the same name is replaced.
     *
     * @param name its name
     * @param detail what Jackson can write, or null
     */
    public Score detail(String name, Object detail) {
        Map<String, Object> more = new LinkedHashMap<>(details);
        more.put(Objects.requireNonNull(name, "name"), detail);
        return new Score(kind, value, reason, Collections.unmodifiableMap(more));
    }

    /** {@return the value; empty where the scorer abstained} Whether it lies in [0, 1] is for the engine to judge. */
    public OptionalDouble value() {
        return kind == Kind.ABSTAINED ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** {@return whether this is a yes or a no, whose requirement is to be a yes} */
    public boolean yesOrNo() {
        return kind == Kind.YES_OR_NO;
    }

    /** {@return whether the scorer abstained} */
    public boolean abstained() {
        return kind == Kind.ABSTAINED;
    }

    /** {@return the reason, where the scorer gave one} */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /** {@return the details by name, in the order in which they were given} Cannot be changed. */
    public Map<String, Object> details() {
        return details;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Score that
                && kind == that.kind
                && Double.compare(value, that.value) == 0
                && Objects.equals(reason, that.reason)
                && details.equals(that.details);
    }

    @Override
    public int hashCode() {
        return Objects.hash(kind, value, reason, details);
    }

    @Override
    public String toString() {
        String what = switch (kind) {
            case NUMBER -> Double.toString(value);
            case YES_OR_NO -> value == 1 ? "yes" : "no";
            case ABSTAINED -> "abstained";
        };
        return reason == null ? what : what + " (" + reason + ")";
    }
}
