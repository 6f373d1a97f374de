package org.juniteval.engine.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.juniteval.Score;
import org.juniteval.engine.record.ScoreRecord;
import org.juniteval.engine.record.ScoreRecord.Outcome;
import org.juniteval.engine.record.Status;
import org.juniteval.engine.record.Visible;
import org.juniteval.engine.suite.ScorerDefinition;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** Judges one sample: which requirements it missed, which of the misses are lifted, and what its leaf says. */
public final class SampleJudge {

    private static final int SHOWN = 300;

    private final Rules rules;
    private final List<ScorerDefinition> scorers;
    private final boolean missesFail;

    /**
     * A judge of one variant's samples.
     *
     * @param missesFail whether a lifted miss is shown as a failure
     */
    public SampleJudge(Rules rules, List<ScorerDefinition> scorers, boolean missesFail) {
        this.rules = rules;
        this.scorers = scorers;
        this.missesFail = missesFail;
    }

    /**
     * Judges an answer.
     *
     * @param expected the row's expected answer; a missing node where it has none
     * @param at where the row stands, such as {@code capitals.jsonl:17}
     */
    public SampleVerdict judge(Answer answer, JsonNode expected, String at) {
        if (answer instanceof Answer.NotRun notRun) {
            return new SampleVerdict(
                    Status.NOT_RUN, List.of(), Optional.of(aborted("not run: " + notRun.reason(), at)));
        }
        if (answer instanceof Answer.Fault fault) {
            List<ScoreRecord> scores = scorers.stream()
                    .map(scorer -> unscored(
                            scorer.name(), Outcome.FAULT, Optional.of("no output to score"), scorer.threshold()))
                    .toList();
            return new SampleVerdict(Status.FAULT, scores, Optional.of(fault(fault.message(), fault.cause(), at)));
        }
        return new Look((Answer.Scored) answer, expected, at).verdict();
    }

    /** One look at one scored answer. */
    private final class Look {
        private final Answer.Scored answer;
        private final JsonNode expected;
        private final String at;
        private final List<ScoreRecord> scores = new ArrayList<>();
        private final List<Miss> misses = new ArrayList<>();
        private final List<ScorerOutcome.Threw> faults = new ArrayList<>();

        Look(Answer.Scored answer, JsonNode expected, String at) {
            this.answer = answer;
            this.expected = expected;
            this.at = at;
            answer.scorers().forEach(this::look);
        }

        private void look(ScorerOutcome outcome) {
            ScorerDefinition scorer = outcome.scorer();
            if (outcome instanceof ScorerOutcome.Threw threw) {
                faults.add(threw);
                scores.add(unscored(
                        scorer.name(),
                        Outcome.FAULT,
                        Optional.of(EvalFault.describe(threw.error())),
                        scorer.threshold()));
            } else if (outcome instanceof ScorerOutcome.Said said) {
                said.scoring().scores().forEach((name, score) -> look(scorer, said, name, score));
            }
        }

        private void look(ScorerDefinition scorer, ScorerOutcome.Said said, String name, Score score) {
            Optional<String> reason = score.reason().filter(text -> !text.isEmpty());
            if (score.abstained()) {
                scores.add(unscored(name, Outcome.ABSTAINED, reason, OptionalDouble.empty()));
                return;
            }
            boolean own = name.equals(scorer.name());
            double value = score.value().orElseThrow();
            OptionalDouble threshold = own ? scorer.threshold() : OptionalDouble.empty();
            // A threshold judges the mean: of several runs, and of a map of scores, whose parts then only measure.
            boolean mean = said.majority().contains(name) || !own;
            boolean byYes = (score.yesOrNo() || said.majority().contains(name))
                    && !(mean && scorer.threshold().isPresent());
            boolean requires = byYes || threshold.isPresent();
            boolean missed =
                    byYes ? value <= 0.5 : threshold.isPresent() && !Rules.reaches(value, threshold.getAsDouble());
            Optional<String> liftedBy = missed ? rules.liftedBy(scorer, name) : Optional.empty();
            if (missed) {
                misses.add(new Miss(
                        scorer,
                        name,
                        value,
                        threshold,
                        reason,
                        said.scoring().assertion().filter(e -> own),
                        liftedBy));
            }
            scores.add(new ScoreRecord(
                    name,
                    missed ? Outcome.MISSED : requires ? Outcome.MET : Outcome.MEASURED,
                    OptionalDouble.of(value),
                    threshold,
                    liftedBy.isPresent(),
                    reason,
                    details(score),
                    own ? said.spread() : OptionalDouble.empty()));
        }

