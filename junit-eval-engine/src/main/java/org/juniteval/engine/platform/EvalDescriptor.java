package org.juniteval.engine.platform;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.platform.engine.TestTag;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.juniteval.engine.run.EvalPlan;
import org.juniteval.engine.run.Selection;
import org.juniteval.engine.run.Tree;
import org.juniteval.engine.suite.EvalDefinition;

/**
 * An eval: the leaf of the discovery tree, which registers its cases while it runs. It carries all inherited tags,
 * because tag filters look at leaves only; what stands below it is addressed through its selection.
 */
final class EvalDescriptor extends AbstractTestDescriptor implements Tree.Node {

    static final String SEGMENT = "eval";

    private final EvalDefinition eval;
    private final Set<Selection.Pick> picks = new HashSet<>();
    private boolean all;

    EvalDescriptor(UniqueId parent, EvalDefinition eval) {
        super(
                parent.append(SEGMENT, segmentValue(eval)),
                eval.displayName(),
                MethodSource.from(eval.suite().type(), eval.method()));
        this.eval = eval;
    }

    static String segmentValue(EvalDefinition eval) {
        return Arrays.stream(eval.method().getParameterTypes())
                .map(Class::getName)
                .collect(Collectors.joining(", ", eval.name() + "(", ")"));
    }

    EvalDescriptor selectAll() {
        all = true;
        return this;
    }

    EvalDescriptor select(Set<Selection.Pick> more) {
        picks.addAll(more);
        return this;
    }

    EvalPlan plan() {
        return new EvalPlan(eval, this, all || picks.isEmpty() ? Selection.ALL : Selection.of(picks));
    }

    @Override
    public Type getType() {
        return Type.CONTAINER;
    }

    @Override
    public boolean mayRegisterTests() {
        return true;
    }

    @Override
    public Set<TestTag> getTags() {
        return Tags.of(eval.tags());
    }

    @Override
    public String getLegacyReportingName() {
        return Arrays.stream(eval.method().getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", eval.name() + "(", ")"));
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
