package org.juniteval.engine.run;

import java.util.List;
import java.util.Set;

/** Which parts of an eval were asked for: all of it, or single nodes by id. */
public final class Selection {

    /** One node that was asked for by its id, or one row by its position. The variant is empty where there is none. */
    public sealed interface Pick {

        /** All of a variant. */
        record OfVariant(String variant) implements Pick {}

        /** A case with its samples and its verdict. */
        record OfCase(String variant, String caseId) implements Pick {}

        /** One sample. */
        record OfSample(String variant, String caseId, int sample) implements Pick {}

        /** The verdict on a case. */
        record OfVerdict(String variant, String caseId) implements Pick {}

        /** A gate. */
        record OfGate(String variant, String gate) implements Pick {}

        /** A fault that an earlier run has shown. */
        record OfFault(String what) implements Pick {}

        /** A row by its position in the dataset, from 0, in every variant. */
        record OfRow(int index) implements Pick {}

        /** An id that has no such form. */
        record Unknown(String id) implements Pick {}
    }

    /** Everything. */
    public static final Selection ALL = new Selection(Set.of());

    private final Set<Pick> picks;

    private Selection(Set<Pick> picks) {
        this.picks = picks;
    }

    /** These nodes only; at least one. */
    public static Selection of(Set<Pick> picks) {
        return new Selection(Set.copyOf(picks));
    }

    /** Whether nothing was left out. */
    public boolean isAll() {
        return picks.isEmpty();
    }

    /** What was asked for. */
    public Set<Pick> picks() {
        return picks;
    }

    boolean variant(String variant) {
        return isAll() || picks.contains(new Pick.OfVariant(variant));
    }

    boolean wholeCase(String variant, String caseId, int row) {
        return variant(variant)
                || picks.contains(new Pick.OfCase(variant, caseId))
                || picks.contains(new Pick.OfRow(row));
    }

    boolean sample(String variant, String caseId, int row, int sample) {
        return wholeCase(variant, caseId, row) || picks.contains(new Pick.OfSample(variant, caseId, sample));
    }

    boolean verdict(String variant, String caseId, int row) {
        return wholeCase(variant, caseId, row) || picks.contains(new Pick.OfVerdict(variant, caseId));
    }

    boolean gate(String variant, String gate) {
        return variant(variant) || picks.contains(new Pick.OfGate(variant, gate));
    }

    /** Whether a gate was asked for by its own id, so that samples must be looked up that nobody asked for. */
    boolean onlyGates(String variant, List<String> gates) {
        return !variant(variant) && gates.stream().anyMatch(gate -> gate(variant, gate));
    }

    /** Whether anything of this variant may have been asked for. */
    boolean touches(String variant) {
        return isAll()
                || picks.stream().anyMatch(pick -> {
                    if (pick instanceof Pick.OfVariant of) {
                        return of.variant().equals(variant);
                    } else if (pick instanceof Pick.OfCase of) {
                        return of.variant().equals(variant);
                    } else if (pick instanceof Pick.OfSample of) {
                        return of.variant().equals(variant);
                    } else if (pick instanceof Pick.OfVerdict of) {
                        return of.variant().equals(variant);
                    } else if (pick instanceof Pick.OfGate of) {
                        return of.variant().equals(variant);
                    }
                    return pick instanceof Pick.OfRow;
                });
    }
}
