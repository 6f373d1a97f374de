/**
 * The slice of a project that an eval reaches: code, the resources that it names, the sources that it was compiled of.
 * Knows nothing of JUnit.
 */
package org.juniteval.engine.slice;
