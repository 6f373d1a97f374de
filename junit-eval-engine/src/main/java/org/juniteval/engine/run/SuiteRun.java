package org.juniteval.engine.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.juniteval.engine.cache.CacheMode;
import org.juniteval.engine.record.EvalName;
import org.juniteval.engine.slice.ProjectCode;
import org.juniteval.engine.slice.Roots;
import org.juniteval.engine.slice.Slice;
import org.juniteval.engine.suite.EvalDefinition;
import org.juniteval.engine.suite.SuiteDefinition;
import org.juniteval.engine.suite.SuiteInstance;
import org.juniteval.engine.verdict.EvalFault;
import org.opentest4j.TestAbortedException;

/** One suite in a run: is checked, opened when its first sample is due, and closed behind its last one. */
final class SuiteRun {

    private final Run run;
    private final SuitePlan plan;
    private final SuiteDefinition suite;
    private final Path baseDirectory;
    private final List<EvalRun> evals = new ArrayList<>();
    private Iterator<SampleJob> jobs = Collections.emptyIterator();
    private Optional<SuiteInstance> instance = Optional.empty();
    private JsonNode declared = JsonNodeFactory.instance.objectNode();
    private SuiteRecords records;
    private int openEvals;
    private volatile Optional<EvalRun> last = Optional.empty();
    private volatile boolean closed;

    SuiteRun(Run run, SuitePlan plan) {
        this.run = run;
        this.plan = plan;
        this.suite = plan.suite();
        this.baseDirectory = ProjectCode.baseDirectoryOf(suite.type());
        for (EvalPlan eval : plan.evals()) {
            evals.add(new EvalRun(this, eval));
        }
    }

    /** Finds everything that is wrong with the suite and its datasets, and calls nothing of it. */
    void check() {
        if (suite.disabled().isEmpty()) {
            evals.forEach(EvalRun::check);
        }
    }

    /** Whether no other suite may run at the same time. */
    boolean alone() {
        return suite.hasLifecycle();
    }

    boolean closed() {
        return closed;
    }

    Iterator<SampleJob> jobs() {
        return jobs;
    }

    /** Makes the suite's instance and has its evals ready to run; shows what is wrong with them. */
    void open() {
        if (suite.disabled().isPresent()) {
            skip(suite.disabled().get());
            return;
        }
        if (run.stopped().isPresent()) {
            skip("not run: " + run.stopped().get());
            return;
        }
        Optional<Throwable> broken = evals.stream().anyMatch(EvalRun::runs) ? instantiate() : Optional.empty();
        if (broken.isPresent() && broken.get() instanceof TestAbortedException aborted) {
            close();
            skip("aborted before its first eval: " + EvalFault.messageOf(aborted));
            return;
        }
        broken.ifPresent(error -> evals.forEach(eval -> eval.fault("suite", error)));
        Path reportDir = run.settings().reportDir(baseDirectory);
        records = new SuiteRecords(run, suite.type(), reportDir);
        run.tree().suiteStarted(plan.node(), reportDir);
        if (evals.isEmpty()) {
            FaultLeaf fault = new FaultLeaf("suite", String.join("\n", suite.faults()), Optional.empty());
            run.tree()
                    .inOrder(() -> fault.show(
                            run, plan.node(), new EvalName(suite.name(), "", ""), suite.displayName(), records));
            end();
            return;
        }
        openEvals = evals.size();
        evals.forEach(EvalRun::open);
        jobs = new Jobs(evals.stream().filter(EvalRun::runs).toList().iterator());
        run.tree().inOrder(() -> evals.stream().filter(eval -> !eval.runs()).forEach(this::ended));
        closeIfEnded();
    }

    /** The samples of several evals, one eval after the other. */
    private static final class Jobs implements Iterator<SampleJob> {
        private final Iterator<EvalRun> evals;
        private Iterator<SampleJob> current = Collections.emptyIterator();

        Jobs(Iterator<EvalRun> evals) {
            this.evals = evals;
        }

        @Override
        public boolean hasNext() {
            while (!current.hasNext() && evals.hasNext()) {
                current = evals.next().jobs();
            }
            return current.hasNext();
        }

        @Override
        public SampleJob next() {
            hasNext();
            return current.next();
        }
    }

    private Optional<Throwable> instantiate() {
        try {
            run.workers().outsideOfSamples(() -> {
                instance = Optional.of(suite.open());
                declared = instance.get().declared();
            });
            return Optional.empty();
        } catch (TestAbortedException aborted) {
            close().ifPresent(aborted::addSuppressed);
            return Optional.of(aborted);
        } catch (Throwable error) {
            return Optional.of(error);
        }
    }

    private void skip(String reason) {
        run.tree().inOrder(() -> {
            run.tree().skipped(plan.node(), run.redaction().text(reason));
            run.tree().suiteFinished(plan.node(), Optional.empty());
        });
        closed = true;
    }

    /** An eval has no sample left; call in order. The last one's container stays open until the suite is closed. */
    void ended(EvalRun eval) {
        openEvals--;
        if (openEvals > 0) {
            eval.finish();
        } else {
            last = Optional.of(eval);
        }
    }

    /** Closes the suite when all its evals have ended; call out of order, because user code runs. */
    void closeIfEnded() {
        if (last.isEmpty()) {
            return;
        }
        EvalRun[] eval = new EvalRun[1];
        run.tree().inOrder(() -> {
            eval[0] = last.orElse(null);
            last = Optional.empty();
        });
        if (eval[0] == null) {
            return;
        }
        Optional<Throwable> broken = close();
        run.tree().inOrder(() -> {
            broken.ifPresent(error -> eval[0].fault("afterAll", error));
            eval[0].showFaults();
            eval[0].finish();
        });
        end();
    }

    private void end() {
        run.tree().behind(() -> run.tree().suiteFinished(plan.node(), records.close(run.tree())));
        closed = true;
        run.queue().signal();
    }

    /** The run broke off: lets go of what is open, and tells nobody. */
    void letGo() {
        if (!closed && records != null) {
            close(); // what it throws is less than what broke the run
            records.close(run.tree());
        }
    }

    private Optional<Throwable> close() {
        Optional<SuiteInstance> open = instance;
        instance = Optional.empty();
        try {
            if (open.isPresent()) {
                run.workers().outsideOfSamples(open.get()::close);
            }
            return Optional.empty();
        } catch (Throwable error) {
            return Optional.of(error);
        }
    }

    Run run() {
        return run;
    }

    SuiteDefinition suite() {
        return suite;
    }

    Path baseDirectory() {
        return baseDirectory;
    }

    SuiteRecords records() {
        return records;
    }

    Object instance() {
        return instance.orElseThrow().object();
    }

    Optional<AnswerCache> cache(EvalDefinition eval) {
        if (run.settings().cacheMode() == CacheMode.OFF) {
            return Optional.empty();
        }
        ProjectCode code = run.code(suite.type().getClassLoader(), baseDirectory);
        // What a factory that is not ours puts into an instance cannot be read from the suite's code.
        Function<Roots, Slice> slices = instance.orElseThrow().fromForeignFactory() ? code::whole : code::slice;
        return Optional.of(
                new AnswerCache(run.store(baseDirectory), run.faultMarks(baseDirectory), eval, slices, declared));
    }
}
