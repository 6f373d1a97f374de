package org.juniteval.engine.cache;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Ignores answers from before the run, and archives them before they are replaced. What is known of the code that gave
 * them is no answer.
 */
record FreshStore(Store store, Archive archive, Clock clock) implements Store {

    @Override
    public Lookup get(EntryKey key) {
        var lookup = store.get(key);
        return key.isAnswer() && lookup instanceof Lookup.Hit hit && !isFresh(hit.entry()) ? new Lookup.Miss() : lookup;
    }

    /** An entry from the future was made under a wrong clock, nobody knows when: it may well be old. */
    private boolean isFresh(Entry entry) {
        return !entry.created().isBefore(archive.runStarted())
                && !entry.created().isAfter(clock.instant());
    }

    @Override
    public void put(EntryKey key, ObjectNode payload) {
        if (mayReplace(key, payload)) {
            store.put(key, payload);
        }
    }

    @Override
    public void copy(Entry entry) {
        if (mayReplace(entry.key(), entry.payload())) {
            store.copy(entry);
        }
    }

    /** Looks again, at the last moment: whatever stands there now would be gone. */
    private boolean mayReplace(EntryKey key, ObjectNode payload) {
        return !key.isAnswer()
                || !(store.get(key) instanceof Lookup.Hit old)
                || isFresh(old.entry())
                || old.entry().payload().equals(payload)
                || archive.keep(old.entry());
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
        return Stream.of(store.warnings(), archive.told()).flatMap(List::stream).toList();
    }

    @Override
    public void close() {
        store.close();
    }
}
