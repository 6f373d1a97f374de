package org.juniteval.engine.cache;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Never writes. It grants every lease: waiting for another process is of no use to one that stores nothing. */
record ReadOnlyStore(Store store) implements Store {

    @Override
    public Lookup get(EntryKey key) {
        return store.get(key);
    }

    @Override
    public void put(EntryKey key, ObjectNode payload) {}

    @Override
    public void copy(Entry entry) {}

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
