package org.juniteval.engine.suite;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.deser.AbstractDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerBase;
import com.fasterxml.jackson.databind.deser.DefaultDeserializationContext;
import com.fasterxml.jackson.databind.deser.SettableBeanProperty;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedClassResolver;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.ser.PropertyWriter;
import com.fasterxml.jackson.databind.ser.impl.UnknownSerializer;
import com.fasterxml.jackson.databind.ser.std.BeanSerializerBase;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/** Whether Jackson writes and reads back a type, as far as that can be said without a value of it. */
final class RoundTrip {

    static final String CURE = "use a record, or add @JsonCreator to the constructor that takes every property";

    private final ObjectMapper mapper;
    private final Set<JavaType> seen = new HashSet<>();
    private final List<String> faults = new ArrayList<>();

    RoundTrip(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    List<String> faults(JavaType type) {
        visit(type, Generics.describe(type.getRawClass()));
        return faults;
    }

    private void visit(JavaType type, String path) {
        if (type.isJavaLangObject() || type.isTypeOrSubTypeOf(JsonNode.class) || !seen.add(type)) {
            return;
        }
        if (type.isContainerType() || type.isReferenceType()) {
            visit(type.getContentType(), path + (type.isReferenceType() ? "" : "[]"));
        }
        try {
            JsonDeserializer<?> reader = reader(type);
            if (reader instanceof AbstractDeserializer) {
                visitSubtypes(type, path);
            } else if (reader instanceof BeanDeserializerBase bean) {
                visitBean(type, bean, path);
            }
        } catch (JsonProcessingException | RuntimeException unknown) {
            faults.add(path + ": " + reason(unknown) + ": " + CURE);
        }
    }

    private JsonDeserializer<?> reader(JavaType type) throws JsonMappingException {
        DefaultDeserializationContext context = ((DefaultDeserializationContext) mapper.getDeserializationContext())
                .createDummyInstance(mapper.getDeserializationConfig());
        return context.findContextualValueDeserializer(type, null);
    }

    private JsonSerializer<?> writer(JavaType type) throws JsonMappingException {
        return mapper.getSerializerProviderInstance().findValueSerializer(type, null);
    }

    private void visitSubtypes(JavaType type, String path) throws JsonMappingException {
        if (mapper.getDeserializationConfig().findTypeDeserializer(type) == null) {
            String kind = type.isInterface() ? "an interface" : "abstract";
            faults.add(path + ": " + Generics.describe(type.getRawClass()) + " is " + kind
                    + " and its JSON would not say which of its classes it is: use a record instead, or add"
                    + " @JsonTypeInfo(use = JsonTypeInfo.Id.NAME) and @JsonSubTypes");
            return;
        }
        AnnotatedClass annotated = AnnotatedClassResolver.resolve(
                mapper.getDeserializationConfig(), type, mapper.getDeserializationConfig());
        Collection<NamedType> subtypes = mapper.getSubtypeResolver()
                .collectAndResolveSubtypesByTypeId(mapper.getDeserializationConfig(), annotated);
        for (NamedType subtype : subtypes) {
            if (subtype.getType() != type.getRawClass()) {
                visit(mapper.constructType(subtype.getType()), path + "(" + Generics.describe(subtype.getType()) + ")");
            }
        }
    }

    private void visitBean(JavaType type, BeanDeserializerBase bean, String path) throws JsonMappingException {
        if (!bean.getValueInstantiator().canInstantiate()) {
            faults.add(path + ": " + Generics.describe(type.getRawClass())
                    + " has no constructor that Jackson can use: " + CURE);
            return;
        }
        JsonSerializer<?> writer = writer(type);
        if (writer instanceof UnknownSerializer) {
            faults.add(path + ": " + Generics.describe(type.getRawClass())
                    + " has nothing that Jackson would write: use a record, or give it getters");
        } else if (writer instanceof BeanSerializerBase written) {
            for (Iterator<PropertyWriter> properties = written.properties(); properties.hasNext(); ) {
                visitWritten(type, bean, properties.next(), path);
            }
        }
        for (Iterator<SettableBeanProperty> properties = bean.properties(); properties.hasNext(); ) {
            SettableBeanProperty property = properties.next();
            if (!readsByItself(property)) {
                visit(property.getType(), path + "." + property.getName());
            }
        }
    }

    /** An annotation on the property says how it is read, or which of its classes it is. */
    private static boolean readsByItself(SettableBeanProperty property) {
        return property.hasValueTypeDeserializer()
                || property.getAnnotation(JsonDeserialize.class) != null
                        && property.getAnnotation(JsonDeserialize.class).using() != JsonDeserializer.None.class;
    }

    /** A record's further getters are computed from its components; of a class that cannot be known. */
    private void visitWritten(JavaType type, BeanDeserializerBase bean, BeanProperty property, String path) {
        JsonProperty declared = property.getAnnotation(JsonProperty.class);
        boolean asWanted = declared != null && declared.access() == JsonProperty.Access.READ_ONLY
                || property.getAnnotation(JsonUnwrapped.class) != null
                || property.getAnnotation(JsonAnyGetter.class) != null;
        if (!asWanted && !type.getRawClass().isRecord() && bean.findProperty(property.getName()) == null) {
            faults.add(path + "." + property.getName() + ": " + Generics.describe(type.getRawClass()) + " writes \""
                    + property.getName() + "\" but cannot read it back: add a setter or a constructor parameter for it,"
                    + " or @JsonIgnore where it is computed from the others");
        }
    }

    /** Jackson's words without its advice on how to configure it. */
    static String reason(Exception failure) {
        String text =
                failure instanceof JsonProcessingException json ? json.getOriginalMessage() : failure.getMessage();
        return text == null
                ? failure.getClass().getSimpleName()
                : text.lines().findFirst().orElse("");
    }
}
