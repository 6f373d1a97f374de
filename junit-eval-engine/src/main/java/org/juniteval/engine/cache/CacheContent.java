package org.juniteval.engine.cache;

import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;

/** What a cache holds, for those who look at it from outside of a run: a folder's, or that of an exported file. */
public interface CacheContent {

    /** Something that a cache holds. */
    sealed interface Found {

        /** Where it stands below the root, with slashes; from a foreign file it may be any text. */
        String place();

        /** How many bytes it takes, uncompressed; 0 where that is not known. */
        long bytes();
    }

    /** A whole entry at its place: its checksum was right. */
    record Stored(String place, long bytes, Entry entry) implements Found {}

    /**
     * What stands where an entry belongs, and is none.
     *
     * @param why for the user: {@code it is not an entry}
     */
    record Broken(String place, long bytes, String why) implements Found {}

    /** What is there besides entries, and is never read as one. */
    record Other(String place, long bytes, Instant modified, Kind kind) implements Found {}

    /** Why something is there that is no entry. */
    enum Kind {
        /** It is being written, or was when its writer was killed. */
        UNFINISHED,
        /** It was found damaged by a run. */
        SET_ASIDE,
        /** It says of a sample that it faulted when it was last called. */
        FAULT_MARK,
        /** It was replaced by a run that made everything anew. */
        ARCHIVED
    }

    /**
     * Shows everything, in an order that only depends on the names; one entry at a time is in memory. What is not of
     * the cache's making is passed over.
     *
     * @throws IOException if the cache as a whole cannot be read; what cannot be read of it alone is {@link Broken}
     */
    void visit(Consumer<Found> visitor) throws IOException;
}
