package org.juniteval.engine.report;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.juniteval.engine.record.EvalName;
import org.juniteval.engine.record.EvalRecord;
import org.juniteval.engine.record.Leaf;
import org.juniteval.engine.record.LeafRecord;
import org.juniteval.engine.record.Problem;
import org.juniteval.engine.record.RecordFile;
import org.juniteval.engine.record.Status;

/**
 * JUnit XML of one suite, {@code TEST-<suite>.xml}, in the dialect that Jenkins and GitLab read: elements, attributes and
 * their order as in Surefire's schema, and in front of a testcase's other children its {@code <properties>}, as pytest
 * and Gradle write them.
 *
 * <table>
 * <caption>What stands where</caption>
 * <tr><th>record</th><th>XML</th></tr>
 * <tr><td>a leaf</td><td>{@code <testcase>}; its {@code name} is the leaf's, its {@code classname} the suite's, its
 *     {@code time} the leaf's own, in seconds</td></tr>
 * <tr><td>{@code MISSED}, {@code NOT_SCORED}, {@code UNDECIDED}</td><td>{@code <failure>}</td></tr>
 * <tr><td>{@code FAULT}</td><td>{@code <error>}</td></tr>
 * <tr><td>{@code TOLERATED}, {@code NOT_DECIDED}, {@code NOT_RUN}</td><td>{@code <skipped>}</td></tr>
 * <tr><td>what a leaf's thread printed</td><td>{@code <system-out>}</td></tr>
 * <tr><td>{@link ReportEntries#of(LeafRecord)}</td><td>properties of the testcase, named {@code eval.<name>}: for
 *     instance {@code eval.status}, {@code eval.score.exact}, {@code eval.mean.exact}</td></tr>
 * <tr><td>{@link ReportEntries#of(EvalRecord)}</td><td>properties of the suite, named {@code eval.<eval>.<name>} or
 *     {@code eval.<eval>[<variant>].<name>}: for instance {@code eval.answersCapital.mean.exact}</td></tr>
 * </table>
 *
 * <p>The suite's {@code time} is wall time, from the first leaf's start to the last one's end; its {@code timestamp} is
 * in UTC. Characters that XML 1.0 forbids are replaced by their Java notation, such as
 * <code>&#92;u001B</code>. The {@code message} attribute holds the first {@value #MESSAGE} characters of a message; the
 * whole is in the trace.
 */
public final class JUnitXml {

    private static final int MESSAGE = 2_000;
    private static final int NAME = 150;
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path record;
    private final String suite;

    private JUnitXml(Path record, String suite) {
        this.record = record;
        this.suite = suite;
    }

