package org.juniteval.engine.verdict;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import org.juniteval.engine.record.SampleRecord;
import org.juniteval.engine.record.ScoreRecord;
import org.juniteval.engine.record.ScorerFigures;
import org.juniteval.engine.record.Status;
import org.juniteval.engine.statistics.Descriptive;

/**
 * The scores of one eval, or of one of its variants, in columns: some twenty bytes a sample, so that the whole run's
 * figures can be kept for reruns in the same JVM while the samples themselves are let go. A sample added again replaces
 * itself. Not thread-safe.
 */
public final class Tally {

    /** What a column holds of one sample: nothing, or an outcome. */
    private static final byte NONE = 0;

    private static final byte MET = state(ScoreRecord.Outcome.MET);
    private static final byte MISSED = state(ScoreRecord.Outcome.MISSED);
    private static final byte MEASURED = state(ScoreRecord.Outcome.MEASURED);
    private static final byte ABSTAINED = state(ScoreRecord.Outcome.ABSTAINED);
    private static final byte FAULT = state(ScoreRecord.Outcome.FAULT);

    private final int cases;
    private final int samples;
    private final byte[] statuses;
    private final Map<String, Column> scorers = new LinkedHashMap<>();
    private final Map<String, double[]> measures = new LinkedHashMap<>();
    private final long[] counts = new long[Status.values().length];

    private final class Column {
        final double[] values = new double[statuses.length];
        final byte[] states = new byte[statuses.length];
        final List<Column> parts = new ArrayList<>();

        /** What became of the scorer's requirement: of a score in parts it is missed where any part is. */
        byte requirement(int slot) {
            byte requirement = states[slot];
            for (Column part : parts) {
                byte state = part.states[slot];
                requirement = state == MISSED || state == MET && requirement != MISSED ? state : requirement;
            }
            return requirement;
        }
    }

    /** An empty tally of so many cases with so many samples each. */
    public Tally(int cases, int samples) {
        this.cases = cases;
        this.samples = samples;
        this.statuses = new byte[Math.multiplyExact(cases, samples)];
    }

    /** How many cases there are. */
    public int cases() {
        return cases;
    }

    /** How many samples each case has. */
    public int samples() {
        return samples;
    }

    /** Enters a sample that ended. A sample that was not run is left out. */
    public void add(int caseIndex, SampleRecord record) {
        if (record.status() == Status.NOT_RUN) {
            return;
        }
        int slot = slot(caseIndex, record.sample());
        if (statuses[slot] != NONE) {
            counts[statuses[slot] - 1]--;
            scorers.values().forEach(column -> column.states[slot] = NONE);
        }
        statuses[slot] = (byte) (record.status().ordinal() + 1);
        counts[record.status().ordinal()]++;
        for (ScoreRecord score : record.scores()) {
            Column column = scorers.computeIfAbsent(score.scorer(), this::column);
            column.values[slot] = score.value().orElse(Double.NaN);
            column.states[slot] = state(score.outcome());
        }
        // How long something took that gave no answer says nothing of how long answers take.
        boolean answered = record.status() != Status.FAULT || record.output().isPresent();
        measure(
                "latency",
                slot,
                answered ? OptionalDouble.of(record.latency().toNanos() / 1e9) : OptionalDouble.empty());
        measure("cost", slot, record.measures().cost());
        measure(
                "tokens",
                slot,
                record.measures().tokens().isPresent()
                        ? OptionalDouble.of(record.measures().tokens().getAsLong())
                        : OptionalDouble.empty());
    }

    private Column column(String scorer) {
        Column column = new Column();
        Column whole = scorers.get(whole(scorer));
        if (whole != null) {
            whole.parts.add(column);
        }
        return column;
    }

    /** The scorer that gave a part of a score; of a score that is no part, itself. */
    private static String whole(String scorer) {
        int dot = scorer.indexOf('.');
        return dot < 0 ? scorer : scorer.substring(0, dot);
    }

    private void measure(String name, int slot, OptionalDouble value) {
        double[] column = measures.get(name);
        if (column == null) {
            if (value.isEmpty()) {
                return;
            }
            column = new double[statuses.length];
            Arrays.fill(column, Double.NaN);
            measures.put(name, column);
        }
        column[slot] = value.orElse(Double.NaN);
    }

    private static byte state(ScoreRecord.Outcome outcome) {
        return (byte) (outcome.ordinal() + 1);
    }

    /** How one sample ended; empty where it did not. */
    public Optional<Status> status(int caseIndex, int sample) {
        byte status = statuses[slot(caseIndex, sample)];
        return status == NONE ? Optional.empty() : Optional.of(Status.values()[status - 1]);
    }

    /** How many samples ended so. */
    public long count(Status status) {
        return counts[status.ordinal()];
    }

    /** How many samples ended. */
    public long finished() {
        return Arrays.stream(counts).sum();
    }

    /** How many cases have all their samples. */
    public int completeCases() {
        int complete = 0;
        for (int i = 0; i < cases; i++) {
            complete += finished(i) == samples ? 1 : 0;
        }
        return complete;
    }

