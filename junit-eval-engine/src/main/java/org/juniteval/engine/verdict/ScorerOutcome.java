package org.juniteval.engine.verdict;

import java.util.OptionalDouble;
import org.juniteval.engine.suite.ScorerDefinition;
import org.juniteval.engine.suite.Scoring;

/** What became of one scorer's look at one sample. */
public sealed interface ScorerOutcome {

    /** The scorer. */
    ScorerDefinition scorer();

    /**
     * It said something, if only that it abstains.
     *
     * @param spread the standard deviation between its runs; empty for a single run
     * @param majority whether its score is the mean of several yes and no, of which more than half must be yes
     */
    record Said(ScorerDefinition scorer, Scoring scoring, OptionalDouble spread, boolean majority) implements ScorerOutcome {}

    /** It threw. */
    record Threw(ScorerDefinition scorer, Throwable error) implements ScorerOutcome {}
}
