package org.juniteval.engine.cli;

/** Something that the user can put right; the message says where it is and how. */
final class Problem extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int exitCode;

    private Problem(int exitCode, String message) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    /** Nothing matched, or something is wrong with what was found. */
    static Problem found(String message) {
        return new Problem(1, message);
    }

    /** The command was called in a wrong way. */
    static Problem usage(String message) {
        return new Problem(2, message);
    }

    /** Whoever reads the output has read enough, as with {@code | head}. */
    static Problem readerGone() {
        return new Problem(0, "");
    }

    int exitCode() {
        return exitCode;
    }
}
