package org.juniteval.engine.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Reads UTF-8 text line by line in one buffer, which grows to the longest line, and takes the mark of all that was
 * read. A byte order mark is skipped; lines end in LF or CRLF.
 */
final class Lines implements Closeable {

    /** Beyond this a "line" is some other kind of file, and would end as an {@code OutOfMemoryError} instead. */
    static final int LONGEST = 256 << 20;

    private static final char REPLACEMENT = '\uFFFD';

    private final InputStream in;
    private final CRC32C checksum = new CRC32C();
    private long size;

    private byte[] buffer = new byte[1 << 16];
    private int filled;
    private int start;
    private int end;
    private int next;
    private int number;

    Lines(InputStream in) {
        this.in = in;
    }

    /** Moves to the next line that is not blank; false when there is none. */
    boolean advance() throws IOException {
        while (advanceAny()) {
            if (!isBlank()) {
                return true;
            }
        }
        return false;
    }

    private boolean advanceAny() throws IOException {
        start = next;
        for (int at = next; ; at++) {
            if (at == filled) {
                at -= start;
                if (!fill()) {
                    end = filled;
                    next = filled;
                    return start < filled && begin();
                }
            }
            if (buffer[at] == '\n') {
                end = at;
                next = at + 1;
                return begin();
            }
        }
    }

    /** The number of the current line, from 1. */
    int number() {
        return number;
    }

    /** The current line without its end, {@code U+FFFD} standing for each malformed byte. */
    String text() {
        return new String(buffer, start, end - start, StandardCharsets.UTF_8);
    }

    /** The offset in {@link #text()} of the first byte that is no UTF-8, or -1. */
    int malformedAt(String text) {
        // The quick decoder above never fails, it replaces; so only a text that holds the replacement needs a look.
        if (text.indexOf(REPLACEMENT) < 0) {
            return -1;
        }
        CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
        CharBuffer decoded = CharBuffer.allocate(text.length());
        return strict.decode(ByteBuffer.wrap(buffer, start, end - start), decoded, true)
                        .isError()
                ? decoded.position()
                : -1;
    }

    /** What was read so far, in few bytes: equal for equal content, and different for content that was edited. */
    Mark mark() {
        return new Mark(size, checksum.getValue());
    }

    record Mark(long size, long checksum) {}

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean begin() {
        number++;
        if (number == 1
                && end - start >= 3
                && buffer[start] == (byte) 0xEF
                && buffer[start + 1] == (byte) 0xBB
                && buffer[start + 2] == (byte) 0xBF) {
            start += 3;
        }
        if (end > start && buffer[end - 1] == '\r') {
            end--;
        }
        return true;
    }

    private boolean isBlank() {
        for (int at = start; at < end; at++) {
            if (buffer[at] != ' ' && buffer[at] != '\t' && buffer[at] != '\r') {
                return false;
            }
        }
        return true;
    }

    /** Reads more behind what is left of the current line, which moves to the front of the buffer. */
    private boolean fill() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, filled - start);
        filled -= start;
        start = 0;
        if (filled == buffer.length) {
            if (filled >= LONGEST) {
                throw new IOException("a line is longer than " + (LONGEST >> 20) + " MB; in JSONL each row is a line");
            }
            buffer = Arrays.copyOf(buffer, 2 * buffer.length);
        }
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read < 0) {
            return false;
        }
        checksum.update(buffer, filled, read);
        size += read;
        filled += read;
        return true;
    }
}
