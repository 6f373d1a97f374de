package org.juniteval.engine.suite;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.juniteval.Statistic;

/** What a gate may say, and of what. */
final class GateRules {

    private static final Set<Statistic> RATES = Set.of(Statistic.PASS_RATE, Statistic.CASE_PASS_RATE);

    private final String place;
    private final Consumer<String> faults;

    GateRules(String place, Consumer<String> faults) {
        this.place = place;
        this.faults = faults;
    }

    /** What is wrong with the gate whatever eval it is applied to. */
    void checkBounds(GateDefinition gate) {
        if (gate.atLeast().isEmpty() && gate.atMost().isEmpty()) {
            fault(gate, "has no bound", "give it atLeast or atMost");
        }
        if (gate.atLeast().isPresent()
                && gate.atMost().isPresent()
                && gate.atLeast().getAsDouble() > gate.atMost().getAsDouble()) {
            fault(gate, "has atLeast above atMost", "nothing can be both");
        }
        Stream.of(gate.atLeast(), gate.atMost())
                .flatMap(bound -> bound.stream().boxed())
                .filter(bound -> gate.speaksOfMeasure() ? bound.isInfinite() || bound < 0 : !(bound >= 0 && bound <= 1))
                .forEach(bound -> fault(
                        gate,
                        "has the bound " + bound,
                        gate.speaksOfMeasure() ? "it is finite and not negative" : "scores are in [0, 1]"));
        if (gate.lifts() && gate.atLeast().getAsDouble() == 0) {
            fault(
                    gate,
                    "excuses every miss, however many there are",
                    "give it an atLeast above 0, or `required = 0` to measure only");
        }
        if (gate.speaksOfMeasure() && RATES.contains(gate.statistic())) {
            fault(
                    gate,
                    "asks how often " + gate.scorer() + " passes",
                    "it has no requirement: use MEAN, MEDIAN or MAX");
        }
        if (gate.name().isBlank() || gate.name().contains("][") || gate.name().contains(",")) {
            fault(
                    gate,
                    "has a name that is no name in the test tree",
                    "it is not blank and holds neither \",\" nor \"][\"");
        }
    }

    /** What is wrong with the gate because of the scorer that it names. */
    void checkScorer(GateDefinition gate, Map<String, ScorerDefinition> scorers) {
        if (gate.speaksOfMeasure()) {
            return;
        }
        if (gate.scorer().isEmpty()) {
            if (scorers.values().stream().noneMatch(ScorerDefinition::requires)) {
                fault(gate, "speaks of the samples' verdicts, but no scorer has a requirement", "name the scorer");
            }
            return;
        }
        ScorerDefinition scorer = scorers.get(gate.scorer());
        boolean whole = scorer != null;
        if (!whole) {
            scorer = partOf(gate.scorer(), scorers);
        }
        if (scorer == null) {
            unknown(gate, scorers.keySet());
        } else if (RATES.contains(gate.statistic()) && !(whole && scorer.requires())) {
            fault(
                    gate,
                    "asks how often " + gate.scorer() + " passes, but it has no requirement",
                    "give the scorer a threshold, or use MEAN");
        }
    }

    /** That a gate names one of the suite's scorers, whichever eval that is for. */
    void checkKnown(GateDefinition gate, Set<String> scorers) {
        String whole = gate.scorer().contains(".")
                ? gate.scorer().substring(0, gate.scorer().indexOf('.'))
                : gate.scorer();
        if (!whole.isEmpty() && !gate.speaksOfMeasure() && !scorers.contains(whole)) {
            unknown(gate, scorers);
        }
    }

    private void unknown(GateDefinition gate, Set<String> scorers) {
        fault(
                gate,
                "names the scorer \"" + gate.scorer() + "\", which there is not",
                scorers.isEmpty() ? "add it" : "there are " + String.join(", ", scorers));
    }

    /** {@code fields.total} is a part of what {@code fields} returns; its name is known only when it is scored. */
    static ScorerDefinition partOf(String name, Map<String, ScorerDefinition> scorers) {
        int dot = name.indexOf('.');
        ScorerDefinition scorer = dot < 0 ? null : scorers.get(name.substring(0, dot));
        return scorer != null && scorer.answersInParts() ? scorer : null;
    }

    /** What is wrong with the gate because of the variant that it names; of names that are known only at run time, nothing. */
    void checkVariant(GateDefinition gate, Optional<List<String>> variants) {
        if (!gate.variant().isEmpty()
                && variants.filter(names -> !names.contains(gate.variant())).isPresent()) {
            fault(
                    gate,
                    "names the variant \"" + gate.variant() + "\", which there is not",
                    variants.get().equals(List.of(""))
                            ? "the eval has no @Variants"
                            : "there are " + String.join(", ", variants.get()));
        }
    }

    /** Of cases of which nothing is required all pass, whatever is answered. */
    void checkRequired(List<GateDefinition> gates, int required) {
        gates.stream()
                .filter(gate -> required == 0 && gate.statistic() == Statistic.CASE_PASS_RATE)
                .forEach(gate -> fault(
                        gate,
                        "asks how many cases pass, and all do where `required = 0` of their samples must",
                        "require at least 1, or use PASS_RATE"));
    }

    /** Names that two gates would have under one variant. */
    void checkNames(List<GateDefinition> gates) {
        Map<String, List<GateDefinition>> byName = gates.stream().collect(Collectors.groupingBy(GateDefinition::name));
        byName.forEach((name, same) -> {
            Set<String> variants = new HashSet<>();
            boolean twice = same.stream().anyMatch(gate -> !variants.add(gate.variant()))
                    || same.size() > 1 && variants.contains("");
            if (twice) {
                faults.accept(place + " has several gates called " + name
                        + ": give them a `name` each, or make one @Gate" + " with both bounds of them");
            }
        });
    }

    private void fault(GateDefinition gate, String what, String cure) {
        faults.accept(place + ": @Gate " + gate.name() + " " + what + ": " + cure);
    }
}
