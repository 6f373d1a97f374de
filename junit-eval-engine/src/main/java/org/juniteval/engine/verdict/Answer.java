package org.juniteval.engine.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** What one sample came to, before it is judged. */
public sealed interface Answer {

    /** There is an output, and scorers looked at it. */
    record Scored(JsonNode output, List<ScorerOutcome> scorers) implements Answer {}

    /**
     * There is no output to score, because something broke.
     *
     * @param message what broke, in words
     * @param cause what was thrown; empty where nothing was
     */
    record Fault(String message, Optional<Throwable> cause) implements Answer {}

    /** The sample was not run, or was cut off. */
    record NotRun(String reason) implements Answer {}
}
