package org.juniteval.engine.verdict;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import org.juniteval.Statistic;
import org.juniteval.engine.record.Status;
import org.juniteval.engine.statistics.Descriptive;
import org.juniteval.engine.suite.GateDefinition;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * Judges cases and gates. What faulted samples would have scored is unknown: both extremes are tried, and where they
 * disagree the verdict is "undecided", which fails, because a rerun could turn an aborted one green.
 */
public final class AggregateJudge {

    private final Rules rules;

    /** A judge by these rules. */
    public AggregateJudge(Rules rules) {
        this.rules = rules;
    }

    /**
     * Judges one case by its samples.
     *
     * @param missingText why, and what would make up for it
     * @param missingFails whether missing samples fail the verdict, or leave it not decided
     */
    public Judgement judgeCase(
            Tally tally, int caseIndex, String at, String misses, String missingText, boolean missingFails) {
        int samples = rules.samples();
        int finished = tally.finished(caseIndex);
        int passed = tally.count(caseIndex, Status.PASSED);
        int faults = tally.count(caseIndex, Status.FAULT);
        OptionalDouble observed = OptionalDouble.of(passed);
        String story = passed + " of " + samples + " samples passed" + (faults > 0 ? ", " + faults + " faulted" : "")
                + "; required: " + rules.required() + misses;
        if (finished < samples) {
            return missing(
                    missingFails,
                    finished + " of " + samples + " samples ran; " + passed + " passed" + missingText,
                    observed,
                    at);
        }
        if (passed >= rules.required()) {
            return new Judgement(Status.PASSED, observed, Optional.empty());
        }
        if (passed + faults >= rules.required()) {
            return failed(Status.UNDECIDED, "undecided: " + story, null, observed, at);
        }
        return rules.caseLiftedBy()
                .map(gate -> aborted(Status.TOLERATED, "tolerated by " + gate + ": " + story, observed, at))
                .orElseGet(
                        () -> failed(Status.MISSED, story, new Bound(">= ", rules.required(), passed), observed, at));
    }

    /**
     * Judges one gate over all samples.
     *
     * @param missingText why samples are missing, and what would make up for it
     * @param missingFails whether missing samples fail the gate, or leave it not decided
     */
    public Judgement judgeGate(GateDefinition gate, Tally tally, String at, String missingText, boolean missingFails) {
        Tally.Observed observed = observed(gate, tally);
        OptionalDouble value = observed.values().length == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(compute(gate.statistic(), observed.values()));
        if (tally.completeCases() < tally.cases()) {
            String text = tally.completeCases() + " of " + tally.cases() + " cases ran; observed "
                    + (value.isPresent() ? number(value.getAsDouble()) : "nothing");
            return missing(missingFails, text + missingText, value, at);
        }
        if (observed.values().length == 0 && observed.unknown() == 0) {
            String why = whyNoValue(gate, tally);
            return failed(Status.NOT_SCORED, "not scored: " + gate.name() + " has no value, " + why, null, value, at);
        }
        Range range = range(gate, observed);
        if (holds(gate, range.low()) && holds(gate, range.high())) {
            return new Judgement(Status.PASSED, value, Optional.empty());
        }
        if (!meets(gate, range)) {
            String whatever = observed.unknown() == 0
                    ? ""
                    : ", whatever the " + observed.unknown() + " faulted would have scored";
            return failed(Status.MISSED, story(gate, value) + whatever, bound(gate, value), value, at);
        }
        return failed(
                Status.UNDECIDED,
                "undecided: " + story(gate, value) + "; " + observed.unknown()
                        + " faulted " + (gate.statistic() == Statistic.CASE_PASS_RATE ? "case" : "sample")
                        + (observed.unknown() == 1 ? "" : "s") + " could turn it either way",
                null,
                value,
                at);
    }

    private static String whyNoValue(GateDefinition gate, Tally tally) {
        if (gate.speaksOfMeasure() && !gate.scorer().equals("latency")) {
            return "no sample told its " + gate.scorer() + "; tell it to the SampleContext";
        }
        return tally.figures(gate.scorer()).n() == 0
                ? "every sample abstained"
                : "nothing is required of what " + gate.scorer() + " said; give it a threshold, or use MEAN";
    }

    /** What a statistic may be, whatever faulted samples would have come to. */
    private record Range(double low, double high) {}

