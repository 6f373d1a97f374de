package org.juniteval.engine.suite;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/** What a class is and inherits. */
final class Hierarchy {

    private Hierarchy() {}

    /** The class, its superclasses and all their interfaces, nearest first, without {@code Object}. */
    static Set<Class<?>> of(Class<?> type) {
        Set<Class<?>> classes = new LinkedHashSet<>();
        for (Class<?> at = type; at != null && at != Object.class; at = at.getSuperclass()) {
            classes.add(at);
        }
        for (Class<?> at : List.copyOf(classes)) {
            for (Class<?> inherited : at.getInterfaces()) {
                classes.addAll(of(inherited));
            }
        }
        return classes;
    }

    /** Its methods, inherited ones too, overridden ones not; superclass first, in stable order. */
    static List<Method> methods(Class<?> type) {
        return ReflectionSupport.findMethods(
                type,
                method -> !method.isSynthetic() && method.getDeclaringClass() != Object.class,
                HierarchyTraversalMode.TOP_DOWN);
    }

    /** The annotation of the method, or else of the suite's class: the nearer wins. */
    static <A extends Annotation> Optional<A> nearest(Method method, Class<?> suite, Class<A> annotation) {
        return AnnotationSupport.findAnnotation(method, annotation)
                .or(() -> AnnotationSupport.findAnnotation(suite, annotation));
    }

    /** The class whose own declaration, or that of a method of it, carries the annotation. */
    static Class<?> declaring(Method method, Class<?> suite, Class<? extends Annotation> annotation) {
        return AnnotationSupport.isAnnotated(method, annotation)
                ? method.getDeclaringClass()
                : of(suite).stream()
                        .filter(type -> declares(type, annotation))
                        .findFirst()
                        .orElse(suite);
    }

    private static boolean declares(Class<?> type, Class<? extends Annotation> annotation) {
        return Arrays.stream(type.getDeclaredAnnotations())
                .map(Annotation::annotationType)
                .anyMatch(present -> present == annotation || AnnotationSupport.isAnnotated(present, annotation));
    }
}
