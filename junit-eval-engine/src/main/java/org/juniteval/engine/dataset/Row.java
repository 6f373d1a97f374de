package org.juniteval.engine.dataset;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.Set;

/**
 * One row of a dataset: one case. Numbers are exact ({@code BigInteger}, {@code BigDecimal}); only negative zero, which
 * neither of them holds, is a {@code double}. What the row does not have is a
 * {@link com.fasterxml.jackson.databind.node.MissingNode}.
 *
 * @param id as the row gives it, a number by its JSON text, else made of the input alone; unique in its dataset
 * @param input never missing; an object of the mapped fields where there are several
 * @param expected the answer key
 * @param tags in the row's order
 * @param metadata an object
 * @param position where the row begins
 */
public record Row(
        String id, JsonNode input, JsonNode expected, Set<String> tags, JsonNode metadata, Position position) {

    public Row {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(input, "input");
        Objects.requireNonNull(expected, "expected");
        Objects.requireNonNull(tags, "tags");
        Objects.requireNonNull(metadata, "metadata");
        Objects.requireNonNull(position, "position");
    }
}
