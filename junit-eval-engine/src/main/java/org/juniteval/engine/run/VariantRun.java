package org.juniteval.engine.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.juniteval.engine.cache.CacheMode;
import org.juniteval.engine.dataset.Row;
import org.juniteval.engine.dataset.RowCursor;
import org.juniteval.engine.record.EvalName;
import org.juniteval.engine.record.EvalRecord;
import org.juniteval.engine.record.EvalRecord.CaseFigures;
import org.juniteval.engine.record.GateRecord;
import org.juniteval.engine.record.LeafRecord;
import org.juniteval.engine.record.SampleRecord;
import org.juniteval.engine.record.Status;
import org.juniteval.engine.record.VerdictRecord;
import org.juniteval.engine.statistics.Wilson;
import org.juniteval.engine.suite.EvalDefinition;
import org.juniteval.engine.suite.GateDefinition;
import org.juniteval.engine.suite.Variant;
import org.juniteval.engine.verdict.AggregateJudge;
import org.juniteval.engine.verdict.Judgement;
import org.juniteval.engine.verdict.Rules;
import org.juniteval.engine.verdict.SampleJudge;
import org.juniteval.engine.verdict.Tally;

/**
 * One variant of an eval in a run, or the eval itself where it has no variants: its samples, its accounts, its gates and
 * its summary. Whatever changes the accounts happens in order.
 */
final class VariantRun {

    /** How many failed verdicts a summary is given; it names a few of them. */
    private static final int NAMED = 100;

    private final EvalRun eval;
    private final Variant variant;
    private final Run run;
    private final Rules rules;
    private final SampleJudge sampleJudge;
    private final AggregateJudge aggregateJudge;
    private final Memory.OfVariant memory;
    private final Tree.Node node;
    private final NodeNames names;
    private final Duration timeout;
    private final EvalName name;
    private final boolean gatesAlone;

    private int outstanding;
    private boolean exhausted;
    private boolean ended;
    private boolean anyShown;
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
    private final List<VerdictRecord> failedVerdicts = new ArrayList<>();
    private final List<LeafEnd> leafEnds = new ArrayList<>();

    /** The end of a leaf that is told when it is known whether it is the last one. */
    private record LeafEnd(Tree.Node leaf, Optional<LeafRecord> record, Optional<Throwable> error, Output output) {}

    VariantRun(EvalRun eval, Variant variant) {
        this.eval = eval;
        this.variant = variant;
        this.run = eval.run();
        EvalDefinition definition = eval.eval();
        this.rules = Rules.of(definition, variant.name(), eval.samples());
        this.sampleJudge =
                new SampleJudge(rules, definition.scorers(), run.settings().missesFail());
        this.aggregateJudge = new AggregateJudge(rules);
        this.memory = run.memory()
                .of(
                        definition.suite().type(),
                        definition.name(),
                        variant.name(),
                        Math.toIntExact(eval.scan().rows()),
                        eval.samples());
        String evalInDisplay = eval.frontOfDisplayNames().orElse("");
        this.node = variant.name().isEmpty()
                ? eval.plan().node()
                : NodeNames.variantNode(
                        run.tree(), eval.plan().node(), definition.name(), evalInDisplay, variant.name());
        this.names = new NodeNames(
                run.tree(), node, definition.name(), evalInDisplay, variant.name(), definition.samples() == 1);
        this.timeout = run.settings().timeout(definition.timeout());
        this.name = new EvalName(definition.suite().name(), definition.name(), variant.name());
        this.gatesAlone = eval.plan()
                .selection()
                .onlyGates(
                        variant.name(),
                        rules.gates().stream().map(GateDefinition::name).toList());
    }

    // ---- the samples

    /** The samples, row by row; the dataset is read as they are taken. */
    Iterator<SampleJob> jobs() {
        return new Jobs();
    }

    private final class Jobs implements Iterator<SampleJob> {
        private final RowCursor rows = eval.dataset().rows();
        private final int limit = run.settings().limit().orElse(Integer.MAX_VALUE);
        private int index = -1;
        private int chosen;
        private Iterator<SampleJob> current = Collections.emptyIterator();
        private boolean closed;

        /** Looks ahead, so that whoever takes the last sample is known to have taken the last. */
        Jobs() {
            advance();
        }

