/**
 * What people and tools read of a run: report entries, console, JUnit XML and live progress. Everything but the progress
 * is rendered from records alone.
 */
package org.juniteval.engine.report;
