package org.juniteval.engine.platform;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Where many threads leave what one thread is to do. The one takes all that is there at a time, so that neither side pays
 * for each piece by a lock that the other holds.
 */
final class Handover {

    /** How much may be left before those who leave more are to wait. */
    private static final int MUCH = 64;

    private Deque<Runnable> left = new ArrayDeque<>();
    private Deque<Runnable> taken = new ArrayDeque<>();
    private boolean ended;

    synchronized void leave(Runnable piece) {
        left.add(piece);
        if (left.size() == 1) {
            notifyAll();
        }
    }

    /** Nothing more will be left. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Waits while much is left, so that memory stays flat. */
    synchronized void awaitRoom() {
        await(() -> left.size() <= MUCH);
    }

    /** The next piece; waits for it. Empty at the end. For one thread only. */
    Optional<Runnable> take() {
        if (taken.isEmpty()) {
            takeAll();
        }
        return Optional.ofNullable(taken.poll());
    }

    private synchronized void takeAll() {
        await(() -> ended || !left.isEmpty());
        Deque<Runnable> all = left;
        left = taken;
        taken = all;
        notifyAll();
    }

    /** An interrupt must not end the run half-way: it is kept for whoever called. */
    private void await(BooleanSupplier enough) {
        boolean interrupted = false;
        while (!enough.getAsBoolean()) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
