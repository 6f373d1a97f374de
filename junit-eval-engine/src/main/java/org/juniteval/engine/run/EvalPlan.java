package org.juniteval.engine.run;

import org.juniteval.engine.suite.EvalDefinition;

/**
 * An eval that was asked for.
 *
 * @param eval what its method says
 * @param node where it stands in the tree
 * @param selection which parts of it were asked for
 */
public record EvalPlan(EvalDefinition eval, Tree.Node node, Selection selection) {}
