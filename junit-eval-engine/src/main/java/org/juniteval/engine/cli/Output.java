package org.juniteval.engine.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.Locale;
import java.util.Optional;

/** Where results are written to. Commands need not look whether they arrive; in the end it is known. */
final class Output extends PrintWriter {

    private final Remembering writer;

    private Output(Remembering writer) {
        super(writer);
        this.writer = writer;
    }

    static Output to(Writer writer) {
        return new Output(new Remembering(writer));
    }

    /** Why not all that was written has arrived; empty where it has, or where its reader has left, as {@code head} does. */
    Optional<IOException> lost() {
        flush();
        return Optional.ofNullable(writer.failure)
                .filter(why -> !String.valueOf(why.getMessage())
                        .toLowerCase(Locale.ROOT)
                        .contains("pipe"));
    }

    /** A {@link PrintWriter} says that something went wrong, and not what. */
    private static final class Remembering extends FilterWriter {

        private IOException failure;

        Remembering(Writer writer) {
            super(writer);
        }

        @Override
        public void write(int c) throws IOException {
            remember(() -> super.write(c));
        }

        @Override
        public void write(char[] text, int from, int length) throws IOException {
            remember(() -> super.write(text, from, length));
        }

        @Override
        public void write(String text, int from, int length) throws IOException {
            remember(() -> super.write(text, from, length));
        }

        @Override
        public void flush() throws IOException {
            remember(super::flush);
        }

        private void remember(Writing writing) throws IOException {
            try {
                writing.run();
            } catch (IOException why) {
                failure = failure == null ? why : failure;
                throw why;
            }
        }

        private interface Writing {
            void run() throws IOException;
        }
    }
}
