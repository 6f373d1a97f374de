package org.juniteval.engine.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.juniteval.engine.record.EvalName;
import org.juniteval.engine.record.GateRecord;
import org.juniteval.engine.record.Leaf;
import org.juniteval.engine.record.LeafRecord;
import org.juniteval.engine.record.Measures;
import org.juniteval.engine.record.Problem;
import org.juniteval.engine.record.SampleRecord;
import org.juniteval.engine.record.SampleRecord.Source;
import org.juniteval.engine.record.ScoreRecord;
import org.juniteval.engine.record.ScorerFigures;
import org.juniteval.engine.record.Status;
import org.juniteval.engine.record.VerdictRecord;
import org.juniteval.engine.record.Visible;

/** Everything that one leaf has to say, in lines. */
final class LeafStory {

    private static final int LINES = 6;
    private static final int PROBLEM_LINES = 12;
    private static final int DATASET_LINES = 24;
    private static final int CHARACTERS = 800;
    private static final int BRIEF = 100;
    private static final int LABEL = 24;
    private static final String INDENT = "    ";

    private final Ink ink;
    private final StringBuilder out = new StringBuilder();
    private int label;

    LeafStory(Ink ink) {
        this.ink = ink;
    }

    String of(LeafRecord leaf) {
        if (leaf instanceof SampleRecord sample) {
            title(leaf, sample.leaf().map(Leaf::status).orElse(sample.status()), name(sample));
            sample(sample);
        } else {
            title(leaf, leaf.leaf().map(Leaf::status).orElse(Status.NOT_RUN), "");
            if (leaf instanceof VerdictRecord verdict) {
                verdict(verdict);
            } else if (leaf instanceof GateRecord gate) {
                gate(gate);
            } else {
                leaf.leaf()
                        .flatMap(Leaf::problem)
                        .ifPresent(problem -> lines(problem.message() + causes(problem), DATASET_LINES));
            }
        }
        return out.toString();
    }

    private void title(LeafRecord leaf, Status status, String unlessNamed) {
        String name = Texts.fit(leaf.leaf().map(Leaf::name).orElse(unlessNamed), 200);
        String title = ink.strong(ConsoleReport.simpleName(leaf.eval()) + "." + name);
        out.append(ink.mark(status) + " " + title + "  " + ink.as(status, Words.of(status)) + "\n");
    }

    private static String name(SampleRecord sample) {
        EvalName eval = sample.eval();
        String variant = eval.variant().isEmpty() ? "" : "[" + eval.variant() + "]";
        return eval.eval() + variant + "[" + sample.caseId() + "][" + sample.sample() + "]";
    }

    private void sample(SampleRecord sample) {
        label = sample.scores().stream()
                .mapToInt(score -> Texts.columns(score.scorer()))
                .reduce("expected".length(), Math::max);
        label = Math.min(label, LABEL);
        field("input", Texts.lines(text(sample.input()), 2, CHARACTERS / 4));
        sample.output().ifPresent(output -> field("output", Texts.lines(text(output), LINES, CHARACTERS)));
        if (!sample.expected().isMissingNode()) {
            field("expected", Texts.lines(text(sample.expected()), LINES, CHARACTERS));
        }
        sample.scores().forEach(this::score);
        Status status = sample.leaf().map(Leaf::status).orElse(sample.status());
        if (status != Status.PASSED && status != Status.MISSED) {
            problem(sample.leaf(), "\nat " + sample.at());
        }
        if (status == Status.FAULT) {
            lastTold(sample.trace());
        }
        String origin = origin(sample);
        if (!origin.isEmpty()) {
            line(ink.faint(origin));
        }
        line("at " + Texts.fit(sample.at(), 200));
    }

    /** The last thing that a faulted sample told is next to where it broke; the others are in its record. */
    private void lastTold(List<JsonNode> trace) {
        if (!trace.isEmpty()) {
            String last = text(trace.get(trace.size() - 1));
            String of = trace.size() == 1 ? "" : "the last of " + Words.count(trace.size()) + ": ";
            field("trace", Texts.lines(of + last, LINES, CHARACTERS));
        }
    }

    private void score(ScoreRecord score) {
        List<String> said = new ArrayList<>();
        score.value()
                .ifPresent(
                        value -> said.add(Words.number(value, score.threshold().orElse(value))));
        switch (score.outcome()) {
            case MET -> score.threshold().ifPresent(threshold -> said.add(requirement(score)));
            case MISSED -> said.add(requirement(score));
            case MEASURED -> said.add("nothing required");
            case ABSTAINED -> said.add("abstained");
            case FAULT -> said.add("fault");
        }
        if (score.tolerated()) {
            said.add(ink.doubtful("tolerated"));
        }
        score.spread().ifPresent(spread -> said.add("spread of its runs " + Words.number(spread)));
        String reason = score.reason().orElse("").strip();
        boolean brief = reason.length() <= BRIEF && !reason.contains("\n");
        if (brief && !reason.isEmpty()) {
            said.add(Visible.inTerminal(reason));
        }
        String mark = switch (score.outcome()) {
            case MET -> ink.good("✓");
            case MISSED, FAULT -> ink.bad("✗");
            case MEASURED -> "·";
            case ABSTAINED -> "–";
        };
        field(score.scorer(), List.of(mark + " " + String.join(" · ", said)));
        if (!brief) {
            Texts.lines(reason, LINES, CHARACTERS)
                    .forEach(line -> field("", List.of("  " + line.replace("\t", "    "))));
        }
    }

