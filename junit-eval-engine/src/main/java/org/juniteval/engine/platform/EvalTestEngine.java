package org.juniteval.engine.platform;

import java.util.List;
import java.util.Optional;
import org.junit.platform.engine.EngineDiscoveryRequest;
import org.junit.platform.engine.ExecutionRequest;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestEngine;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.EngineDescriptor;
import org.junit.platform.engine.support.discovery.EngineDiscoveryRequestResolver;
import org.juniteval.engine.report.Progress;
import org.juniteval.engine.run.Memory;
import org.juniteval.engine.run.Run;
import org.juniteval.engine.run.Settings;
import org.juniteval.engine.run.SuitePlan;
import org.juniteval.engine.suite.SuiteDefinition;

/**
 * Runs the evals of {@link org.juniteval.EvalSuite} classes.
 *
 * <p>Selected by class path root, module, package, class, method, iteration (a row's position, from 0) and unique id,
 * down to one sample, verdict or gate. Cases are registered while they run, so discovery reads no dataset.
 */
public final class EvalTestEngine implements TestEngine {

    /** Ids that begin with {@code junit-} are reserved, and warned about on every run. */
    static final String ID = "eval";

    private static final Memory OF_THIS_JVM = new Memory();

    private static final EngineDiscoveryRequestResolver<EngineDescriptor> RESOLVER =
            EngineDiscoveryRequestResolver.<EngineDescriptor>builder()
                    .addClassContainerSelectorResolver(SuiteDefinition::isSuite)
                    .addSelectorResolver(context -> new SuiteSelectorResolver(
                            context.getEngineDescriptor().getUniqueId(), context.getClassNameFilter()))
                    .build();

    private final Memory memory;

    /** The engine that the Platform finds. */
    public EvalTestEngine() {
        this(OF_THIS_JVM);
    }

    /** An engine with a memory of its own: as if in another JVM. */
    EvalTestEngine(Memory memory) {
        this.memory = memory;
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public Optional<String> getGroupId() {
        return Optional.of("org.juniteval");
    }

    @Override
    public Optional<String> getArtifactId() {
        return Optional.of("junit-eval-engine");
    }

    @Override
    public TestDescriptor discover(EngineDiscoveryRequest request, UniqueId uniqueId) {
        EngineDescriptor engine = new EngineDescriptor(uniqueId, "LLM evals");
        RESOLVER.resolve(request, engine);
        return engine;
    }

    @Override
    public void execute(ExecutionRequest request) {
        TestDescriptor engine = request.getRootTestDescriptor();
        Parameters parameters = new Parameters(request.getConfigurationParameters());
        Settings settings = new Settings(parameters::get);
        parameters.warnOfUnknownKeys();
        TreeReporter tree = new TreeReporter(request.getEngineExecutionListener());
        List<SuitePlan> plans = engine.getChildren().stream()
                .map(SuiteDescriptor.class::cast)
                .peek(tree::expect)
                .map(SuiteDescriptor::plan)
                .toList();
        Run run = new Run(settings, memory, tree, Cancellation.of(request));
        request.getEngineExecutionListener().executionStarted(engine);
        try (Progress progress = LiveProgress.start(settings, run)) {
            tree.printAround(progress::around);
            run.execute(plans);
        } catch (RuntimeException | Error error) {
            // Eclipse stops a run by an OutOfMemoryError from its listener.
            throw error;
        } catch (Throwable error) {
            throw new IllegalStateException(error);
        }
        request.getEngineExecutionListener().executionFinished(engine, TestExecutionResult.successful());
    }
}