        @Override
        public boolean hasNext() {
            return current.hasNext();
        }

        @Override
        public SampleJob next() {
            if (!current.hasNext()) {
                throw new NoSuchElementException();
            }
            SampleJob job = current.next();
            if (!current.hasNext()) {
                advance();
            }
            return job;
        }

        private void advance() {
            try {
                while (!current.hasNext() && chosen < limit && rows.hasNext()) {
                    Row row = rows.next();
                    index++;
                    if (run.settings().cases().chooses(row.id(), row.tags())) {
                        chosen++;
                        current = samplesOf(row, index);
                    }
                }
            } catch (RuntimeException changed) {
                inOrder(() -> eval.fault("dataset", changed));
            }
            if (!current.hasNext() && !closed) {
                closed = true;
                rows.close();
                inOrder(() -> {
                    exhausted = true;
                    endIfThrough();
                });
            }
        }
    }

    private Iterator<SampleJob> samplesOf(Row row, int index) {
        Selection selection = eval.plan().selection();
        boolean verdict = selection.verdict(variant.name(), row.id(), index);
        List<SampleJob> jobs = new ArrayList<>(samples());
        CaseRun of = new CaseRun(this, row, index, verdict);
        for (int sample = 1; sample <= samples(); sample++) {
            boolean shown = selection.sample(variant.name(), row.id(), index, sample);
            if (shown || verdict || gatesAlone) {
                jobs.add(new SampleJob(of, sample, shown));
            }
        }
        if (!jobs.isEmpty()) {
            of.expect(jobs.size());
            run.tree().inOrder(() -> outstanding += jobs.size());
        }
        return jobs.iterator();
    }

    // ---- the accounts, in order

    /** Runs what must not be interleaved, and tells the leaves' ends that came of it; then closes what has ended. */
    void inOrder(Runnable accounts) {
        run.tree().inOrder(() -> {
            accounts.run();
            tellEnds(Optional.empty());
        });
        eval.suite().closeIfEnded();
    }

