package org.juniteval.engine.dataset;

import java.util.Objects;

/**
 * A place in a dataset.
 *
 * @param file the short name that messages use, such as {@code capitals.jsonl}; unique in its dataset
 * @param link the absolute {@code file:///…} or {@code jar:…} URL, without a line, that consoles turn into a link;
 *     of a resource that the build copied it is the original; of rows in the suite itself the same as {@code file}
 * @param line the line, from 1
 * @param column the column in characters (Unicode code points), from 1
 */
public record Position(String file, String link, int line, int column) {

    public Position {
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(link, "link");
    }

    /** File and line: {@code capitals.jsonl:17}. */
    public String at() {
        return file + ":" + line;
    }

    /** File, line and column: {@code capitals.jsonl:17:23}. */
    @Override
    public String toString() {
        return at() + ":" + column;
    }
}
