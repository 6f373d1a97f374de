package org.juniteval.engine.dataset;

import java.io.IOException;
import java.io.InputStream;

/**
 * Something that holds rows and can be read more than once.
 *
 * @param file the short name, see {@link Position#file()}
 * @param link see {@link Position#link()}
 * @param content opens it
 */
record Source(String file, String link, Content content) {

    Position position(int line, int column) {
        return new Position(file, link, line, column);
    }

    Lines lines() throws IOException {
        return new Lines(content.open());
    }

    Source named(String name) {
        return new Source(name, link, content);
    }

    interface Content {
        InputStream open() throws IOException;
    }
}
