package org.juniteval.engine.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.juniteval.engine.cache.CacheContent.Stored;
import org.juniteval.engine.cache.Changes;
import org.juniteval.engine.cache.Store;
import org.juniteval.engine.record.Visible;
import org.juniteval.engine.report.Texts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Tells what answers stand on and why they were asked for again. */
@Command(
        name = "explain",
        sortOptions = false,
        header = "Tell what an answer stands on, and how it differs from earlier ones.",
        description = {
            "Only what is kept is compared. What the code is now, the next run sees: its summary says what it called"
                    + " again, and why."
        })
final class CacheExplain implements Callable<Integer> {

    /** How many parts of a component are named; 'show' names all. */
    private static final int NAMED = 12;

    private static final int LABELS = 11;

    @ParentCommand
    private CacheCommand cache;

    @Parameters(
            paramLabel = "ID",
            description = "A unique id as the Platform prints it, also from below a @Suite: of a sample, or of a case,"
                    + " eval or suite and so of all samples in it; or what 'cache show' takes. Quote it for the shell.")
    private String id;

    @Option(names = "--json", description = "One JSON object a sample, on a line.")
    private boolean json;

    private boolean explained;

    @Override
    public Integer call() throws IOException {
        Predicate<Answer> meant = Id.of(id);
        cache.read((content, store) -> {
            List<Answer> ofCase = new ArrayList<>();
            content.visit(found -> {
                if (found instanceof Stored stored) {
                    Answer.of(stored).ifPresent(answer -> {
                        // All of a case stand in one folder, and so come one after another.
                        if (!ofCase.isEmpty() && !ofCase.get(0).isOfCaseOf(answer)) {
                            explain(ofCase, meant, store);
                            ofCase.clear();
                        }
                        ofCase.add(answer);
                    });
                }
            });
            explain(ofCase, meant, store);
            return null;
        });
        if (!explained) {
            throw Problem.found(
                    "no answer of " + id + " is kept in " + cache.root() + "; 'cache ls' lists those that are");
        }
        return 0;
    }

    /** Where one entry is meant, what it is compared with are the others of its sample. */
    private void explain(List<Answer> ofCase, Predicate<Answer> meant, Store store) {
        Map<Answer.Of, List<Answer>> samples = new LinkedHashMap<>();
        ofCase.forEach(answer ->
                samples.computeIfAbsent(answer.of(), any -> new ArrayList<>()).add(answer));
        samples.values().stream()
                .filter(answers -> answers.stream().anyMatch(meant))
                .forEach(answers -> explain(answers, store));
    }

    private void explain(List<Answer> answers, Store store) {
        explained = true;
        answers.sort(Comparator.comparing(Answer::created).reversed());
        Answer newest = answers.get(0);
        List<Answer> earlier = answers.subList(1, answers.size());
        Changes changes = Changes.kept(store, newest.key());
        if (json) {
            ObjectNode sample = newest.toJson();
            sample.set("standsOn", CacheShow.standsOn(changes.parts()));
            ArrayNode before = sample.putArray("before");
            earlier.forEach(answer ->
                    before.add(answer.toJson().put("changes", changes.between(answer.key(), newest.key()))));
            cache.printNext(Json.line(sample));
            return;
        }
        cache.print(cache.ink().strong(Visible.inTerminal(newest.name())));
        print("stored", cache.time(newest.created()) + "  " + newest.id());
        new TreeMap<>(changes.parts()).forEach((label, parts) -> print(label, named(parts.keySet())));
        if (earlier.isEmpty()) {
            print("before", "no other answer of this sample is kept");
        }
        earlier.forEach(answer -> print(
                "before",
                cache.time(answer.created()) + "  " + answer.id() + "  "
                        + changes.between(answer.key(), newest.key())));
    }

    private static String named(Set<String> parts) {
        String named = parts.stream().limit(NAMED).map(Changes::readable).collect(Collectors.joining("\n"));
        int more = parts.size() - NAMED;
        return parts.isEmpty() ? "nothing" : named + (more > 0 ? "\nand " + more + " more" : "");
    }

    private void print(String label, String value) {
        String indent = "\n" + " ".repeat(2 + LABELS);
        cache.printNext(
                "  " + Texts.left(label, LABELS) + Visible.inTerminal(value).replace("\n", indent));
    }
}
