package org.juniteval.engine.report;

import org.juniteval.engine.record.Status;

/** Colours for a terminal, or none at all. */
public enum Ink {
    /** As it is. */
    PLAIN,
    /** In colours. */
    COLOURED;

    /** The one for a terminal that shows colours or not. */
    public static Ink of(boolean colour) {
        return colour ? COLOURED : PLAIN;
    }

    /** The text, bold. */
    public String strong(String text) {
        return code("1", text);
    }

    /** The text, dimmed. */
    public String faint(String text) {
        return code("2", text);
    }

    /** The text, green. */
    public String good(String text) {
        return code("32", text);
    }

    /** The text, red. */
    public String bad(String text) {
        return code("31", text);
    }

    String doubtful(String text) {
        return code("33", text);
    }

    /** A text in the colour of how a leaf ended. */
    String as(Status status, String text) {
        return status.fails() ? bad(text) : status.aborted() ? doubtful(text) : good(text);
    }

    /** The sign of how a leaf ended. */
    String mark(Status status) {
        return as(status, status.fails() ? "✗" : status.aborted() ? "–" : "✓");
    }

    private String code(String code, String text) {
        return this == PLAIN || text.isBlank() ? text : "\u001B[" + code + "m" + text + "\u001B[0m";
    }
}
