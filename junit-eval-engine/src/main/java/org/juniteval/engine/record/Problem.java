package org.juniteval.engine.record;

/**
 * Why a leaf did not pass.
 *
 * @param type the class name of the error that was reported
 * @param message the whole story, several lines
 * @param trace the printed stack trace, message included
 */
public record Problem(String type, String message, String trace) {}
