package org.juniteval.engine.record;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What every leaf of the test tree has.
 *
 * @param uniqueId the Platform's unique id
 * @param name the legacy reporting name, unique in its suite: Surefire's testcase name
 * @param status how it ended
 * @param problem why it did not pass; empty where it did
 * @param started when it started
 * @param duration how long it took, scorers included
 * @param output what user code printed on the leaf's thread
 */
public record Leaf(
        String uniqueId,
        String name,
        Status status,
        Optional<Problem> problem,
        Instant started,
        Duration duration,
        String output) {}
