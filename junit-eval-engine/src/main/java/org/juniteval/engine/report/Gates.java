package org.juniteval.engine.report;

import java.util.ArrayList;
import java.util.List;
import org.juniteval.engine.record.GateRecord;

/** What a gate requires and what was there, in words. */
final class Gates {

    private Gates() {}

    /** Such as {@code observed 0.781 · at least 0.850}. */
    static String comparison(GateRecord gate) {
        return (gate.observed().isPresent() ? "observed " + observed(gate) : "nothing observed") + " · " + bounds(gate);
    }

    /** Such as {@code 0.781}; as many digits as it takes to be told from the bounds. */
    static String observed(GateRecord gate) {
        if (gate.observed().isEmpty()) {
            return "–";
        }
        double observed = gate.observed().getAsDouble();
        String atLeast = Words.number(observed, gate.atLeast().orElse(observed));
        String atMost = Words.number(observed, gate.atMost().orElse(observed));
        return atLeast.length() > atMost.length() ? atLeast : atMost;
    }

    /** Such as {@code at least 0.850}. */
    static String bounds(GateRecord gate) {
        double observed = gate.observed().orElse(Double.NaN);
        List<String> bounds = new ArrayList<>();
        gate.atLeast().ifPresent(bound -> bounds.add("at least " + Words.number(bound, observed)));
        gate.atMost().ifPresent(bound -> bounds.add("at most " + Words.number(bound, observed)));
        return String.join(", ", bounds);
    }
}
