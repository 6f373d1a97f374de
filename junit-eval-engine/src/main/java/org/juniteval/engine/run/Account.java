package org.juniteval.engine.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.juniteval.engine.cache.CacheMode;
import org.juniteval.engine.record.EvalName;
import org.juniteval.engine.record.EvalRecord;
import org.juniteval.engine.record.SampleRecord;
import org.juniteval.engine.record.Status;
import org.juniteval.engine.statistics.Wilson;
import org.juniteval.engine.verdict.Tally;

/** What one run did for an eval, or for one of its variants, and what came of it; call in order. */
final class Account {

    private final Run run;
    private final EvalName name;
    private final Memory.OfVariant memory;
    private final Map<String, Integer> whyCalled = new TreeMap<>();
    private final List<String> abandoned = new ArrayList<>();
    private Optional<Instant> firstStart = Optional.empty();
    private Instant lastEnd = Instant.now();
    private long cached;
    private long called;
    private long retried;
    private long remembered;
    private long notRun;
    private int missing;

    Account(Run run, EvalName name, Memory.OfVariant memory) {
        this.run = run;
        this.name = name;
        this.memory = memory;
    }

    /** Enters a sample that this run has ended. */
    void enter(int caseIndex, SampleRecord record, Optional<Throwable> error, Duration duration, double paid) {
        memory.tally.add(caseIndex, record);
        memory.remember(caseIndex, record, error);
        run.sampleEnded(record.status() == Status.FAULT);
        lastEnd = Instant.now();
        Instant start = lastEnd.minus(duration);
        firstStart =
                Optional.of(firstStart.filter(first -> first.isBefore(start)).orElse(start));
        switch (record.source()) {
            case CACHED -> cached++;
            case CALLED -> called++;
            default -> {}
        }
        if (record.status() == Status.NOT_RUN) {
            notRun++;
        }
        memory.spending.add(record.measures(), paid);
    }

    /** A sample's outcome is remembered from an earlier run in this JVM. */
    void remembered() {
        remembered++;
        run.sampleEnded(false);
    }

    /** A sample is needed for a verdict or a gate, and is nowhere to be had without a call. */
    void enterMissing() {
        missing++;
    }

    int missing() {
        return missing;
    }

    /**
     * A sample is called; counts why its answer was not in the cache, where there was one like it.
     *
     * @param again whether it faulted when it was last called
     */
    void called(Optional<String> why, boolean again) {
        why.ifPresent(text -> whyCalled.merge(text, 1, Integer::sum));
        retried += again ? 1 : 0;
    }

    /** A sample's call did not end. */
    void abandoned(String sample) {
        abandoned.add(sample);
    }

    /**
     * The figures of all samples that are known.
     *
     * @param remarks what the user should read of them
     */
    EvalRecord summary(Optional<AnswerCache> cache, List<String> remarks) {
        Tally tally = memory.tally;
        long passed = tally.count(Status.PASSED);
        long finished = tally.finished();
        // A faulted sample would have passed or not: the interval is wide enough for both.
        OptionalDouble low = finished == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Wilson.interval(passed, finished, 0.95).low());
        OptionalDouble high = finished == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(Wilson.interval(passed + tally.count(Status.FAULT), finished, 0.95)
                        .high());
        return new EvalRecord(
                name,
                tally.cases(),
                tally.completeCases(),
                finished,
                passed,
                tally.count(Status.MISSED),
                tally.count(Status.TOLERATED),
                tally.count(Status.FAULT),
                tally.count(Status.NOT_SCORED),
                notRun,
                tally.scorers().stream().map(tally::figures).toList(),
                cached,
                called,
                retried,
                remembered,
                cache.map(AnswerCache::covers).orElse(""),
                firstStart.orElse(lastEnd),
                Duration.between(firstStart.orElse(lastEnd), lastEnd),
                memory.spending.inputTokens(),
                memory.spending.outputTokens(),
                memory.spending.cost(),
                memory.spending.spent(),
                tally.medianLatency(),
                memory.highlights.worst(),
                memory.highlights.flaky(),
                memory.highlights.flakyCount(),
                low,
                high,
                notes(cache, remarks));
    }

    private List<String> notes(Optional<AnswerCache> cache, List<String> remarks) {
        List<String> all = new ArrayList<>(remarks);
        whyCalled.forEach((why, count) -> all.add(count + " called: " + why));
        cache.map(AnswerCache::notes).ifPresent(all::addAll);
        CacheMode mode = run.settings().cacheMode();
        if (mode == CacheMode.OFF) {
            all.add("the cache is off: a rerun in another JVM draws new samples and biases the verdict");
        } else if (mode != CacheMode.AUTO && called > 0) {
            all.add("with " + Settings.CACHE_MODE + " = " + mode
                    + " a rerun in another JVM draws new samples and biases the verdict");
        }
        if (!abandoned.isEmpty()) {
            all.add((abandoned.size() == 1 ? "1 call" : abandoned.size() + " calls")
                    + " did not end when " + (abandoned.size() == 1 ? "it was" : "they were") + " interrupted and "
                    + (abandoned.size() == 1 ? "was" : "were") + " given up: " + String.join(", ", abandoned));
        }
        List<String> redacted = new ArrayList<>(run.redaction().lines(all));
        redacted.addAll(run.takeNotes());
        return redacted;
    }
}
