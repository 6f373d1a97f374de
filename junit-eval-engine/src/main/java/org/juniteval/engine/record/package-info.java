/**
 * What a run leaves behind: one record for every leaf of the test tree, one for every eval. Console, JUnit XML and
 * report entries are rendered from these records alone, so they cannot disagree.
 */
package org.juniteval.engine.record;
