package org.juniteval.engine.suite;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import org.juniteval.Gate;
import org.juniteval.Statistic;

/**
 * A requirement on an aggregate of a whole eval.
 *
 * @param name its name in the test tree, such as {@code mean(exact)}
 * @param scorer whose scores it speaks of, or {@code cost}, {@code tokens}, {@code latency}; empty: the samples'
 *     verdicts
 * @param statistic what is computed
 * @param atLeast the least value allowed
 * @param atMost the greatest value allowed; cost in US dollars, latency in seconds
 * @param variant the one variant that it speaks of; empty: each by itself
 */
public record GateDefinition(
        String name,
        String scorer,
        Statistic statistic,
        OptionalDouble atLeast,
        OptionalDouble atMost,
        String variant) {

    /** What the engine measures itself, beside every scorer. */
    static final Set<String> MEASURES = Set.of("cost", "tokens", "latency");

    private static final Set<Statistic> LIFTING =
            EnumSet.of(Statistic.MEAN, Statistic.MEDIAN, Statistic.PASS_RATE, Statistic.CASE_PASS_RATE);

    public GateDefinition {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(scorer, "scorer");
        Objects.requireNonNull(statistic, "statistic");
        Objects.requireNonNull(variant, "variant");
    }

    static GateDefinition of(Gate gate, String scorerOfPlace) {
        String scorer = gate.scorer().isEmpty() ? scorerOfPlace : gate.scorer();
        String name = gate.name().isEmpty()
                ? gate.statistic().name().toLowerCase(Locale.ROOT) + "(" + (scorer.isEmpty() ? "samples" : scorer) + ")"
                : gate.name();
        return new GateDefinition(
                name, scorer, gate.statistic(), bound(gate.atLeast()), bound(gate.atMost()), gate.variant());
    }

    private static OptionalDouble bound(double value) {
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** Whether it speaks of what the engine measures itself: cost, tokens, latency. */
    public boolean speaksOfMeasure() {
        return MEASURES.contains(scorer);
    }

    /** Whether anything could miss it: no value is below 0, and no score above 1. */
    boolean canBeMissed() {
        return atLeast.orElse(0) > 0 || atMost.isPresent() && (speaksOfMeasure() || atMost.getAsDouble() < 1);
    }

    /** Whether it takes the place of the requirement on each sample: a lower bound on how good the samples are. */
    public boolean lifts() {
        return atLeast.isPresent() && LIFTING.contains(statistic) && !speaksOfMeasure();
    }
}
