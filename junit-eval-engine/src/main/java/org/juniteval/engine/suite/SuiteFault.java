package org.juniteval.engine.suite;

/** Something that the suite's author has to change; the message says where, what is wrong and what would cure it. */
public final class SuiteFault extends Exception {

    private static final long serialVersionUID = 1L;

    SuiteFault(String message) {
        super(message);
    }

    SuiteFault(String message, Throwable cause) {
        super(message, cause);
    }
}
