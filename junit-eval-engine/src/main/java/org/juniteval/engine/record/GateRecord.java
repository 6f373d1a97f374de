package org.juniteval.engine.record;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The verdict on one gate.
 *
 * @param eval which eval it belongs to
 * @param gate the gate's name
 * @param leaf what the test tree shows
 * @param observed the statistic's value; empty where nothing was observed
 * @param atLeast the lower bound
 * @param atMost the upper bound
 * @param figures the figures of the scorer that it speaks of; empty for measures and verdicts
 */
public record GateRecord(
        EvalName eval,
        String gate,
        Optional<Leaf> leaf,
        OptionalDouble observed,
        OptionalDouble atLeast,
        OptionalDouble atMost,
        Optional<ScorerFigures> figures)
        implements LeafRecord {}
