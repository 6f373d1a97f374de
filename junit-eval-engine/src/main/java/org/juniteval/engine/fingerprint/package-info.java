/**
 * The one value over all that an answer depends on, by which a stored answer is found again, and the canonical text of
 * what goes into it. Knows nothing of JUnit.
 */
package org.juniteval.engine.fingerprint;
