package org.juniteval.engine.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import org.juniteval.engine.cache.CacheContent;
import org.juniteval.engine.cache.CacheFolder;
import org.juniteval.engine.cache.ExportFile;
import org.juniteval.engine.cache.FileStore;
import org.juniteval.engine.cache.Store;
import org.juniteval.engine.report.Ink;
import org.juniteval.engine.report.Words;
import org.juniteval.engine.slice.ProjectCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What the commands about a cache have in common: which one it is, and how they write. */
@Command(
        name = "cache",
        header = "Look at kept answers, move and remove them.",
        description = {
            "Nothing of a project is compiled, loaded or run for it. What reads only also takes a file that 'cache"
                    + " export' wrote."
        },
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        subcommands = {
            CacheLs.class,
            CacheShow.class,
            CacheExplain.class,
            CacheRm.class,
            CachePrune.class,
            CacheVerify.class,
            CacheDir.class,
            CacheExport.class,
            CacheImport.class
        })
final class CacheCommand {

    private static final String KEY = "eval.cache.dir";

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    @Option(
            names = "--cache-dir",
            paramLabel = "PATH",
            scope = ScopeType.INHERIT,
            // In lines of their own: picocli would break one behind the dot.
            description = {
                "The cache; else what EVAL_CACHE_DIR or",
                "src/test/resources/junit-platform.properties say,",
                "else .eval/cache, below the nearest folder upwards",
                "that has a pom.xml, build.gradle or .git."
            })
    private Path cacheDir;

    private final Surroundings surroundings;
    private long printed;

    CacheCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    Surroundings surroundings() {
        return surroundings;
    }

    /** The cache's folder, or the exported file that was named instead; whether or not it is there. */
    Path root() {
        Path directory = surroundings.directory();
        if (cacheDir != null) {
            return directory.resolve(cacheDir).normalize();
        }
        Path base = ProjectCode.baseDirectoryAbove(directory).orElse(directory);
        Optional<String> key = surroundings.key(KEY, "EVAL_CACHE_DIR").or(() -> ofModule(base));
        try {
            return base.resolve(key.map(Path::of).orElse(Path.of(".eval", "cache")))
                    .normalize();
        } catch (InvalidPathException bad) {
            throw Problem.usage(KEY + " = " + key.orElseThrow() + " is no path: " + bad.getReason());
        }
    }

    /** What the module's tests have on their class path, where a build keeps it. */
    private static Optional<String> ofModule(Path base) {
        Path file = base.resolve("src/test/resources/junit-platform.properties");
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException bad) {
            throw Problem.found(file + " cannot be read: " + bad.getMessage() + "; put it right, or add --cache-dir");
        }
        return Optional.ofNullable(properties.getProperty(KEY))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /** Something to do with a cache that is only read. */
    interface Reading<T> {
        T read(CacheContent content, Store store) throws IOException;
    }

    /** Opens the cache, a folder or an exported file. */
    <T> T read(Reading<T> reading) throws IOException {
        Path root = root();
        if (Files.isRegularFile(root)) {
            try (ExportFile file = export(root)) {
                return reading.read(file, file);
            }
        }
        try (Store store = FileStore.open(root)) {
            return reading.read(folder(), store);
        }
    }

    /** The cache where it is a folder that is there. */
    CacheFolder folder() {
        Path root = root();
        if (Files.isRegularFile(root)) {
            throw Problem.usage(root + " is a file, which is only read; name a folder by --cache-dir");
        }
        if (!Files.isDirectory(root)) {
            throw Problem.found("there is no cache at " + root
                    + "; a run makes it, --cache-dir or EVAL_CACHE_DIR name another one");
        }
        return CacheFolder.at(root);
    }

    /** @throws Problem if the file is none that was exported */
    static ExportFile export(Path file) {
        try {
            return ExportFile.open(file);
        } catch (IOException bad) {
            throw Problem.found(file + " is no exported cache: " + bad.getMessage());
        }
    }

    Path path(Path given) {
        return surroundings.directory().resolve(given).normalize();
    }

    Instant now() {
        return surroundings.clock().instant();
    }

    /** To the minute, or as it is kept where a file claims a year that no calendar has. */
    String time(Instant instant) {
        try {
            return MINUTE.format(instant.atZone(surroundings.clock().getZone()));
        } catch (DateTimeException beyond) {
            return instant.toString();
        }
    }

    Ink ink() {
        return Ink.of(surroundings.terminal().colour());
    }

    void print(String line) {
        surroundings
                .out()
                .println(
                        surroundings.terminal().output()
                                ? surroundings.terminal().readable(line)
                                : line);
    }

    /** One line of many. Whoever reads them may have read enough. */
    void printNext(String line) {
        print(line);
        if (++printed % 100 == 0 && surroundings.out().checkError()) {
            throw Problem.readerGone();
        }
    }

    /** What is not the result: it does not get into what another program reads. */
    void note(String line) {
        surroundings.out().flush();
        surroundings.err().println(surroundings.terminal().readable(line));
        surroundings.err().flush();
    }

    /**
     * Asks whether to go on.
     *
     * @param yes whether that was said on the command line
     * @throws Problem if nobody is there to be asked
     */
    boolean confirmed(String question, boolean yes) throws IOException {
        if (yes) {
            return true;
        }
        if (!surroundings.asks()) {
            surroundings.out().flush();
            throw Problem.usage("nothing was removed: this is no terminal to ask on; add --yes");
        }
        surroundings.out().flush();
        surroundings.err().print(question + " [y/N] ");
        surroundings.err().flush();
        String answer = surroundings.in().readLine();
        if (answer == null) {
            surroundings.err().println();
        }
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes");
    }

    /** Removes files that were found, and says how many. */
    void remove(CacheFolder folder, List<String> places) throws IOException {
        // Before they go: whoever interrupts this has read what was on its way.
        surroundings.out().flush();
        long removed = 0;
        try {
            for (String place : places) {
                removed += folder.remove(place) ? 1 : 0;
            }
        } finally {
            print("Removed " + Words.count(removed, "file") + ".");
        }
    }
}
