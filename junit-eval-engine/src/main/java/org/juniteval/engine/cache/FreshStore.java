package org.juniteval.engine.cache;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Ignores entries from before the run. */
record FreshStore(Store store, Instant runStarted, Clock clock) implements Store {

    @Override
    public Lookup get(EntryKey key) {
        var lookup = store.get(key);
        return lookup instanceof Lookup.Hit hit && !isFresh(hit.entry()) ? new Lookup.Miss() : lookup;
    }

    /** An entry from the future was made under a wrong clock, nobody knows when: it may well be old. */
    private boolean isFresh(Entry entry) {
        return !entry.created().isBefore(runStarted) && !entry.created().isAfter(clock.instant());
    }

    @Override
    public void put(EntryKey key, ObjectNode payload) {
        store.put(key, payload);
    }

    @Override
    public void copy(Entry entry) {
        store.copy(entry);
    }

    @Override
    public Optional<Lease> lease(EntryKey key) {
        return store.lease(key);
    }

    @Override
    public Optional<Entry> near(EntryKey key) {
        return store.near(key);
    }

    @Override
    public List<String> warnings() {
        return store.warnings();
    }

    @Override
    public void close() {
        store.close();
    }
}
