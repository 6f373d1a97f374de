package org.juniteval.engine.run;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * One sample that runs on one thread: decides, once, whether the thread's own result counts or the supervisor's. Between
 * the two an interrupt is given, and it never reaches the next sample of the thread.
 */
final class Attempt {

    /** Why a running sample is cut off. */
    enum Cut {
        DEADLINE,
        CANCELLED
    }

    private final Thread thread = Thread.currentThread();
    private final ClassLoader contextClassLoader = thread.getContextClassLoader();
    private long deadline;
    private OptionalLong waitingSince = OptionalLong.empty();
    private final Runnable onAbandoned;
    private Optional<Cut> cut = Optional.empty();
    private long interruptedAt;
    private boolean over;

    /**
     * The current thread starts a sample. An interrupt that came between two samples is nobody's.
     *
     * @param deadline the {@link System#nanoTime()} at which the thread is interrupted
     * @param onAbandoned what is done when the thread does not end then
     */
    Attempt(long deadline, Runnable onAbandoned) {
        this.deadline = deadline;
        this.onAbandoned = onAbandoned;
        Thread.interrupted();
    }

    /** Whether the result of the call in hand still counts. */
    synchronized boolean live() {
        return !over && cut.isEmpty();
    }

    /** Why it was cut off, if it was. */
    synchronized Optional<Cut> cut() {
        return cut;
    }

    /**
     * The sample's thread says that it is through; false if it was given up meanwhile. What the sample did to its
     * thread, an interrupt or another context class loader, is not for the next one.
     */
    synchronized boolean end() {
        if (over) {
            return false;
        }
        over = true;
        Thread.interrupted();
        thread.setContextClassLoader(contextClassLoader);
        return true;
    }

    /** Interrupts the thread at its deadline. */
    synchronized void checkDeadline(long now) {
        if (waitingSince.isEmpty() && now - deadline >= 0) {
            interrupt(Cut.DEADLINE, now);
        }
    }

    /** The sample begins to wait for another process, which is not its own time. */
    synchronized void waits(long now) {
        waitingSince = OptionalLong.of(now);
    }

    /**
     * The sample goes on, and has as much time left as before.
     *
     * @return for how many nanoseconds it has waited
     */
    synchronized long goesOn(long now) {
        long waited = now - waitingSince.orElse(now);
        waitingSince = OptionalLong.empty();
        deadline += waited;
        return waited;
    }

    synchronized void interrupt(Cut why, long now) {
        if (!over && cut.isEmpty()) {
            cut = Optional.of(why);
            interruptedAt = now;
            thread.interrupt();
        }
    }

    /** Gives the thread up, if it did not end within the grace after its interrupt. */
    synchronized boolean overdue(long now, long grace) {
        if (over || cut.isEmpty() || now - interruptedAt < grace) {
            return false;
        }
        over = true;
        return true;
    }

    /** Does what is to be done for a thread that was given up. */
    void tellAbandoned() {
        onAbandoned.run();
    }

    Thread thread() {
        return thread;
    }
}
