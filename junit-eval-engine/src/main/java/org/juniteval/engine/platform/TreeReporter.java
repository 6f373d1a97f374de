package org.juniteval.engine.platform;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.reporting.ReportEntry;
import org.juniteval.engine.record.EvalName;
import org.juniteval.engine.record.EvalRecord;
import org.juniteval.engine.record.LeafRecord;
import org.juniteval.engine.record.Visible;
import org.juniteval.engine.report.ConsoleReport;
import org.juniteval.engine.report.JUnitXml;
import org.juniteval.engine.report.ReportEntries;
import org.juniteval.engine.report.Terminal;
import org.juniteval.engine.run.Output;
import org.juniteval.engine.run.OutputCapture;
import org.juniteval.engine.run.Tree;
import org.opentest4j.TestAbortedException;

/**
 * Tells the Platform what happens, in an order that tools can stand.
 *
 * <p>All is told by one thread, the one that called {@code execute}; the others hand over what has happened and go on,
 * so that no sample waits for the reports of another. For each leaf it tells what it printed, its report entries, its
 * end. Surefire hands what is printed to the test that ends next, so only this keeps each {@code <system-out>} with its
 * test; and a leaf starts and ends on one thread, because the Platform's own capture of output marks and consumes per
 * thread.
 *
 * <p>Events come in the order of the suites: those of a suite that starts while an earlier one is unfinished are held
 * back until that one has ended, because Surefire 3.2.5 to 3.5.2 write the test cases of overlapping classes into the
 * wrong file. What runs does not wait for that. A leaf whose start was held back is told its start with its end.
 */
final class TreeReporter implements Tree {

    /** Of so many failed leaves of one eval the whole story is printed; all of them are in the XML. */
    private static final int STORIES = 20;

    private final EngineExecutionListener listener;
    private final Terminal terminal = Terminal.ofThisProcess();
    private final Thread teller = Thread.currentThread();
    private final Handover handover = new Handover();
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<TestDescriptor> order = new ArrayDeque<>();
    private final Map<TestDescriptor, Queue<Runnable>> held = new HashMap<>();
    private final Set<TestDescriptor> started = new HashSet<>();
    private final Map<EvalName, Integer> stories = new HashMap<>();
    private final Map<TestDescriptor, JUnitXml> xmls = new HashMap<>();
    private Consumer<Runnable> around = Runnable::run;

    TreeReporter(EngineExecutionListener listener) {
        this.listener = listener;
    }

    /** The next suite in order. */
    void expect(SuiteDescriptor suite) {
        order.add(suite);
        held.put(suite, new ArrayDeque<>());
    }

