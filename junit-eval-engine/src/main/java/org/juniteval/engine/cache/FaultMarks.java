package org.juniteval.engine.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Which samples faulted when they were last called. A fault is never stored, so the next run could not tell a second try
 * from a first one; an empty file beside the entries of the case, {@code 3-<32 hex digits>.fault}, says so until an
 * answer of the sample is stored. Marks stay on this machine, and no store needs to know of them.
 *
 * <p>They only count: what goes wrong with one costs no more than that.
 */
public final class FaultMarks {

    /** How the names of marks end; those of entries end otherwise. */
    static final String SUFFIX = ".fault";

    private final FileStore beside;
    private final boolean writes;

    private FaultMarks(FileStore beside, boolean writes) {
        this.beside = beside;
        this.writes = writes;
    }

    /** Those beside the entries of this root; a mode that writes no entries makes and removes no marks. */
    public static FaultMarks of(Path root, CacheMode mode) {
        return new FaultMarks(FileStore.open(root), mode == CacheMode.AUTO || mode == CacheMode.REFRESH);
    }

    /** @param sample a key that no edit changes: its fingerprint stands for nothing but the name of the variant */
    public boolean contains(EntryKey sample) {
        try {
            var mark = file(sample);
            return FileStore.attributes(mark)
                            .filter(BasicFileAttributes::isRegularFile)
                            .isPresent()
                    && beside.linkOnTheWayTo(mark).isEmpty();
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Marks a sample: its call came to no answer. */
    public void add(EntryKey sample) {
        if (!writes) {
            return;
        }
        try {
            var mark = file(sample);
            if (beside.linkOnTheWayTo(mark).isEmpty()) {
                beside.createRoot();
                Files.createDirectories(mark.getParent());
                Files.createFile(mark);
            }
        } catch (IOException thereAlreadyOrImpossible) {
            // Where nothing can be written the store says so.
        }
    }

    /** An answer of the sample is stored. */
    public void remove(EntryKey sample) {
        if (!writes || !contains(sample)) {
            return;
        }
        try {
            Files.deleteIfExists(file(sample));
        } catch (IOException stays) {
            // Counted once more than it should.
        }
    }

    private Path file(EntryKey sample) {
        return beside.file(sample, SUFFIX);
    }
}