    /**
     * Writes the file of one suite, replacing an older one in one step. The record is read twice, so that memory stays
     * flat however many leaves there are.
     *
     * @param record the run record, see {@link RecordFile}
     * @param suite the suite's class name
     * @param directory where the file is written; made if missing
     * @return the file
     * @throws IOException if the record cannot be read or the file not be written
     */
    public static Path write(Path record, String suite, Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.resolve("TEST-" + fileName(suite) + ".xml");
        Path unfinished = directory.resolve(".TEST-" + UUID.randomUUID() + ".tmp");
        try {
            new JUnitXml(record, suite).writeTo(unfinished);
            try {
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (UncheckedIOException e) {
            throw new IOException("cannot write " + file + ": " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        return file;
    }

    private void writeTo(Path file) throws IOException {
        Totals totals = new Totals();
        List<EvalRecord> evals = new ArrayList<>();
        RecordFile.read(
                record,
                leaf -> {
                    if (belongs(leaf.eval())) {
                        leaf.leaf().ifPresent(totals::add);
                    }
                },
                eval -> {
                    if (belongs(eval.eval())) {
                        evals.add(eval);
                    }
                });
        try (BufferedWriter out = Files.newBufferedWriter(file, StandardCharsets.UTF_8)) {
            XmlText xml = new XmlText(out);
            xml.open(0, "testsuite", totals.attributes(suite));
            suiteProperties(evals, xml);
            RecordFile.read(
                    record,
                    leaf -> {
                        if (belongs(leaf.eval()) && leaf.leaf().isPresent()) {
                            testcase(leaf, leaf.leaf().get(), xml);
                        }
                    },
                    eval -> {});
            xml.close(0, "testsuite");
        }
    }

    private boolean belongs(EvalName eval) {
        return eval.suite().equals(suite);
    }

    private static void suiteProperties(List<EvalRecord> evals, XmlText xml) throws IOException {
        if (evals.isEmpty()) {
            return;
        }
        xml.open(2, "properties");
        for (EvalRecord eval : evals) {
            String variant = eval.eval().variant();
            String name = eval.eval().eval() + (variant.isEmpty() ? "" : "[" + variant + "]");
            properties("eval." + name + ".", ReportEntries.of(eval), 4, xml);
        }
        xml.close(2, "properties");
    }

    private static void properties(String prefix, Map<String, String> entries, int indent, XmlText xml)
            throws IOException {
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            xml.empty(indent, "property", "name", prefix + entry.getKey(), "value", entry.getValue());
        }
    }

    private void testcase(LeafRecord leafRecord, Leaf leaf, XmlText xml) {
        try {
            xml.open(2, "testcase", "name", leaf.name(), "classname", suite, "time", seconds(leaf.duration()));
            xml.open(4, "properties");
            properties("eval.", ReportEntries.of(leafRecord), 6, xml);
            xml.close(4, "properties");
            outcome(leaf, xml);
            if (!leaf.output().isEmpty()) {
                xml.text(4, "system-out", leaf.output());
            }
            xml.close(2, "testcase");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void outcome(Leaf leaf, XmlText xml) throws IOException {
        Problem problem = leaf.problem().orElse(new Problem("", "", ""));
        String message = Texts.shorten(problem.message(), MESSAGE);
        if (leaf.status() == Status.FAULT) {
            xml.text(4, "error", problem.trace(), "message", message, "type", problem.type());
        } else if (leaf.status().fails()) {
            xml.text(4, "failure", problem.trace(), "message", message, "type", problem.type());
        } else if (leaf.status().aborted()) {
            xml.empty(4, "skipped", "message", message);
        }
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.3f", time.toNanos() / 1e9);
    }

    /** A class name as it is; any other text loses what a file system could read as a path, and gets a hash instead. */
    private static String fileName(String suite) {
        String safe = suite.replaceAll("[^\\p{L}\\p{N}._$-]", "_");
        if (safe.equals(suite) && safe.length() <= NAME) {
            return safe;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(suite.getBytes(StandardCharsets.UTF_8));
            return safe.substring(0, Math.min(safe.length(), NAME)) + "-"
                    + HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static final class Totals {
        private long tests;
        private long errors;
        private long skipped;
        private long failures;
        private Instant start = Instant.MAX;
        private Instant end = Instant.MIN;

        void add(Leaf leaf) {
            tests++;
            if (leaf.status() == Status.FAULT) {
                errors++;
            } else if (leaf.status().fails()) {
                failures++;
            } else if (leaf.status().aborted()) {
                skipped++;
            }
            Instant leafEnd = leaf.started().plus(leaf.duration());
            start = leaf.started().isBefore(start) ? leaf.started() : start;
            end = leafEnd.isAfter(end) ? leafEnd : end;
        }

        String[] attributes(String suite) {
            List<String> attributes = new ArrayList<>(List.of("name", suite, "tests", Long.toString(tests)));
            attributes.addAll(List.of("failures", Long.toString(failures), "errors", Long.toString(errors)));
            attributes.addAll(List.of("skipped", Long.toString(skipped)));
            attributes.addAll(List.of("time", seconds(tests == 0 ? Duration.ZERO : Duration.between(start, end))));
            if (tests > 0) {
                attributes.addAll(List.of("timestamp", TIMESTAMP.format(start)));
            }
            return attributes.toArray(String[]::new);
        }
    }
}
