package org.juniteval.engine.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.juniteval.engine.record.EvalName;
import org.juniteval.engine.record.FaultRecord;
import org.juniteval.engine.record.Leaf;
import org.juniteval.engine.record.Problem;
import org.juniteval.engine.record.Status;
import org.juniteval.engine.verdict.EvalFault;
import org.opentest4j.TestAbortedException;

/**
 * Something that is wrong with a suite, a dataset, a selection or the configuration: a failing leaf of its own, because
 * an aborted discovery would hide every other eval of the build (Surefire reports "Tests run: 0").
 *
 * @param what what is at fault, such as {@code dataset}
 * @param status whether it failed, or nothing was run
 * @param message all that is wrong, with places and remedies
 * @param cause what was thrown
 */
record FaultLeaf(String what, Status status, String message, Optional<Throwable> cause) {

    FaultLeaf(String what, String message, Optional<Throwable> cause) {
        this(what, Status.FAULT, message, cause);
    }

    /** Nothing is wrong, but nothing was run either. */
    static FaultLeaf notRun(String what, String message) {
        return new FaultLeaf(what, Status.NOT_RUN, message, Optional.empty());
    }

    /** Shows it below a node; call in order. */
    void show(Run run, Tree.Node parent, EvalName eval, String parentName, SuiteRecords records) {
        String name = parentName + " [" + what + "]";
        Tree.Node node = run.tree().child(parent, "fault", what, name, name, true, Set.of());
        Optional<Throwable> error = Optional.of(run.redaction().error(error()));
        FaultRecord record = new FaultRecord(
                eval, what, Optional.of(leaf(node, status, error, Instant.now(), Duration.ZERO, Output.NONE)));
        records.append(record);
        run.tree().finished(node, record, error, Output.NONE, Optional.empty());
    }

    private Throwable error() {
        return status == Status.NOT_RUN
                ? new TestAbortedException(message)
                : cause.map(thrown -> EvalFault.of(message, thrown)).orElseGet(() -> new EvalFault(message));
    }

    /** What every leaf has. */
    static Leaf leaf(
            Tree.Node node,
            Status status,
            Optional<? extends Throwable> error,
            Instant started,
            Duration duration,
            Output output) {
        return new Leaf(
                node.uniqueId(),
                node.reportingName(),
                status,
                error.map(FaultLeaf::problem),
                started,
                duration,
                output.all());
    }

    private static Problem problem(Throwable error) {
        return new Problem(error.getClass().getName(), String.valueOf(error.getMessage()), Redaction.trace(error));
    }
}
