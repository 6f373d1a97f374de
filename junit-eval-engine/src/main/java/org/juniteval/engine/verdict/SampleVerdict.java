package org.juniteval.engine.verdict;

import java.util.List;
import java.util.Optional;
import org.juniteval.engine.record.ScoreRecord;
import org.juniteval.engine.record.Status;

/**
 * The judgement of one sample.
 *
 * @param status what it is
 * @param scores what each scorer said
 * @param error what its leaf ends with; empty where it passed
 */
public record SampleVerdict(Status status, List<ScoreRecord> scores, Optional<Throwable> error) {}
