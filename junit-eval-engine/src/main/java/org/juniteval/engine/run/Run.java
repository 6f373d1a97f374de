package org.juniteval.engine.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.juniteval.engine.cache.Archive;
import org.juniteval.engine.cache.CacheMode;
import org.juniteval.engine.cache.ExportFile;
import org.juniteval.engine.cache.FaultMarks;
import org.juniteval.engine.cache.FileStore;
import org.juniteval.engine.cache.Store;
import org.juniteval.engine.cache.TwoLevelStore;
import org.juniteval.engine.redaction.Redactor;
import org.juniteval.engine.slice.ProjectCode;

/** One run: checks all suites, then runs all samples, and leaves a record. */
public final class Run {

    /** How long a JVM that is told to end waits for what is running, so that partial results are written. */
    private static final long SHUTDOWN_SECONDS = 5;

    private final Settings settings;
    private final Memory memory;
    private final Tree tree;
    private final BooleanSupplier cancelled;
    private final Redaction redaction;
    private final Instant started = Clock.systemUTC().instant();

    private final AtomicReference<String> stopped = new AtomicReference<>();
    private final AtomicReference<Throwable> broken = new AtomicReference<>();
    private final Map<Path, Store> stores = new HashMap<>();
    private final Map<ClassLoader, Map<Path, ProjectCode>> codes = new HashMap<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private final AtomicLong total = new AtomicLong();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong faults = new AtomicLong();
    private volatile boolean totalKnown = true;
    private Workers workers;
    private Queue queue;

    /**
     * A run that has not begun.
     *
     * @param cancelled whether whoever asked for the run has taken it back
     */
    public Run(Settings settings, Memory memory, Tree tree, BooleanSupplier cancelled) {
        this.settings = settings;
        this.memory = memory;
        this.tree = tree;
        this.cancelled = cancelled;
        this.redaction = new Redaction(Redactor.of(named(settings), settings.redact()));
    }

    /** What may be secret by its name, wherever it is set. */
    private static Map<String, String> named(Settings settings) {
        Map<String, String> named = new HashMap<>(System.getenv());
        settings.cachePassword().ifPresent(password -> named.put(Settings.CACHE_PASSWORD, password));
        return named;
    }

    /**
     * Runs these suites; returns when all their nodes have ended and all reports are written.
     *
     * @throws Throwable what a listener threw; it ends the run
     */
    public void execute(List<SuitePlan> plans) throws Throwable {
        List<SuiteRun> suites = new ArrayList<>();
        for (SuitePlan plan : plans) {
            suites.add(new SuiteRun(this, plan));
        }
        // Everything that can be wrong is found before the first call is paid for.
        suites.forEach(SuiteRun::check);
        workers = new Workers(new Threads(settings.virtualThreads()), new Samples());
        queue = new Queue(suites, workers::another);
        CountDownLatch ended = new CountDownLatch(1);
        Thread hook = new Thread(() -> {
            cancel("the JVM is shutting down");
            await(ended);
        });
        boolean hooked = addHook(hook);
        OutputCapture.install();
        try {
            workers.start(settings.concurrency(), cancelled, () -> cancel("the run was cancelled"));
            tree.tell(this::breakOff);
            // What could not be brought to where it belongs is to be read as well.
            stores.values().forEach(Store::close);
            tree.notes(takeNotes());
        } finally {
            OutputCapture.uninstall();
            stores.values().forEach(Store::close);
            ended.countDown();
            if (hooked) {
                removeHook(hook);
            }
        }
        if (broken.get() != null) {
            suites.forEach(SuiteRun::letGo);
            throw broken.get();
        }
    }

    private static boolean addHook(Thread hook) {
        try {
            Runtime.getRuntime().addShutdownHook(hook);
            return true;
        } catch (IllegalStateException shuttingDown) {
            return false;
        }
    }

