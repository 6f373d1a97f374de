package org.juniteval.engine.record;

import java.util.Optional;

/** The record of one leaf of the test tree, or of one sample that is folded into its case's leaf. */
public sealed interface LeafRecord permits SampleRecord, VerdictRecord, GateRecord, FaultRecord {

    /** Which eval it belongs to. */
    EvalName eval();

    /** What the test tree shows; empty only for a sample that is folded into its case's leaf. */
    Optional<Leaf> leaf();
}
