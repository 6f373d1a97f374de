package org.juniteval.engine.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The second pass: the rows one after another, in the order of files and lines. Holds one row and one open file. For
 * one thread at a time.
 *
 * <p>{@link #hasNext} and {@link #next} throw {@link DatasetChangedException} when a file proves to be another than the
 * one that was scanned, and {@link UncheckedIOException} when it cannot be read any more. Each file is compared as a
 * whole before its first row is given, because rows that nobody checked must not be run, and once more while it is read.
 */
public final class RowCursor implements Iterator<Row>, AutoCloseable {

    private final Iterator<Checked> sources;
    private final RowReader reader;

    private Checked current;
    private Lines lines;
    private Row upcoming;
    private long given;

    /** A source and what the scan saw in it. */
    record Checked(Source source, long rows, Lines.Mark mark) {}

    RowCursor(List<Checked> sources, DatasetSpec spec) {
        this.sources = sources.iterator();
        this.reader = new RowReader(spec, fault -> {
            throw changed(fault.toString());
        });
    }

    @Override
    public boolean hasNext() {
        try {
            while (upcoming == null && (lines != null || open())) {
                advance();
            }
            return upcoming != null;
        } catch (IOException e) {
            throw new UncheckedIOException(current.source().file() + " cannot be read any more: " + e, e);
        }
    }

    @Override
    public Row next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more rows");
        }
        Row next = upcoming;
        upcoming = null;
        return next;
    }

    /** Closes the open file; no rows follow. */
    @Override
    public void close() {
        sources.forEachRemaining(source -> {});
        upcoming = null;
        try {
            closeLines();
        } catch (IOException e) {
            throw new UncheckedIOException(current.source().file() + " cannot be closed: " + e, e);
        }
    }

    private boolean open() throws IOException {
        if (!sources.hasNext()) {
            return false;
        }
        current = sources.next();
        given = 0;
        try (Lines whole = current.source().lines()) {
            while (whole.advance()) {
                // only for its mark
            }
            compare(whole.mark());
        }
        lines = current.source().lines();
        return true;
    }

    private void compare(Lines.Mark mark) {
        // Not by equals: what makes it of a record's fields takes a JVM that has just started 20 ms to load.
        if (mark.size() != current.mark().size()
                || mark.checksum() != current.mark().checksum()) {
            throw changed("its content is another than the one that was checked");
        }
    }

    private void advance() throws IOException {
        if (lines.advance()) {
            if (++given > current.rows()) {
                throw changed("it has more rows than were checked");
            }
            Optional<Row> row = reader.read(current.source(), lines);
            upcoming = row.orElseThrow(() -> changed("line " + lines.number()));
        } else {
            Lines.Mark mark = lines.mark();
            closeLines();
            compare(mark);
        }
    }

    private void closeLines() throws IOException {
        if (lines != null) {
            Lines closing = lines;
            lines = null;
            closing.close();
        }
    }

    private DatasetChangedException changed(String what) {
        return new DatasetChangedException(current.source().file(), what);
    }
}
