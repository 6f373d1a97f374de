/**
 * Measures for scorers to call: how near an answer's text, or its embedding, comes to the expected one. Each is pure
 * and may be called from any thread.
 */
package org.juniteval.metrics;
