package org.juniteval.engine.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The threads that samples run on, and their supervisor.
 *
 * <p>Each thread takes the next sample when it is free, so the number of threads is the exact bound of samples in
 * flight, whatever blocks inside of them, and nothing waits in a queue whose start has been reported. (A fork-join pool
 * makes up for blocked threads by more threads: 8 configured became 196 at the server.) The thread that called
 * {@code execute} tells the Platform what happens; a thread of its own supervises: it interrupts samples at their
 * deadline, gives up those that do not end then, replaces their threads, and passes on that the run was cancelled.
 */
final class Workers {

    /** How long a sample may take to end once it was interrupted. */
    private static final Duration GRACE = Duration.ofSeconds(1);

    /** How often the supervisor looks. */
    private static final Duration TICK = Duration.ofMillis(20);

    /** What the threads do. */
    interface Work {

        /** Takes and runs samples until there are none, or until the thread was given up. */
        void drain();

        /** A thread ended by an error that is none of the samples'. */
        void failed(Throwable error);

        /** So many threads were given up and still run. */
        void abandoned(List<Thread> alive);

        /** All threads have ended, but for those that were given up. */
        void ended();
    }

    private final Threads threads;
    private final Work work;
    private final List<Attempt> attempts = new ArrayList<>();
    private final List<Thread> abandoned = new ArrayList<>();
    private final List<Thread> outsideOfSamples = new ArrayList<>();
    private int most;
    private int wanted;
    private int running;
    private Optional<Attempt.Cut> cut = Optional.empty();

    Workers(Threads threads, Work work) {
        this.threads = threads;
        this.work = work;
    }

    /** Starts the work on so many threads at most. */
    void start(int most, BooleanSupplier cancelled, Runnable onCancelled) {
        synchronized (this) {
            this.most = most;
        }
        another();
        Thread supervisor = new Thread(
                () -> {
                    try {
                        supervise(cancelled, onCancelled);
                    } catch (Throwable error) {
                        work.failed(error);
                    } finally {
                        work.ended();
                    }
                },
                "eval-supervisor");
        supervisor.setDaemon(true);
        supervisor.start();
    }

    private void supervise(BooleanSupplier cancelled, Runnable onCancelled) {
        boolean told = false;
        for (int more = toStart(); more >= 0; more = toStart()) {
            for (int i = 0; i < more; i++) {
                start(this::work);
            }
            if (!told && cancelled.getAsBoolean()) {
                told = true;
                onCancelled.run();
            }
            supervise(System.nanoTime());
            awaitNews();
        }
    }

    /**
     * One more thread would find something to do: said whenever a sample was taken and others are left, so that no more
     * threads are started than there are samples, however many are allowed. The supervisor starts it, from whom it
     * inherits nothing that a sample has left behind.
     */
    synchronized void another() {
        if (running + wanted < most) {
            wanted++;
            notifyAll();
        }
    }

    /** How many threads are to be started now; negative when all is done. */
    private synchronized int toStart() {
        if (running + wanted == 0) {
            return -1;
        }
        int more = wanted;
        running += more;
        wanted = 0;
        return more;
    }

    /** Waits for a while, or until something is to be done. An interrupt of the supervisor is none of its own. */
    private synchronized void awaitNews() {
        if (running > 0 && wanted == 0) {
            try {
                wait(TICK.toMillis());
            } catch (InterruptedException nobodys) {
                // looks again
            }
        }
    }

    private void start(Runnable task) {
        try {
            threads.start(task);
        } catch (Throwable error) { // no more native threads
            work.failed(error);
            ended();
        }
    }

    private void work() {
        work(() -> {});
    }

    private void work(Runnable first) {
        try {
            first.run();
            work.drain();
        } catch (Throwable error) {
            work.failed(error);
        } finally {
            ended();
        }
    }

    private synchronized void ended() {
        if (abandoned.contains(Thread.currentThread())) {
            return; // its place was given to another thread
        }
        running--;
        notifyAll();
    }

    /** The current thread starts a sample. */
    Attempt begin(Duration timeout, Runnable onAbandoned) {
        Attempt attempt = new Attempt(System.nanoTime() + timeout.toNanos(), onAbandoned);
        synchronized (this) {
            attempts.add(attempt);
            cut.ifPresent(why -> attempt.interrupt(why, System.nanoTime()));
        }
        return attempt;
    }

    /** The current thread has ended a sample; false if it was given up and must end itself. */
    boolean end(Attempt attempt) {
        boolean counts = attempt.end();
        synchronized (this) {
            attempts.remove(attempt);
        }
        return counts;
    }

    /** What a suite does before and after its samples. */
    interface SuiteCode {
        void run() throws Throwable;
    }

    /**
     * Runs what a suite does before or after its samples on the current thread. It has no deadline and is not given up;
     * when the run is cancelled meanwhile it is interrupted. What begins later is let be: it tidies up.
     */
    void outsideOfSamples(SuiteCode code) throws Throwable {
        Thread thread = Thread.currentThread();
        synchronized (this) {
            outsideOfSamples.add(thread);
        }
        try {
            code.run();
        } finally {
            synchronized (this) {
                outsideOfSamples.remove(thread);
                Thread.interrupted();
            }
        }
    }

    /** Interrupts all that runs, and all samples that start from now on. */
    synchronized void interruptAll() {
        cut = Optional.of(Attempt.Cut.CANCELLED);
        long now = System.nanoTime();
        attempts.forEach(attempt -> attempt.interrupt(Attempt.Cut.CANCELLED, now));
        outsideOfSamples.forEach(Thread::interrupt);
    }

    private void supervise(long now) {
        List<Attempt> running;
        synchronized (this) {
            running = List.copyOf(attempts);
        }
        for (Attempt attempt : running) {
            attempt.checkDeadline(now);
            synchronized (this) {
                if (attempt.overdue(now, GRACE.toNanos())) {
                    attempts.remove(attempt);
                    abandoned.add(attempt.thread());
                } else {
                    continue;
                }
            }
            work.abandoned(alive());
            // Told by the thread that takes over: what follows, up to the end of a suite, is not to hold up the
            // deadlines of the others.
            start(() -> work(attempt::tellAbandoned));
        }
    }

    /** The threads that were given up and still run. */
    synchronized List<Thread> alive() {
        return abandoned.stream().filter(Thread::isAlive).toList();
    }

    /** How many samples are running. */
    synchronized int inFlight() {
        return attempts.size();
    }
}
