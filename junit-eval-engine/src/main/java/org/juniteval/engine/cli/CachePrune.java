package org.juniteval.engine.cli;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.juniteval.engine.cache.CacheContent.Found;
import org.juniteval.engine.cache.CacheContent.Other;
import org.juniteval.engine.cache.CacheContent.Stored;
import org.juniteval.engine.cache.CacheFolder;
import org.juniteval.engine.cache.Changes;
import org.juniteval.engine.cache.EntryKey;
import org.juniteval.engine.report.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Removes what is of no use any more. */
@Command(
        name = "prune",
        sortOptions = false,
        header = "Remove what no run needs.",
        description = {
            "That is what killed runs have left, what was set aside as damaged, and lists of what answers stood on that"
                    + " are gone.",
            "With --older-than or --keep also answers. That is asked on a terminal; anything else needs --yes."
        })
final class CachePrune implements Callable<Integer> {

    /** What is younger may belong to a run that is still going on. */
    private static final Duration AT_WORK = Duration.ofHours(1);

    @ParentCommand
    private CacheCommand cache;

    @Option(
            names = "--older-than",
            paramLabel = "AGE",
            converter = Age.class,
            description = "Also answers that were stored, or archived, longer ago than this: 90m, 12h, 30d, 8w.")
    private Duration olderThan;

    @Option(
            names = "--keep",
            paramLabel = "N",
            description = "Also answers of a sample that has N newer ones: those from before the last N edits.")
    private Integer keep;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    /** Of a stored file what decides whether it goes; {@code parts}: the names of what its components consist of. */
    private record Kept(String place, long bytes, Instant created, Set<String> parts) {}

    private final Map<Answer.Of, List<Kept>> answers = new HashMap<>();
    private final Map<String, Kept> parts = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final Set<String> named = new HashSet<>();
    private final List<Kept> left = new ArrayList<>();
    private final List<Kept> archived = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        if (keep != null && keep < 1) {
            throw Problem.usage("--keep = " + keep + " is not allowed; allowed: a whole number from 1;"
                    + " 'cache rm' removes all");
        }
        CacheFolder folder = cache.folder();
        folder.visit(this::look);
        List<Kept> go = new ArrayList<>();
        Set<String> needed = new HashSet<>(named);
        answers.values().forEach(ofSample -> {
            ofSample.sort(Comparator.comparing(Kept::created).reversed());
            for (int newer = 0; newer < ofSample.size(); newer++) {
                Kept answer = ofSample.get(newer);
                if (keep != null && newer >= keep || olderThan != null && isOlder(answer, olderThan)) {
                    go.add(answer);
                } else {
                    needed.addAll(answer.parts());
                }
            }
        });
        List<Kept> unread = parts.entrySet().stream()
                .filter(part -> !needed.contains(part.getKey()) && isOlder(part.getValue(), AT_WORK))
                .map(Map.Entry::getValue)
                .toList();
        tell(go, "answers and scores that are old or have newer ones");
        tell(unread, "lists of what answers stood on that are gone");
        tell(left, "left by killed runs, or set aside as damaged");
        tell(archived, "answers that were archived when others took their place, and marks of faults, all of them old");
        List<String> places = Stream.of(go, unread, left, archived)
                .flatMap(List::stream)
                .map(Kept::place)
                .toList();
        if (places.isEmpty()) {
            cache.note("Nothing to remove in " + cache.root());
            return 0;
        }
        if (go.size() + archived.size() > 0
                && !cache.confirmed("Remove them? The next run pays for answers that it still needs.", yes)) {
            cache.note("Nothing was removed.");
            return 1;
        }
        cache.remove(folder, places);
        return 0;
    }

    private void look(Found found) {
        if (found instanceof Stored stored) {
            EntryKey key = stored.entry().key();
            Kept kept = new Kept(stored.place(), stored.bytes(), stored.entry().created(), namesOfParts(key));
            Optional<Answer> answer = Answer.of(stored);
            if (answer.isPresent()) {
                answers.computeIfAbsent(answer.get().of(), any -> new ArrayList<>())
                        .add(kept);
            } else if (Changes.keepsParts(key)) {
                parts.put(name(key, key.part(), key.fingerprint()), kept);
            } else {
                // What is known of the code besides may stand on lists, too: it names them by their hashes.
                stored.entry()
                        .payload()
                        .fieldNames()
                        .forEachRemaining(
                                hash -> Changes.TAKEN_APART.forEach(label -> named.add(name(key, label, hash))));
            }
        } else if (found instanceof Other other) {
            Kept kept = new Kept(other.place(), other.bytes(), other.modified(), Set.of());
            switch (other.kind()) {
                case SET_ASIDE -> left.add(kept);
                case UNFINISHED -> addIfOlder(kept, AT_WORK, left);
                case FAULT_MARK, ARCHIVED -> addIfOlder(kept, olderThan, archived);
            }
        }
    }

    private void addIfOlder(Kept kept, Duration age, List<Kept> to) {
        if (age != null && isOlder(kept, age)) {
            to.add(kept);
        }
    }

    private Set<String> namesOfParts(EntryKey key) {
        Set<String> ofKey = new HashSet<>();
        key.components().forEach((label, hash) -> {
            if (Changes.TAKEN_APART.contains(label)) {
                ofKey.add(name(key, label, hash));
            }
        });
        return ofKey;
    }

    /** Thousands of answers stand on the same: its name is in memory once. */
    private String name(EntryKey key, String label, String hash) {
        String name = String.join("\n", key.suite(), key.eval(), label, hash);
        return names.computeIfAbsent(name, same -> same);
    }

    private boolean isOlder(Kept kept, Duration age) {
        return kept.created().isBefore(cache.now().minus(age));
    }

    private void tell(List<Kept> some, String what) {
        if (!some.isEmpty()) {
            cache.print(Words.count(some.size(), "file") + ", "
                    + Words.bytes(some.stream().mapToLong(Kept::bytes).sum()) + ": " + what);
        }
    }
}
