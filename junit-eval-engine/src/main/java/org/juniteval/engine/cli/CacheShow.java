package org.juniteval.engine.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.juniteval.engine.cache.CacheContent;
import org.juniteval.engine.cache.CacheContent.Stored;
import org.juniteval.engine.cache.Changes;
import org.juniteval.engine.cache.Entry;
import org.juniteval.engine.cache.Lookup;
import org.juniteval.engine.record.Visible;
import org.juniteval.engine.report.Texts;
import org.juniteval.engine.report.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Shows one answer or score. */
@Command(name = "show", sortOptions = false, header = "Print all that is kept of one answer or score.")
final class CacheShow implements Callable<Integer> {

    private static final int LABELS = 13;

    /** How many entries are named where an id means several. */
    private static final int NAMED = 10;

    @ParentCommand
    private CacheCommand cache;

    @Parameters(
            paramLabel = "ID",
            description = "The unique id of a sample, whose newest answer is shown; the name of a file in the cache;"
                    + " or the first 4 or more digits of a fingerprint.")
    private String id;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        return cache.read((content, store) -> {
            Answer answer = theOne(content);
            if (!(store.get(answer.key()) instanceof Lookup.Hit hit)) {
                throw Problem.found(answer.place() + " has gone meanwhile");
            }
            Map<String, SortedMap<String, String>> parts =
                    Changes.kept(store, answer.key()).parts();
            if (json) {
                cache.print(Json.line(toJson(answer, hit.entry(), parts)));
            } else {
                print(answer, hit.entry(), parts);
            }
            return 0;
        });
    }

    private Answer theOne(CacheContent content) throws IOException {
        Predicate<Answer> meant = Id.of(id);
        List<Answer> matches = new ArrayList<>();
        content.visit(found -> {
            if (found instanceof Stored stored) {
                Answer.of(stored).filter(meant).ifPresent(matches::add);
            }
        });
        if (matches.isEmpty()) {
            throw Problem.found("no answer of " + id + " is kept in " + cache.root());
        }
        matches.sort(Comparator.comparing(Answer::created).reversed());
        Answer newest = matches.get(0);
        boolean one =
                matches.stream().map(Answer::of).distinct().count() == 1 && (Id.isUnique(id) || matches.size() == 1);
        if (!one) {
            StringBuilder several =
                    new StringBuilder(id + " means " + Words.count(matches.size(), "answer") + "; name one of them:");
            matches.stream()
                    .limit(NAMED)
                    .forEach(answer -> several.append("\n  ")
                            .append(answer.id())
                            .append("  ")
                            .append(answer.name()));
            if (matches.size() > NAMED) {
                several.append("\n  … and ")
                        .append(Words.count(matches.size() - NAMED))
                        .append(" more");
            }
            throw Problem.usage(several.toString());
        }
        return newest;
    }

    private void print(Answer answer, Entry entry, Map<String, SortedMap<String, String>> parts) {
        cache.print(cache.ink().strong(Visible.inTerminal(answer.name())));
        print("suite", answer.key().suite());
        print("stored", cache.time(answer.created()));
        print("file", cache.root().resolve(answer.place()).toString());
        print("fingerprint", answer.key().fingerprint());
        answer.key().components().forEach((label, hash) -> {
            print("  " + label, hash);
            parts.getOrDefault(label, Collections.emptySortedMap())
                    .forEach((name, version) -> cache.print(" ".repeat(2 + LABELS) + Visible.inTerminal(name)));
        });
        for (Map.Entry<String, JsonNode> field : entry.payload().properties()) {
            print(field.getKey(), Json.readable(field.getValue()));
        }
    }

    /** A value beside its label, its further lines below the first. */
    private void print(String label, String value) {
        String indent = "\n" + " ".repeat(2 + LABELS);
        String text = Visible.inTerminal(value).strip().replace("\n", indent);
        cache.print("  " + Texts.left(Visible.inTerminal(label), LABELS - 1) + " " + text);
    }

    private static ObjectNode toJson(Answer answer, Entry entry, Map<String, SortedMap<String, String>> parts) {
        ObjectNode json = answer.toJson();
        ObjectNode components = json.putObject("components");
        answer.key().components().forEach(components::put);
        json.set("standsOn", standsOn(parts));
        json.set("payload", entry.payload());
        return json;
    }

    /** The names of what components consist of, by label. */
    static ObjectNode standsOn(Map<String, SortedMap<String, String>> parts) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(parts).forEach((label, hashes) -> hashes.keySet().forEach(json.putArray(label)::add));
        return json;
    }
}
