/**
 * Runs evals: one queue of samples, an exact bound on how many are in flight, deadlines, the cache, and the accounts
 * from which cases, gates and summaries are judged.
 */
package org.juniteval.engine.run;
