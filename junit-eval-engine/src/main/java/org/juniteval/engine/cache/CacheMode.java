package org.juniteval.engine.cache;

import java.time.Clock;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a run uses its store: the values of {@code eval.cache.mode}. */
public enum CacheMode {

    /** What is stored is used, what is missing is made and stored. */
    AUTO,

    /** Entries older than the run are ignored: everything is made anew, once, and stored; what it replaces is archived. */
    REFRESH,

    /** Only what is stored is used and nothing is written: whoever misses an answer has to fail, not to make it. */
    REPLAY,

    /** What is stored is used, what is missing is made, and nothing is written. */
    READ_ONLY,

    /** Nothing is read or written. */
    OFF;

    /**
     * Reads the key's value, in any case of letters.
     *
     * @throws IllegalArgumentException if it is none; the message says what is allowed
     */
    public static CacheMode parse(String value) {
        return Arrays.stream(values())
                .filter(mode -> mode.toString().equals(value.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + value + "' is none of "
                        + Arrays.stream(values()).map(CacheMode::toString).collect(Collectors.joining(", "))));
    }

    /**
     * The store as this mode lets a run see it.
     *
     * @param store what the mode is applied to; closing the result closes it
     * @param archive the run's own
     */
    public Store apply(Store store, Archive archive) {
        return switch (this) {
            case AUTO -> store;
            case REFRESH -> new FreshStore(store, archive, Clock.systemUTC());
            case REPLAY, READ_ONLY -> new ReadOnlyStore(store);
            case OFF -> new NoStore(store);
        };
    }

    /** Whether anything is stored. */
    public boolean writes() {
        return this == AUTO || this == REFRESH;
    }

    /** As it is written in the key: {@code read-only}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
