package org.juniteval.engine.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;

/** The JSON in which an eval's outputs are kept, and what it is as the eval's type again. */
final class StoredForm {

    private final Method eval;
    private final Type type;
    private final ObjectMapper mapper;
    private final JavaType javaType;

    StoredForm(Method eval, Type type, ObjectMapper mapper) {
        this.eval = eval;
        this.type = type;
        this.mapper = mapper;
        this.javaType = mapper.constructType(type);
    }

    private String place() {
        return Place.text(eval);
    }

    /** Why values of the type would not come back as they were; empty where nothing speaks against it. */
    List<String> faults() {
        return new RoundTrip(mapper)
                .faults(javaType).stream()
                        .map(fault -> place() + ": its output cannot be kept: " + fault)
                        .toList();
    }

    /** @param redaction takes the secrets out; what is wrong with an output is told without them, too */
    JsonNode store(Object output, UnaryOperator<JsonNode> redaction) throws SuiteFault {
        if (output == null) {
            throw new SuiteFault(place() + ": returned null: return a value that says what happened, such as an empty"
                    + " string or Optional.empty(), or throw");
        }
        JsonNode stored = write(output);
        JsonNode again;
        try {
            again = write(Json.read(mapper, stored, javaType));
        } catch (JsonProcessingException | RuntimeException unreadable) {
            throw new SuiteFault(
                    place() + ": its output was written as " + brief(redaction.apply(stored))
                            + " and cannot be read back as "
                            + Generics.describe(type) + " (" + RoundTrip.reason(unreadable) + "): " + RoundTrip.CURE,
                    unreadable);
        }
        if (!stored.equals(again) && !unordered(stored).equals(unordered(again))) {
            throw new SuiteFault(place() + ": its output was written as " + brief(redaction.apply(stored))
                    + " but came back as " + brief(redaction.apply(again))
                    + ", so scorers would not see what was returned: " + RoundTrip.CURE);
        }
        JsonNode redacted = redaction.apply(stored);
        if (redacted != stored) {
            checkReadable(redacted);
        }
        return redacted;
    }

    private void checkReadable(JsonNode redacted) throws SuiteFault {
        try {
            Json.read(mapper, redacted, javaType);
        } catch (JsonProcessingException | RuntimeException unreadable) {
            throw new SuiteFault(
                    place() + ": its output holds a secret, and " + brief(redacted) + " cannot be read back as "
                            + Generics.describe(type) + " (" + RoundTrip.reason(unreadable)
                            + "): leave it out, or return it as text",
                    unreadable);
        }
    }

    Object restore(JsonNode stored) throws SuiteFault {
        try {
            return Json.read(mapper, stored, javaType);
        } catch (JsonProcessingException | RuntimeException unreadable) {
            throw new SuiteFault(
                    place() + ": the stored answer " + brief(stored) + " cannot be read as " + Generics.describe(type)
                            + " (" + RoundTrip.reason(unreadable)
                            + "): it was written by an older form of that type; remove it from the cache",
                    unreadable);
        }
    }

    /** By way of text, so that the first run's tree has the same kinds of numbers as one read from the cache. */
    private JsonNode write(Object value) throws SuiteFault {
        try {
            return Json.tree(mapper, mapper.writerFor(typeOf(value)), value);
        } catch (JsonProcessingException | RuntimeException unwritable) {
            throw new SuiteFault(
                    place() + ": Jackson cannot write its output of " + Generics.describe(value.getClass()) + " ("
                            + RoundTrip.reason(unwritable) + "): " + RoundTrip.CURE,
                    unwritable);
        }
    }

    /**
     * A subclass's own properties are written too, so that it shows when they do not come back. Containers and types
     * that tell their kinds apart need the declared type for the same.
     */
    private JavaType typeOf(Object value) throws JsonMappingException {
        boolean asDeclared = !javaType.getRawClass().isInstance(value)
                || javaType.isContainerType()
                || javaType.isReferenceType()
                || javaType.isEnumType()
                || mapper.getSerializerProviderInstance().findTypeSerializer(javaType) != null;
        return asDeclared ? javaType : mapper.getTypeFactory().constructSpecializedType(javaType, value.getClass());
    }

    /** Arrays sorted: a HashSet that is read back may have another order. */
    private static JsonNode unordered(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode sorted = object.objectNode();
            object.properties().forEach(field -> sorted.set(field.getKey(), unordered(field.getValue())));
            return sorted;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode sorted = array.arrayNode();
            StreamSupport.stream(array.spliterator(), false)
                    .map(StoredForm::unordered)
                    .sorted(Comparator.comparing(JsonNode::toString))
                    .forEach(sorted::add);
            return sorted;
        }
        return node;
    }

    static String brief(JsonNode node) {
        String text = Objects.toString(node);
        return text.length() <= 120 ? text : text.substring(0, 117) + "...";
    }
}
