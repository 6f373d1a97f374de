package org.juniteval.engine.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.juniteval.engine.cache.CacheContent.Broken;
import org.juniteval.engine.cache.CacheContent.Stored;
import org.juniteval.engine.record.Visible;
import org.juniteval.engine.report.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Checks every entry. */
@Command(
        name = "verify",
        sortOptions = false,
        header = "Check every entry, and name those that are not whole.",
        description = {
            "An entry has a checksum, and a place that its content tells.",
            "A run passes them over; it sets one aside when it stores the answer again."
        })
final class CacheVerify implements Callable<Integer> {

    @ParentCommand
    private CacheCommand cache;

    @Option(names = "--json", description = "One JSON object a line: file, why.")
    private boolean json;

    private long whole;
    private long broken;

    @Override
    public Integer call() throws IOException {
        cache.read((content, store) -> {
            content.visit(found -> {
                if (found instanceof Stored) {
                    whole++;
                } else if (found instanceof Broken wrong) {
                    broken++;
                    tell(wrong);
                }
            });
            return null;
        });
        if (!json) {
            cache.print(Words.count(whole) + (whole == 1 ? " entry is" : " entries are") + " whole, "
                    + (broken == 0 ? "none is" : Words.count(broken) + (broken == 1 ? " is" : " are")) + " not");
        }
        return broken == 0 ? 0 : 1;
    }

    private void tell(Broken wrong) {
        cache.print(
                json
                        ? Json.line(JsonNodeFactory.instance
                                .objectNode()
                                .put("file", wrong.place())
                                .put("why", wrong.why()))
                        : Visible.inTerminal(wrong.place() + ": " + wrong.why()));
    }
}
