package org.juniteval.engine.suite;

import java.lang.reflect.Method;
import java.util.List;

/** The methods of a suite that are called once for all its evals, in the order in which they are called. */
record SuiteMethods(List<Method> beforeAll, List<Method> afterAll, List<Method> fingerprint) {

    static final SuiteMethods NONE = new SuiteMethods(List.of(), List.of(), List.of());
}
