package org.juniteval.engine.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.juniteval.engine.cache.EntryKey;
import org.juniteval.engine.cache.Lease;
import org.juniteval.engine.dataset.Row;
import org.juniteval.engine.record.Measures;
import org.juniteval.engine.record.SampleRecord.Source;
import org.juniteval.engine.suite.EvalDefinition;
import org.juniteval.engine.suite.ScorerDefinition;
import org.juniteval.engine.suite.SuiteFault;
import org.juniteval.engine.verdict.Answer;
import org.juniteval.engine.verdict.EvalFault;
import org.juniteval.engine.verdict.SampleVerdict;
import org.juniteval.engine.verdict.ScorerOutcome;
import org.opentest4j.TestAbortedException;

/**
 * One sample of one case: remembered, read from the cache, or called; then scored.
 *
 * <p>A sample that nobody asked to see is only looked up, so that a verdict or a gate can be judged by itself: it has no
 * node, and it calls nothing.
 */
final class SampleJob {

    private final CaseRun of;
    private final VariantRun variant;
    private final int sample;
    private final boolean shown;
    private long busySince;

    SampleJob(CaseRun of, int sample, boolean shown) {
        this.of = of;
        this.variant = of.variant();
        this.sample = sample;
        this.shown = shown;
    }

    int sample() {
        return sample;
    }

    boolean shown() {
        return shown;
    }

    /** What came of the sample, for the accounts. */
    record Result(
            JsonNode input,
            Answer answer,
            Source source,
            Measures measures,
            List<JsonNode> trace,
            double paid,
            Duration latency,
            Optional<String> fingerprint,
            Optional<String> changed,
            Optional<JsonNode> output,
            Instant started,
            Duration duration,
            Output printed) {

        static Result notRun(JsonNode input, String reason) {
            return without(input, new Answer.NotRun(reason));
        }

        static Result without(JsonNode input, Answer answer) {
            return new Result(
                    input,
                    answer,
                    Source.NONE,
                    Measures.NONE,
                    List.of(),
                    0,
                    Duration.ZERO,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Instant.now(),
                    Duration.ZERO,
                    Output.NONE);
        }
    }

    /**
     * Runs the sample, or puts it off.
     *
     * @return false if this thread was given up meanwhile and must end
     */
    boolean process() {
        Optional<String> stopped = variant.run().stopped();
        if (stopped.isPresent()) {
            of.ended(this, Result.notRun(of.row().input(), stopped.get()));
            return true;
        }
        if (of.remembers(this)) {
            of.endedBefore(this);
            return true;
        }
        Optional<AnswerCache> cache = variant.cache();
        JsonNode input = variant.eval().boundInput(of.row());
        if (cache.isEmpty()) {
            return shown
                    ? new Execution(
                                    input,
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    Optional.empty(),
                                    false)
                            .run()
                    : missing();
        }
        EntryKey key = cache.get().key(of.row(), input, variant.variant(), sample);
        Optional<ObjectNode> hit = cache.get().get(key);
        if (hit.isPresent()) {
            return new Execution(input, Optional.of(key), hit, Optional.empty(), Optional.empty(), false).run();
        }
        if (!shown) {
            return missing();
        }
        if (variant.replays()) {
            of.ended(this, Result.without(input, new Answer.Fault(replayText(cache.get(), key), Optional.empty())));
            return true;
        }
        Optional<Lease> lease = cache.get().lease(key);
        if (lease.isEmpty() && !waitedLongEnough()) {
            variant.run().queue().defer(this);
            return true;
        }
        // Whoever held the lease may just have stored the answer.
        hit = cache.get().get(key);
        Optional<String> changed =
                hit.isPresent() ? Optional.empty() : cache.get().explain(key);
        boolean again = hit.isEmpty() && cache.get().faultedBefore(of.row(), variant.variant(), sample);
        if (changed.isPresent() || again) {
            variant.run().tree().inOrder(() -> variant.account().called(changed, again));
        }
        return new Execution(input, Optional.of(key), hit, changed, lease, again).run();
    }

    private boolean missing() {
        of.missing(this);
        return true;
    }

