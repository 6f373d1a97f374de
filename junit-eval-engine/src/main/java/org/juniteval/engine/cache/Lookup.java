package org.juniteval.engine.cache;

/** What a store knows of a key. */
public sealed interface Lookup {

    /**
     * There is an answer.
     *
     * @param entry the whole entry, checked
     */
    record Hit(Entry entry) implements Lookup {}

    /** There is none. */
    record Miss() implements Lookup {}

    /**
     * There is something that cannot be used: damaged, out of bounds, or of a newer version. As good as a miss for
     * whoever can make the answer; the store has a warning about it, too.
     *
     * @param why what stands where, and what to do; for the user
     */
    record Broken(String why) implements Lookup {}
}