    /** How many samples of one case ended. */
    public int finished(int caseIndex) {
        return countSlots(caseIndex, slot -> statuses[slot] != NONE);
    }

    /** How many samples of one case ended so. */
    public int count(int caseIndex, Status status) {
        return countSlots(caseIndex, slot -> statuses[slot] == status.ordinal() + 1);
    }

    /** The names of the scorers, each with those of its score's parts behind it, in the order in which they were first seen. */
    public List<String> scorers() {
        Map<String, List<String>> names =
                scorers.keySet().stream().collect(groupingBy(Tally::whole, LinkedHashMap::new, toList()));
        return names.values().stream().flatMap(List::stream).toList();
    }

    /** One sample's scores, without their reasons and details. */
    public List<ScoreRecord> scoresOf(int caseIndex, int sample) {
        int slot = slot(caseIndex, sample);
        return scorers().stream()
                .filter(name -> scorers.get(name).states[slot] != NONE)
                .map(name -> score(name, scorers.get(name).states[slot], scorers.get(name).values[slot]))
                .toList();
    }

    private static ScoreRecord score(String scorer, byte state, double value) {
        return new ScoreRecord(
                scorer,
                ScoreRecord.Outcome.values()[state - 1],
                Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value),
                OptionalDouble.empty(),
                false,
                Optional.empty(),
                Map.of(),
                OptionalDouble.empty());
    }

    /** A scorer's figures over all samples. */
    public ScorerFigures figures(String scorer) {
        return figures(scorer, 0, cases);
    }

    /** The scorers' figures over one case. */
    public List<ScorerFigures> figuresOfCase(int caseIndex) {
        return scorers().stream()
                .map(name -> figures(name, caseIndex, caseIndex + 1))
                .toList();
    }

    /** The mean of the scorers' means over one case's samples, parts of scores left out. */
    public OptionalDouble meanOfCase(int caseIndex) {
        double sum = 0;
        int n = 0;
        for (Map.Entry<String, Column> scorer : scorers.entrySet()) {
            if (scorer.getKey().indexOf('.') < 0) {
                double[] values = values(scorer.getValue(), caseIndex, caseIndex + 1);
                if (values.length > 0) {
                    sum += Descriptive.mean(values);
                    n++;
                }
            }
        }
        return n == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / n);
    }

    private ScorerFigures figures(String scorer, int fromCase, int toCase) {
        Column column = scorers.get(scorer);
        if (column == null) {
            OptionalDouble none = OptionalDouble.empty();
            return new ScorerFigures(scorer, 0, none, none, none, none, none, 0, 0);
        }
        double[] values = values(column, fromCase, toCase);
        long met = count(column::requirement, fromCase, toCase, MET);
        long required = met + count(column::requirement, fromCase, toCase, MISSED);
        boolean any = values.length > 0;
        return new ScorerFigures(
                scorer,
                values.length,
                any ? OptionalDouble.of(Descriptive.mean(values)) : OptionalDouble.empty(),
                any ? OptionalDouble.of(Descriptive.stddev(values)) : OptionalDouble.empty(),
                any ? OptionalDouble.of(Descriptive.variance(values)) : OptionalDouble.empty(),
                Descriptive.standardError(caseMeans(column, fromCase, toCase)),
                required > 0 ? OptionalDouble.of((double) met / required) : OptionalDouble.empty(),
                count(slot -> column.states[slot], fromCase, toCase, ABSTAINED),
                count(slot -> column.states[slot], fromCase, toCase, FAULT));
    }

    private double[] caseMeans(Column column, int fromCase, int toCase) {
        double[] means = new double[toCase - fromCase];
        int n = 0;
        for (int i = fromCase; i < toCase; i++) {
            double[] values = values(column, i, i + 1);
            if (values.length > 0) {
                means[n++] = Descriptive.mean(values);
            }
        }
        return Arrays.copyOf(means, n);
    }

    private double[] values(Column column, int fromCase, int toCase) {
        double[] values = new double[(toCase - fromCase) * samples];
        int n = 0;
        for (int slot = fromCase * samples; slot < toCase * samples; slot++) {
            byte state = column.states[slot];
            if (state == MET || state == MISSED || state == MEASURED) {
                values[n++] = column.values[slot];
            }
        }
        return Arrays.copyOf(values, n);
    }

    private long count(IntUnaryOperator states, int fromCase, int toCase, byte state) {
        long n = 0;
        for (int slot = fromCase * samples; slot < toCase * samples; slot++) {
            n += states.applyAsInt(slot) == state ? 1 : 0;
        }
        return n;
    }

    /** A scorer's observed scores; of a part of a score, what is unknown is that of the whole. */
    Observed scores(String scorer) {
        Column column = scorers.get(scorer);
        Column whole = scorers.get(whole(scorer));
        return new Observed(
                column == null ? new double[0] : values(column, 0, cases),
                whole == null ? 0 : (int) count(slot -> whole.states[slot], 0, cases, FAULT));
    }

    /** 1 for each sample that meets a scorer's requirement, 0 for each that misses it. */
    Observed passes(String scorer) {
        Column column = scorers.getOrDefault(scorer, new Column());
        return observed(
                slot -> column.requirement(slot) == MET,
                slot -> column.requirement(slot) == MISSED,
                slot -> column.requirement(slot) == FAULT);
    }

    /** 1 for each sample that passed, 0 for each that did not. */
    Observed verdicts() {
        return observed(
                slot -> is(slot, Status.PASSED),
                slot -> is(slot, Status.MISSED) || is(slot, Status.TOLERATED) || is(slot, Status.NOT_SCORED),
                slot -> is(slot, Status.FAULT));
    }

    /** A measure's observed values, of samples that told it; the unknown are faulted samples that did not. */
    Observed measure(String name) {
        double[] column = measures.get(name);
        if (column == null) {
            return new Observed(new double[0], (int) count(Status.FAULT));
        }
        double[] values = new double[column.length];
        int n = 0;
        int unknown = 0;
        for (int slot = 0; slot < column.length; slot++) {
            if (statuses[slot] == NONE) {
                continue;
            }
            if (!Double.isNaN(column[slot])) {
                values[n++] = column[slot];
            } else if (is(slot, Status.FAULT)) {
                unknown++;
            }
        }
        return new Observed(Arrays.copyOf(values, n), unknown);
    }

    /** 1 for each case of which at most so many samples fall short of a scorer's requirement; unknown: faults decide. */
    Observed casePasses(String scorer, int shortfall) {
        Column column = scorers.getOrDefault(scorer, new Column());
        double[] values = new double[cases];
        int n = 0;
        int unknown = 0;
        for (int i = 0; i < cases; i++) {
            int from = i * samples;
            int missed = 0;
            int faults = 0;
            int met = 0;
            for (int slot = from; slot < from + samples; slot++) {
                if (scorer.isEmpty()) {
                    met += is(slot, Status.PASSED) ? 1 : 0;
                    faults += is(slot, Status.FAULT) ? 1 : 0;
                    missed += is(slot, Status.MISSED) || is(slot, Status.TOLERATED) || is(slot, Status.NOT_SCORED)
                            ? 1
                            : 0;
                } else {
                    byte state = column.requirement(slot);
                    met += state == MET ? 1 : 0;
                    faults += state == FAULT ? 1 : 0;
                    missed += state == MISSED ? 1 : 0;
                }
            }
            if (met + faults + missed == 0) {
                continue;
            }
            if (missed > shortfall) {
                values[n++] = 0;
            } else if (missed + faults <= shortfall) {
                values[n++] = 1;
            } else {
                unknown++;
            }
        }
        return new Observed(Arrays.copyOf(values, n), unknown);
    }

    /** How many seconds one sample's answer took; empty where it gave none. */
    public OptionalDouble latency(int caseIndex, int sample) {
        double[] column = measures.get("latency");
        double seconds = column == null ? Double.NaN : column[slot(caseIndex, sample)];
        return Double.isNaN(seconds) ? OptionalDouble.empty() : OptionalDouble.of(seconds);
    }

    /** The median of the samples' latencies in seconds. */
    public OptionalDouble medianLatency() {
        double[] values = measure("latency").values();
        return values.length == 0 ? OptionalDouble.empty() : OptionalDouble.of(Descriptive.median(values));
    }

    /**
     * Values that were observed, and how many are missing because something broke.
     *
     * @param unknown how many values, each somewhere in [0, 1], would join them
     */
    record Observed(double[] values, int unknown) {

        /** The values with each unknown one taken to be this. */
        double[] with(double value) {
            double[] all = Arrays.copyOf(values, values.length + unknown);
            Arrays.fill(all, values.length, all.length, value);
            return all;
        }

        /** The values with so many of the unknown ones, or all if there are fewer, taken to be 1 and the rest to be 0. */
        double[] withOnes(int ones) {
            double[] all = with(0);
            Arrays.fill(all, values.length, values.length + Math.max(0, Math.min(unknown, ones)), 1);
            return all;
        }
    }

    private Observed observed(IntPredicate one, IntPredicate zero, IntPredicate unknown) {
        double[] values = new double[statuses.length];
        int n = 0;
        int missing = 0;
        for (int slot = 0; slot < statuses.length; slot++) {
            if (one.test(slot)) {
                values[n++] = 1;
            } else if (zero.test(slot)) {
                values[n++] = 0;
            } else if (unknown.test(slot)) {
                missing++;
            }
        }
        return new Observed(Arrays.copyOf(values, n), missing);
    }

    private boolean is(int slot, Status status) {
        return statuses[slot] == status.ordinal() + 1;
    }

    private int countSlots(int caseIndex, IntPredicate counted) {
        int n = 0;
        for (int slot = caseIndex * samples; slot < (caseIndex + 1) * samples; slot++) {
            n += counted.test(slot) ? 1 : 0;
        }
        return n;
    }

    private int slot(int caseIndex, int sample) {
        return caseIndex * samples + sample - 1;
    }
}