    private static Range range(GateDefinition gate, Tally.Observed observed) {
        if (observed.unknown() == 0) {
            double value = compute(gate.statistic(), observed.values());
            return new Range(value, value);
        }
        if (gate.speaksOfMeasure()) {
            // What a faulted sample cost lies in no known range.
            return new Range(0, Double.POSITIVE_INFINITY);
        }
        if (gate.statistic() != Statistic.STDDEV) {
            return new Range(compute(gate.statistic(), observed.with(0)), compute(gate.statistic(), observed.with(1)));
        }
        // The spread is least where all of them hit the mean, and greatest where about half of all scores are high: two
        // faulted samples, both right or both wrong, do not spread at all, but one right and one wrong do.
        double sum = Arrays.stream(observed.values()).sum();
        int half = (int) Math.floor((observed.values().length + observed.unknown()) / 2.0 - sum);
        double mean = observed.values().length == 0 ? 0 : Descriptive.mean(observed.values());
        return new Range(
                Descriptive.stddev(observed.with(mean)),
                Math.max(Descriptive.stddev(observed.withOnes(half)), Descriptive.stddev(observed.withOnes(half + 1))));
    }

    /** Whether any value of the range is within the bounds. */
    private static boolean meets(GateDefinition gate, Range range) {
        return (gate.atLeast().isEmpty()
                        || Rules.reaches(range.high(), gate.atLeast().getAsDouble()))
                && (gate.atMost().isEmpty()
                        || Rules.reaches(-range.low(), -gate.atMost().getAsDouble()));
    }

    private Tally.Observed observed(GateDefinition gate, Tally tally) {
        if (gate.speaksOfMeasure()) {
            return tally.measure(gate.scorer());
        }
        if (gate.statistic() == Statistic.CASE_PASS_RATE) {
            return tally.casePasses(gate.scorer(), rules.samples() - rules.required());
        }
        if (gate.scorer().isEmpty()) {
            return tally.verdicts();
        }
        return gate.statistic() == Statistic.PASS_RATE ? tally.passes(gate.scorer()) : tally.scores(gate.scorer());
    }

    private static double compute(Statistic statistic, double[] values) {
        return switch (statistic) {
            case MEAN, PASS_RATE, CASE_PASS_RATE -> Descriptive.mean(values);
            case MEDIAN -> Descriptive.median(values);
            case MIN -> Descriptive.min(values);
            case MAX -> Descriptive.max(values);
            case STDDEV -> Descriptive.stddev(values);
        };
    }

    private static boolean holds(GateDefinition gate, double value) {
        return (gate.atLeast().isEmpty() || Rules.reaches(value, gate.atLeast().getAsDouble()))
                && (gate.atMost().isEmpty()
                        || Rules.reaches(-value, -gate.atMost().getAsDouble()));
    }

    private static String story(GateDefinition gate, OptionalDouble value) {
        return gate.name() + " is " + (value.isPresent() ? number(value.getAsDouble()) : "unknown") + ", required: "
                + bounds(gate);
    }

    /** The gate's bounds in words, such as {@code at least 0.85}. */
    public static String bounds(GateDefinition gate) {
        String low =
                gate.atLeast().isPresent() ? "at least " + number(gate.atLeast().getAsDouble()) : "";
        String high =
                gate.atMost().isPresent() ? "at most " + number(gate.atMost().getAsDouble()) : "";
        return low.isEmpty() ? high : high.isEmpty() ? low : low + " and " + high;
    }

    private static Bound bound(GateDefinition gate, OptionalDouble value) {
        if (value.isEmpty()) {
            return null;
        }
        double observed = value.getAsDouble();
        boolean tooHigh = gate.atMost().isPresent()
                && (gate.atLeast().isEmpty() || observed > gate.atMost().getAsDouble());
        return tooHigh
                ? new Bound("<= ", gate.atMost().getAsDouble(), observed)
                : new Bound(">= ", gate.atLeast().orElseThrow(), observed);
    }

    /** What an IDE's diff shows of a missed bound. */
    private record Bound(String relation, double bound, double observed) {}

    private static Judgement missing(boolean fails, String text, OptionalDouble observed, String at) {
        return fails
                ? failed(Status.UNDECIDED, "not decided: " + text, null, observed, at)
                : aborted(Status.NOT_DECIDED, "not decided: " + text, observed, at);
    }

    private static Judgement failed(Status status, String text, Bound bound, OptionalDouble observed, String at) {
        String message = text + "\nat " + at;
        AssertionFailedError error = bound == null
                ? new AssertionFailedError(message)
                : new AssertionFailedError(message, bound.relation() + number(bound.bound()), number(bound.observed()));
        error.setStackTrace(new StackTraceElement[0]);
        return new Judgement(status, observed, Optional.of(error));
    }

    private static Judgement aborted(Status status, String text, OptionalDouble observed, String at) {
        TestAbortedException error = new TestAbortedException(text + "\nat " + at);
        error.setStackTrace(new StackTraceElement[0]);
        return new Judgement(status, observed, Optional.of(error));
    }

    /** Six digits for people. */
    private static String number(double value) {
        return new BigDecimal(value)
                .round(new MathContext(6))
                .stripTrailingZeros()
                .toPlainString();
    }
}
