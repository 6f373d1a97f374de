package org.juniteval.engine.record;

/**
 * Which eval a record belongs to.
 *
 * @param suite the suite's class name
 * @param eval the eval's method name
 * @param variant the variant's name; empty where the eval has none
 */
public record EvalName(String suite, String eval, String variant) {}
