package org.juniteval.engine.verdict;

/** Code or data broke: what a leaf fails with, so that tools show an error and not a failed assertion. */
public final class EvalFault extends RuntimeException {

    private static final int LONGEST = 10_000;

    /** A fault without a cause of its own. */
    public EvalFault(String message) {
        super(message, null, false, true);
        setStackTrace(new StackTraceElement[0]);
    }

    /** A fault that user code caused by throwing. */
    public EvalFault(String message, Throwable cause) {
        super(message, cause, false, true);
        setStackTrace(new StackTraceElement[0]);
    }

    /** What a throwable says of itself, also one that throws when it is asked, or says megabytes. */
    public static String describe(Throwable error) {
        String text;
        try {
            text = String.valueOf(error);
        } catch (Throwable broken) {
            text = error.getClass().getName() + " (its toString() throws " + broken.getClass().getName() + ")";
        }
        return text.length() <= LONGEST
                ? text
                : text.substring(0, LONGEST) + "… (" + text.length() + " characters)";
    }

    @Override
    public String toString() {
        return getMessage();
    }
}