    private static String replayText(AnswerCache cache, EntryKey key) {
        return "replay: no stored answer"
                + cache.explain(key).map(why -> "; of the nearest one " + why).orElse("")
                + "; run once with " + Settings.CACHE_MODE + " = auto and keep the cache";
    }

    /** Paying twice beats hanging. */
    private boolean waitedLongEnough() {
        long now = System.nanoTime();
        if (busySince == 0) {
            busySince = now;
        }
        if (now - busySince
                < variant.run().settings().cacheWait(variant.timeout()).toNanos()) {
            return false;
        }
        variant.run()
                .note("another process holds the lease of a sample for longer than " + Settings.CACHE_WAIT
                        + "; it was called here as well");
        return true;
    }

    /** The part of a sample that has a node, a deadline and user code in it. */
    private final class Execution {
        private final JsonNode input;
        private final Optional<EntryKey> key;
        private final Optional<ObjectNode> hit;
        private final Optional<String> changed;
        private final Optional<Lease> lease;
        private final boolean again;
        private final Redaction redaction = variant.run().redaction();
        private final EvalDefinition eval = variant.eval();
        private final Row row = of.row();
        private final Instant started = Instant.now();
        private final long startedNanos = System.nanoTime();
        private final Telling telling =
                new Telling(variant.eval().suite().name(), of.row().id(), sample, started.plus(variant.timeout()));
        private OutputCapture.Buffers printed;
        private volatile Attempt attempt;
        private volatile String doing;
        private volatile Duration latency = Duration.ZERO;
        private volatile Optional<JsonNode> output = Optional.empty();

        Execution(
                JsonNode input,
                Optional<EntryKey> key,
                Optional<ObjectNode> hit,
                Optional<String> changed,
                Optional<Lease> lease,
                boolean again) {
            this.input = input;
            this.key = key;
            this.hit = hit;
            this.changed = changed;
            this.lease = lease;
            this.again = again;
            this.doing = "@Eval " + eval.name();
        }

        boolean run() {
            Answer answer;
            SampleVerdict verdict;
            boolean counts;
            try {
                if (shown) {
                    of.started(SampleJob.this);
                }
                printed = OutputCapture.begin();
                attempt = variant.run().workers().begin(variant.timeout(), this::abandoned);
                try {
                    answer = answer();
                } catch (TestAbortedException aborted) {
                    answer = new Answer.NotRun(EvalFault.messageOf(aborted));
                } catch (Throwable error) {
                    answer = new Answer.Fault(EvalFault.told(doing, error), Optional.of(error));
                }
                if (attempt.live()) {
                    doing = answer instanceof Answer.Fault fault
                            ? "telling that " + fault.message()
                            : "telling what came of the sample";
                }
                verdict = of.judge(answer);
                counts = variant.run().workers().end(attempt);
                if (counts) {
                    if (attempt.cut().isPresent()) {
                        answer = cutOff(attempt.cut().get());
                        verdict = of.judge(answer);
                    }
                    keepInMind(answer);
                }
            } finally {
                OutputCapture.end();
                lease.ifPresent(Lease::close);
            }
            if (counts) {
                of.ended(SampleJob.this, result(answer), verdict);
            }
            return counts;
        }

        private Answer answer() throws Throwable {
            JsonNode stored;
            if (hit.isPresent()) {
                StoredAnswer answer = StoredAnswer.ofJson(hit.get());
                telling.recall(answer.measures(), answer.trace());
                latency = answer.latency();
                stored = answer.output();
            } else {
                stored = call();
                // What the eval leaves behind is not the scorers', unless the sample was cut off.
                Thread.interrupted();
                if (!attempt.live()) {
                    return new Answer.Fault("late", Optional.empty());
                }
                if (key.isPresent()) {
                    StoredAnswer answer =
                            new StoredAnswer(stored, telling.measures(), latency, redaction.json(telling.traces()));
                    variant.cache()
                            .orElseThrow()
                            .putAnswer(
                                    key.get(),
                                    answer.toJson(
                                            redaction.json(input),
                                            variant.variant().name()));
                    if (again) {
                        variant.cache().orElseThrow().recovered(row, variant.variant(), sample);
                    }
                }
            }
            output = Optional.of(stored);
            return score(stored);
        }

