package org.juniteval.engine.platform;

import java.util.Set;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.juniteval.engine.run.SuitePlan;
import org.juniteval.engine.run.Tree;
import org.juniteval.engine.suite.SuiteDefinition;

/** A suite: a container with a class source right below the engine, which is what Surefire makes a test set of. */
final class SuiteDescriptor extends AbstractTestDescriptor implements Tree.Node {

    static final String SEGMENT = "suite";

    private final SuiteDefinition suite;

    SuiteDescriptor(UniqueId parent, SuiteDefinition suite) {
        super(parent.append(SEGMENT, suite.name()), suite.displayName(), ClassSource.from(suite.type()));
        this.suite = suite;
    }

    SuiteDefinition suite() {
        return suite;
    }

    SuitePlan plan() {
        return new SuitePlan(
                suite,
                this,
                getChildren().stream()
                        .map(EvalDescriptor.class::cast)
                        .map(EvalDescriptor::plan)
                        .toList());
    }

    @Override
    public Type getType() {
        return Type.CONTAINER;
    }

    /** A suite without an eval shows that as a fault; a container that registers nothing would be pruned. */
    @Override
    public boolean mayRegisterTests() {
        return suite.evals().isEmpty();
    }

    @Override
    public Set<TestTag> getTags() {
        return Tags.of(suite.tags());
    }

    @Override
    public String getLegacyReportingName() {
        return suite.name();
    }

    @Override
    public String uniqueId() {
        return getUniqueId().toString();
    }

    @Override
    public String reportingName() {
        return getLegacyReportingName();
    }
}
