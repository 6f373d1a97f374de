package org.juniteval.engine.cache;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What a team may bring: a store of its own, here one that lasts as long as the JVM. */
class MemoryStore implements Store {

    final Map<String, Entry> entries = new ConcurrentHashMap<>();

    /** Found by the service loader. */
    public static final class Factory implements StoreFactory {

        /** For the service loader. */
        public Factory() {}

        @Override
        public Optional<Store> open(URI address, Optional<Credentials> credentials) {
            if (address.getScheme().equals("memory") && address.getHost() == null) {
                throw new IllegalArgumentException("memory://name");
            }
            return address.getScheme().equals("memory") || "memory.invalid".equals(address.getHost())
                    ? Optional.of(new MemoryStore())
                    : Optional.empty();
        }
    }

    @Override
    public Lookup get(EntryKey key) {
        var entry = entries.get(key.fingerprint());
        return entry == null ? new Lookup.Miss() : new Lookup.Hit(entry);
    }

    @Override
    public void put(EntryKey key, ObjectNode payload) {
        copy(new Entry(key, Instant.now(), payload));
    }

    @Override
    public void copy(Entry entry) {
        entries.put(entry.key().fingerprint(), entry);
    }

    @Override
    public List<String> warnings() {
        return List.of();
    }

    @Override
    public void close() {}
}
