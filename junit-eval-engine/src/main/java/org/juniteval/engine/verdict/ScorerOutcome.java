package org.juniteval.engine.verdict;

import java.util.OptionalDouble;
import java.util.Set;
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
     * @param majority the names of its scores that are means of several yes and no, of which more than half must be yes
     */
    record Said(ScorerDefinition scorer, Scoring scoring, OptionalDouble spread, Set<String> majority)
            implements ScorerOutcome {}

    /** It threw. */
    record Threw(ScorerDefinition scorer, Throwable error) implements ScorerOutcome {}
}
