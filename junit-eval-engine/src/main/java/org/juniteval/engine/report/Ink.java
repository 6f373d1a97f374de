package org.juniteval.engine.report;

/** Colours for a terminal, or none at all. */
enum Ink {
    PLAIN,
    COLOURED;

    static Ink of(boolean colour) {
        return colour ? COLOURED : PLAIN;
    }

    String strong(String text) {
        return code("1", text);
    }

    String faint(String text) {
        return code("2", text);
    }

    String good(String text) {
        return code("32", text);
    }

    String bad(String text) {
        return code("31", text);
    }

    String doubtful(String text) {
        return code("33", text);
    }

    private String code(String code, String text) {
        return this == PLAIN || text.isBlank() ? text : "\u001B[" + code + "m" + text + "\u001B[0m";
    }
}
