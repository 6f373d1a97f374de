/**
 * What a suite's class says, checked before anything is spent: its evals, scorers, gates and variants, how rows are
 * bound to parameters, and in which form outputs are kept. Reads Jupiter's annotations, knows nothing of test trees.
 */
package org.juniteval.engine.suite;
