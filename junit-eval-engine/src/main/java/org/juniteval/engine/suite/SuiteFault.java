package org.juniteval.engine.suite;

/**
 * Something that the suite's author has to change; the message says where, what is wrong and what would cure it, so that
 * the engine's own frames would tell nothing more.
 */
public final class SuiteFault extends Exception {

    private static final long serialVersionUID = 1L;

    SuiteFault(String message) {
        this(message, null);
    }

    SuiteFault(String message, Throwable cause) {
        super(message, cause, true, false);
    }

    /** The message alone. */
    @Override
    public String toString() {
        return getMessage();
    }
}
