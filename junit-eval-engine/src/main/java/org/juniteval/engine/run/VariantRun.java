package org.juniteval.engine.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.juniteval.engine.cache.CacheMode;
import org.juniteval.engine.dataset.Row;
import org.juniteval.engine.dataset.RowCursor;
import org.juniteval.engine.record.EvalName;
import org.juniteval.engine.record.EvalRecord;
import org.juniteval.engine.record.EvalRecord.CaseFigures;
import org.juniteval.engine.record.GateRecord;
import org.juniteval.engine.record.LeafRecord;
import org.juniteval.engine.record.SampleRecord;
import org.juniteval.engine.record.ScorerFigures;
import org.juniteval.engine.record.VerdictRecord;
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

    /** How many failed verdicts a summary is given, which names them; of the others it tells the number. */
    private static final int NAMED = 10;

    private final EvalRun eval;
    private final Variant variant;
    private final Run run;
    private final Rules rules;
    private final SampleJudge sampleJudge;
    private final AggregateJudge aggregateJudge;
    private final Memory.OfVariant memory;
    private final Account account;
    private final Tree.Node node;
    private final NodeNames names;
    private final Duration timeout;
    private final EvalName name;
    private final boolean gatesAlone;

    private int outstanding;
    private boolean exhausted;
    private boolean ended;
    private boolean anyAsked;
    private final List<VerdictRecord> failedVerdicts = new ArrayList<>();
    private long failed;
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
        this.account = new Account(run, name, memory);
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
            run.tree().inOrder(() -> {
                anyAsked = true;
                outstanding += jobs.size();
            });
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

    SampleRecord recall(CaseRun of, int sample) {
        account.remembered();
        return memory.recall(name, of.row(), of.index(), sample, run.redaction());
    }

    Optional<Throwable> recallError(CaseRun of, int sample) {
        return memory.recallError(of.index(), sample);
    }

    void highlight(int caseIndex, CaseFigures figures) {
        memory.highlights.add(caseIndex, figures);
    }

    void append(LeafRecord record) {
        eval.suite().records().append(record);
    }

    /** A leaf ends with what its record says; call in order. */
    void end(Tree.Node leaf, LeafRecord record, Optional<Throwable> error, Output output) {
        if (record instanceof VerdictRecord verdict && failed(verdict) && failed++ < NAMED) {
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
        boolean nothingRan = !anyAsked && eval.runs();
        if (nothingRan && decisions.isEmpty()) {
            eval.showNothingRan(variant.name());
        }
        decisions.addAll(failedVerdicts);
        EvalRecord record = account.summary(eval.cache(), nothingRan ? List.of(eval.nothingRan()) : remarks());
        eval.suite().records().append(record);
        tellEnds(Optional.of(new Tree.Summary(record, decisions, failed)));
        eval.showFaults();
        run.tree().entries(node, record);
        if (!variant.name().isEmpty()) {
            run.tree().finished(node);
        }
        eval.ended(this);
    }

    /** Whether a {@code Score} is a yes or no is known only when it is there. */
    private List<String> remarks() {
        List<ScorerFigures> figures =
                tally().scorers().stream().map(tally()::figures).toList();
        boolean scored = figures.stream().anyMatch(scorer -> scorer.n() > 0);
        boolean required = rules.required() == 0
                || !rules.gates().isEmpty()
                || figures.stream().anyMatch(scorer -> scorer.passRate().isPresent());
        return scored && !required
                ? List.of("nothing was required of any score, so that nothing could fail: give the scorer a threshold"
                        + " or the eval a gate")
                : List.of();
    }

    private List<GateRecord> judgeGates() {
        List<GateRecord> records = new ArrayList<>();
        Selection selection = eval.plan().selection();
        for (GateDefinition gate : rules.gates()) {
            if (!selection.gate(variant.name(), gate.name())) {
                continue;
            }
            Tree.Node leaf = names.gateNode(gate.name());
            Judgement judgement = aggregateJudge.judgeGate(
                    gate, tally(), place(), missingText(account.missing()), fails(account.missing()));
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

    Account account() {
        return account;
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
