package org.juniteval;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/** What a scorer says of one output: a value in [0, 1] or a yes or no, a reason, details; or that it abstains. Immutable. */
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
        this.value = value;
        this.reason = reason;
        this.details = details;
    }

    /** A number in [0, 1]; anything else is reported as a fault of the scorer that returned it. */
    public static Score of(double value) {
        return new Score(Kind.NUMBER, value, null, Map.of());
    }

    /** A number in [0, 1] and why. */
    public static Score of(double value, String reason) {
        return new Score(Kind.NUMBER, value, Objects.requireNonNull(reason, "reason"), Map.of());
    }

    /** A yes (1.0) or a no (0.0) and why; a no misses the scorer's requirement. */
    public static Score of(boolean passed, String reason) {
        return new Score(Kind.YES_OR_NO, passed ? 1 : 0, Objects.requireNonNull(reason, "reason"), Map.of());
    }

    /** No score, and why: the sample counts neither for nor against this scorer. */
    public static Score abstain(String reason) {
        return new Score(Kind.ABSTAINED, Double.NaN, Objects.requireNonNull(reason, "reason"), Map.of());
    }

    /** The same score with one more named detail, which Jackson must be able to write. */
    public Score detail(String name, Object detail) {
        Map<String, Object> more = new LinkedHashMap<>(details);
        more.put(Objects.requireNonNull(name, "name"), detail);
        return new Score(kind, value, reason, Collections.unmodifiableMap(more));
    }

    /** The value; empty where the scorer abstained. */
    public OptionalDouble value() {
        return kind == Kind.ABSTAINED ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Whether this is a yes or a no, whose requirement is to be a yes. */
    public boolean yesOrNo() {
        return kind == Kind.YES_OR_NO;
    }

    /** Whether the scorer abstained. */
    public boolean abstained() {
        return kind == Kind.ABSTAINED;
    }

    /** Why, where the scorer said so. */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }

    /** The named details, in the order in which they were given. */
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
        String what = kind == Kind.ABSTAINED ? "abstained" : kind == Kind.YES_OR_NO ? value == 1 ? "yes" : "no" : Double.toString(value);
        return reason == null ? what : what + " (" + reason + ")";
    }
}
