package org.juniteval.engine.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What one scorer said of one sample.
 *
 * @param scorer the scorer's name, or {@code scorer.part} for a part of a map of scores
 * @param outcome what became of it
 * @param value in [0, 1]; empty where it abstained or faulted
 * @param threshold the least value required of a number; empty where there is none
 * @param tolerated whether a missed requirement was lifted
 * @param reason why, where the scorer said so; of a fault, its text
 * @param details what else the scorer said
 * @param spread the standard deviation (population form) between the runs of a cached scorer; empty for one run
 */
public record ScoreRecord(
        String scorer,
        Outcome outcome,
        OptionalDouble value,
        OptionalDouble threshold,
        boolean tolerated,
        Optional<String> reason,
        Map<String, JsonNode> details,
        OptionalDouble spread) {

    /** What became of one scorer's look at one sample. */
    public enum Outcome {
        /** The requirement held. */
        MET,
        /** The requirement was missed. */
        MISSED,
        /** There is no requirement: the number only measures. */
        MEASURED,
        /** The scorer had nothing to say. */
        ABSTAINED,
        /** The scorer threw, or there was no output to score. */
        FAULT
    }
}
