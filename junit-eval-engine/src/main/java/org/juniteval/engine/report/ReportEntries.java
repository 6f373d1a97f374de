package org.juniteval.engine.report;

import com.fasterxml.jackson.core.io.NumberOutput;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.juniteval.engine.record.EvalRecord;
import org.juniteval.engine.record.FaultRecord;
import org.juniteval.engine.record.GateRecord;
import org.juniteval.engine.record.Leaf;
import org.juniteval.engine.record.LeafRecord;
import org.juniteval.engine.record.SampleRecord;
import org.juniteval.engine.record.SampleRecord.Source;
import org.juniteval.engine.record.ScoreRecord;
import org.juniteval.engine.record.ScorerFigures;
import org.juniteval.engine.record.Seconds;
import org.juniteval.engine.record.Status;
import org.juniteval.engine.record.VerdictRecord;

/**
 * What a record says to machines, as names and values in a fixed order. The Platform's report entries carry exactly
 * these; the properties of {@link JUnitXml} are the same with {@code eval.} in front. Whatever is unknown or blank has no entry.
 *
 * <table>
 * <caption>Names and values</caption>
 * <tr><th>name</th><th>on</th><th>value</th></tr>
 * <tr><td>{@code status}</td><td>every leaf</td><td>{@code passed}, {@code missed}, {@code tolerated}, {@code fault},
 *     {@code not-scored}, {@code undecided}, {@code not-decided}, {@code not-run}</td></tr>
 * <tr><td>{@code case}</td><td>sample, verdict</td><td>the case's id</td></tr>
 * <tr><td>{@code sample}</td><td>sample</td><td>its number, from 1</td></tr>
 * <tr><td>{@code score.<scorer>}</td><td>sample</td><td>in [0, 1]; none where the scorer abstained or faulted</td></tr>
 * <tr><td>{@code cached}</td><td>sample</td><td>{@code false} where the eval was called, {@code true} where an earlier
 *     answer was used; none where the sample was not run</td></tr>
 * <tr><td>{@code called}</td><td>sample</td><td>why the eval was called although an answer of this sample is stored:
 *     {@code code changed: Prompts.render(String)}</td></tr>
 * <tr><td>{@code latency}</td><td>sample</td><td>seconds that the eval took when it was called</td></tr>
 * <tr><td>{@code tokens}, {@code tokens.input}, {@code tokens.output}</td><td>sample, eval</td><td>counts</td></tr>
 * <tr><td>{@code cost}</td><td>sample, eval</td><td>US dollars</td></tr>
 * <tr><td>{@code fingerprint}</td><td>sample</td><td>64 hex digits</td></tr>
 * <tr><td>{@code samples}, {@code passed}, {@code faults}</td><td>verdict, eval</td><td>counts of samples</td></tr>
 * <tr><td>{@code required}</td><td>verdict</td><td>how many samples must pass</td></tr>
 * <tr><td>{@code gate}</td><td>gate</td><td>the gate's name</td></tr>
 * <tr><td>{@code observed}, {@code atLeast}, {@code atMost}</td><td>gate</td><td>the statistic and its bounds</td></tr>
 * <tr><td>{@code n.<scorer>}</td><td>verdict, gate, eval</td><td>how many scores were observed</td></tr>
 * <tr><td>{@code mean.<scorer>}, {@code stddev.<scorer>}, {@code variance.<scorer>}</td><td>verdict, gate, eval</td>
 *     <td>of the observed scores, population form</td></tr>
 * <tr><td>{@code stderr.<scorer>}</td><td>verdict, gate, eval</td><td>of the mean, over case means, sample form</td></tr>
 * <tr><td>{@code passRate.<scorer>}</td><td>verdict, gate, eval</td><td>share of scores that meet the
 *     requirement</td></tr>
 * <tr><td>{@code cases}, {@code cases.run}</td><td>eval</td><td>counts of cases</td></tr>
 * <tr><td>{@code missed}, {@code tolerated}, {@code notScored}, {@code notRun}</td><td>eval</td><td>counts of
 *     samples</td></tr>
 * <tr><td>{@code cache.hits}, {@code calls}, {@code remembered}</td><td>eval</td><td>where outputs came from</td></tr>
 * <tr><td>{@code retried}</td><td>eval</td><td>count of calls of samples that faulted when they were last
 *     called</td></tr>
 * <tr><td>{@code spent}</td><td>eval</td><td>the part of the cost that this run paid, US dollars</td></tr>
 * <tr><td>{@code latency.median}, {@code wallTime}</td><td>eval</td><td>seconds</td></tr>
 * <tr><td>{@code flaky}</td><td>eval</td><td>count of cases that passed some samples and not all</td></tr>
 * </table>
 */
public final class ReportEntries {

