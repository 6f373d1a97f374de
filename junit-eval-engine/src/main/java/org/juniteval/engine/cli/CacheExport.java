package org.juniteval.engine.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.juniteval.engine.cache.CacheContent.Broken;
import org.juniteval.engine.cache.ExportFile;
import org.juniteval.engine.record.Visible;
import org.juniteval.engine.report.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Writes the cache into one file. */
@Command(
        name = "export",
        sortOptions = false,
        header = "Write all entries into one file, a zip.",
        description = {
            "The same entries make the same file. A run reads it with eval.cache.mode = replay or read-only and"
                    + " eval.cache.dir = FILE."
        })
final class CacheExport implements Callable<Integer> {

    @ParentCommand
    private CacheCommand cache;

    @Parameters(paramLabel = "FILE", description = "What to write, such as answers.zip.")
    private Path file;

    @Option(names = "--overwrite", description = "Replace the file if it is there.")
    private boolean overwrite;

    @Override
    public Integer call() throws IOException {
        Path target = cache.path(file);
        if (Files.isDirectory(target)) {
            throw Problem.usage(target + " is a folder; name a file in it, such as " + target.resolve("answers.zip"));
        }
        if (!Files.isDirectory(target.getParent())) {
            throw Problem.usage("there is no folder " + target.getParent());
        }
        try {
            int entries = ExportFile.write(cache.folder(), target, overwrite, found -> {
                if (found instanceof Broken broken) {
                    cache.note(Visible.inTerminal("left out: " + broken.place() + ": " + broken.why()));
                }
            });
            cache.print(Words.count(entries) + (entries == 1 ? " entry" : " entries") + " in "
                    + Visible.inTerminal(target.toString()) + ", " + Words.bytes(Files.size(target)));
            return 0;
        } catch (FileAlreadyExistsException there) {
            throw Problem.usage(target + " is there already; add --overwrite, or name another file");
        } catch (IOException refused) {
            throw Problem.found(target + " was not written: " + Commands.reason(refused));
        }
    }
}
