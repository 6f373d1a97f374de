package org.juniteval.engine.verdict;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import org.juniteval.engine.record.Visible;
import org.juniteval.engine.redaction.Cut;
import org.juniteval.engine.suite.SuiteFault;

/** Code or data broke: what a leaf fails with, so that tools show an error and not a failed assertion. */
public final class EvalFault extends RuntimeException {

    private static final int LONGEST = 10_000;
    private static final int LONGEST_TRACE = 200_000;

    /** A fault without a cause of its own. */
    public EvalFault(String message) {
        super(Visible.inXml(message), null, false, true);
        setStackTrace(new StackTraceElement[0]);
    }

    /** A fault that user code caused by throwing. What breaks whoever prints it is not passed on to the tools. */
    public EvalFault(String message, Throwable cause) {
        super(Visible.inXml(message), printable(cause), false, true);
        setStackTrace(new StackTraceElement[0]);
    }

    /** A fault of which the message says all that it says itself, or else what was thrown where. */
    public static EvalFault of(String message, Throwable error) {
        Throwable cause = error instanceof SuiteFault ? error.getCause() : error;
        return cause == null ? new EvalFault(message) : new EvalFault(message, cause);
    }

    /** What broke: who threw it, unless it names the place itself. */
    public static String told(String who, Throwable error) {
        return (error instanceof SuiteFault ? "" : who + " threw ") + describe(error);
    }

    /** What every tool can print: a cause whose text throws would cost Surefire the whole test. */
    private static Throwable printable(Throwable cause) {
        StackTraceElement[] frames = new StackTraceElement[0];
        try {
            frames = userFrames(cause.getStackTrace());
            cause.setStackTrace(frames);
            StringWriter printed = new StringWriter();
            cause.printStackTrace(new PrintWriter(printed));
            String text = printed.toString();
            // Surefire writes what XML forbids, such as U+FFFE, as it is, and nobody can read the report then.
            if (text.length() <= LONGEST_TRACE && text.equals(Visible.inXml(text))) {
                return cause;
            }
        } catch (Throwable hostile) {
            // told by its description
        }
        return new StandIn(describe(cause), frames);
    }

    /** Is printed as what it stands for. */
    private static final class StandIn extends RuntimeException {
        private static final long serialVersionUID = 1;

        StandIn(String description, StackTraceElement[] frames) {
            super(Visible.inXml(description), null, false, true);
            setStackTrace(frames);
        }

        @Override
        public String toString() {
            return getMessage();
        }
    }

    /** The frames above the engine's, and above those by which it calls; all of them, where the engine itself broke. */
    private static StackTraceElement[] userFrames(StackTraceElement[] frames) {
        int end = 0;
        while (end < frames.length && !frames[end].getClassName().startsWith("org.juniteval.engine.")) {
            end++;
        }
        while (end > 0 && isReflection(frames[end - 1].getClassName())) {
            end--;
        }
        return end == 0 ? frames : Arrays.copyOf(frames, end);
    }

    private static boolean isReflection(String className) {
        return className.startsWith("java.lang.reflect.") || className.startsWith("jdk.internal.reflect.");
    }

    /** A throwable's message alone; where it has none, what {@link #describe} says. */
    public static String messageOf(Throwable error) {
        try {
            String message = error.getMessage();
            return message == null ? describe(error) : message;
        } catch (Throwable broken) {
            return describe(error);
        }
    }

    /** What a throwable says of itself, also one that throws when it is asked, or says megabytes. */
    public static String describe(Throwable error) {
        String text;
        try {
            text = error.toString();
            if (text == null) {
                text = error.getClass().getName() + " (its toString() returns null)";
            }
        } catch (Throwable broken) {
            text = error.getClass().getName() + " (its toString() throws "
                    + broken.getClass().getName() + ")";
        }
        return cut(text);
    }

    /** As much of a text as a message holds. */
    static String cut(String text) {
        return text.length() <= LONGEST
                ? text
                : Cut.toWords(text.substring(0, LONGEST)) + "… (" + text.length() + " characters)";
    }
}
