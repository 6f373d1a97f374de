package org.juniteval.engine.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.exc.StreamWriteException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.juniteval.engine.json.Trees;

/**
 * The run record on disk: JSONL in UTF-8, a line {@code {"junitEvalRecord":1}} and then one line for every
 * {@link LeafRecord} and {@link EvalRecord}, in the order in which they were appended. Whatever is empty is left out;
 * instants are ISO-8601, durations are seconds, numbers are the shortest that read back as the same value.
 *
 * <p>Free text (inputs, outputs, expected answers, reasons, details, messages, what samples traced, stack traces,
 * captured output, notes) is kept whole up to {@value #KEPT} characters; the rest is cut and counted: {@code … 9,900,000 characters more}.
 */
public final class RecordFile {

    static final int VERSION = 1;
    static final int KEPT = 100_000;

    /** Answers may nest as deeply as Jackson allows by itself; the record adds a few levels of its own. */
    private static final int DEPTH = 1_100;

    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .rootValueSeparator((String) null)
            // Double.toString before JDK 19 is not always the shortest
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .streamWriteConstraints(
                    StreamWriteConstraints.builder().maxNestingDepth(DEPTH).build())
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEPTH)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private RecordFile() {}

    /**
     * Brings the records of a rerun into those of the run before it: a leaf or a sample that was run again replaces its
     * former record, an eval's new figures replace its former ones, all else stays; so does the record of a sample that
     * the rerun only remembered, because it says more. The rerun's file is removed.
     *
     * @return what the user should know if it could not be done; both files are then left as they were
     */
    public static Optional<String> merge(Path before, Path rerun) {
        Path merged = before.resolveSibling(before.getFileName() + ".merged");
        try {
            Set<String> again = new HashSet<>();
            Set<String> kept = new HashSet<>();
            read(
                    rerun,
                    leaf -> {
                        if (!isRemembered(leaf)) {
                            again.add(identity(leaf));
                        }
                    },
                    eval -> again.add(eval.eval().toString()));
            try (Writer writer = create(merged)) {
                read(
                        before,
                        leaf -> append(writer, leaf, !again.contains(identity(leaf)) && kept.add(identity(leaf))),
                        eval -> append(writer, eval, !again.contains(eval.eval().toString())));
                read(rerun, leaf -> append(writer, leaf, !kept.contains(identity(leaf))), writer::append);
            }
            Files.move(merged, before, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            Files.delete(rerun);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("the records of a rerun could not be merged into " + before + ": " + e);
        }
    }

    private static void append(Writer writer, LeafRecord record, boolean kept) {
        if (kept) {
            writer.append(record);
        }
    }

    private static void append(Writer writer, EvalRecord record, boolean kept) {
        if (kept) {
            writer.append(record);
        }
    }

    private static boolean isRemembered(LeafRecord record) {
        return record instanceof SampleRecord sample && sample.source() == SampleRecord.Source.REMEMBERED;
    }

    private static String identity(LeafRecord record) {
        return record.leaf()
                .map(Leaf::uniqueId)
                .orElseGet(() -> record instanceof SampleRecord sample
                        ? sample.eval() + "\0" + sample.caseId() + "\0" + sample.sample()
                        : record.toString());
    }

    /**
     * Begins a record; one of the same name that an earlier run left is removed first, so that it can never be taken for
     * this run's. What goes wrong, now or later, never breaks the run: it is told by {@link Writer#warnings()}, and the
     * records from there on are missing.
     */
    public static Writer create(Path file) {
        return new Writer(file);
    }

    /**
     * Reads a record from its first line to its last and hands out each record as it comes. A torn last line, all that
     * a killed run leaves behind, is passed over.
     *
     * @throws IOException if the file cannot be read, is no record, or was written by a newer version
     */
    public static void read(Path file, Consumer<? super LeafRecord> leaves, Consumer<? super EvalRecord> evals)
            throws IOException {
        // Undecodable bytes are replaced, not refused: a killed run may have torn its last line inside a character.
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            checkVersion(file, lines.readLine());
            int number = 2;
            String next = lines.readLine();
            while (next != null) {
                String line = next;
                next = lines.readLine();
                Object record;
                try {
                    record = RecordJson.read(tree(line));
                } catch (JsonProcessingException | RuntimeException e) {
                    if (next == null) {
                        return;
                    }
                    throw new IOException(file + ":" + number + ": not a line of a run record", e);
                }
                if (record instanceof LeafRecord leaf) {
                    leaves.accept(leaf);
                } else {
                    evals.accept((EvalRecord) record);
                }
                number++;
            }
        }
    }

    private static void checkVersion(Path file, String first) throws IOException {
        JsonNode version;
        try {
            version = tree(first == null ? "" : first).path("junitEvalRecord");
        } catch (JsonProcessingException e) {
            version = MissingNode.getInstance();
        }
        if (!version.isInt()) {
            throw new IOException(file + ":1: not a run record: its first line is not {\"junitEvalRecord\":…}");
        }
        if (version.intValue() > VERSION) {
            throw new IOException(file + ":1: this run record has format " + version.intValue() + ", this version of"
                    + " junit-eval reads formats up to " + VERSION + ": render it with the version that wrote it");
        }
    }

    /** Appends records; safe for use by many threads. Nothing that it does throws. */
    public static final class Writer implements AutoCloseable {

        private final Path file;
        private final Lines lines = new Lines();
        private final List<String> warnings = new ArrayList<>();
        private OutputStream out = OutputStream.nullOutputStream();

        private Writer(Path file) {
            this.file = file;
            try {
                Path directory = file.toAbsolutePath().getParent();
                if (directory != null) {
                    Files.createDirectories(directory);
                }
                Files.deleteIfExists(file);
                out = new BufferedOutputStream(
                        Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), 1 << 16);
                out.write(("{\"junitEvalRecord\":" + VERSION + "}\n").getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                giveUp(e);
            }
        }

        /** Appends the record of a leaf, or of a sample that is folded into its case's leaf. */
        public void append(LeafRecord record) {
            append(json -> RecordJson.write(record, json));
        }

        /** Appends the record of an eval. */
        public void append(EvalRecord record) {
            append(json -> RecordJson.write(record, json));
        }

        private synchronized void append(Body body) {
            try {
                lines.make(body);
            } catch (IOException | RuntimeException e) {
                warnings.add("A record is missing from " + file + ": " + e);
                return;
            }
            try {
                lines.writeTo(out);
            } catch (IOException e) {
                giveUp(e);
            }
        }

        /** What went wrong so far, in words for the user. */
        public synchronized List<String> warnings() {
            return List.copyOf(warnings);
        }

        /** Writes what is still buffered. */
        @Override
        public synchronized void close() {
            try {
                out.close();
                out = OutputStream.nullOutputStream();
            } catch (IOException e) {
                giveUp(e);
            }
        }

        private void giveUp(IOException cause) {
            warnings.add("The run record " + file + " cannot be written, so the reports made from it are incomplete: "
                    + cause);
            OutputStream broken = out;
            out = OutputStream.nullOutputStream();
            try {
                broken.close();
            } catch (IOException again) {
                cause.addSuppressed(again);
            }
        }
    }

    /** One line after the other, each made whole in memory: a record that cannot be written leaves no half line behind. */
    private static final class Lines {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 10);
        private Optional<JsonGenerator> generator = Optional.empty();

        void make(Body body) throws IOException {
            bytes.reset();
            try {
                if (generator.isEmpty()) {
                    generator = Optional.of(FACTORY.createGenerator(bytes));
                }
                write(body, generator.get());
            } catch (StreamWriteException unpairedSurrogate) {
                generator = Optional.empty();
                bytes.reset();
                bytes.writeBytes(escaped(body));
            } catch (IOException | RuntimeException e) {
                generator = Optional.empty();
                throw e;
            }
            bytes.write('\n');
        }

        void writeTo(OutputStream out) throws IOException {
            bytes.writeTo(out);
        }

        private static void write(Body body, JsonGenerator json) throws IOException {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
            json.flush();
        }

        private static byte[] escaped(Body body) throws IOException {
            StringWriter text = new StringWriter();
            try (JsonGenerator json = FACTORY.createGenerator(text)) {
                write(body, json);
            }
            return escapeUnpairedSurrogates(text.toString()).getBytes(StandardCharsets.UTF_8);
        }
    }

    private static JsonNode tree(String line) throws IOException {
        try (JsonParser parser = FACTORY.createParser(line)) {
            parser.nextToken();
            return Trees.read(parser);
        }
    }

    // In JSON text a surrogate can only stand inside a string, where its escape means the same; UTF-8 has no form for
    // it.
    private static String escapeUnpairedSurrogates(String json) {
        StringBuilder escaped = null;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (!Character.isSurrogate(c)) {
                if (escaped != null) {
                    escaped.append(c);
                }
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < json.length()
                    && Character.isLowSurrogate(json.charAt(i + 1))) {
                if (escaped != null) {
                    escaped.append(c).append(json.charAt(i + 1));
                }
                i++;
            } else {
                if (escaped == null) {
                    escaped = new StringBuilder(json.length() + 16).append(json, 0, i);
                }
                escaped.append("\\u").append(Integer.toHexString(c));
            }
        }
        return escaped == null ? json : escaped.toString();
    }

    @FunctionalInterface
    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }
}
