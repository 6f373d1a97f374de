/**
 * What an answer depends on: the canonical text of its input, the slice of the project's code and resources that an
 * eval reaches, and the one value over all of these by which a stored answer is found again. Knows nothing of JUnit.
 */
package org.juniteval.engine.fingerprint;