        SampleVerdict verdict() {
            if (!faults.isEmpty()) {
                ScorerOutcome.Threw first = faults.get(0);
                String message = faults.stream()
                                .map(this::text)
                                .reduce((a, b) -> a + "\n" + b)
                                .orElseThrow()
                        + misses.stream().map(miss -> "\n" + text(miss)).reduce("", String::concat)
                        + "\noutput: " + shown(answer.output());
                return verdict(Status.FAULT, fault(message, Optional.of(first.error()), at));
            }
            if (scores.stream().noneMatch(score -> score.value().isPresent())) {
                String reasons = scores.stream()
                        .map(score -> score.scorer() + ": "
                                + score.reason().map(EvalFault::cut).orElse("no reason given"))
                        .reduce((a, b) -> a + "\n" + b)
                        .orElse("no scorer");
                return verdict(Status.NOT_SCORED, failure("not scored: every scorer abstained\n" + reasons));
            }
            if (misses.isEmpty()) {
                return new SampleVerdict(Status.PASSED, List.copyOf(scores), Optional.empty());
            }
            List<Miss> standing =
                    misses.stream().filter(miss -> miss.liftedBy.isEmpty()).toList();
            if (!standing.isEmpty()) {
                // What stands comes first: tools show the first line.
                List<Miss> ordered = Stream.concat(
                                standing.stream(), misses.stream().filter(miss -> miss.liftedBy.isPresent()))
                        .toList();
                return verdict(Status.MISSED, failure(ordered, ""));
            }
            String lifted = "tolerated by " + misses.get(0).liftedBy.orElseThrow() + ": ";
            return verdict(Status.TOLERATED, missesFail ? failure(misses, lifted) : aborted(lifted + text(misses), at));
        }

        private SampleVerdict verdict(Status status, Throwable error) {
            return new SampleVerdict(status, List.copyOf(scores), Optional.of(error));
        }

        private String text(ScorerOutcome.Threw threw) {
            return EvalFault.told("@Scorer " + threw.scorer().name(), threw.error());
        }

        private String text(List<Miss> missed) {
            return missed.stream()
                    .map(this::text)
                    .reduce((a, b) -> a + "\n" + b)
                    .orElseThrow();
        }

        private String text(Miss miss) {
            StringBuilder text = new StringBuilder(miss.name);
            if (miss.threshold.isPresent()) {
                text.append(" is ")
                        .append(miss.value)
                        .append(", below its threshold ")
                        .append(miss.threshold.getAsDouble());
            } else {
                text.append(" missed");
            }
            if (miss.assertion.isPresent()) {
                String said = messageOf(miss.assertion.get());
                text.append(": ").append(said);
                if (!said.contains(plain(answer.output()))) {
                    text.append("\noutput was ").append(shown(answer.output()));
                }
                return text.toString();
            }
            miss.reason.ifPresent(reason -> text.append(": ").append(EvalFault.cut(reason)));
            text.append(miss.reason.isPresent() ? "\n" : ": ")
                    .append(expected.isMissingNode() ? "output was " : "expected " + shown(expected) + " but was ")
                    .append(shown(answer.output()));
            return text.toString();
        }

        private AssertionFailedError failure(List<Miss> missed, String before) {
            Miss first = missed.get(0);
            String message = Visible.inXml(before + text(missed) + at(at));
            AssertionFailedError error =
                    first.assertion.isPresent() ? ofAssertion(first.assertion.get(), message) : ofValues(message);
            error.setStackTrace(trace(first));
            return error;
        }

