package org.juniteval.engine.run;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.juniteval.engine.record.Measures;

/** What samples told of tokens and cost, added up. What none of them told is unknown, not 0. */
final class Spending {

    private OptionalLong inputTokens = OptionalLong.empty();
    private OptionalLong outputTokens = OptionalLong.empty();
    private OptionalDouble cost = OptionalDouble.empty();
    private double paid;

    /**
     * Adds a sample.
     *
     * @param nowPaid the part of its cost that was paid just now: calls, not what the cache had
     */
    void add(Measures measures, double nowPaid) {
        measures.inputTokens().ifPresent(more -> inputTokens = OptionalLong.of(inputTokens.orElse(0) + more));
        measures.outputTokens().ifPresent(more -> outputTokens = OptionalLong.of(outputTokens.orElse(0) + more));
        measures.cost().ifPresent(more -> cost = OptionalDouble.of(cost.orElse(0) + more));
        paid += nowPaid;
    }

    OptionalLong inputTokens() {
        return inputTokens;
    }

    OptionalLong outputTokens() {
        return outputTokens;
    }

    /** Of all samples that told any, in US dollars. */
    OptionalDouble cost() {
        return cost;
    }

    /** The part of the cost that was paid for calls. */
    OptionalDouble spent() {
        return cost.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(paid);
    }
}
