package org.juniteval.engine.dataset;

import java.util.Objects;
import java.util.Optional;

/**
 * Why a dataset cannot be run.
 *
 * @param position where; empty for what belongs to no line, such as a missing file
 * @param message what is wrong there and what would cure it
 */
public record DatasetFault(Optional<Position> position, String message) {

    public DatasetFault {
        Objects.requireNonNull(position, "position");
        Objects.requireNonNull(message, "message");
    }

    DatasetFault(Position position, String message) {
        this(Optional.of(position), message);
    }

    DatasetFault(String message) {
        this(Optional.empty(), message);
    }

    /** Position and message: {@code capitals.jsonl:17:23 message}. */
    @Override
    public String toString() {
        return position.map(place -> place + " ").orElse("") + message;
    }
}
