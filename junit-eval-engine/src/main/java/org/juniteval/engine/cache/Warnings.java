package org.juniteval.engine.cache;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects what the user should read: a thousand damaged entries are one line. */
final class Warnings {

    private record Tally(String first, Set<Object> of) {}

    private final Map<String, Tally> tallies = new LinkedHashMap<>();
    private final Set<String> told = new HashSet<>();

    /** A thing that holds for the whole store, told once. */
    synchronized void once(String kind, String text) {
        if (told.add(kind)) {
            tallies.put(kind, new Tally(text, Set.of()));
        }
    }

    /** A thing that happened to one entry; of its kind the first is told in full, the others are counted. */
    synchronized void of(String kind, Object entry, String text) {
        tallies.computeIfAbsent(kind, k -> new Tally(text, new HashSet<>()))
                .of()
                .add(entry);
    }

    synchronized List<String> drain() {
        List<String> texts = new ArrayList<>();
        tallies.values()
                .forEach(tally -> texts.add(
                        tally.of().size() < 2
                                ? tally.first()
                                : tally.first() + " (and " + (tally.of().size() - 1) + " more like this)"));
        tallies.clear();
        return texts;
    }
}
