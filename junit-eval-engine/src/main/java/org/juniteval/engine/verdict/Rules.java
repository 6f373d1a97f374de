package org.juniteval.engine.verdict;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.juniteval.engine.suite.EvalDefinition;
import org.juniteval.engine.suite.GateDefinition;
import org.juniteval.engine.suite.ScorerDefinition;

/**
 * Which requirements of one eval, or of one of its variants, are lifted, and by what.
 *
 * @param samples how many samples each case has in this run
 * @param required how many of them must pass
 * @param gates the gates that speak of this variant
 */
public record Rules(int samples, int required, List<GateDefinition> gates) {

    /** The rounding of sums of doubles must decide nothing: three parts of 0.7 have a mean below 0.7. */
    private static final double SLACK = 1e-12;

    /**
     * The rules of a variant in this run.
     *
     * @param samples the number that overrides the declared one; a declared count of required samples keeps its share,
     *     rounded up
     */
    public static Rules of(EvalDefinition eval, String variant, int samples) {
        int required = (int) Math.ceil((double) eval.required() * samples / eval.samples());
        return new Rules(
                samples,
                required,
                eval.gates().stream()
                        .filter(gate ->
                                gate.variant().isEmpty() || gate.variant().equals(variant))
                        .toList());
    }

    /** Whether the case rule lifts misses of single samples. */
    public boolean caseRule() {
        return required < samples;
    }

    /**
     * What lifts a miss of this scorer from a sample, in words; empty where the requirement stands.
     *
     * @param score the scorer's name, or {@code scorer.part}: a gate may speak of one part alone
     */
    public Optional<String> liftedBy(ScorerDefinition scorer, String score) {
        if (scorer.must()) {
            return Optional.empty();
        }
        if (caseRule()) {
            return Optional.of(caseRuleText());
        }
        return liftingGates()
                .filter(gate -> gate.scorer().isEmpty()
                        || gate.scorer().equals(scorer.name())
                        || gate.scorer().equals(score))
                .findFirst()
                .map(gate -> "gate " + gate.name());
    }

    /** What lifts a case's verdict, in words: only a gate that names no scorer speaks of verdicts. */
    public Optional<String> caseLiftedBy() {
        return liftingGates()
                .filter(gate -> gate.scorer().isEmpty())
                .findFirst()
                .map(gate -> "gate " + gate.name());
    }

    /** Whether a value reaches a lower bound, or {@code -value} an upper one. */
    static boolean reaches(double value, double bound) {
        return value >= bound - SLACK;
    }

    String caseRuleText() {
        return required == 0 ? "required = 0" : "required = " + required + " of " + samples;
    }

    private Stream<GateDefinition> liftingGates() {
        return gates.stream().filter(GateDefinition::lifts);
    }
}
