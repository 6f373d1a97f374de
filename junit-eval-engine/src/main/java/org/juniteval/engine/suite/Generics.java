package org.juniteval.engine.suite;

import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Generic types as one class sees them: what its superclasses and interfaces call {@code T} is known here. */
final class Generics {

    private final Map<TypeVariable<?>, Type> bindings = new HashMap<>();

    Generics(Class<?> type) {
        bindSupertypes(type, bindings);
    }

    private static void bindSupertypes(Class<?> type, Map<TypeVariable<?>, Type> bindings) {
        for (Type supertype : supertypes(type)) {
            if (supertype instanceof ParameterizedType parameterized) {
                bind(parameterized, bindings);
            }
            bindSupertypes(raw(supertype), bindings);
        }
    }

    private static void bind(ParameterizedType type, Map<TypeVariable<?>, Type> bindings) {
        TypeVariable<?>[] variables = raw(type).getTypeParameters();
        Type[] arguments = type.getActualTypeArguments();
        for (int i = 0; i < variables.length; i++) {
            bindings.putIfAbsent(variables[i], substitute(arguments[i], bindings));
        }
    }

    private static List<Type> supertypes(Class<?> type) {
        List<Type> supertypes = new ArrayList<>(List.of(type.getGenericInterfaces()));
        if (type.getGenericSuperclass() != null) {
            supertypes.add(0, type.getGenericSuperclass());
        }
        return supertypes;
    }

    /** The type with every variable replaced whose meaning this class knows. */
    Type resolve(Type type) {
        return substitute(type, bindings);
    }

    private static Type substitute(Type type, Map<TypeVariable<?>, Type> bindings) {
        if (type instanceof TypeVariable<?> variable) {
            return bindings.getOrDefault(variable, variable);
        }
        if (type instanceof ParameterizedType parameterized) {
            return new Parameterized(
                    raw(parameterized),
                    substituteAll(parameterized.getActualTypeArguments(), bindings),
                    parameterized.getOwnerType());
        }
        if (type instanceof GenericArrayType array) {
            Type component = substitute(array.getGenericComponentType(), bindings);
            return component instanceof Class<?> known ? known.arrayType() : new ArrayOf(component);
        }
        if (type instanceof WildcardType wildcard) {
            return new Wildcard(
                    substituteAll(wildcard.getUpperBounds(), bindings),
                    substituteAll(wildcard.getLowerBounds(), bindings));
        }
        return type;
    }

    private static List<Type> substituteAll(Type[] types, Map<TypeVariable<?>, Type> bindings) {
        return Arrays.stream(types).map(type -> substitute(type, bindings)).toList();
    }

    static Class<?> raw(Type type) {
        if (type instanceof Class<?> known) {
            return known;
        }
        if (type instanceof ParameterizedType parameterized) {
            return (Class<?>) parameterized.getRawType();
        }
        if (type instanceof GenericArrayType array) {
            return Array.newInstance(raw(array.getGenericComponentType()), 0).getClass();
        }
        if (type instanceof TypeVariable<?> variable) {
            return raw(variable.getBounds()[0]);
        }
        return raw(((WildcardType) type).getUpperBounds()[0]);
    }