    /** What is done around each printing, so that a live line on the terminal does not get into it. */
    void printAround(Consumer<Runnable> around) {
        this.around = around;
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
        TestDescriptor above = (TestDescriptor) parent;
        // Surefire writes U+FFFE as it is, and nobody can read its report then; consoles print names as they are.
        return new NodeDescriptor(
                above,
                type,
                value,
                Visible.inTerminal(displayName),
                Visible.inTerminal(reportingName),
                above.getSource().orElseThrow(),
                leaf,
                Tags.of(tags));
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

    @Override
    public void tell(Consumer<Throwable> broken) {
        boolean telling = true;
        for (Optional<Runnable> event = handover.take(); event.isPresent(); event = handover.take()) {
            try {
                if (telling) {
                    event.get().run();
                }
            } catch (Throwable error) {
                telling = false;
                broken.accept(error);
            }
        }
        List.copyOf(xmls.keySet()).forEach(this::dropXml);
    }

    @Override
    public void end() {
        handover.end();
    }

    @Override
    public void awaitTold() {
        handover.awaitRoom();
    }

    @Override
    public void behind(Runnable last) {
        if (Thread.currentThread() == teller) {
            last.run();
        } else {
            handover.leave(last);
        }
    }

    @Override
    public void started(Node leaf) {
        behind(() -> {
            TestDescriptor node = (TestDescriptor) leaf;
            if (order.peek() == suiteOf(node)) {
                start(node);
            }
        });
    }

    @Override
    public void finished(
            Node leaf, LeafRecord record, Optional<Throwable> error, Output output, Optional<Summary> summary) {
        TestDescriptor node = (TestDescriptor) leaf;
        behind(() -> {
            // What may have to wait for an earlier suite is made of the record and does not keep it: answers are long.
            List<String> texts = texts(record, summary);
            Map<String, String> entries = ReportEntries.of(record);
            writeXml(suiteOf(node), xml -> xml.append(record, entries));
            tellInOrder(node, () -> {
                start(node);
                print(texts, output);
                publish(node, entries);
                end(node, error.map(TreeReporter::result).orElseGet(TestExecutionResult::successful));
            });
        });
    }

    private static TestExecutionResult result(Throwable error) {
        return error instanceof TestAbortedException
                ? TestExecutionResult.aborted(error)
                : TestExecutionResult.failed(error);
    }

    @Override
    public void finished(Node container) {
        TestDescriptor node = (TestDescriptor) container;
        tell(node, () -> {
            start(node);
            end(node, TestExecutionResult.successful());
        });
    }

    @Override
    public void entries(Node container, EvalRecord record) {
        TestDescriptor node = (TestDescriptor) container;
        tell(node, () -> {
            start(node);
            writeXml(suiteOf(node), xml -> xml.append(record));
            publish(node, ReportEntries.of(record));
        });
    }

    @Override
    public void skipped(Node node, String reason) {
        TestDescriptor skipped = (TestDescriptor) node;
        tell(skipped, () -> {
            if (!order.contains(skipped)) {
                start(skipped.getParent().orElseThrow());
            }
            listener.executionSkipped(skipped, Visible.inXml(reason));
        });
    }

    @Override
    public void suiteStarted(Node suite, Path reportDir) {
        behind(() -> {
            try {
                xmls.put(
                        (TestDescriptor) suite,
                        JUnitXml.begin(((SuiteDescriptor) suite).suite().name(), reportDir));
            } catch (IOException e) {
                tellXmlFailed((TestDescriptor) suite, e);
            }
        });
    }

    @Override
    public void suiteFinished(Node suite, Optional<Rerun> rerun) {
        TestDescriptor node = (TestDescriptor) suite;
        behind(() -> {
            tellInOrder(node, () -> {
                if (started.contains(node)) {
                    end(node, TestExecutionResult.successful());
                }
                finishXml(node, rerun);
                held.remove(node);
            });
            tellHeld();
        });
    }

    private void tell(TestDescriptor node, Runnable events) {
        behind(() -> tellInOrder(node, events));
    }

    /** Tells now what belongs to the first unfinished suite, and later what belongs to others. */
    private void tellInOrder(TestDescriptor node, Runnable events) {
        TestDescriptor suite = suiteOf(node);
        if (order.peek() == suite) {
            events.run();
            dropEnded();
        } else {
            held.get(suite).add(events);
        }
    }

    private void dropEnded() {
        while (!order.isEmpty() && !held.containsKey(order.peek())) {
            order.poll();
        }
    }

    /** The first suite has ended: tells what was held back of the next ones. */
    private void tellHeld() {
        dropEnded();
        while (!order.isEmpty()) {
            TestDescriptor suite = order.peek();
            Queue<Runnable> events = held.get(suite);
            for (Runnable next = events.poll(); next != null; next = events.poll()) {
                next.run();
            }
            dropEnded();
            if (order.peek() == suite) {
                return;
            }
        }
    }

    private static TestDescriptor suiteOf(TestDescriptor node) {
        TestDescriptor suite = node;
        while (!(suite instanceof SuiteDescriptor)) {
            suite = suite.getParent().orElseThrow();
        }
        return suite;
    }

    /** Registers and starts a node and whatever stands above it, unless that was done. */
    private void start(TestDescriptor node) {
        if (started.contains(node)) {
            return;
        }
        if (!(node instanceof SuiteDescriptor)) {
            start(node.getParent().orElseThrow());
        }
        if (node instanceof NodeDescriptor) {
            listener.dynamicTestRegistered(node);
        }
        started.add(node);
        listener.executionStarted(node);
    }

    private void end(TestDescriptor node, TestExecutionResult result) {
        started.remove(node);
        listener.executionFinished(node, result);
    }

    private void publish(TestDescriptor node, Map<String, String> entries) {
        if (!entries.isEmpty()) {
            listener.reportingEntryPublished(node, ReportEntry.from(entries));
        }
    }

    // ---- what is printed

    private List<String> texts(LeafRecord record, Optional<Summary> summary) {
        List<String> texts = new ArrayList<>();
        if (tellsStory(record)) {
            texts.add(ConsoleReport.failure(record, terminal.colour()));
        }
        summary.ifPresent(behind -> texts.add(ConsoleReport.summary(
                behind.eval(), behind.decisions(), behind.failed(), terminal.colour(), terminal.width())));
        return texts;
    }

    private void print(List<String> texts, Output output) {
        if (texts.isEmpty() && output.out().isEmpty() && output.err().isEmpty()) {
            return;
        }
        around.accept(() -> {
            // The streams of this moment: whoever captures output wants it, and our own capture lets this thread's
            // through.
            PrintStream out = OutputCapture.out();
            out.print(output.out());
            texts.forEach(text -> out.println(terminal.readable(text)));
            out.flush();
            if (!output.err().isEmpty()) {
                OutputCapture.err().print(output.err());
                OutputCapture.err().flush();
            }
        });
    }

    @Override
    public void notes(List<String> lines) {
        behind(() ->
                around.accept(() -> lines.forEach(line -> OutputCapture.err().println("junit-eval: " + line))));
    }

    private boolean tellsStory(LeafRecord record) {
        return record.leaf().filter(leaf -> leaf.status().fails()).isPresent()
                && stories.merge(record.eval(), 1, Integer::sum) <= STORIES;
    }

    // ---- the JUnit XML

    private void writeXml(TestDescriptor suite, Consumer<JUnitXml> writing) {
        JUnitXml xml = xmls.get(suite);
        if (xml != null) {
            try {
                writing.accept(xml);
            } catch (UncheckedIOException e) {
                tellXmlFailed(suite, e);
            }
        }
    }

    private void finishXml(TestDescriptor suite, Optional<Rerun> rerun) {
        try (JUnitXml xml = xmls.remove(suite)) {
            if (rerun.isPresent()) {
                JUnitXml.write(
                        rerun.get().records(),
                        ((SuiteDescriptor) suite).suite().name(),
                        rerun.get().reportDir());
            } else if (xml != null) {
                xml.finish();
            }
        } catch (IOException e) {
            tellXmlFailed(suite, e);
        }
    }

    /** A report that cannot be written is told once and costs nothing else. */
    private void tellXmlFailed(TestDescriptor suite, Exception e) {
        dropXml(suite);
        OutputCapture.err()
                .println("junit-eval: the JUnit XML of " + suite.getDisplayName() + " could not be written: " + e);
    }

    /** Lets go of what will not be finished. */
    private void dropXml(TestDescriptor suite) {
        JUnitXml unfinished = xmls.remove(suite);
        if (unfinished != null) {
            try {
                unfinished.close();
            } catch (IOException e) {
                // Closing writes what is still buffered, for which there is no more room than before.
            }
        }
    }
}
