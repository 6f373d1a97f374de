package org.juniteval.engine.record;

import java.util.Optional;

/**
 * A fault of a suite, a dataset, a selection or the configuration.
 *
 * @param eval which eval it is shown under
 * @param what what is at fault, such as {@code dataset}
 * @param leaf what the test tree shows
 */
public record FaultRecord(EvalName eval, String what, Optional<Leaf> leaf) implements LeafRecord {}
