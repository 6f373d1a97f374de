package org.juniteval.engine.slice;

import java.util.Set;

/**
 * The name of a slice by its sources.
 *
 * @param hash SHA-256 (64 hexadecimal digits) over the sources and what else decides how they are compiled
 * @param compiled for each class file that was found to be compiled of them, a mark by which it is known again
 */
public record SourceName(String hash, Set<String> compiled) {

    /** Copies the set. */
    public SourceName {
        compiled = Set.copyOf(compiled);
    }
}