    /** Enters a sample that this run has ended. */
    void enter(int caseIndex, SampleRecord record, Optional<Throwable> error, Duration duration, double paid) {
        tally().add(caseIndex, record);
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

    SampleRecord recall(CaseRun of, int sample) {
        countRemembered();
        return memory.recall(name, of.row(), of.index(), sample, run.redaction());
    }

    Optional<Throwable> recallError(CaseRun of, int sample) {
        return memory.recallError(of.index(), sample);
    }

    void countRemembered() {
        remembered++;
        run.sampleEnded(false);
    }

    void missing() {
        missing++;
    }

    void highlight(int caseIndex, CaseFigures figures) {
        memory.highlights.add(caseIndex, figures);
    }

    void append(LeafRecord record) {
        eval.suite().records().append(record);
    }

    /** A leaf ends with what its record says; call in order. */
    void end(Tree.Node leaf, LeafRecord record, Optional<Throwable> error, Output output) {
        anyShown = true;
        if (record instanceof VerdictRecord verdict && failedVerdicts.size() < NAMED && failed(verdict)) {
            failedVerdicts.add(verdict);
        }
        leafEnds.add(new LeafEnd(leaf, Optional.of(record), error, output));
    }

    private static boolean failed(VerdictRecord verdict) {
        return verdict.leaf().filter(leaf -> leaf.status().fails()).isPresent();
    }

    void endContainer(Tree.Node container) {
        leafEnds.add(new LeafEnd(container, Optional.empty(), Optional.empty(), Output.NONE));
    }

    void sampleDone() {
        outstanding--;
        endIfThrough();
    }

    /**
     * A sample is called; counts why its answer was not in the cache, where there was one like it.
     *
     * @param again whether it faulted when it was last called
     */
    void called(Optional<String> why, boolean again) {
        if (why.isPresent() || again) {
            run.tree().inOrder(() -> {
                why.ifPresent(text -> whyCalled.merge(text, 1, Integer::sum));
                retried += again ? 1 : 0;
            });
        }
    }

    void abandoned(String sample) {
        run.tree().inOrder(() -> abandoned.add(sample));
    }

    private void tellEnds(Optional<Tree.Summary> summary) {
        int last = -1;
        for (int i = 0; i < leafEnds.size(); i++) {
            last = leafEnds.get(i).record().isPresent() ? i : last;
        }
        for (int i = 0; i < leafEnds.size(); i++) {
            LeafEnd end = leafEnds.get(i);
            if (end.record().isPresent()) {
                run.tree()
                        .finished(
                                end.leaf(),
                                end.record().get(),
                                end.error(),
                                end.output(),
                                i == last ? summary : Optional.empty());
            } else {
                run.tree().finished(end.leaf());
            }
        }
        leafEnds.clear();
    }

    private void endIfThrough() {
        if (!exhausted || outstanding > 0 || ended) {
            return;
        }
        ended = true;
        List<LeafRecord> decisions = new ArrayList<>(judgeGates());
        if (!anyShown && decisions.isEmpty()) {
            eval.showNothingRan(variant.name());
        }
        decisions.addAll(failedVerdicts);
        EvalRecord record = summary();
        eval.suite().records().append(record);
        tellEnds(Optional.of(new Tree.Summary(record, decisions)));
        eval.showFaults();
        run.tree().entries(node, record);
        if (!variant.name().isEmpty()) {
            run.tree().finished(node);
        }
        eval.ended(this);
    }

    private List<GateRecord> judgeGates() {
        List<GateRecord> records = new ArrayList<>();
        Selection selection = eval.plan().selection();
        for (GateDefinition gate : rules.gates()) {
            if (!selection.gate(variant.name(), gate.name())) {
                continue;
            }
            Tree.Node leaf = names.gateNode(gate.name());
            Judgement judgement =
                    aggregateJudge.judgeGate(gate, tally(), place(), missingText(missing), fails(missing));
            GateRecord record = new GateRecord(
                    name,
                    gate.name(),
                    Optional.of(FaultLeaf.leaf(
                            leaf, judgement.status(), judgement.error(), Instant.now(), Duration.ZERO, Output.NONE)),
                    judgement.observed(),
                    gate.atLeast(),
                    gate.atMost(),
                    tally().scorers().contains(gate.scorer())
                            ? Optional.of(tally().figures(gate.scorer()))
                            : Optional.empty());
            append(record);
            records.add(record);
            end(leaf, record, judgement.error(), Output.NONE);
        }
        return records;
    }

    private String place() {
        return eval.eval().suite().type().getSimpleName() + "."
                + eval.eval().method().getName();
    }

    /** Whether what could not be looked up fails: nothing but a call will make up for it. */
    boolean fails(int missing) {
        return missing > 0 && run.stopped().isEmpty();
    }

    /** How to come by samples that could not be looked up. */
    String missingText(int missing) {
        return missing == 0
                ? ""
                : "; " + (missing == 1 ? "1 sample has" : missing + " samples have")
                        + " no stored answer, run them: mvn test-compile surefire:test@evals -Dtest="
                        + eval.eval().suite().type().getSimpleName() + "#"
                        + eval.eval().method().getName();
    }

    private EvalRecord summary() {
        Tally tally = tally();
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
                eval.cache().map(AnswerCache::covers).orElse(""),
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
                allNotes());
    }

    private List<String> allNotes() {
        List<String> all = new ArrayList<>();
        whyCalled.forEach((why, count) -> all.add(count + " called: " + why));
        eval.cache().map(AnswerCache::notes).ifPresent(all::addAll);
        if (run.settings().cacheMode() == CacheMode.OFF) {
            all.add("the cache is off: a rerun in another JVM draws new samples and biases the verdict");
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

    // ---- for the cases

    Run run() {
        return run;
    }

    EvalDefinition eval() {
        return eval.eval();
    }

    Variant variant() {
        return variant;
    }

    Object instance() {
        return eval.suite().instance();
    }

    Optional<AnswerCache> cache() {
        return eval.cache();
    }

    boolean replays() {
        return run.settings().cacheMode() == CacheMode.REPLAY;
    }

    int samples() {
        return rules.samples();
    }

    Rules rules() {
        return rules;
    }

    SampleJudge sampleJudge() {
        return sampleJudge;
    }

    AggregateJudge aggregateJudge() {
        return aggregateJudge;
    }

    Tally tally() {
        return memory.tally;
    }

    NodeNames names() {
        return names;
    }

    EvalName name() {
        return name;
    }

    Duration timeout() {
        return timeout;
    }

    Memory.OfVariant remembered() {
        return memory;
    }
}
