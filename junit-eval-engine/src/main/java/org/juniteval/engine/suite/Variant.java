package org.juniteval.engine.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One combination of the values of an eval's axes.
 *
 * @param name the names of the values, joined by {@code +}; empty for the only variant of an eval without axes
 * @param values one value an axis, in the order of the eval's parameters
 * @param data the values as a JSON array, where every one of them is data; a model or a function is not
 */
public record Variant(String name, List<Object> values, Optional<JsonNode> data) {

    /** The only variant of an eval that has no axis. */
    public static final Variant NONE = new Variant("", List.of(), Optional.empty());

    public Variant {
        Objects.requireNonNull(name, "name");
        values = List.copyOf(values);
        Objects.requireNonNull(data, "data");
    }
}
