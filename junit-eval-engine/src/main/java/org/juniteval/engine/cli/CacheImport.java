package org.juniteval.engine.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.juniteval.engine.cache.CacheContent.Broken;
import org.juniteval.engine.cache.CacheContent.Found;
import org.juniteval.engine.cache.CacheContent.Stored;
import org.juniteval.engine.cache.Entry;
import org.juniteval.engine.cache.ExportFile;
import org.juniteval.engine.cache.FileStore;
import org.juniteval.engine.cache.Lookup;
import org.juniteval.engine.cache.Store;
import org.juniteval.engine.record.Visible;
import org.juniteval.engine.report.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Takes over the entries of an exported file. */
@Command(
        name = "import",
        sortOptions = false,
        header = "Take over the entries of an exported file.",
        description = {
            "Only whole entries at the places where they belong are taken; an answer that is here already stays, unless"
                    + " the file has a later one."
        })
final class CacheImport implements Callable<Integer> {

    @ParentCommand
    private CacheCommand cache;

    @Parameters(paramLabel = "FILE", description = "What to read.")
    private Path file;

    @Option(names = "--overwrite", description = "Let the file's answers replace later ones, too.")
    private boolean overwrite;

    private long added;
    private long skipped;
    private long refused;

    @Override
    public Integer call() throws IOException {
        Path root = cache.root();
        if (Files.isRegularFile(root)) {
            throw Problem.usage(root + " is a file, which is only read; name a folder by --cache-dir");
        }
        Path source = cache.path(file);
        try (ExportFile from = CacheCommand.export(source);
                Store store = FileStore.open(root)) {
            from.visit(found -> take(found, store));
        } catch (IOException bad) {
            throw Problem.found(source + ": " + Commands.reason(bad));
        }
        cache.print(Words.count(added) + " added, " + Words.count(skipped) + " skipped (no later than what is here), "
                + Words.count(refused) + " refused");
        return refused == 0 ? 0 : 1;
    }

    private void take(Found found, Store store) {
        if (!(found instanceof Stored stored)) {
            refuse(found.place() + ": " + ((Broken) found).why());
            return;
        }
        Entry entry = stored.entry();
        if (store.get(entry.key()) instanceof Lookup.Hit here
                && (here.entry().equals(entry)
                        || !overwrite && !here.entry().created().isBefore(entry.created()))) {
            skipped++;
            return;
        }
        store.copy(entry);
        if (store.get(entry.key()) instanceof Lookup.Hit here
                && here.entry().created().equals(entry.created())) {
            added++;
            store.warnings(); // of what was damaged there, and is set aside now
        } else {
            // What keeps all entries out is told of the first one.
            List<String> why = store.warnings();
            if (why.isEmpty()) {
                refused++;
            } else {
                refuse(stored.place() + ": " + String.join(" ", why));
            }
        }
    }

    private void refuse(String why) {
        refused++;
        cache.note(Visible.inTerminal("refused: " + why));
    }
}
