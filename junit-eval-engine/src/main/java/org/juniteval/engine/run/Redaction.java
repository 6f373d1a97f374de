package org.juniteval.engine.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.juniteval.engine.record.ScoreRecord;
import org.juniteval.engine.redaction.Redactor;
import org.juniteval.engine.suite.Scoring;
import org.juniteval.engine.verdict.EvalFault;
import org.juniteval.engine.verdict.SampleVerdict;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;
import org.opentest4j.ValueWrapper;

/**
 * Takes secrets out of what a run tells. It is applied where outputs are stored and where records and errors are made,
 * so whatever is rendered from them is clean. What holds no secret is returned as the same instance.
 */
final class Redaction {

    /** Causes beyond that are left out of an error that is told in other words. */
    private static final int CAUSES = 20;

    private final Redactor redactor;

    Redaction(Redactor redactor) {
        this.redactor = redactor;
    }

    String text(String text) {
        return redactor.text(text);
    }

    List<String> lines(List<String> lines) {
        return lines.stream().map(redactor::text).toList();
    }

    JsonNode json(JsonNode json) {
        return redactor.json(json);
    }

    List<JsonNode> json(List<JsonNode> nodes) {
        return nodes.stream().map(redactor::json).toList();
    }

    /** Of a map's scores the names may come from the output. */
    Scoring names(Scoring scoring) {
        return scoring.scores().size() == 1
                ? scoring
                : new Scoring(redactor.names(scoring.scores()), scoring.assertion());
    }

    Output output(Output output) {
        return output == Output.NONE ? output : new Output(text(output.out()), text(output.err()));
    }

    SampleVerdict verdict(SampleVerdict verdict) {
        return new SampleVerdict(
                verdict.status(),
                verdict.scores().stream().map(this::score).toList(),
                verdict.error().map(this::error));
    }

    private ScoreRecord score(ScoreRecord score) {
        if (score.reason().isEmpty() && score.details().isEmpty()) {
            return score;
        }
        Map<String, JsonNode> details = redactor.names(score.details());
        details.replaceAll((name, detail) -> json(detail));
        return new ScoreRecord(
                score.scorer(),
                score.outcome(),
                score.value(),
                score.threshold(),
                score.tolerated(),
                score.reason().map(this::text),
                details,
                score.spread());
    }

    // ---- errors

    /** What a leaf ends with: tools print its message, its values and its trace. */
    Throwable error(Throwable error) {
        if (isClean(error)) {
            return error;
        }
        String message = text(EvalFault.messageOf(error));
        Throwable told;
        if (error instanceof AssertionFailedError failed) {
            told = failed.isExpectedDefined() && failed.isActualDefined()
                    ? new AssertionFailedError(
                            message, text(shown(failed.getExpected())), text(shown(failed.getActual())))
                    : new AssertionFailedError(message);
        } else if (error instanceof TestAbortedException) {
            told = new TestAbortedException(message);
        } else {
            told = inOtherWords(message, error, CAUSES);
        }
        told.setStackTrace(error.getStackTrace());
        return told;
    }

    /** A foreign class could show its secret wherever it is printed, so it is not made again. */
    private EvalFault inOtherWords(String message, Throwable error, int causes) {
        Throwable cause = error.getCause();
        if (cause == null || causes == 0) {
            return new EvalFault(message);
        }
        EvalFault told = inOtherWords(text(EvalFault.describe(cause)), cause, causes - 1);
        told.setStackTrace(cause.getStackTrace());
        return new EvalFault(message, told);
    }

    private boolean isClean(Throwable error) {
        return isClean(EvalFault.messageOf(error))
                && isClean(trace(error))
                && (!(error instanceof AssertionFailedError failed)
                        || isClean(shown(failed.getExpected())) && isClean(shown(failed.getActual())));
    }

    private boolean isClean(String text) {
        return Objects.equals(text(text), text);
    }

    private static String shown(ValueWrapper value) {
        return value == null ? "" : String.valueOf(value.getStringRepresentation());
    }

    /** What tools print of an error; its description, where it cannot be printed. */
    static String trace(Throwable error) {
        StringWriter trace = new StringWriter();
        try {
            error.printStackTrace(new PrintWriter(trace, true));
        } catch (Throwable hostile) {
            trace.append(EvalFault.describe(error));
        }
        return trace.toString();
    }
}
