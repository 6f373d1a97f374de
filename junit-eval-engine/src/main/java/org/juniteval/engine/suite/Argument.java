package org.juniteval.engine.suite;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Type;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.juniteval.engine.dataset.Row;

/** Where the value of one parameter comes from. */
sealed interface Argument {

    /** What the eval returned, as it was kept. */
    record Output(Type type) implements Argument {}

    /** The value of the variant's axis of that number. */
    record OfVariant(int axis) implements Argument {}

    /** The sample's context. */
    record Context() implements Argument {}

    /** A field of the row, or what a dotted path finds inside it. */
    record Part(Field field, String path, Type type) implements Argument {

        private static final Set<Class<?>> OPTIONAL =
                Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

        boolean mayBeAbsent() {
            return OPTIONAL.contains(Generics.raw(type));
        }

        /** What the row has there; a missing node where it has nothing. */
        JsonNode in(Row row) {
            JsonNode node = field.of(row);
            if (!path.isEmpty()) {
                for (String step : path.split("\\.")) {
                    node = node.isArray() && step.chars().allMatch(Character::isDigit)
                            ? node.path(index(step))
                            : node.path(step);
                }
            }
            return node;
        }

        private static int index(String digits) {
            return digits.length() > 9 ? Integer.MAX_VALUE : Integer.parseInt(digits);
        }

        /** {@code expected.address.city}. */
        String name() {
            return path.isEmpty() ? field.word() : field.word() + "." + path;
        }
    }

    /** The fields of a row that parameters may take. */
    enum Field {
        INPUT,
        EXPECTED,
        METADATA;

        JsonNode of(Row row) {
            return switch (this) {
                case INPUT -> row.input();
                case EXPECTED -> row.expected();
                case METADATA -> row.metadata();
            };
        }

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
