package org.juniteval.engine.report;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.juniteval.engine.record.EvalRecord;
import org.juniteval.engine.record.EvalRecord.CaseFigures;
import org.juniteval.engine.record.GateRecord;
import org.juniteval.engine.record.Leaf;
import org.juniteval.engine.record.ScorerFigures;
import org.juniteval.engine.record.Status;

/** The block of figures that closes an eval. */
final class Summary {

    private static final int LABEL = 9;
    private static final int NAME = 24;
    private static final int BAR = 20;
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

    String of(List<GateRecord> gates) {
        title();
        samples();
        scorers();
        gates(gates);
        answers();
        cases();
        eval.notes().forEach(note -> row("note", words(note), " "));
        return out.toString();
    }

    private void title() {
        String time = Words.time(eval.wallTime());
        String variant = eval.eval().variant().isEmpty() ? "" : " [" + eval.eval().variant() + "]";
        String name = Texts.fit(ConsoleReport.title(eval.eval()) + variant, width - time.length() - 2);
        String gap = " ".repeat(width - Texts.columns(name) - time.length());
        out.append(ink.strong(name)).append(gap).append(ink.faint(time)).append('\n');
        out.append(ink.faint("─".repeat(width))).append('\n');
    }

    private void samples() {
        List<String> cases = new ArrayList<>();
        cases.add(
                eval.casesRun() == eval.cases()
                        ? Words.count(eval.cases())
                        : Words.count(eval.casesRun()) + " of " + Words.count(eval.cases()) + " complete");
        cases.add(Words.count(eval.samples(), "sample"));
        if (eval.notRun() > 0) {
            cases.add(ink.doubtful(Words.count(eval.notRun()) + " not run"));
        }
        row("cases", cases, " · ");
        if (eval.samples() == 0) {
            return;
        }
        List<String> outcomes = new ArrayList<>();
        outcomes.add(ink.good(Words.percent((double) eval.passed() / eval.samples()) + " · "
                + Words.count(eval.passed())));
        part(outcomes, eval.tolerated(), ink::doubtful, "tolerated");
        part(outcomes, eval.missed(), ink::bad, "missed");
        part(outcomes, eval.faults(), ink::bad, eval.faults() == 1 ? "fault" : "faults");
        part(outcomes, eval.notScored(), ink::bad, "not scored");
        row("passed", outcomes, " · ");
        if (eval.samplesPassRateLow().isPresent() && eval.samplesPassRateHigh().isPresent()) {
            row("", List.of(ink.faint("95 % interval " + Words.percent(eval.samplesPassRateLow().getAsDouble()) + " to "
                    + Words.percent(eval.samplesPassRateHigh().getAsDouble()))), "");
        }
    }

    private static void part(List<String> parts, long n, java.util.function.UnaryOperator<String> ink, String word) {
        if (n > 0) {
            parts.add(ink.apply(Words.count(n) + " " + word));
        }
    }

    private void scorers() {
        if (eval.scorers().isEmpty()) {
            return;
        }
        int name = eval.scorers().stream()
                .mapToInt(scorer -> Texts.columns(scorer.scorer()))
                .reduce("scorer".length(), Math::max);
        name = Math.min(name, NAME);
        out.append('\n')
                .append(INDENT)
                .append(ink.faint(Texts.left("scorer", name) + "    mean ± stderr   stddev   passed"))
                .append('\n');
        for (ScorerFigures scorer : eval.scorers()) {
            String line = Texts.left(Texts.fit(scorer.scorer(), name), name)
                    + Texts.right(scorer.mean().isPresent() ? Words.number(scorer.mean().getAsDouble()) : "", 8)
                    + Texts.left(
                            scorer.stderr().isPresent() ? " ± " + Words.number(scorer.stderr().getAsDouble()) : "", 9)
                    + Texts.right(scorer.stddev().isPresent() ? Words.number(scorer.stddev().getAsDouble()) : "", 8)
                    + Texts.right(scorer.passRate().isPresent() ? Words.percent(scorer.passRate().getAsDouble()) : "", 9);
            int bar = Math.min(BAR, width - Texts.columns(line) - INDENT.length() - 2);
            out.append(INDENT).append((line + (scorer.mean().isPresent() ? "  " + bar(scorer.mean().getAsDouble(), bar) : "")).stripTrailing()).append('\n');
            List<String> missing = new ArrayList<>();
            part(missing, scorer.abstained(), text -> text, "abstained");
            part(missing, scorer.faults(), text -> text, scorer.faults() == 1 ? "fault" : "faults");
            if (!missing.isEmpty()) {
                out.append(INDENT).append(" ".repeat(name + 3)).append(ink.faint(Words.count(scorer.n(), "score") + " · " + String.join(" · ", missing))).append('\n');
            }
        }
    }

