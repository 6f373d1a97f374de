package org.juniteval.engine.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.juniteval.engine.record.EvalRecord;
import org.juniteval.engine.record.LeafRecord;

/**
 * The test tree as the run sees it: it makes nodes and says what becomes of them. Whoever implements it brings the
 * events into the order that tools expect.
 */
public interface Tree {

    /** A node of the tree. */
    interface Node {

        /** The Platform's unique id. */
        String uniqueId();

        /** The name that Surefire shows; unique in the suite. */
        String reportingName();
    }

    /**
     * Makes a node that was not there at discovery; it is registered when it starts.
     *
     * @param type the segment's type, such as {@code case}
     * @param value the segment's value, such as the case's id
     * @param tags the tags of a case's row
     */
    Node child(
            Node parent,
            String type,
            String value,
            String displayName,
            String reportingName,
            boolean leaf,
            Set<String> tags);

    /** Runs what must not be interleaved with other events: accounts, and the events that follow from them. */
    void inOrder(Runnable events);

    /**
     * Tells all events on the calling thread, one after the other, until {@link #end()}. Until then other threads only
     * hand them over, so that no sample waits for the report of another.
     *
     * @param broken is given what a listener throws; nothing is told after that
     */
    void tell(Consumer<Throwable> broken);

    /** There will be no more events of other threads. */
    void end();

    /** Waits while very much is still to be told, so that memory stays flat; call out of order. */
    void awaitTold();

    /** Runs this on the telling thread, behind all that was handed over before. */
    void behind(Runnable last);

    /** A leaf starts; its parents are started before it. */
    void started(Node leaf);

    /**
     * A leaf ends; one that was not started is started before.
     *
     * @param error what it ends with; empty where it passed
     * @param summary what is printed behind the last leaf of an eval
     */
    void finished(Node leaf, LeafRecord record, Optional<Throwable> error, Output output, Optional<Summary> summary);

    /** A container ends; it never fails. */
    void finished(Node container);

    /** Tells an eval's figures, before its container ends. */
    void entries(Node container, EvalRecord record);

    /** A node is left out, with all that is below it. */
    void skipped(Node node, String reason);

    /**
     * A suite begins to run; one that is left out does not.
     *
     * @param reportDir where its reports belong
     */
    void suiteStarted(Node suite, Path reportDir);

    /** The last event of a suite: all its nodes have ended. */
    void suiteFinished(Node suite, Optional<Rerun> rerun);

    /**
     * The suite was run before in this JVM, and only a part of it again.
     *
     * @param records where the records of the whole suite are
     * @param reportDir where its reports belong
     */
    record Rerun(Path records, Path reportDir) {}

    /**
     * What is printed behind the last leaf of an eval.
     *
     * @param eval its figures
     * @param decisions its gates, and the first verdicts that failed
     * @param failed how many verdicts failed
     */
    record Summary(EvalRecord eval, List<LeafRecord> decisions, long failed) {}

    /** Lines that the user should read and that belong to no eval. */
    void notes(List<String> lines);
}
