package org.juniteval.engine.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.juniteval.Variants;

/**
 * One parameter of an eval whose values are tried one after the other.
 *
 * @param eval whose parameter it is
 * @param source the name of the method that returns the values; empty for an enum's constants
 * @param type the parameter's type
 * @param method that method; empty for an enum
 */
record Axis(Method eval, String source, Type type, Optional<Method> method) {

    static Optional<Axis> of(Parameter parameter, Class<?> suite, Generics generics, Consumer<String> faults) {
        Variants variants = parameter.getAnnotation(Variants.class);
        if (variants == null) {
            return Optional.empty();
        }
        Method eval = (Method) parameter.getDeclaringExecutable();
        Type type = generics.resolve(parameter.getParameterizedType());
        Optional<Method> method = variants.value().isEmpty() ? Optional.empty() : source(variants.value(), suite);
        if (variants.value().isEmpty() && !Generics.raw(type).isEnum()) {
            faults.accept(Place.text(eval) + " takes @Variants " + Generics.describe(type)
                    + ", which is no enum: name a method that returns a Map<String, " + Generics.describe(type) + ">");
        } else if (!variants.value().isEmpty() && method.isEmpty()) {
            faults.accept(Place.text(eval) + " takes @Variants(\"" + variants.value() + "\"), but "
                    + suite.getSimpleName()
                    + " has no method " + variants.value() + "() without parameters: add it, returning a Map<String, "
                    + Generics.describe(type) + ">");
        }
        method.ifPresent(found -> {
            Type returned = generics.resolve(found.getGenericReturnType());
            if (!namesValues(returned, type)) {
                faults.accept(Place.text(found) + " returns " + Generics.describe(returned) + ", but "
                        + Place.text(eval) + " takes its values by @Variants: return a Map<String, "
                        + Generics.describe(type) + ">");
            }
        });
        return Optional.of(new Axis(eval, variants.value(), type, method));
    }

    private static Optional<Method> source(String name, Class<?> suite) {
        return ReflectionSupport.findMethods(
                        suite,
                        method ->
                                method.getName().equals(name) && method.getParameterCount() == 0 && !method.isBridge(),
                        HierarchyTraversalMode.BOTTOM_UP)
                .stream()
                .findFirst();
    }

    private static boolean namesValues(Type returned, Type type) {
        return Generics.as(Map.class, returned)
                .filter(ParameterizedType.class::isInstance)
                .map(map -> ((ParameterizedType) map).getActualTypeArguments())
                .filter(arguments -> arguments[0] == String.class)
                .filter(arguments -> Generics.fits(type, arguments[1]))
                .isPresent();
    }

    /** The names that are known without an instance. */
    Optional<List<String>> constants() {
        return Generics.raw(type).isEnum() && method.isEmpty()
                ? Optional.of(Arrays.stream(Generics.raw(type).getEnumConstants())
                        .map(constant -> ((Enum<?>) constant).name())
                        .toList())
                : Optional.empty();
    }

    /** The values by name, in the order that the suite gave them; where its map has none, by name. */
    Map<String, Object> values(Object suite) throws Throwable {
        Map<String, Object> values = new LinkedHashMap<>();
        if (method.isEmpty()) {
            for (Object constant : Generics.raw(type).getEnumConstants()) {
                values.put(((Enum<?>) constant).name(), constant);
            }
        } else {
            Object returned = Invocation.invoke(method.get(), suite);
            if (returned == null) {
                throw new SuiteFault(Place.text(method.get()) + " returned null: return at least one named value");
            }
            boolean ordered =
                    returned instanceof LinkedHashMap || returned instanceof SortedMap || returned instanceof EnumMap;
            Map<?, ?> map = (Map<?, ?>) returned;
            (ordered ? map : byName(map)).forEach((name, value) -> values.put((String) name, value));
        }
        check(values);
        return values;
    }

    /** {@code Map.of} has another order in every JVM. */
    private static Map<?, ?> byName(Map<?, ?> map) {
        return map.keySet().stream().allMatch(String.class::isInstance) ? new TreeMap<>(map) : map;
    }

    private void check(Map<String, Object> values) throws SuiteFault {
        String from = method.map(Place::text).orElseGet(() -> Place.text(eval));
        if (values.isEmpty()) {
            throw new SuiteFault(from + " names no variants: return at least one named value");
        }
        for (Map.Entry<String, Object> value : values.entrySet()) {
            String name = value.getKey();
            if (name == null || name.isBlank() || name.contains("][") || name.contains(",")) {
                throw new SuiteFault(from + " names a variant \"" + name
                        + "\": a name is not blank and holds neither \",\" nor \"][\"");
            }
            if (value.getValue() == null) {
                throw new SuiteFault(from + " has no value for the variant \"" + name + "\": leave it out");
            }
        }
    }

    /** The value as JSON where its type is data through and through. */
    Optional<JsonNode> data(Object value, Json json) {
        if (!new RoundTrip(json.outputs())
                .faults(json.outputs().constructType(type))
                .isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.tree(json.keys(), json.keys().writer(), value));
        } catch (JsonProcessingException | RuntimeException noData) {
            return Optional.empty();
        }
    }
}
