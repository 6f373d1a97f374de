package org.juniteval.engine.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.juniteval.engine.record.EvalRecord;
import org.juniteval.engine.record.EvalRecord.CaseFigures;
import org.juniteval.engine.record.GateRecord;
import org.juniteval.engine.record.Leaf;
import org.juniteval.engine.record.LeafRecord;
import org.juniteval.engine.record.ScorerFigures;
import org.juniteval.engine.record.Status;
import org.juniteval.engine.record.VerdictRecord;
import org.juniteval.engine.record.Visible;

/** The block of figures that closes an eval. */
final class Summary {

    private static final int LABEL = 9;
    private static final int NAME = 24;
    private static final int SHORT = 12;
    private static final int VERDICTS = 10;
    private static final int BAR = 20;
    /** The columns of mean, standard error, standard deviation and pass rate. */
    private static final int FIGURES = 34;

    private static final String INDENT = "  ";

    private final EvalRecord eval;
    private final Ink ink;
    private final int width;
    private final StringBuilder out = new StringBuilder();

    Summary(EvalRecord eval, Ink ink, int width) {
        this.eval = eval;
        this.ink = ink;
        this.width = width;
    }

    String of(List<? extends LeafRecord> decisions, long failed) {
        title();
        samples();
        scorers();
        gates(shown(decisions, GateRecord.class).toList());
        answers();
        cases(
                shown(decisions, VerdictRecord.class)
                        .filter(verdict -> verdict.leaf().orElseThrow().status().fails())
                        .toList(),
                failed);
        eval.notes().forEach(note -> row("note", words(note), " "));
        return out.toString();
    }

    private static <T extends LeafRecord> Stream<T> shown(List<? extends LeafRecord> records, Class<T> type) {
        return records.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .filter(record -> record.leaf().isPresent());
    }

    private void title() {
        String time = Words.time(eval.wallTime());
        String variant =
                eval.eval().variant().isEmpty() ? "" : " [" + eval.eval().variant() + "]";
        String name = Texts.fit(ConsoleReport.title(eval.eval()) + variant, width - time.length() - 2);
        String gap = " ".repeat(width - Texts.columns(name) - time.length());
        line(ink.strong(name) + gap + ink.faint(time));
        line(ink.faint("─".repeat(width)));
    }

    private void samples() {
        String complete = eval.casesRun() == eval.cases() ? "" : " · " + Words.count(eval.casesRun()) + " complete";
        row("cases", List.of(Words.count(eval.cases()) + complete), "");
        List<String> samples = new ArrayList<>();
        if (eval.samples() > 0) {
            samples.add(ink.strong(Words.count(eval.passed()) + " of " + Words.count(eval.samples()) + " passed"));
        }
        count(samples, eval.tolerated(), "tolerated", ink::doubtful);
        count(samples, eval.missed(), "missed", ink::bad);
        count(samples, eval.faults(), eval.faults() == 1 ? "fault" : "faults", ink::bad);
        count(samples, eval.notScored(), "not scored", ink::bad);
        count(samples, eval.notRun(), "not run", ink::doubtful);
        row("samples", samples, " · ");
        if (eval.samplesPassRateLow().isPresent() && eval.samplesPassRateHigh().isPresent()) {
            String rate = Words.percent((double) eval.passed() / eval.samples()) + " passed, 95 % interval "
                    + Words.percent(eval.samplesPassRateLow().getAsDouble()) + " to "
                    + Words.percent(eval.samplesPassRateHigh().getAsDouble());
            row("", List.of(rate), "");
        }
    }

    private static void count(List<String> parts, long n, String word, UnaryOperator<String> ink) {
        if (n > 0) {
            parts.add(ink.apply(Words.count(n) + " " + word));
        }
    }

