/**
 * The rows of an eval: JSONL found on the class path, in files or in the suite itself, checked as a whole before the
 * first call and then streamed. Knows nothing of JUnit, and of the engine
 * what secrets look like and no more.
 */
package org.juniteval.engine.dataset;
