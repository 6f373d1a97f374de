/**
 * Formulas, and nothing else: numbers in, numbers out. Each names its source; none knows what an eval is.
 */
package org.juniteval.engine.statistics;