    private void scorers() {
        if (eval.scorers().isEmpty()) {
            return;
        }
        int free = width - INDENT.length() - 2 - FIGURES;
        int name = column("scorer", eval.scorers().stream().map(ScorerFigures::scorer), free - SHORT);
        int bar = Math.min(BAR, free - name);
        line("");
        line(INDENT + ink.faint(Texts.left("scorer", name + 2 + bar) + "   mean ± stderr   stddev   passed"));
        for (ScorerFigures scorer : eval.scorers()) {
            OptionalDouble mean = scorer.mean();
            line(INDENT
                    + Texts.left(Texts.fit(scorer.scorer(), name), name + 2)
                    + (mean.isPresent() ? bar(mean.getAsDouble(), bar) : " ".repeat(bar))
                    + Texts.right(number(mean), 7)
                    + Texts.left(scorer.stderr().isPresent() ? " ± " + number(scorer.stderr()) : "", 9)
                    + Texts.right(number(scorer.stddev()), 9)
                    + Texts.right(
                            scorer.passRate().isPresent()
                                    ? Words.percent(scorer.passRate().getAsDouble())
                                    : "",
                            9));
            List<String> missing = new ArrayList<>();
            count(missing, scorer.abstained(), "abstained", UnaryOperator.identity());
            count(missing, scorer.faults(), "without a score after a fault", UnaryOperator.identity());
            if (!missing.isEmpty()) {
                line(INDENT + " ".repeat(name + 2) + ink.faint(String.join(" · ", missing)));
            }
        }
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? Words.number(value.getAsDouble()) : "";
    }

    // Full only at 1, empty only at 0.
    private static String bar(double share, int length) {
        int full = (int) Math.floor(share * length);
        full = Math.max(share > 0 ? 1 : 0, Math.min(length, full));
        return "█".repeat(full) + "░".repeat(length - full);
    }

    private void gates(List<GateRecord> gates) {
        if (gates.isEmpty()) {
            return;
        }
        int observed = column("", gates.stream().map(Gates::observed), width);
        int bounds = column("", gates.stream().map(Gates::bounds), width);
        int word = column("", gates.stream().map(Summary::word), width);
        int free = width - INDENT.length() - 2 - 2 - observed - 2 - bounds - 2 - word;
        int name = column("", gates.stream().map(GateRecord::gate), Math.max(SHORT, free));
        line("");
        for (GateRecord gate : gates) {
            Status status = gate.leaf().map(Leaf::status).orElseThrow();
            line(INDENT + ink.mark(status) + " " + Texts.left(Texts.fit(gate.gate(), name), name)
                    + "  " + Texts.right(Gates.observed(gate), observed)
                    + "  " + Texts.left(Gates.bounds(gate), bounds)
                    + "  " + ink.as(status, word(gate)));
        }
    }

    private static String word(GateRecord gate) {
        Status status = gate.leaf().orElseThrow().status();
        return status == Status.PASSED ? "" : Words.of(status);
    }

    private void answers() {
        List<String> answers = new ArrayList<>();
        count(answers, eval.cached(), "cached", UnaryOperator.identity());
        if (eval.called() > 0 || eval.cached() > 0) {
            answers.add(Words.count(eval.called()) + " called");
        }
        if (eval.retried() > 0) {
            answers.add("retried " + Words.count(eval.retried(), "faulted sample"));
        }
        count(answers, eval.remembered(), "remembered", UnaryOperator.identity());
        if (answers.isEmpty()) {
            return;
        }
        if (eval.keyCovers().isEmpty()) {
            answers.add("cache off");
        }
        eval.latencyMedian()
                .ifPresent(median ->
                        answers.add("median latency " + Words.time(Duration.ofNanos(Math.round(median * 1e9)))));
        line("");
        row("answers", answers, " · ");
        if (!eval.keyCovers().isEmpty()) {
            row("", words("key covers " + eval.keyCovers()), " ");
        }
        List<String> tokens = new ArrayList<>();
        eval.inputTokens().ifPresent(n -> tokens.add(Words.count(n) + " in"));
        eval.outputTokens().ifPresent(n -> tokens.add(Words.count(n) + " out"));
        row("tokens", tokens, " · ");
        List<String> cost = new ArrayList<>();
        eval.spent().ifPresent(spent -> cost.add(Words.dollars(spent) + " spent now"));
        eval.cost().ifPresent(all -> cost.add(Words.dollars(all) + " in all"));
        row("cost", cost, " · ");
    }

