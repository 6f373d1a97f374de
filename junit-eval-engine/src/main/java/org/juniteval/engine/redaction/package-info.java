/**
 * Finds secrets in texts and JSON, and puts marks into their places. Knows nothing of JUnit and of no other package of
 * the engine.
 */
package org.juniteval.engine.redaction;
