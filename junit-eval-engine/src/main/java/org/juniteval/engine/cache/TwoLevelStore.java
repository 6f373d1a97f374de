package org.juniteval.engine.cache;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A local store with a remote one behind it. What is missing locally is asked for remotely, and kept locally; what is
 * stored is stored in both, remotely in the background, so that no sample waits for it. Closing sends what is still to
 * be sent, for a limited time. Leases and near entries are the local store's.
 */
public final class TwoLevelStore implements Store {

    private static final Duration LAST_SENDING = Duration.ofSeconds(30);
    private static final int SENDERS = 4;

    /** A server that falls behind by so many is too slow for the run: answers are not kept in memory for it. */
    private static final int WAITING = 1_000;

    /** Enough for a sample to ask once and not again after it has got its lease; memory stays flat over any number. */
    private static final int REMEMBERED = 10_000;

    private final Store local;
    private final Store remote;
    private final Duration lastSending;
    private final Warnings warnings = new Warnings();
    private final Set<String> missed = ConcurrentHashMap.newKeySet();
    private final ThreadPoolExecutor senders;
    private volatile boolean broken;

    private TwoLevelStore(Store local, Store remote, Duration lastSending) {
        this.local = local;
        this.remote = remote;
        this.lastSending = lastSending;
        this.senders = new ThreadPoolExecutor(
                SENDERS, SENDERS, 1, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), sending -> {
                    var thread = new Thread(sending, "eval-cache-sender");
                    thread.setDaemon(true);
                    return thread;
                });
        senders.allowCoreThreadTimeOut(true);
    }

    /**
     * The two as one.
     *
     * @param local what is asked first, and has the leases
     * @param remote what is asked for the rest; closing the result closes both
     */
    public static Store of(Store local, Store remote) {
        return of(local, remote, LAST_SENDING);
    }

    /** @param lastSending how long closing may send what is still to be sent */
    static Store of(Store local, Store remote, Duration lastSending) {
        return new TwoLevelStore(local, remote, lastSending);
    }

    @Override
    public Lookup get(EntryKey key) {
        var here = local.get(key);
        if (here instanceof Lookup.Hit || broken || missed.contains(key.fingerprint())) {
            return here;
        }
        if (askRemote(key) instanceof Lookup.Hit hit) {
            // Under the key that was asked for: what a server says of itself names no place here.
            local.copy(new Entry(key, hit.entry().created(), hit.entry().payload()));
            return hit;
        }
        if (missed.size() >= REMEMBERED) {
            missed.clear();
        }
        missed.add(key.fingerprint());
        return here;
    }

    private Lookup askRemote(EntryKey key) {
        try {
            return remote.get(key);
        } catch (RuntimeException | LinkageError e) {
            broke(e);
            return new Lookup.Miss();
        }
    }

    @Override
    public void put(EntryKey key, ObjectNode payload) {
        local.put(key, payload);
        // A copy, because scorers may be given parts of the original, and change them.
        var copy = payload.deepCopy();
        inBackground(key, () -> remote.put(key, copy));
    }

    @Override
    public void copy(Entry entry) {
        local.copy(entry);
        var copy = new Entry(entry.key(), entry.created(), entry.payload().deepCopy());
        inBackground(entry.key(), () -> remote.copy(copy));
    }

    private void inBackground(EntryKey key, Runnable sending) {
        if (broken) {
            return;
        }
        try {
            senders.execute(() -> {
                try {
                    sending.run();
                } catch (RuntimeException | LinkageError e) {
                    broke(e);
                }
            });
        } catch (RejectedExecutionException full) {
            warnings.of(
                    "not sent",
                    key.fingerprint(),
                    "The answer of " + key.eval() + ", case " + key.caseId() + ", " + key.part()
                            + ", is kept locally only: the remote cache is slower than the run, and " + WAITING
                            + " answers wait to be sent.");
        }
    }

    /** By a store that somebody brought along: those here do not throw. Its message may say more than it should. */
    private void broke(Throwable e) {
        broken = true;
        warnings.once(
                "broken",
                "The remote cache is left alone for the rest of the run: its store threw "
                        + e.getClass().getName()
                        + Stream.of(e.getStackTrace())
                                .findFirst()
                                .map(at -> " at " + at)
                                .orElse("")
                        + ". Answers come from the local cache, and new ones are kept there only.");
    }

    @Override
    public Optional<Lease> lease(EntryKey key) {
        return local.lease(key);
    }

    @Override
    public Optional<Entry> near(EntryKey key) {
        return local.near(key);
    }

    @Override
    public List<String> warnings() {
        return Stream.of(local.warnings(), remoteWarnings(), warnings.drain())
                .flatMap(List::stream)
                .toList();
    }

    private List<String> remoteWarnings() {
        try {
            return List.copyOf(remote.warnings());
        } catch (RuntimeException | LinkageError e) {
            broke(e);
            return List.of();
        }
    }

    @Override
    public void close() {
        senders.shutdown();
        try {
            if (!senders.awaitTermination(lastSending.toNanos(), TimeUnit.NANOSECONDS)) {
                notSent(lastSending.toSeconds() + " s after the run's end");
            }
        } catch (InterruptedException e) {
            notSent("when the run was interrupted");
            Thread.currentThread().interrupt();
        }
        try {
            remote.close();
        } catch (RuntimeException | LinkageError e) {
            broke(e);
        }
        local.close();
    }

    private void notSent(String when) {
        int left = senders.getActiveCount() + senders.shutdownNow().size();
        warnings.once(
                "last sending",
                left + " answers are kept locally only: they were not yet sent to the remote cache " + when + ".");
    }
}
