package org.juniteval.engine.run;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.juniteval.engine.redaction.Cut;

/**
 * Keeps what user code prints on a sample's thread apart, so that it can be shown with the sample that printed it.
 * {@code System.out} and {@code System.err} are replaced once a JVM, counted, and put back by the last run that ends;
 * threads that do not capture print as ever.
 */
public final class OutputCapture {

    /** How much of one sample's output is kept, in bytes; the rest is counted. */
    static final int LIMIT = 100_000;

    private static final ThreadLocal<Buffers> CAPTURING = new ThreadLocal<>();
    private static int runs;
    private static PrintStream out;
    private static PrintStream err;
    private static PrintStream replacedOut;
    private static PrintStream replacedErr;

    private OutputCapture() {}

    /** Replaces the streams, if no run has done so yet. Each call is paired with one of {@link #uninstall()}. */
    public static synchronized void install() {
        if (runs++ == 0) {
            out = System.out;
            err = System.err;
            replacedOut = new Shared(new Split(out, true), charset(out));
            replacedErr = new Shared(new Split(err, false), charset(err));
            System.setOut(replacedOut);
            System.setErr(replacedErr);
        }
    }

    /** Puts the streams back, if this was the last run and nobody has replaced ours meanwhile. */
    public static synchronized void uninstall() {
        if (--runs == 0) {
            if (System.out == replacedOut) {
                System.setOut(out);
            }
            if (System.err == replacedErr) {
                System.setErr(err);
            }
        }
    }

    /** The charset that bytes of a print stream are in; {@code PrintStream.charset()} is there from JDK 18 on. */
    private static Charset charset(PrintStream stream) {
        try {
            return (Charset) PrintStream.class.getMethod("charset").invoke(stream);
        } catch (ReflectiveOperationException before18) {
            return Charset.defaultCharset();
        }
    }

    /** The stream that was standard output before any run replaced it. */
    public static synchronized PrintStream out() {
        return runs > 0 ? out : System.out;
    }

    /** The stream that was standard error before any run replaced it. */
    public static synchronized PrintStream err() {
        return runs > 0 ? err : System.err;
    }

    /** Starts to capture what this thread prints. */
    static Buffers begin() {
        Buffers buffers = new Buffers();
        CAPTURING.set(buffers);
        return buffers;
    }

    /** Stops to capture what this thread prints. */
    static void end() {
        CAPTURING.remove();
    }

    /** What one thread printed so far; may be read by another, when the thread is given up. */
    static final class Buffers {
        private Buffer out;
        private Buffer err;

        synchronized Output content() {
            return out == null && err == null ? Output.NONE : new Output(text(out), text(err));
        }

        private static String text(Buffer buffer) {
            return buffer == null ? "" : buffer.text();
        }

        private synchronized void write(boolean toOut, byte[] bytes, int offset, int length) {
            Buffer buffer;
            if (toOut) {
                buffer = out == null ? out = new Buffer(OutputCapture.out()) : out;
            } else {
                buffer = err == null ? err = new Buffer(OutputCapture.err()) : err;
            }
            buffer.write(bytes, offset, length);
        }
    }

    private static final class Buffer {
        private final Charset charset;
        private byte[] bytes = new byte[256];
        private int length;
        private long cut;

        Buffer(PrintStream stream) {
            charset = charset(stream);
        }

        void write(byte[] from, int offset, int count) {
            int kept = Math.min(count, LIMIT - length);
            if (length + kept > bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(LIMIT, Math.max(length + kept, bytes.length * 2)));
            }
            System.arraycopy(from, offset, bytes, length, kept);
            length += kept;
            cut += count - kept;
        }

        String text() {
            String text;
            try {
                text = charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPLACE)
                        .onUnmappableCharacter(CodingErrorAction.REPLACE)
                        .decode(ByteBuffer.wrap(bytes, 0, length))
                        .toString();
            } catch (CharacterCodingException impossible) {
                text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
            }
            return cut == 0 ? text : Cut.toWords(text) + "\n… (" + cut + " more bytes were printed)\n";
        }
    }

    /** A stream of all samples: one that closes it, as whoever wraps it in a writer does, must not silence the others. */
    private static final class Shared extends PrintStream {
        Shared(Split split, Charset charset) {
            super(split, true, charset);
        }

        @Override
        public void close() {
            flush();
        }
    }

    /** Sends what a capturing thread prints to its buffers, all else to the original stream. */
    private static final class Split extends OutputStream {
        private final PrintStream original;
        private final boolean toOut;

        Split(PrintStream original, boolean toOut) {
            this.original = original;
            this.toOut = toOut;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            Buffers buffers = CAPTURING.get();
            if (buffers == null) {
                original.write(bytes, offset, length);
            } else {
                buffers.write(toOut, bytes, offset, length);
            }
        }

        @Override
        public void flush() {
            if (CAPTURING.get() == null) {
                original.flush();
            }
        }
    }
}
