package org.juniteval.engine.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.juniteval.engine.dataset.Row;
import org.juniteval.engine.record.EvalRecord.CaseFigures;
import org.juniteval.engine.record.Leaf;
import org.juniteval.engine.record.SampleRecord;
import org.juniteval.engine.record.Status;
import org.juniteval.engine.record.VerdictRecord;
import org.juniteval.engine.verdict.Answer;
import org.juniteval.engine.verdict.EvalFault;
import org.juniteval.engine.verdict.Judgement;
import org.juniteval.engine.verdict.SampleVerdict;

/**
 * One case in a run: its node, its samples' nodes, its verdict. Where one sample a case is declared the case is a leaf;
 * if a key asks for more samples than that, they are folded into the leaf, because a test that becomes a container
 * looks like another test.
 */
final class CaseRun {

    /** How many of a case's misses a failing verdict shows. */
    private static final int MISSES = 3;

    private final VariantRun variant;
    private final Row row;
    private final int index;
    private final boolean verdictShown;
    private final Tree.Node node;
    private final Tree.Node[] sampleNodes;
    private final Map<Integer, SampleVerdict> folded = new TreeMap<>();
    private Output foldedOutput = Output.NONE;
    private final Instant started = Instant.now();
    private int outstanding;
    private int missing;
    private boolean anyShown;

    CaseRun(VariantRun variant, Row row, int index, boolean verdictShown) {
        this.variant = variant;
        this.row = row;
        this.index = index;
        this.verdictShown = verdictShown;
        this.node = variant.names().caseNode(row);
        this.sampleNodes = new Tree.Node[variant.samples()];
    }

    int index() {
        return index;
    }

    Row row() {
        return row;
    }

    VariantRun variant() {
        return variant;
    }

    void expect(int samples) {
        outstanding = samples;
    }

    private boolean container() {
        return variant.eval().samples() > 1;
    }

    private boolean folds() {
        return !container() && variant.samples() > 1;
    }

    private Tree.Node node(SampleJob job) {
        if (!container()) {
            return node;
        }
        int i = job.sample() - 1;
        if (sampleNodes[i] == null) { // each sample is run by one thread, and asks for its own
            sampleNodes[i] = variant.names().sampleNode(node, row, job.sample());
        }
        return sampleNodes[i];
    }

    /** The sample's leaf starts. */
    void started(SampleJob job) {
        if (!folds()) {
            variant.run().tree().started(node(job));
        }
    }

    /** Whether an earlier run in this JVM has finished the sample. A fault is tried again where it is asked for. */
    boolean remembers(SampleJob job) {
        return variant.remembered()
                .tally
                .status(index, job.sample())
                .filter(status -> status != Status.FAULT || !job.shown())
                .isPresent();
    }

    /** Takes the remembered outcome. */
    void endedBefore(SampleJob job) {
        variant.inOrder(() -> {
            if (job.shown()) {
                SampleRecord record = variant.recall(this, job.sample());
                Optional<Throwable> error = variant.recallError(this, job.sample());
                SampleRecord shown = folds()
                        ? record
                        : record.withLeaf(FaultLeaf.leaf(
                                node(job),
                                leafStatus(record.status(), error),
                                error,
                                Instant.now(),
                                Duration.ZERO,
                                Output.NONE));
                variant.append(shown);
                show(job, shown, error, Output.NONE);
            } else {
                variant.account().remembered();
            }
            sampleDone();
        });
    }

    /** The sample has ended without code of the suite, or was given up. */
    void ended(SampleJob job, SampleJob.Result result) {
        ended(job, result, judge(result.answer()));
    }

    /** The sample has ended with what was judged of its answer. */
    void ended(SampleJob job, SampleJob.Result result, SampleVerdict verdict) {
        if (!job.shown() && isNowhere(result.answer())) {
            missing(job);
            return;
        }
        Redaction redaction = variant.run().redaction();
        Output printed = redaction.output(result.printed());
        SampleRecord record = new SampleRecord(
                variant.name(),
                row.id(),
                job.sample(),
                verdict.status(),
                Optional.empty(),
                row.position().at(),
                redaction.json(result.input()),
                redaction.json(row.expected()),
                result.output(),
                verdict.scores(),
                result.source(),
                result.fingerprint(),
                result.changed(),
                result.measures(),
                result.trace(),
                result.latency());
        Optional<Leaf> leaf = job.shown() && !folds()
                ? Optional.of(FaultLeaf.leaf(
                        node(job),
                        leafStatus(record.status(), verdict.error()),
                        verdict.error(),
                        result.started(),
                        result.duration(),
                        printed))
                : Optional.empty();
        SampleRecord shown = leaf.map(record::withLeaf).orElse(record);
        variant.inOrder(() -> {
            variant.account().enter(index, record, verdict.error(), result.duration(), result.paid());
            if (job.shown()) {
                variant.append(shown);
                show(job, shown, verdict.error(), printed);
            }
            sampleDone();
        });
    }

    /** Whether an answer that was only looked up is not there, or a score of it that only a call would give. */
    private static boolean isNowhere(Answer answer) {
        return answer instanceof Answer.NotRun
                || answer instanceof Answer.Scored scored
                        && scored.scorers().stream().anyMatch(ScorerRun::lacksStoredScore);
    }

