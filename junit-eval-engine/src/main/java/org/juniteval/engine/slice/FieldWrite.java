package org.juniteval.engine.slice;

/**
 * An assignment to a field of the suite while an eval runs.
 *
 * @param field the field's name
 * @param where file and line, for instance {@code ChatEval.java:31}
 */
public record FieldWrite(String field, String where) {}
