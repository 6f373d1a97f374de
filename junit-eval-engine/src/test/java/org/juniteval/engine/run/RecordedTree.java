package org.juniteval.engine.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.juniteval.engine.record.EvalRecord;
import org.juniteval.engine.record.LeafRecord;
import org.juniteval.engine.suite.SuiteDefinition;

/** Runs suites without the Platform and keeps what the run says of its nodes. */
final class RecordedTree implements Tree {

    record Named(String uniqueId, String reportingName) implements Node {}

    private final CountDownLatch ended = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, String> ends = Collections.synchronizedMap(new LinkedHashMap<>());
    private final List<EvalRecord> summaries = Collections.synchronizedList(new ArrayList<>());
    private final List<String> skipped = Collections.synchronizedList(new ArrayList<>());
    private final List<String> finished = Collections.synchronizedList(new ArrayList<>());

    /** Runs all of these suites with a memory of its own; returns when the run does. */
    RecordedTree run(Map<String, ?> keys, BooleanSupplier cancelled, Class<?>... suites) {
        Settings settings =
                new Settings(key -> Optional.ofNullable(keys.get(key)).map(Object::toString));
        List<SuitePlan> plans = new ArrayList<>();
        for (Class<?> type : suites) {
            SuiteDefinition suite = SuiteDefinition.of(type);
            plans.add(new SuitePlan(
                    suite,
                    new Named(suite.name(), suite.name()),
                    suite.evals().stream()
                            .map(eval -> new EvalPlan(
                                    eval, new Named(suite.name() + "/" + eval.name(), eval.name()), Selection.ALL))
                            .toList()));
        }
        try {
            new Run(settings, new Memory(), this, cancelled).execute(plans);
        } catch (Throwable broken) {
            throw new AssertionError("the run broke", broken);
        }
        return this;
    }

    /** What leaves ended with, by their names: the error's message, or {@code passed}. */
    Map<String, String> ends() {
        return ends;
    }

    List<EvalRecord> summaries() {
        return summaries;
    }

    /** The suites that were left out, with the reason. */
    List<String> skipped() {
        return skipped;
    }

    /** The suites that have ended. */
    List<String> finished() {
        return finished;
    }

    @Override
    public Node child(
            Node parent,
            String type,
            String value,
            String displayName,
            String reportingName,
            boolean leaf,
            Set<String> tags) {
        return new Named(parent.uniqueId() + "/" + type + ":" + value, reportingName);
    }

    @Override
    public void inOrder(Runnable events) {
        lock.lock();
        try {
            events.run();
        } finally {
            lock.unlock();
        }
    }

    /** What is handed over is kept at once, by whoever hands it over. */
    @Override
    public void tell(Consumer<Throwable> broken) {
        try {
            ended.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void end() {
        ended.countDown();
    }

    @Override
    public void awaitTold() {}

    @Override
    public void behind(Runnable last) {
        inOrder(last);
    }

    @Override
    public void started(Node leaf) {}

    @Override
    public void finished(
            Node leaf, LeafRecord record, Optional<Throwable> error, Output output, Optional<Summary> summary) {
        ends.put(leaf.reportingName(), error.map(Throwable::getMessage).orElse("passed"));
        summary.ifPresent(behind -> summaries.add(behind.eval()));
    }

    @Override
    public void finished(Node container) {}

    @Override
    public void entries(Node container, EvalRecord record) {}

    @Override
    public void skipped(Node node, String reason) {
        skipped.add(node.reportingName() + ": " + reason);
    }

    @Override
    public void suiteStarted(Node suite, Path reportDir) {}

    @Override
    public void suiteFinished(Node suite, Optional<Rerun> rerun) {
        finished.add(suite.reportingName());
    }

    @Override
    public void notes(List<String> lines) {}
}