    private final Map<String, String> entries = new LinkedHashMap<>();

    private ReportEntries() {}

    /** The entries of one leaf, or of a sample that is folded into its case's leaf. */
    public static Map<String, String> of(LeafRecord record) {
        ReportEntries entries = new ReportEntries();
        if (record instanceof SampleRecord sample) {
            entries.sample(sample);
        } else if (record instanceof VerdictRecord verdict) {
            entries.verdict(verdict);
        } else if (record instanceof GateRecord gate) {
            entries.gate(gate);
        } else if (record instanceof FaultRecord fault) {
            fault.leaf().map(Leaf::status).ifPresent(entries::status);
        }
        return entries.entries;
    }

    /** The entries of an eval, or of one of its variants. */
    public static Map<String, String> of(EvalRecord eval) {
        ReportEntries entries = new ReportEntries();
        entries.put("cases", eval.cases());
        entries.put("cases.run", eval.casesRun());
        entries.put("samples", eval.samples());
        entries.put("passed", eval.passed());
        entries.put("missed", eval.missed());
        entries.put("tolerated", eval.tolerated());
        entries.put("faults", eval.faults());
        entries.put("notScored", eval.notScored());
        entries.put("notRun", eval.notRun());
        entries.figures(eval.scorers());
        entries.put("cache.hits", eval.cached());
        entries.put("calls", eval.called());
        entries.put("retried", eval.retried());
        entries.put("remembered", eval.remembered());
        entries.put("wallTime", seconds(eval.wallTime()));
        eval.latencyMedian()
                .ifPresent(
                        median -> entries.put("latency.median", seconds(Duration.ofNanos(Math.round(median * 1e9)))));
        entries.tokens(eval.inputTokens(), eval.outputTokens());
        entries.put("cost", eval.cost());
        entries.put("spent", eval.spent());
        entries.put("flaky", eval.flakyCount());
        return entries.entries;
    }

    private void sample(SampleRecord sample) {
        put("case", sample.caseId());
        put("sample", sample.sample());
        status(sample.leaf().map(Leaf::status).orElse(sample.status()));
        for (ScoreRecord score : sample.scores()) {
            put("score." + score.scorer(), score.value());
        }
        if (sample.source() != Source.NONE) {
            put("cached", String.valueOf(sample.source() != Source.CALLED));
            sample.changed().ifPresent(changed -> put("called", changed));
            put("latency", seconds(sample.latency()));
        }
        tokens(sample.measures().inputTokens(), sample.measures().outputTokens());
        put("cost", sample.measures().cost());
        sample.fingerprint().ifPresent(fingerprint -> put("fingerprint", fingerprint));
    }

    private void verdict(VerdictRecord verdict) {
        put("case", verdict.caseId());
        verdict.leaf().map(Leaf::status).ifPresent(this::status);
        put("samples", verdict.samples());
        put("required", verdict.required());
        put("passed", verdict.passed());
        put("faults", verdict.faults());
        figures(verdict.scores());
    }

    private void gate(GateRecord gate) {
        put("gate", gate.gate());
        gate.leaf().map(Leaf::status).ifPresent(this::status);
        put("observed", gate.observed());
        put("atLeast", gate.atLeast());
        put("atMost", gate.atMost());
        figures(gate.figures().map(List::of).orElse(List.of()));
    }

    private void figures(List<ScorerFigures> scorers) {
        for (ScorerFigures scorer : scorers) {
            put("n." + scorer.scorer(), scorer.n());
            put("mean." + scorer.scorer(), scorer.mean());
            put("stddev." + scorer.scorer(), scorer.stddev());
            put("variance." + scorer.scorer(), scorer.variance());
            put("stderr." + scorer.scorer(), scorer.stderr());
            put("passRate." + scorer.scorer(), scorer.passRate());
        }
    }

    private void tokens(OptionalLong input, OptionalLong output) {
        if (input.isPresent() || output.isPresent()) {
            put("tokens", input.orElse(0) + output.orElse(0));
        }
        input.ifPresent(count -> put("tokens.input", count));
        output.ifPresent(count -> put("tokens.output", count));
    }

    private void status(Status status) {
        put("status", Words.of(status).replace(' ', '-'));
    }

    private void put(String name, OptionalDouble value) {
        value.ifPresent(number -> put(name, NumberOutput.toString(number, true)));
    }

    private void put(String name, long value) {
        put(name, Long.toString(value));
    }

    private void put(String name, String value) {
        // The Platform refuses blank values, which only a case's id can be.
        if (!value.isBlank()) {
            entries.put(name, value);
        }
    }

    /** To the microsecond: what lies below is the clock's noise. */
    private static String seconds(Duration time) {
        return Seconds.shortest(time, 6);
    }
}
