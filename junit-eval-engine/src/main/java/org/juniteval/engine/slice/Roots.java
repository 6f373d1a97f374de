package org.juniteval.engine.slice;

import java.lang.reflect.Method;
import java.util.List;

/**
 * Where a slice begins.
 *
 * @param suite the suite's class; its constructors are implied
 * @param methods the {@code @Eval} method, {@code @BeforeAll} methods, sources of {@code @Variants} and
 *     {@code @Fingerprint} methods; for a cached scorer the scorer's method. Their order does not matter.
 */
public record Roots(Class<?> suite, List<Method> methods) {

    /** Copies the list. */
    public Roots {
        methods = List.copyOf(methods);
    }
}
