package org.juniteval.engine.report;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * How far a long run has come, told on standard error while it lasts. On a terminal it is one line, drawn again five
 * times a second and wiped away before anything else is printed; elsewhere, if it is asked for, one plain line every ten
 * seconds. A run of less than a second shows nothing.
 */
public final class Progress implements AutoCloseable {

    /** The values of {@code eval.progress}. */
    public enum Mode {
        /** Only where standard error is a terminal. */
        AUTO,
        /** Always. */
        ON,
        /** Never. */
        OFF
    }

    /**
     * Where a run stands.
     *
     * @param done samples finished
     * @param total samples in all; empty until all datasets have been read
     * @param running samples in flight
     * @param waiting samples that another process is working on
     * @param faults samples that faulted
     */
    public record Snapshot(long done, OptionalLong total, int running, int waiting, long faults) {}

    /** Asked for the state of the run, from a thread of its own. */
    @FunctionalInterface
    public interface Source {
        /** The state at this moment. */
        Snapshot snapshot();
    }

    private static final long REDRAW = Duration.ofMillis(200).toNanos();
    private static final long FIRST = Duration.ofSeconds(1).toNanos();
    private static final long PLAIN = Duration.ofSeconds(10).toNanos();
    /** Hits come in a burst before the first calls: only the recent past says how fast the rest will be. */
    private static final long WINDOW = Duration.ofSeconds(10).toNanos();

    private record Mark(long time, long done) {}

    private final PrintStream err;
    private final Source source;
    private final boolean redraws;
    private final int width;
    private final LongSupplier clock;
    private final long start;
    private final Deque<Mark> recent = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private int drawn;
    private long lastLine;
    private volatile boolean closed;

    Progress(PrintStream err, Source source, boolean redraws, int width, LongSupplier clock) {
        this.err = err;
        this.source = source;
        this.redraws = redraws;
        this.width = width;
        this.clock = clock;
        this.start = clock.getAsLong();
        this.lastLine = start;
        recent.add(new Mark(start, 0));
    }

    /**
     * Begins to watch a run.
     *
     * @param err the process's own standard error
     * @param source where the run stands
     * @param mode whether anything is shown
     * @param terminal what standard error is
     */
    public static Progress start(PrintStream err, Source source, Mode mode, Terminal terminal) {
        Progress progress = new Progress(err, source, terminal.error(), terminal.width(), System::nanoTime);
        if (mode == Mode.ON || mode == Mode.AUTO && terminal.error()) {
            Thread thread = new Thread(progress::watch, "eval-progress");
            thread.setDaemon(true);
            thread.start();
        }
        return progress;
    }

    private void watch() {
        while (!closed) {
            tick();
            try {
                Thread.sleep(REDRAW / 1_000_000);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /** Draws what is due now. */
    void tick() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            long now = clock.getAsLong();
            Snapshot snapshot = source.snapshot();
            recent.addLast(new Mark(now, snapshot.done()));
            while (recent.size() > 2 && now - recent.peekFirst().time() > WINDOW) {
                recent.removeFirst();
            }
            if (redraws && now - start >= FIRST) {
                redraw(line(snapshot));
            } else if (!redraws && now - lastLine >= PLAIN) {
                lastLine = now;
                err.println(line(snapshot));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Wipes the line away; it comes back with the next redraw. */
    public void clear() {
        around(() -> {});
    }

    /** Runs something that prints, with the line wiped away before and kept away while it runs. */
    public void around(Runnable printing) {
        lock.lock();
        try {
            if (drawn > 0) {
                err.print("\r" + " ".repeat(drawn) + "\r");
                err.flush();
                drawn = 0;
            }
            printing.run();
        } finally {
            lock.unlock();
        }
    }

    /** Ends the watch and wipes the line away. */
    @Override
    public void close() {
        around(() -> closed = true);
    }

    private void redraw(String line) {
        int columns = Texts.columns(line);
        err.print("\r" + line + " ".repeat(Math.max(0, drawn - columns)));
        err.flush();
        drawn = columns;
    }

    private String line(Snapshot snapshot) {
        List<String> parts = new ArrayList<>();
        parts.add("evals: " + Words.count(snapshot.done())
                + (snapshot.total().isPresent()
                        ? " of " + Words.count(snapshot.total().getAsLong())
                        : ""));
        if (snapshot.faults() > 0) {
            parts.add(Words.count(snapshot.faults(), "fault"));
        }
        double rate = rate();
        if (rate > 0 && snapshot.total().isPresent()) {
            double seconds = (snapshot.total().getAsLong() - snapshot.done()) / rate;
            parts.add(Words.wholeSeconds(Duration.ofSeconds((long) Math.ceil(seconds))) + " left");
        }
        parts.add(Words.count(snapshot.running()) + " running");
        if (snapshot.waiting() > 0) {
            parts.add(Words.count(snapshot.waiting()) + " in another process");
        }
        if (rate > 0) {
            parts.add(Words.rate(rate));
        }
        // A line that reaches the last column wraps, and a wrapped line cannot be drawn over.
        StringBuilder line = new StringBuilder(parts.get(0));
        for (String part : parts.subList(1, parts.size())) {
            if (!redraws || line.length() + 3 + part.length() < width) {
                line.append(" · ").append(part);
            }
        }
        return line.toString();
    }

    /** Samples a second over the recent past. */
    private double rate() {
        Mark first = recent.peekFirst();
        Mark last = recent.peekLast();
        return last.time() == first.time() ? 0 : (last.done() - first.done()) * 1e9 / (last.time() - first.time());
    }
}