        /** Of a call that came to no answer nothing is stored but that. */
        private void keepInMind(Answer answer) {
            if (answer instanceof Answer.Fault && hit.isEmpty() && output.isEmpty()) {
                variant.cache().ifPresent(cache -> cache.faulted(row, variant.variant(), sample));
            }
        }

        private JsonNode call() throws Throwable {
            long before = System.nanoTime();
            Object result;
            try {
                result = eval.call(variant.instance(), row, variant.variant(), telling);
            } finally {
                latency = Duration.ofNanos(System.nanoTime() - before);
            }
            doing = "storing the output of @Eval " + eval.name();
            return eval.store(result, redaction::json);
        }

        private Answer score(JsonNode stored) throws SuiteFault {
            doing = "reading the stored output of @Eval " + eval.name();
            Object restored = eval.restore(stored);
            boolean mayCall = shown && !variant.replays();
            List<ScorerOutcome> outcomes = new ArrayList<>();
            for (ScorerDefinition scorer : eval.scorers()) {
                doing = "@Scorer " + scorer.name();
                // Each scorer gets an output of its own: one that changes it must not change what the next one sees.
                Object own = outcomes.isEmpty() ? restored : eval.restore(stored);
                outcomes.add(new ScorerRun(
                                scorer,
                                variant.instance(),
                                row,
                                variant.variant(),
                                stored,
                                telling,
                                variant.cache(),
                                redaction,
                                mayCall,
                                variant.run()
                                        .settings()
                                        .cacheWait(variant.timeout())
                                        .toNanos(),
                                attempt)
                        .run(own));
                // What one scorer leaves behind is not the next one's, unless the sample was cut off.
                Thread.interrupted();
                if (!attempt.live()) {
                    return new Answer.Fault("late", Optional.empty());
                }
            }
            return new Answer.Scored(stored, outcomes);
        }

        private Answer cutOff(Attempt.Cut cut) {
            return cut == Attempt.Cut.CANCELLED
                    ? new Answer.NotRun(variant.run().stopped().orElse("the run was cancelled"))
                    : new Answer.Fault(timedOut(), Optional.empty());
        }

        private String timedOut() {
            return "timed out after " + seconds(variant.timeout()) + " in " + doing + "; " + Settings.TIMEOUT
                    + " or @Timeout give it more";
        }

        /** The thread does not end: shows where it is. Called by the thread that takes over. */
        private void abandoned() {
            String stack = Arrays.stream(attempt.thread().getStackTrace())
                    .limit(50)
                    .map(frame -> "\n    at " + frame)
                    .collect(Collectors.joining());
            if (latency.isZero()) {
                latency = Duration.ofNanos(System.nanoTime() - startedNanos);
            }
            Answer answer = attempt.cut().orElseThrow() == Attempt.Cut.CANCELLED
                    ? new Answer.NotRun(
                            variant.run().stopped().orElse("the run was cancelled") + "; its call does not end")
                    : new Answer.Fault(
                            timedOut() + "\nIt did not end when it was interrupted and was given up; its thread was at"
                                    + stack,
                            Optional.empty());
            keepInMind(answer);
            lease.ifPresent(Lease::close);
            variant.run()
                    .tree()
                    .inOrder(() -> variant.account().abandoned(of.row().id() + " [" + sample + "]"));
            of.ended(SampleJob.this, result(answer));
        }

        private List<JsonNode> trace() {
            return Stream.concat(telling.recalledTraces().stream(), redaction.json(telling.traces()).stream())
                    .toList();
        }

        private Result result(Answer answer) {
            Source source =
                    answer instanceof Answer.NotRun ? Source.NONE : hit.isPresent() ? Source.CACHED : Source.CALLED;
            return new Result(
                    input,
                    answer,
                    source,
                    telling.measures(),
                    trace(),
                    telling.paid(),
                    latency,
                    key.map(EntryKey::fingerprint),
                    changed,
                    output,
                    started,
                    Duration.ofNanos(System.nanoTime() - startedNanos),
                    printed.content());
        }
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