    private static void removeHook(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException shuttingDown) {
            // it runs already, and has seen that the run has ended
        }
    }

    private static void await(CountDownLatch ended) {
        try {
            if (!ended.await(SHUTDOWN_SECONDS, TimeUnit.SECONDS)) {
                Thread.currentThread().interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the threads of the run do. */
    private final class Samples implements Workers.Work {
        @Override
        public void drain() {
            Optional<SampleJob> job = queue.take();
            while (job.isPresent() && job.get().process()) {
                tree.awaitTold();
                job = queue.take();
            }
        }

        @Override
        public void failed(Throwable error) {
            breakOff(error);
        }

        @Override
        public void ended() {
            tree.end();
        }

        @Override
        public void abandoned(List<Thread> alive) {
            if (alive.size() >= Math.max(4, settings.concurrency())) {
                stop(alive.size() + " calls do not end although they were interrupted at their deadline");
            }
        }
    }

    /** Something that is none of the samples' broke: a listener, or the engine itself. */
    private void breakOff(Throwable error) {
        broken.compareAndSet(null, error);
        queue.close();
        cancel("the run broke: " + error);
    }

    private void cancel(String why) {
        stop(why);
        workers.interruptAll();
    }

    private void stop(String why) {
        stopped.compareAndSet(null, why);
    }

    /** Why nothing more is started; empty while the run goes on. */
    Optional<String> stopped() {
        if (stopped.get() == null && cancelled.getAsBoolean()) {
            stop("the run was cancelled");
        }
        return Optional.ofNullable(stopped.get());
    }

    Settings settings() {
        return settings;
    }

    Memory memory() {
        return memory;
    }

    Tree tree() {
        return tree;
    }

    Redaction redaction() {
        return redaction;
    }

    Workers workers() {
        return workers;
    }

    Queue queue() {
        return queue;
    }

    /** The store of the module with this base directory. */
    synchronized Store store(Path baseDirectory) {
        return stores.computeIfAbsent(settings.cacheDir(baseDirectory), this::open);
    }

    /** The marks of the module with this base directory. */
    FaultMarks faultMarks(Path baseDirectory) {
        return FaultMarks.of(settings.cacheDir(baseDirectory), settings.cacheMode());
    }

    private Store open(Path root) {
        CacheMode mode = settings.cacheMode();
        Archive archive = Archive.of(root, started);
        Store local = mode.apply(localStore(root), archive);
        if (mode == CacheMode.OFF) {
            return local;
        }
        // Each level by itself, so that a mode that writes nothing copies nothing from one to the other either.
        return settings.remoteStore()
                .map(remote -> mode.apply(remote, archive))
                .map(remote -> settings.cachePush() ? remote : CacheMode.READ_ONLY.apply(remote, archive))
                .map(remote -> TwoLevelStore.of(local, remote))
                .orElse(local);
    }

    private static Store localStore(Path root) {
        try {
            return Files.isRegularFile(root) ? ExportFile.open(root) : FileStore.open(root);
        } catch (IOException changedMeanwhile) {
            throw new UncheckedIOException(root + ": " + changedMeanwhile.getMessage(), changedMeanwhile);
        }
    }

    /** The code of the module with this base directory. */
    synchronized ProjectCode code(ClassLoader loader, Path baseDirectory) {
        return codes.computeIfAbsent(loader, any -> new HashMap<>())
                .computeIfAbsent(
                        baseDirectory,
                        base -> ProjectCode.of(
                                loader,
                                base,
                                settings.codePackages(),
                                List.of(settings.cacheDir(base), settings.reportDir(base))));
    }

    /** Keeps a line that the user should read with the next summary. */
    synchronized void note(String line) {
        notes.add(line);
    }

    /** The lines that the user was not shown yet. */
    synchronized List<String> takeNotes() {
        stores.values().forEach(store -> notes.addAll(store.warnings()));
        List<String> taken = redaction.lines(List.copyOf(notes));
        notes.clear();
        return taken;
    }

    void expect(long samples) {
        total.addAndGet(samples);
    }

    void cannotTellTotal() {
        totalKnown = false;
    }

    void sampleEnded(boolean fault) {
        done.incrementAndGet();
        if (fault) {
            faults.incrementAndGet();
        }
    }

    /** How many samples have ended. */
    public long done() {
        return done.get();
    }

    /** How many samples there will be; 0 where that cannot be told. */
    public long total() {
        return totalKnown ? total.get() : 0;
    }

    /** How many samples faulted. */
    public long faults() {
        return faults.get();
    }

    /** How many samples are running. */
    public int inFlight() {
        return workers == null ? 0 : workers.inFlight();
    }

    /** How many samples wait for another process to finish the same. */
    public int waiting() {
        return queue == null ? 0 : queue.waiting();
    }
}
