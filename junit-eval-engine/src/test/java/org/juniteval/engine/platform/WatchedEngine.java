package org.juniteval.engine.platform;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.reporting.FileEntry;
import org.junit.platform.engine.reporting.ReportEntry;

/** An engine that is looked at: keeps its tree and, in order and with threads, the events that it tells. */
final class WatchedEngine implements TestEngine {

    enum What {
        REGISTERED,
        STARTED,
        ENTRY,
        SKIPPED,
        FINISHED
    }

    /**
     * One event.
     *
     * @param parent the node's parent when it was told
     * @param result of FINISHED
     * @param entry of ENTRY
     */
    record Told(
            What what,
            TestDescriptor node,
            Optional<TestDescriptor> parent,
            Optional<TestExecutionResult> result,
            Optional<ReportEntry> entry,
            Thread thread) {

        UniqueId id() {
            return node.getUniqueId();
        }

        @Override
        public String toString() {
            return what + " " + node.getUniqueId();
        }
    }

    private final TestEngine engine;
    private final List<Told> events = Collections.synchronizedList(new ArrayList<>());
    private TestDescriptor root;
    private Optional<EngineExecutionListener> also = Optional.empty();
    private Optional<Throwable> thrown = Optional.empty();

    WatchedEngine(TestEngine engine) {
        this.engine = engine;
    }

    /** This one is told first, and may throw. */
    void alsoTell(EngineExecutionListener listener) {
        also = Optional.of(listener);
    }

    TestDescriptor root() {
        return root;
    }

    /** What came out of {@code execute}; a launcher keeps it to itself. */
    Optional<Throwable> thrown() {
        return thrown;
    }

    List<Told> events() {
        synchronized (events) {
            return List.copyOf(events);
        }
    }

    @Override
    public String getId() {
        return engine.getId();
    }

    @Override
    public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId uniqueId) {
        root = engine.discover(request, uniqueId);
        return root;
    }

    @Override
    @SuppressWarnings("deprecation") // what is there instead takes types that 1.12 does not have
    public void execute(ExecutionRequest request) {
        try {
            engine.execute(ExecutionRequest.create(
                    request.getRootTestDescriptor(),
                    new Watch(request.getEngineExecutionListener()),
                    request.getConfigurationParameters()));
        } catch (RuntimeException | Error error) {
            thrown = Optional.of(error);
            throw error;
        }
    }

    private final class Watch implements EngineExecutionListener {
        private final EngineExecutionListener next;

        Watch(EngineExecutionListener next) {
            this.next = next;
        }

        private void keep(What what, TestDescriptor node, TestExecutionResult result, ReportEntry entry) {
            events.add(new Told(
                    what,
                    node,
                    node.getParent(),
                    Optional.ofNullable(result),
                    Optional.ofNullable(entry),
                    Thread.currentThread()));
        }

        @Override
        public void dynamicTestRegistered(TestDescriptor node) {
            keep(What.REGISTERED, node, null, null);
            also.ifPresent(listener -> listener.dynamicTestRegistered(node));
            next.dynamicTestRegistered(node);
        }

        @Override
        public void executionSkipped(TestDescriptor node, String reason) {
            keep(What.SKIPPED, node, null, null);
            also.ifPresent(listener -> listener.executionSkipped(node, reason));
            next.executionSkipped(node, reason);
        }

        @Override
        public void executionStarted(TestDescriptor node) {
            keep(What.STARTED, node, null, null);
            also.ifPresent(listener -> listener.executionStarted(node));
            next.executionStarted(node);
        }

        @Override
        public void executionFinished(TestDescriptor node, TestExecutionResult result) {
            keep(What.FINISHED, node, result, null);
            also.ifPresent(listener -> listener.executionFinished(node, result));
            next.executionFinished(node, result);
        }

        @Override
        public void reportingEntryPublished(TestDescriptor node, ReportEntry entry) {
            keep(What.ENTRY, node, null, entry);
            also.ifPresent(listener -> listener.reportingEntryPublished(node, entry));
            next.reportingEntryPublished(node, entry);
        }

        @Override
        public void fileEntryPublished(TestDescriptor node, FileEntry file) {
            next.fileEntryPublished(node, file);
        }
    }
}
