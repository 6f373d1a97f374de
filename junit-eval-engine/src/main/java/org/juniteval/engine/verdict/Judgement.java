package org.juniteval.engine.verdict;

import java.util.Optional;
import java.util.OptionalDouble;
import org.juniteval.engine.record.Status;

/**
 * The judgement of a case or of a gate.
 *
 * @param status what it is
 * @param observed the value that was judged; empty where there was none
 * @param error what its leaf ends with; empty where it passed
 */
public record Judgement(Status status, OptionalDouble observed, Optional<Throwable> error) {}
