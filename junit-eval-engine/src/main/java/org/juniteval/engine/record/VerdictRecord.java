package org.juniteval.engine.record;

import java.util.List;
import java.util.Optional;

/**
 * The verdict on one case.
 *
 * @param eval which eval it belongs to
 * @param caseId the case's id
 * @param leaf what the test tree shows
 * @param samples how many samples there are
 * @param required how many of them must pass
 * @param passed how many of them passed
 * @param faults how many of them faulted
 * @param scores the scorers' figures over this case's samples
 */
public record VerdictRecord(
        EvalName eval,
        String caseId,
        Optional<Leaf> leaf,
        int samples,
        int required,
        int passed,
        int faults,
        List<ScorerFigures> scores)
        implements LeafRecord {}