        private AssertionFailedError failure(String message) {
            AssertionFailedError error =
                    new AssertionFailedError(Visible.inXml(message + "\noutput: " + shown(answer.output()) + at(at)));
            error.setStackTrace(new StackTraceElement[0]);
            return error;
        }

        private AssertionFailedError ofAssertion(AssertionError assertion, String message) {
            if (assertion instanceof AssertionFailedError failed
                    && failed.isExpectedDefined()
                    && failed.isActualDefined()) {
                return new AssertionFailedError(
                        message,
                        failed.getExpected().getEphemeralValue(),
                        failed.getActual().getEphemeralValue());
            }
            return new AssertionFailedError(message);
        }

        private AssertionFailedError ofValues(String message) {
            return expected.isMissingNode()
                    ? new AssertionFailedError(message)
                    : new AssertionFailedError(message, plain(expected), plain(answer.output()));
        }
    }

    /** Made for the first score that has details: most have none. */
    private static final class Details {
        static final ObjectMapper JSON = new ObjectMapper();
    }

    private record Miss(
            ScorerDefinition scorer,
            String name,
            double value,
            OptionalDouble threshold,
            Optional<String> reason,
            Optional<AssertionError> assertion,
            Optional<String> liftedBy) {}

    private static ScoreRecord unscored(
            String scorer, Outcome outcome, Optional<String> reason, OptionalDouble threshold) {
        return new ScoreRecord(
                scorer, outcome, OptionalDouble.empty(), threshold, false, reason, Map.of(), OptionalDouble.empty());
    }

    private static Map<String, JsonNode> details(Score score) {
        Map<String, JsonNode> details = new LinkedHashMap<>();
        score.details().forEach((name, detail) -> {
            try {
                details.put(name, Details.JSON.valueToTree(detail));
            } catch (IllegalArgumentException unwritable) {
                details.put(name, TextNode.valueOf(String.valueOf(detail)));
            }
        });
        return details;
    }

    /** The frames of the scorer and of what it called, without the engine's; at least the scorer's own line. */
    private static StackTraceElement[] trace(Miss miss) {
        String scorer = miss.scorer.method().getDeclaringClass().getName();
        StackTraceElement[] frames =
                miss.assertion.map(Throwable::getStackTrace).orElse(new StackTraceElement[0]);
        int first = -1;
        int last = -1;
        for (int i = 0; i < frames.length; i++) {
            if (frames[i].getClassName().equals(scorer)) {
                first = first < 0 ? i : first;
                if (frames[i].getMethodName().equals(miss.scorer.method().getName())) {
                    last = i;
                    break;
                }
            }
        }
        return last < 0
                ? new StackTraceElement[] {miss.scorer.location()}
                : Arrays.copyOfRange(frames, first, last + 1);
    }

    private static EvalFault fault(String message, Optional<Throwable> cause, String at) {
        String text = message + at(at);
        return cause.map(error -> EvalFault.of(text, error)).orElseGet(() -> new EvalFault(text));
    }

    private static TestAbortedException aborted(String message, String at) {
        TestAbortedException aborted = new TestAbortedException(Visible.inXml(message + at(at)));
        aborted.setStackTrace(new StackTraceElement[0]);
        return aborted;
    }

    private static String at(String at) {
        return "\nat " + at;
    }

    private static String messageOf(AssertionError error) {
        String text = EvalFault.describe(error);
        String type = error.getClass().getName() + ": ";
        return (text.startsWith(type) ? text.substring(type.length()) : text).strip();
    }

    /** A text as itself, so that an IDE's diff shows lines; anything else as indented JSON. */
    private static String plain(JsonNode node) {
        return node.isTextual() ? node.textValue() : node.isValueNode() ? node.asText() : node.toPrettyString();
    }

    private static String shown(JsonNode node) {
        String text = node.isTextual() ? '"' + node.textValue() + '"' : node.toString();
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "… (" + text.length() + " characters)";
    }
}
