/**
 * What stands and what is lifted: judges samples, cases and gates. Every scorer's requirement holds on every sample
 * until something lifts it.
 */
package org.juniteval.engine.verdict;
