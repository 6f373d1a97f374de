package org.juniteval.engine.slice;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.juniteval.Eval;
import org.juniteval.Scorer;

/** The methods of a suite that the engine calls once a sample, binding data to their parameters. */
final class EngineMethods {

    private EngineMethods() {}

    static boolean bindsData(Method method) {
        return has(method, new HashSet<>());
    }

    private static boolean has(AnnotatedElement element, Set<Class<?>> seen) {
        for (Annotation annotation : element.getAnnotations()) {
            Class<?> type = annotation.annotationType();
            if (type == Eval.class || type == Scorer.class || seen.add(type) && has(type, seen)) {
                return true;
            }
        }
        return false;
    }

    /** The internal names of all classes in a generic type. */
    static Set<String> classesIn(Type type) {
        return new HashSet<>(Arrays.asList(type.getTypeName().replace('.', '/').split("[<>,?& \\[\\]]+")));
    }
}
