package org.juniteval.engine.cache;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Neither reads nor writes; all it does with the store is to close it. */
record NoStore(Store store) implements Store {

    @Override
    public Lookup get(EntryKey key) {
        return new Lookup.Miss();
    }

    @Override
    public void put(EntryKey key, ObjectNode payload) {}

    @Override
    public void copy(Entry entry) {}

    @Override
    public List<String> warnings() {
        return List.of();
    }

    @Override
    public void close() {
        store.close();
    }
}
