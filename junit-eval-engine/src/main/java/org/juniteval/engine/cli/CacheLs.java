package org.juniteval.engine.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.juniteval.engine.cache.CacheContent.Stored;
import org.juniteval.engine.record.Visible;
import org.juniteval.engine.report.Texts;
import org.juniteval.engine.report.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Lists answers. */
@Command(
        name = "ls",
        sortOptions = false,
        header = "List kept answers, and kept scores of cached scorers.",
        description = {"On a terminal a table, else lines of values with tabs between them, the first one their names."
        })
final class CacheLs implements Callable<Integer> {

    /** The end of a name tells more than its beginning: it is shown even where it does not fit into the line. */
    private static final int LONGEST_NAME = 400;

    private static final List<String> COLUMNS =
            List.of("id", "suite", "eval", "variant", "case", "sample", "scorer", "run", "created", "bytes", "file");

    @ParentCommand
    private CacheCommand cache;

    @Mixin
    private Selection selection;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    private long answers;
    private long scores;
    private long bytes;

    @Override
    public Integer call() throws IOException {
        boolean table = !json && cache.surroundings().terminal().output();
        cache.read((content, store) -> {
            content.visit(found -> {
                if (found instanceof Stored stored) {
                    Answer.of(stored)
                            .filter(answer -> selection.matches(answer, cache.now()))
                            .ifPresent(answer -> print(answer, table));
                }
            });
            return null;
        });
        if (answers + scores == 0) {
            cache.note("Nothing " + (selection.isAll() ? "is kept" : "that matches is kept") + " in " + cache.root());
            return 1;
        }
        if (table) {
            cache.print(cache.ink()
                    .faint(Words.count(answers, "answer")
                            + (scores == 0 ? "" : ", " + Words.count(scores, "score"))
                            + ", "
                            + Words.bytes(bytes)
                            + " in "
                            + Visible.inTerminal(cache.root().toString())));
        }
        return 0;
    }

    private void print(Answer answer, boolean table) {
        boolean first = answers + scores == 0;
        if (answer.score().isPresent()) {
            scores++;
        } else {
            answers++;
        }
        bytes += answer.bytes();
        if (json) {
            cache.printNext(Json.line(answer.toJson()));
        } else if (table) {
            if (first) {
                cache.print(cache.ink().strong("ID          STORED              SIZE  ANSWER"));
            }
            cache.printNext(answer.id()
                    + "  "
                    + Texts.left(cache.time(answer.created()), 16)
                    + "  "
                    + Texts.right(Words.bytes(answer.bytes()), 6)
                    + "  "
                    + Texts.fit(answer.name(), LONGEST_NAME));
        } else {
            if (first) {
                cache.print(String.join("\t", COLUMNS));
            }
            cache.printNext(values(answer));
        }
    }

    private static String values(Answer answer) {
        return Stream.of(
                        answer.id(),
                        answer.key().suite(),
                        answer.key().eval(),
                        answer.variant(),
                        answer.key().caseId(),
                        Integer.toString(answer.sample()),
                        answer.score().map(Answer.OfScorer::scorer).orElse(""),
                        answer.score().map(of -> Integer.toString(of.run())).orElse(""),
                        answer.created().toString(),
                        Long.toString(answer.bytes()),
                        answer.place())
                .map(CacheLs::value)
                .collect(Collectors.joining("\t"));
    }

    /** One value, in one line of one column. */
    private static String value(String text) {
        return Visible.inTerminal(text).replace("\t", "\\t").replace("\n", "\\n");
    }
}
