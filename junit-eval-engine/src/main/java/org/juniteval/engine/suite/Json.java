package org.juniteval.engine.suite;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.AnnotationIntrospectorPair;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.lang.ref.SoftReference;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * How JSON and Java's values become each other. {@code outputs} is lenient in reading: what an older version of a type
 * wrote is still an answer. {@code rows} is strict: what a person typed wrong shall not become another value in silence.
 * {@code keys} writes what joins the cache key. Each is made when it is first needed: Jackson's modules take long to
 * load, and a suite of texts needs none of the three.
 */
final class Json {

    /** Softly held: the mappers know modules of their class loader, which must be able to go. */
    private static final Map<ClassLoader, SoftReference<Json>> BY_LOADER = new WeakHashMap<>();

    private final Lazy<ObjectMapper> outputs;
    private final Lazy<ObjectMapper> rows;
    private final Lazy<ObjectMapper> keys;

    private Json(ClassLoader loader) {
        outputs = new Lazy<>(() -> outputs(loader));
        rows = new Lazy<>(() -> rows(loader));
        keys = new Lazy<>(() -> keys(loader));
    }

    ObjectMapper outputs() {
        return outputs.get();
    }

    ObjectMapper rows() {
        return rows.get();
    }

    ObjectMapper keys() {
        return keys.get();
    }

    static Json of(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        synchronized (BY_LOADER) {
            SoftReference<Json> known = BY_LOADER.get(loader);
            Json json = known == null ? null : known.get();
            if (json == null) {
                json = new Json(loader);
                BY_LOADER.put(loader, new SoftReference<>(json));
            }
            return json;
        }
    }

    /** A value as JSON, its numbers as they were written. */
    static JsonNode tree(ObjectMapper mapper, ObjectWriter writer, Object value) throws JsonProcessingException {
        return mapper.reader(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .readTree(writer.writeValueAsString(value));
    }

    /** By way of text: only so does a fraction where {@code Object} is asked for become a {@code Double}, as in Java. */
    static Object read(ObjectMapper mapper, JsonNode node, JavaType type) throws JsonProcessingException {
        if (type.hasRawClass(String.class) && node.isTextual()) {
            return node.textValue(); // most outputs are texts, and a text comes back as it is
        }
        ObjectReader reader = mapper.readerFor(type);
        return (type.isTypeOrSubTypeOf(JsonNode.class)
                        ? reader.with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                        : reader)
                .readValue(node.toString());
    }

    private static ObjectMapper outputs(ClassLoader loader) {
        return common(loader)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
    }

    private static ObjectMapper rows(ClassLoader loader) {
        ObjectMapper mapper = common(loader)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .addModule(FiniteNumbers.module())
                .withCoercionConfigDefaults(any -> any.setAcceptBlankAsEmpty(false)
                        .setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail))
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail))
                .build();
        mapper.setAnnotationIntrospector(AnnotationIntrospectorPair.create(
                mapper.getDeserializationConfig().getAnnotationIntrospector(), new RequiredComponents()));
        return mapper;
    }

    private static ObjectMapper keys(ClassLoader loader) {
        return common(loader).addModule(KeyValues.module()).build();
    }

    private static JsonMapper.Builder common(ClassLoader loader) {
        JsonFactory factory = JsonFactory.builder()
                // What a user's own code returned is no attack; limits would turn long answers into faults.
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .build())
                .build();
        return JsonMapper.builder(factory)
                .addModule(new Jdk8Module())
                .addModule(new JavaTimeModule())
                // Keeps the order in which a set was written, so that writing it again gives the same JSON.
                .addModule(new SimpleModule("sets").addAbstractTypeMapping(Set.class, LinkedHashSet.class))
                .addModules(ObjectMapper.findModules(loader))
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                .disable(DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES);
    }

    /** A record's component has to be there unless its type says that it may be absent. */
    private static final class RequiredComponents extends NopAnnotationIntrospector {
        private static final long serialVersionUID = 1L;
        private static final Set<Class<?>> MAY_BE_ABSENT =
                Set.of(Optional.class, OptionalInt.class, OptionalLong.class, OptionalDouble.class);

        @Override
        public Boolean hasRequiredMarker(AnnotatedMember member) {
            return member instanceof AnnotatedParameter
                            && member.getDeclaringClass().isRecord()
                            && !member.hasAnnotation(JsonProperty.class)
                            && !MAY_BE_ABSENT.contains(member.getRawType())
                    ? Boolean.TRUE
                    : null;
        }
    }
}
