package org.juniteval.engine.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.juniteval.engine.record.EvalRecord.CaseFigures;

/** The few cases that a summary names: the worst, and those that passed some samples and not all. */
final class Highlights {

    private static final int WORST = 5;
    private static final int FLAKY = 10;

    private static final Comparator<CaseFigures> BY_MEAN = Comparator.comparingDouble(
                    (CaseFigures figures) -> figures.mean().orElse(0))
            .thenComparing(CaseFigures::caseId);
    private static final Comparator<CaseFigures> BY_BALANCE = Comparator.comparingDouble(
                    (CaseFigures figures) -> Math.abs(figures.passed() / (double) figures.samples() - 0.5))
            .thenComparing(CaseFigures::caseId);

    private final List<CaseFigures> worst = new ArrayList<>();
    private final List<CaseFigures> flaky = new ArrayList<>();
    private final Set<Integer> flakyCases = new HashSet<>();

    void add(int caseIndex, CaseFigures figures) {
        enter(worst, figures, BY_MEAN, WORST, figures.mean().orElse(0) < 1 && figures.samples() > 0);
        boolean isFlaky = figures.passed() > 0 && figures.passed() < figures.samples();
        enter(flaky, figures, BY_BALANCE, FLAKY, isFlaky);
        if (isFlaky) {
            flakyCases.add(caseIndex);
        } else {
            flakyCases.remove(caseIndex);
        }
    }

    private static void enter(
            List<CaseFigures> list, CaseFigures figures, Comparator<CaseFigures> order, int most, boolean belongs) {
        if (!list.isEmpty()) {
            list.removeIf(other -> other.caseId().equals(figures.caseId()));
        }
        if (belongs) {
            list.add(figures);
            list.sort(order);
            if (list.size() > most) {
                list.remove(most);
            }
        }
    }

    List<CaseFigures> worst() {
        return List.copyOf(worst);
    }

    List<CaseFigures> flaky() {
        return List.copyOf(flaky);
    }

    int flakyCount() {
        return flakyCases.size();
    }
}