    /** What some of the samples missed: where a verdict fails, nothing else is printed of those that are tolerated. */
    private String misses() {
        StringBuilder texts = new StringBuilder();
        int shown = 0;
        for (int sample = 1; sample <= variant.samples() && shown < MISSES; sample++) {
            Optional<Status> status = variant.tally().status(index, sample);
            if (status.equals(Optional.of(Status.TOLERATED)) || status.equals(Optional.of(Status.MISSED))) {
                String text = variant.recallError(this, sample)
                        .map(Throwable::getMessage)
                        .orElse("missed")
                        .replaceFirst("^tolerated by [^:]*: ", "")
                        .replaceFirst("\nat [^\n]*$", "");
                texts.append("\n[").append(sample).append("] ").append(text.replace("\n", "\n    "));
                shown++;
            }
        }
        return texts.toString();
    }

    /**
     * Judges what came of a sample. User objects are printed meanwhile: what they throw harms their own sample alone, and
     * the time they take is the sample's.
     */
    SampleVerdict judge(Answer answer) {
        Redaction redaction = variant.run().redaction();
        JsonNode expected = redaction.json(row.expected());
        String at = row.position().at();
        try {
            return redaction.verdict(variant.sampleJudge().judge(answer, expected, at));
        } catch (Throwable hostile) {
            String text = "telling what came of the sample threw " + EvalFault.describe(hostile);
            return redaction.verdict(
                    variant.sampleJudge().judge(new Answer.Fault(text, Optional.of(hostile)), expected, at));
        }
    }

    /** The sample is needed for a verdict or a gate, and is nowhere to be had without a call. */
    void missing(SampleJob job) {
        variant.inOrder(() -> {
            missing++;
            variant.account().enterMissing();
            sampleDone();
        });
    }

    private void show(SampleJob job, SampleRecord record, Optional<Throwable> error, Output printed) {
        anyShown = true;
        if (folds()) {
            folded.put(job.sample(), new SampleVerdict(record.status(), record.scores(), error));
            foldedOutput = new Output(foldedOutput.out() + printed.out(), foldedOutput.err() + printed.err());
            return;
        }
        variant.end(node(job), record, error, printed);
        if (container()) {
            sampleNodes[job.sample() - 1] = null;
        }
    }

    /** A lifted miss that is shown as a failure. */
    private static Status leafStatus(Status status, Optional<Throwable> error) {
        return status == Status.TOLERATED && error.orElse(null) instanceof AssertionError ? Status.MISSED : status;
    }

    private void sampleDone() {
        if (--outstanding == 0) {
            variant.highlight(
                    index,
                    new CaseFigures(
                            row.id(),
                            row.position().at(),
                            variant.tally().count(index, Status.PASSED),
                            variant.tally().finished(index),
                            variant.tally().meanOfCase(index)));
            // Looked up for a verdict or a gate alone, a case has no node, or no more than its verdict below it.
            if (folds() && anyShown) {
                endFolded();
            } else if (container()) {
                if (verdictShown && variant.eval().hasVerdicts()) {
                    endVerdict();
                }
                if (anyShown) {
                    variant.endContainer(node);
                }
            }
        }
        variant.sampleDone();
    }

    private Judgement judge() {
        return variant.aggregateJudge()
                .judgeCase(
                        variant.tally(),
                        index,
                        row.position().at(),
                        misses(),
                        variant.missingText(missing),
                        variant.fails(missing));
    }

    private void endVerdict() {
        Tree.Node leaf = variant.names().verdictNode(node, row);
        end(leaf, judge(), Output.NONE);
        anyShown = true;
    }

    /** Shows several samples by one leaf: by the first of the worst, as if it were the only one. */
    private void endFolded() {
        Status worst = folded.values().stream()
                .map(SampleVerdict::status)
                .min(Comparator.comparingInt(CaseRun::rank))
                .orElse(Status.PASSED);
        Optional<Throwable> error = folded.values().stream()
                .filter(verdict -> verdict.status() == worst)
                .findFirst()
                .flatMap(SampleVerdict::error);
        end(node, new Judgement(worst, OptionalDouble.empty(), error), foldedOutput);
    }

    private static int rank(Status status) {
        return switch (status) {
            case FAULT -> 0;
            case MISSED -> 1;
            case NOT_SCORED -> 2;
            case UNDECIDED -> 3;
            case NOT_RUN -> 4;
            case NOT_DECIDED -> 5;
            case TOLERATED -> 6;
            case PASSED -> 7;
        };
    }

    private void end(Tree.Node leaf, Judgement judgement, Output output) {
        VerdictRecord record = new VerdictRecord(
                variant.name(),
                row.id(),
                Optional.of(FaultLeaf.leaf(
                        leaf,
                        leafStatus(judgement.status(), judgement.error()),
                        judgement.error(),
                        started,
                        Duration.between(started, Instant.now()),
                        output)),
                variant.tally().finished(index),
                variant.rules().required(),
                variant.tally().count(index, Status.PASSED),
                variant.tally().count(index, Status.FAULT),
                variant.tally().figuresOfCase(index));
        variant.append(record);
        variant.end(leaf, record, judgement.error(), output);
    }
}
