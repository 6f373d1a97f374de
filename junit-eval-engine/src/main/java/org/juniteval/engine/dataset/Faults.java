package org.juniteval.engine.dataset;

import static java.util.Comparator.comparing;
import static java.util.Comparator.comparingInt;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Keeps the first faults and counts the others: a file of the wrong kind has as many faults as lines. */
final class Faults {

    static final int SHOWN = 50;

    private final List<DatasetFault> shown = new ArrayList<>();
    private long count;

    void add(DatasetFault fault) {
        count++;
        if (shown.size() < SHOWN) {
            shown.add(fault);
        }
    }

    /** Adds the first of {@code count} faults that were found in another pass, and so stand between the known ones. */
    void addAll(List<DatasetFault> first, int count) {
        this.count += count;
        shown.addAll(first);
    }

    boolean isEmpty() {
        return count == 0;
    }

    /** Those without a place first, the others as they stand in the files. */
    List<DatasetFault> inOrderOf(List<Source> sources) {
        if (count == 0) {
            return List.of();
        }
        List<String> files = sources.stream().map(Source::file).toList();
        Comparator<Position> byPlace = comparingInt((Position position) -> files.indexOf(position.file()))
                .thenComparingInt(Position::line)
                .thenComparingInt(Position::column);
        shown.sort(comparing(fault -> fault.position().orElse(null), Comparator.nullsFirst(byPlace)));
        List<DatasetFault> faults = new ArrayList<>(shown.subList(0, Math.min(SHOWN, shown.size())));
        if (count > faults.size()) {
            faults.add(new DatasetFault("and " + (count - faults.size()) + " more"));
        }
        return faults;
    }
}