    /** What the type says about the given superclass or interface of it: of {@code ArrayList<A>}, {@code List<A>}. */
    static Optional<Type> as(Class<?> supertype, Type type) {
        Class<?> raw = raw(type);
        if (raw == supertype) {
            return Optional.of(type);
        }
        Map<TypeVariable<?>, Type> bindings = new HashMap<>();
        if (type instanceof ParameterizedType parameterized) {
            bind(parameterized, bindings);
        }
        return supertypes(raw).stream()
                .filter(candidate -> supertype.isAssignableFrom(raw(candidate)))
                .map(candidate -> as(supertype, substitute(candidate, bindings)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Whether a value of the second type may be passed where the first is declared. */
    static boolean fits(Type target, Type source) {
        Type wanted = boxed(target);
        Type given = boxed(source instanceof WildcardType wildcard ? wildcard.getUpperBounds()[0] : source);
        if (wanted instanceof TypeVariable<?> variable) {
            return Arrays.stream(variable.getBounds())
                    .allMatch(bound -> raw(bound).isAssignableFrom(raw(given)));
        }
        if (wanted instanceof WildcardType wildcard) {
            return within(wildcard, given);
        }
        if (wanted instanceof ParameterizedType parameterized) {
            return as(raw(parameterized), given)
                    .filter(ParameterizedType.class::isInstance)
                    .map(found -> argumentsFit(parameterized, (ParameterizedType) found))
                    .orElse(false);
        }
        if (wanted instanceof GenericArrayType array) {
            Type component = componentOf(given);
            return component != null && fits(array.getGenericComponentType(), component);
        }
        return raw(wanted).isAssignableFrom(raw(given));
    }

    private static Type componentOf(Type type) {
        return type instanceof GenericArrayType array
                ? array.getGenericComponentType()
                : raw(type).getComponentType();
    }

    private static boolean argumentsFit(ParameterizedType target, ParameterizedType source) {
        Type[] wanted = target.getActualTypeArguments();
        Type[] given = source.getActualTypeArguments();
        for (int i = 0; i < wanted.length; i++) {
            if (!contains(wanted[i], given[i])) {
                return false;
            }
        }
        return true;
    }

    /** Whether a type argument allows another: {@code ? extends A} allows every {@code A}, {@code A} only itself. */
    private static boolean contains(Type argument, Type given) {
        if (same(argument, given)) {
            return true;
        }
        if (argument instanceof WildcardType wildcard) {
            return within(wildcard, given);
        }
        return argument instanceof TypeVariable<?> && fits(argument, given);
    }

    private static boolean same(Type one, Type other) {
        if (one instanceof ParameterizedType left && other instanceof ParameterizedType right) {
            return raw(left) == raw(right) && same(left.getActualTypeArguments(), right.getActualTypeArguments());
        }
        if (one instanceof WildcardType left && other instanceof WildcardType right) {
            return same(left.getUpperBounds(), right.getUpperBounds())
                    && same(left.getLowerBounds(), right.getLowerBounds());
        }
        if (one instanceof GenericArrayType left && other instanceof GenericArrayType right) {
            return same(left.getGenericComponentType(), right.getGenericComponentType());
        }
        return one.equals(other);
    }

    private static boolean same(Type[] some, Type[] others) {
        return some.length == others.length && IntStream.range(0, some.length).allMatch(i -> same(some[i], others[i]));
    }

    private static boolean within(WildcardType wildcard, Type given) {
        return Arrays.stream(wildcard.getUpperBounds()).allMatch(bound -> fits(bound, given))
                && Arrays.stream(wildcard.getLowerBounds()).allMatch(bound -> fits(given, bound));
    }

    static Type boxed(Type type) {
        return type instanceof Class<?> known && known.isPrimitive()
                ? MethodType.methodType(known).wrap().returnType()
                : type;
    }

    /** The first part of the type whose type arguments are missing or not known, as a sentence's object. */
    static Optional<String> unknownPart(Type type) {
        if (type instanceof TypeVariable<?> variable) {
            return Optional.of("the type variable " + variable.getName() + ", which nothing gives a meaning");
        }
        if (type instanceof ParameterizedType parameterized) {
            return Arrays.stream(parameterized.getActualTypeArguments())
                    .map(Generics::unknownPart)
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        if (type instanceof GenericArrayType array) {
            return unknownPart(array.getGenericComponentType());
        }
        if (type instanceof WildcardType wildcard) {
            return unknownPart(wildcard.getUpperBounds()[0]);
        }
        Class<?> known = raw(type);
        if (known.isArray()) {
            return unknownPart(known.getComponentType());
        }
        return known.getTypeParameters().length == 0
                ? Optional.empty()
                : Optional.of("the raw type " + known.getSimpleName());
    }

    /** The type as one writes it: {@code List<String>}. */
    static String describe(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            return describe(raw(parameterized))
                    + Arrays.stream(parameterized.getActualTypeArguments())
                            .map(Generics::describe)
                            .collect(Collectors.joining(", ", "<", ">"));
        }
        if (type instanceof GenericArrayType array) {
            return describe(array.getGenericComponentType()) + "[]";
        }
        if (type instanceof WildcardType wildcard) {
            if (wildcard.getLowerBounds().length > 0) {
                return "? super " + describe(wildcard.getLowerBounds()[0]);
            }
            Type bound = wildcard.getUpperBounds()[0];
            return bound == Object.class ? "?" : "? extends " + describe(bound);
        }
        return type instanceof Class<?> known ? shortName(known) : type.getTypeName();
    }

    private static String shortName(Class<?> type) {
        return type.isArray()
                        || type.isAnonymousClass()
                        || type.getPackageName().isEmpty()
                        || type.isPrimitive()
                ? type.getTypeName().substring(type.getTypeName().lastIndexOf('.') + 1)
                : type.getName().substring(type.getPackageName().length() + 1).replace('$', '.');
    }

    private record Parameterized(Class<?> raw, List<Type> arguments, Type owner) implements ParameterizedType {
        @Override
        public Type[] getActualTypeArguments() {
            return arguments.toArray(Type[]::new);
        }

        @Override
        public Type getRawType() {
            return raw;
        }

        @Override
        public Type getOwnerType() {
            return owner;
        }
    }

    private record ArrayOf(Type component) implements GenericArrayType {
        @Override
        public Type getGenericComponentType() {
            return component;
        }
    }

    private record Wildcard(List<Type> upper, List<Type> lower) implements WildcardType {
        @Override
        public Type[] getUpperBounds() {
            return upper.toArray(Type[]::new);
        }

        @Override
        public Type[] getLowerBounds() {
            return lower.toArray(Type[]::new);
        }
    }
}
