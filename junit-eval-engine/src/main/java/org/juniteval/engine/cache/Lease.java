package org.juniteval.engine.cache;

/**
 * The exclusive right to make one entry, among all processes that use the same store. It ends when it is closed, or
 * when its process ends in whatever way.
 */
@FunctionalInterface
public interface Lease extends AutoCloseable {

    /** Gives the right back. May be called from any thread, and more than once. */
    @Override
    void close();
}
