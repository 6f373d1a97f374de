package org.juniteval.engine.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.juniteval.engine.cache.CacheContent.Found;
import org.juniteval.engine.cache.CacheContent.Stored;
import org.juniteval.engine.cache.CacheFolder;
import org.juniteval.engine.report.Texts;
import org.juniteval.engine.report.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Removes answers. */
@Command(
        name = "rm",
        sortOptions = false,
        header = "Remove answers and scores.",
        description = {
            "The next run pays for them again.",
            "Say which ones, or --all. What is to go is shown; a terminal is asked, anything else needs --yes."
        })
final class CacheRm implements Callable<Integer> {

    /** How many of those that go are named. */
    private static final int NAMED = 10;

    @ParentCommand
    private CacheCommand cache;

    @Mixin
    private Selection selection;

    @Option(names = "--all", description = "Everything that is kept, and what runs have left beside it.")
    private boolean all;

    @Option(
            names = {"-y", "--yes"},
            description = "Do not ask.")
    private boolean yes;

    @Override
    public Integer call() throws IOException {
        if (all && !selection.isAll()) {
            throw Problem.usage("--all means all: leave it out to remove what the other options select");
        }
        if (!all && selection.isAll()) {
            throw Problem.usage("say what to remove: --suite, --eval, --case, --older-than, --newer-than, or --all");
        }
        CacheFolder folder = cache.folder();
        List<String> places = new ArrayList<>();
        long[] bytes = {0};
        folder.visit(found -> name(found).ifPresent(name -> {
            places.add(found.place());
            bytes[0] += found.bytes();
            if (places.size() <= NAMED) {
                cache.print(
                        "  " + Texts.fit(name, cache.surroundings().terminal().width() - 2));
            }
        }));
        if (places.isEmpty()) {
            cache.note("Nothing " + (all ? "is kept" : "that matches is kept") + " in " + cache.root());
            return 1;
        }
        if (places.size() > NAMED) {
            cache.print("  … and " + Words.count(places.size() - NAMED) + " more");
        }
        String what = Words.count(places.size(), "file") + ", " + Words.bytes(bytes[0]);
        if (!cache.confirmed("Remove " + what + "?", yes)) {
            cache.note("Nothing was removed.");
            return 1;
        }
        cache.remove(folder, places);
        return 0;
    }

    /** What goes, in words; empty for what stays. */
    private Optional<String> name(Found found) {
        Optional<Answer> answer = found instanceof Stored stored ? Answer.of(stored) : Optional.empty();
        if (all) {
            return Optional.of(answer.map(Answer::name).orElse(found.place()));
        }
        return answer.filter(any -> selection.matches(any, cache.now())).map(Answer::name);
    }
}