    private static String requirement(ScoreRecord score) {
        OptionalDouble threshold = score.threshold();
        return threshold.isPresent()
                ? "at least "
                        + Words.number(threshold.getAsDouble(), score.value().orElse(Double.NaN))
                : "must hold";
    }

    private static String origin(SampleRecord sample) {
        List<String> parts = new ArrayList<>();
        String latency = Words.time(sample.latency());
        switch (sample.source()) {
            case CALLED -> {
                parts.add("called, took " + latency);
                sample.changed().map(Visible::inTerminal).ifPresent(parts::add);
            }
            case CACHED -> parts.add("cached, took " + latency + " when it was called");
            case REMEMBERED -> parts.add("remembered from an earlier run in this JVM");
            case NONE -> {}
        }
        if (sample.source() != Source.NONE) {
            Measures measures = sample.measures();
            measures.inputTokens().ifPresent(tokens -> parts.add(Words.count(tokens) + " tokens in"));
            measures.outputTokens().ifPresent(tokens -> parts.add(Words.count(tokens) + " tokens out"));
            measures.cost().ifPresent(cost -> parts.add(Words.dollars(cost)));
        }
        return String.join(" · ", parts);
    }

    private void verdict(VerdictRecord verdict) {
        line(verdict.passed() + " of " + Words.count(verdict.samples(), "sample") + " passed, " + verdict.required()
                + " required" + (verdict.faults() == 0 ? "" : ", " + Words.count(verdict.faults(), "fault")));
        verdict.scores().forEach(this::figures);
        unlessMissed(verdict.leaf());
    }

    private void gate(GateRecord gate) {
        line(Gates.comparison(gate));
        gate.figures().ifPresent(this::figures);
        unlessMissed(gate.leaf());
    }

    private void unlessMissed(Optional<Leaf> leaf) {
        if (leaf.map(Leaf::status).orElse(Status.MISSED) != Status.MISSED) {
            problem(leaf, "");
        }
    }

    private void figures(ScorerFigures scorer) {
        List<String> parts = new ArrayList<>();
        scorer.mean()
                .ifPresent(mean -> parts.add("mean " + Words.number(mean)
                        + (scorer.stderr().isPresent()
                                ? " ± " + Words.number(scorer.stderr().getAsDouble())
                                : "")));
        scorer.stddev().ifPresent(stddev -> parts.add("stddev " + Words.number(stddev)));
        scorer.passRate().ifPresent(rate -> parts.add(Words.percent(rate) + " passed"));
        if (scorer.abstained() > 0) {
            parts.add(Words.count(scorer.abstained()) + " abstained");
        }
        line(ink.faint(Texts.fit(scorer.scorer(), LABEL)) + "  " + String.join(" · ", parts));
    }

    // A fault's trace shows where it was thrown; other traces end in the engine.
    private void problem(Optional<Leaf> leaf, String toldBelow) {
        leaf.flatMap(Leaf::problem).ifPresent(problem -> {
            boolean fault = leaf.get().status() == Status.FAULT;
            String told = fault ? story(problem) : problem.message();
            lines(told.replace(toldBelow, ""), PROBLEM_LINES);
        });
    }

    /** Where it was thrown; of what only wraps a cause for the tools, and has no frames of its own, the message. */
    private static String story(Problem problem) {
        String causes = causes(problem);
        String own = problem.trace().substring(0, problem.trace().length() - causes.length());
        return own.contains("\n\tat ") ? problem.trace() : problem.message() + causes;
    }

    private static String causes(Problem problem) {
        int first = problem.trace().indexOf("\nCaused by: ");
        return first < 0 ? "" : problem.trace().substring(first);
    }

    private void lines(String text, int most) {
        Texts.lines(text, most, CHARACTERS * most / LINES).forEach(line -> line(line.replace("\t", "    ")));
    }

    private void field(String name, List<String> lines) {
        String label = Texts.left(Texts.fit(name, LABEL), this.label);
        for (String line : lines) {
            out.append(INDENT)
                    .append(ink.faint(label))
                    .append("  ")
                    .append(line)
                    .append('\n');
            label = " ".repeat(this.label);
        }
    }

    private void line(String text) {
        out.append(INDENT).append(text).append('\n');
    }

    // Text as it is, but an empty one in quotes: an answer of nothing is an answer that must be seen.
    private static String text(JsonNode value) {
        return value.isTextual() && !value.textValue().isBlank() ? value.textValue() : value.toString();
    }
}
