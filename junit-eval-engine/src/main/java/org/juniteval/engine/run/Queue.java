package org.juniteval.engine.run;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The one queue of samples: suites in their order, in each the evals, variants, cases and samples in theirs. It is read
 * lazily, row by row, by the threads that have nothing else to do. Samples whose answer another process is just asking
 * for stand at its end and are looked at again. A suite is opened when all samples of those before it were taken, not
 * when they have ended; only a suite with {@code @BeforeAll} or {@code @AfterAll} overlaps no other.
 */
final class Queue {

    /** How soon a sample that another process holds is looked at again. */
    static final Duration POLL = Duration.ofMillis(25);

    private record Deferred(SampleJob job, long notBefore) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Iterator<SuiteRun> suites;
    private final Runnable more;
    private final Deque<Deferred> deferred = new ArrayDeque<>();
    private final List<SuiteRun> opened = new ArrayList<>();
    private Optional<SuiteRun> current = Optional.empty();
    private Optional<SuiteRun> next = Optional.empty();
    private volatile boolean closed;

    /** @param more what is told whenever a sample was taken and others are left */
    Queue(List<SuiteRun> suites, Runnable more) {
        this.suites = suites.iterator();
        this.more = more;
    }

    /**
     * The next sample; empty when there is none left. Waits where the only ones left must wait. An interrupt that comes
     * now, from a watchdog of some client that is late, is none of the run's.
     */
    Optional<SampleJob> take() {
        lock.lock();
        try {
            while (!closed) {
                long now = System.nanoTime();
                if (!deferred.isEmpty() && deferred.peek().notBefore() - now <= 0) {
                    return taken(deferred.poll().job());
                }
                if (current.isPresent() && current.get().jobs().hasNext()) {
                    return taken(current.get().jobs().next());
                }
                if (next.isEmpty() && suites.hasNext()) {
                    next = Optional.of(suites.next());
                }
                if (next.isPresent() && mayOpen(next.get())) {
                    current = next;
                    next = Optional.empty();
                    opened.add(current.get());
                    current.get().open();
                    continue;
                }
                if (!deferred.isEmpty()) {
                    await(deferred.peek().notBefore() - now);
                } else if (next.isPresent()) {
                    await(POLL.toNanos());
                } else {
                    return Optional.empty();
                }
            }
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private Optional<SampleJob> taken(SampleJob job) {
        if (!deferred.isEmpty()
                || current.isPresent() && current.get().jobs().hasNext()
                || next.isPresent()
                || suites.hasNext()) {
            more.run();
        }
        return Optional.of(job);
    }

    private void await(long nanos) {
        try {
            changed.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException nobodys) {
            // looks again
        }
    }

    /**
     * The run broke: nothing is left, and nobody waits any more for a suite to end. Waits for no lock, because a suite
     * is opened under it and its own code may take its time.
     */
    void close() {
        closed = true;
    }

    private boolean mayOpen(SuiteRun suite) {
        opened.removeIf(SuiteRun::closed);
        return suite.alone() ? opened.isEmpty() : opened.stream().noneMatch(SuiteRun::alone);
    }

    /** Puts a sample to the end, to be looked at again in a moment. */
    void defer(SampleJob job) {
        lock.lock();
        try {
            deferred.add(new Deferred(job, System.nanoTime() + POLL.toNanos()));
        } finally {
            lock.unlock();
        }
    }

    /** How many samples wait for another process. */
    int waiting() {
        return deferred.size();
    }

    /** A suite has ended that others may wait for. */
    void signal() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
