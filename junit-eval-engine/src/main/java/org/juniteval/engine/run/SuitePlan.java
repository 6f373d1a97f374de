package org.juniteval.engine.run;

import java.util.List;
import org.juniteval.engine.suite.SuiteDefinition;

/**
 * A suite that was asked for.
 *
 * @param suite what its class says
 * @param node where it stands in the tree
 * @param evals those of its evals that were asked for
 */
public record SuitePlan(SuiteDefinition suite, Tree.Node node, List<EvalPlan> evals) {}