    // Full only at 1, empty only at 0.
    private static String bar(double share, int length) {
        int full = (int) Math.floor(share * length);
        full = Math.max(share > 0 ? 1 : 0, Math.min(length, full));
        return "█".repeat(full) + "░".repeat(length - full);
    }

    private void gates(List<GateRecord> gates) {
        List<GateRecord> shown =
                gates.stream().filter(gate -> gate.leaf().isPresent()).toList();
        if (shown.isEmpty()) {
            return;
        }
        int name = shown.stream().mapToInt(gate -> Texts.columns(gate.gate())).max().orElse(0);
        name = Math.min(name, 32);
        out.append('\n');
        for (GateRecord gate : shown) {
            Status status = gate.leaf().map(Leaf::status).orElseThrow();
            String mark = status.fails() ? ink.bad("✗") : status.aborted() ? ink.doubtful("–") : ink.good("✓");
            String word = Words.of(status);
            out.append(INDENT)
                    .append(mark)
                    .append(' ')
                    .append(Texts.left(Texts.fit(gate.gate(), name), name))
                    .append("  ")
                    .append(Texts.right(Gates.observed(gate), 7))
                    .append("  ")
                    .append(Gates.bounds(gate))
                    .append("  ")
                    .append(status.fails() ? ink.bad(word) : status.aborted() ? ink.doubtful(word) : ink.good(word))
                    .append('\n');
        }
    }

    private void answers() {
        out.append('\n');
        List<String> answers = new ArrayList<>();
        part(answers, eval.cached(), text -> text, "cached");
        part(answers, eval.called(), text -> text, "called");
        part(answers, eval.remembered(), text -> text, "remembered");
        eval.latencyMedian().ifPresent(median -> answers.add(
                "median " + Words.time(Duration.ofNanos(Math.round(median * 1e9)))));
        if (!answers.isEmpty()) {
            row("answers", answers, " · ");
        }
        if (eval.keyCovers().isEmpty()) {
            row("", List.of(ink.faint("cache off")), " ");
        } else {
            row("", words("key covers " + eval.keyCovers()), " ");
        }
        List<String> tokens = new ArrayList<>();
        eval.inputTokens().ifPresent(n -> tokens.add(Words.count(n) + " in"));
        eval.outputTokens().ifPresent(n -> tokens.add(Words.count(n) + " out"));
        if (!tokens.isEmpty()) {
            row("tokens", tokens, " · ");
        }
        List<String> cost = new ArrayList<>();
        eval.spent().ifPresent(spent -> cost.add(Words.dollars(spent) + " spent now"));
        eval.cost().ifPresent(all -> cost.add(Words.dollars(all) + " in all"));
        if (!cost.isEmpty()) {
            row("cost", cost, " · ");
        }
    }

    private void cases() {
        if (eval.worst().isEmpty() && eval.flakyCount() == 0) {
            return;
        }
        out.append('\n');
        int name = eval.worst().stream()
                .mapToInt(worst -> Texts.columns(worst.caseId()))
                .reduce(0, Math::max);
        name = Math.min(name, NAME);
        String label = "worst";
        for (CaseFigures worst : eval.worst()) {
            String mean = worst.mean().isPresent() ? Words.number(worst.mean().getAsDouble()) : "";
            row(label, List.of(Texts.left(Texts.fit(worst.caseId(), name), name) + Texts.right(mean, 7) + "  "
                    + Texts.left(worst.passed() + " of " + worst.samples() + " passed", 14) + "  "
                    + ink.faint(Texts.fit(worst.at(), width))), "");
            label = "";
        }
        if (eval.flakyCount() > 0) {
            List<String> flaky = new ArrayList<>();
            for (CaseFigures one : eval.flaky()) {
                flaky.add(Texts.fit(one.caseId(), NAME) + " " + one.passed() + "/" + one.samples());
            }
            if (eval.flakyCount() > eval.flaky().size()) {
                flaky.add("… " + Words.count(eval.flakyCount() - eval.flaky().size()) + " more");
            }
            row("flaky", flaky, " · ");
        }
    }

    private static List<String> words(String text) {
        return List.of(Visible.inTerminal(text).strip().split("\\s+"));
    }

    /** A label and parts, wrapped between parts and aligned behind the label. */
    private void row(String label, List<String> parts, String separator) {
        StringBuilder line = new StringBuilder(INDENT + ink.faint(Texts.left(label, LABEL)));
        int column = INDENT.length() + LABEL;
        boolean first = true;
        for (String part : parts) {
            int columns = Texts.columns(part.replaceAll("\u001B\\[\\d+m", ""));
            if (!first && column + separator.length() + columns > width) {
                out.append(line.toString().stripTrailing()).append(separator.stripTrailing()).append('\n');
                line = new StringBuilder(" ".repeat(INDENT.length() + LABEL));
                column = INDENT.length() + LABEL;
                first = true;
            }
            line.append(first ? "" : separator).append(part);
            column += (first ? 0 : separator.length()) + columns;
            first = false;
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }
}
