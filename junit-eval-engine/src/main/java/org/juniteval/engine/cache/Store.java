package org.juniteval.engine.cache;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/**
 * Keeps answers between runs. May be used by any number of threads and processes at once; an entry is complete or
 * absent for all of them. No method throws because of what a disk or another process does: a cache that fails costs
 * money, never a run.
 */
public interface Store extends AutoCloseable {

    /** Looks a key up. Changes no entry; a store with another one behind it may keep a copy of what it finds there. */
    Lookup get(EntryKey key);

    /**
     * Stores an answer in place of any earlier one of this key. Where that fails, a warning says so and nothing else
     * happens. An entry of a newer version stays as it is.
     */
    void put(EntryKey key, ObjectNode payload);

    /** As {@link #put}, with an entry that was made elsewhere and keeps its date. */
    void copy(Entry entry);

    /**
     * Asks, without waiting, for the right to make this entry. Whoever gets it looks the key up once more: the former
     * holder may just have stored the answer. A store that cannot or need not exclude others grants every lease.
     *
     * @return empty where someone else, in this JVM or in another process, holds it
     */
    default Optional<Lease> lease(EntryKey key) {
        return Optional.of(() -> {});
    }

    /**
     * The entry to explain a miss by: one of the same suite, eval, case and part under another fingerprint, of the same
     * variant where there is one, the newest of these. It costs some reads: made for the few that miss. A store that
     * cannot look around has none.
     */
    default Optional<Entry> near(EntryKey key) {
        return Optional.empty();
    }

    /** What the user should read and was not told yet. Things that happen to many entries are one warning. */
    List<String> warnings();

    /**
     * Gives up all leases, and brings what is still on its way to where it belongs. After that the store has at most
     * some more {@link #warnings}; closing it again does nothing.
     */
    @Override
    void close();
}
