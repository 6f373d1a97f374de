package org.juniteval.engine.slice;

/**
 * Something that can change an answer and that no slice can see.
 *
 * @param what the call, for instance {@code System.getProperty("temperature")}
 * @param where file and line, for instance {@code Models.java:17}; the class's name where debug information is missing
 */
public record NotSeen(String what, String where) {}
