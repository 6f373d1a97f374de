package org.juniteval.engine.cache;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where a run that makes everything anew leaves what it replaces: {@code <root>/.archive/<when the run began>}, a folder
 * that is laid out as the root is. Copied over the root, it brings the old answers back; as it is, nobody reads it.
 * Processes that began at the same moment share it.
 */
public final class Archive {

    /** The folder of all archives of a root, each laid out as the root is. No suite's folder begins with a dot. */
    static final String FOLDER = ".archive";

    /** Sorts by time, and every file system takes it. */
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH-mm-ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Path all;
    private final Path folder;
    private final FileStore entries;
    private final Instant runStarted;
    private final Warnings warnings = new Warnings();
    private final AtomicLong untold = new AtomicLong();

    private Archive(Path root, Instant runStarted) {
        this.all = root.toAbsolutePath().normalize().resolve(FOLDER);
        this.folder = all.resolve(TIME.format(runStarted));
        this.entries = FileStore.open(folder);
        this.runStarted = runStarted;
    }

    /**
     * The archive of a run. Nothing is touched before the first entry comes.
     *
     * @param root the folder of the cache
     * @param runStarted when the run began, by the clock that entries are stamped with
     */
    public static Archive of(Path root, Instant runStarted) {
        return new Archive(root, runStarted);
    }

    Instant runStarted() {
        return runStarted;
    }

    /** Keeps an entry that is about to be replaced; false if that fails, and it must stay where it is. */
    boolean keep(Entry old) {
        if (isElsewhere()) {
            warnings.once(
                    "elsewhere",
                    all + " is not a folder: what would be archived there is not replaced. Remove it, or use another"
                            + " cache folder (eval.cache.dir).");
            return false;
        }
        if (entries.get(old.key()) instanceof Lookup.Hit) {
            return true;
        }
        entries.copy(old);
        boolean kept = entries.get(old.key()) instanceof Lookup.Hit;
        if (kept) {
            untold.incrementAndGet();
        } else {
            warnings.of(
                    "not kept",
                    old.key().fingerprint(),
                    "The answer of " + old.key().eval() + ", case " + old.key().caseId() + ", "
                            + old.key().part() + ", is not replaced, because the old one cannot be archived.");
        }
        return kept;
    }

    private boolean isElsewhere() {
        try {
            return FileStore.attributes(all).filter(found -> !isFolder(found)).isPresent();
        } catch (IOException unreadable) {
            return true;
        }
    }

    /** Neither a link nor what Windows calls a junction. */
    static boolean isFolder(BasicFileAttributes found) {
        return found.isDirectory() && !found.isOther();
    }

    /** What the user should read and was not told yet. */
    List<String> told() {
        long kept = untold.getAndSet(0);
        List<String> told = new ArrayList<>(entries.warnings());
        told.addAll(warnings.drain());
        if (kept > 0) {
            told.add("archived " + kept + (kept == 1 ? " answer" : " answers") + " in " + folder);
        }
        return told;
    }
}