    private void cases(List<VerdictRecord> verdicts, long failed) {
        if (failed == 0 && eval.worst().isEmpty() && eval.flakyCount() == 0) {
            return;
        }
        line("");
        failed(verdicts, failed);
        worst();
        flaky();
    }

    private void failed(List<VerdictRecord> verdicts, long count) {
        List<String> cases = new ArrayList<>();
        for (VerdictRecord verdict : verdicts.subList(0, Math.min(verdicts.size(), VERDICTS))) {
            cases.add(Texts.fit(verdict.caseId(), NAME) + " " + verdict.passed() + "/" + verdict.samples());
        }
        caseList("failed", count, cases, ink::bad);
    }

    private void worst() {
        int passed = column("", eval.worst().stream().map(Summary::passed), width);
        int at = column("", eval.worst().stream().map(CaseFigures::at), width);
        int free = width - INDENT.length() - LABEL - 2 - 5 - 2 - passed - 2 - at;
        int name = column("", eval.worst().stream().map(CaseFigures::caseId), Math.min(NAME, Math.max(SHORT, free)));
        String label = "worst";
        for (CaseFigures worst : eval.worst()) {
            row(
                    label,
                    List.of(Texts.left(Texts.fit(worst.caseId(), name), name)
                            + "  " + Texts.right(number(worst.mean()), 5)
                            + "  " + Texts.left(passed(worst), passed)
                            + "  " + ink.faint(Visible.inTerminal(worst.at()))),
                    "");
            label = "";
        }
    }

    private void flaky() {
        List<String> cases = new ArrayList<>();
        for (CaseFigures one : eval.flaky()) {
            cases.add(Texts.fit(one.caseId(), NAME) + " " + one.passed() + "/" + one.samples());
        }
        caseList("flaky", eval.flakyCount(), cases, ink::doubtful);
    }

    private void caseList(String label, long count, List<String> cases, UnaryOperator<String> ink) {
        if (count == 0) {
            return;
        }
        List<String> parts = new ArrayList<>(cases);
        if (count > cases.size()) {
            parts.add("… " + Words.count(count - cases.size()) + " more");
        }
        parts.set(0, ink.apply(Words.count(count, "case")) + ": " + parts.get(0));
        row(label, parts, " · ");
    }

    private static String passed(CaseFigures one) {
        return one.passed() + " of " + one.samples() + " passed";
    }

    private static List<String> words(String text) {
        return List.of(Visible.inTerminal(text).strip().split("\\s+"));
    }

    /** A label and parts, wrapped between parts and aligned behind the label. */
    private void row(String label, List<String> parts, String separator) {
        if (parts.isEmpty()) {
            return;
        }
        StringBuilder line = new StringBuilder(INDENT + ink.faint(Texts.left(label, LABEL)));
        int column = INDENT.length() + LABEL;
        boolean first = true;
        for (String part : parts) {
            int columns = Texts.columns(part.replaceAll("\u001B\\[\\d+m", ""));
            if (!first && column + separator.length() + columns > width) {
                line(line.toString());
                line = new StringBuilder(" ".repeat(INDENT.length() + LABEL));
                column = INDENT.length() + LABEL;
                first = true;
            }
            line.append(first ? "" : separator).append(part);
            column += (first ? 0 : separator.length()) + columns;
            first = false;
        }
        line(line.toString());
    }

    private void line(String text) {
        out.append(text.stripTrailing()).append('\n');
    }

    /** The width of a column: that of its widest text, up to a limit. */
    private static int column(String heading, Stream<String> texts, int most) {
        return Math.min(most, texts.mapToInt(Texts::columns).reduce(Texts.columns(heading), Math::max));
    }
}
