package org.juniteval.engine.suite;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.juniteval.Score;

/**
 * What one scorer said of one output. A score whose reason is empty gave none.
 *
 * @param scores the scorer's own score by its name, first; then, where it returned a map, each part as {@code
 *     name.part}, its own score being the mean of those parts that did not abstain
 * @param assertion the assertion that did not hold, where one was thrown
 */
public record Scoring(Map<String, Score> scores, Optional<AssertionError> assertion) {

    public Scoring {
        scores = Collections.unmodifiableMap(new LinkedHashMap<>(scores));
        Objects.requireNonNull(assertion, "assertion");
    }
}
