package org.juniteval.engine.report;

import java.io.BufferedOutputStream;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
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
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.juniteval.engine.record.EvalRecord;
import org.juniteval.engine.record.Leaf;
import org.juniteval.engine.record.LeafRecord;
import org.juniteval.engine.record.Problem;
import org.juniteval.engine.record.RecordFile;
import org.juniteval.engine.record.Seconds;
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
public final class JUnitXml implements Closeable {

    private static final int MESSAGE = 2_000;
    private static final int NAME = 150;

    /** Many testcases take megabytes; by the JDK's 8 kB at a time their file takes twice as long. */
    private static final int BUFFER = 1 << 16;

    private final String suite;
    private final Path directory;
    private final Path unfinished;
    private final Path testcases;
    private final BufferedWriter testcasesOut;
    private final Totals totals = new Totals();
    private final List<EvalRecord> evals = new ArrayList<>();

    private JUnitXml(String suite, Path directory) throws IOException {
        this.suite = suite;
        this.directory = Files.createDirectories(directory);
        // Not a UUID: the JDK takes several milliseconds to load what makes its random numbers fit for secrets.
        String unique = ".TEST-" + Long.toHexString(ThreadLocalRandom.current().nextLong());
        this.unfinished = directory.resolve(unique + ".tmp");
        this.testcases = directory.resolve(unique + ".testcases.tmp");
        this.testcasesOut = new BufferedWriter(new OutputStreamWriter(
                new BufferedOutputStream(Files.newOutputStream(testcases), BUFFER),
                StandardCharsets.UTF_8.newEncoder()));
    }

    /**
     * Begins the file of one suite. Testcases are written to a file of their own as they come, because the counts stand
     * in front of them, so that memory stays flat however many leaves there are.
     *
     * @param suite the suite's class name
     * @param directory where the file is written; made if missing
     * @throws IOException if nothing can be written there
     */
    public static JUnitXml begin(String suite, Path directory) throws IOException {
        return new JUnitXml(suite, directory);
    }

    /**
     * Writes the file of one suite from a run record.
     *
     * @param record the run record, see {@link RecordFile}
     * @param suite the suite's class name
     * @param directory where the file is written; made if missing
     * @return the file
     * @throws IOException if the record cannot be read or the file not be written
     */
    public static Path write(Path record, String suite, Path directory) throws IOException {
        try (JUnitXml xml = begin(suite, directory)) {
            RecordFile.read(record, xml::append, xml::append);
            return xml.finish();
        } catch (UncheckedIOException e) {
            throw new IOException("cannot write the XML of " + suite + ": " + e.getMessage(), e);
        }
    }

    /**
     * Appends a leaf of the suite; leaves of others, and samples without a leaf of their own, are left out.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public void append(LeafRecord record) {
        if (record.eval().suite().equals(suite)) {
            append(record, ReportEntries.of(record));
        }
    }

    /**
     * Appends a leaf of the suite.
     *
     * @param entries what {@link ReportEntries} says of it
     * @throws UncheckedIOException if it cannot be written
     */
    public void append(LeafRecord record, Map<String, String> entries) {
        record.leaf().ifPresent(leaf -> append(leaf, testcase(suite, leaf, entries)));
    }

    private void append(Leaf leaf, String testcase) {
        totals.add(leaf);
        try {
            testcasesOut.write(testcase);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Appends the figures of an eval of the suite; those of other suites are left out. */
    public void append(EvalRecord record) {
        if (record.eval().suite().equals(suite)) {
            evals.add(record);
        }
    }

    /**
     * Brings the counts, the evals' figures and the testcases together and replaces an older file in one step.
     *
     * @return the file
     * @throws IOException if it cannot be written
     */
    public Path finish() throws IOException {
        testcasesOut.close();
        // By streams, though a channel would be quicker still: an interrupt that is meant for others closes a channel.
        try (OutputStream out = Files.newOutputStream(unfinished);
                InputStream in = Files.newInputStream(testcases)) {
            XmlText xml = new XmlText();
            xml.declaration();
            xml.open(0, "testsuite", totals.attributes(suite));
            suiteProperties(evals, xml);
            out.write(xml.toString().getBytes(StandardCharsets.UTF_8));
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                out.write(buffer, 0, read);
            }
            out.write("</testsuite>\n".getBytes(StandardCharsets.UTF_8));
        }
        Path file = directory.resolve("TEST-" + fileName(suite) + ".xml");
        try {
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
        }
        return file;
    }

    /** Removes what was not finished. */
    @Override
    public void close() throws IOException {
        try {
            testcasesOut.close();
        } finally {
            Files.deleteIfExists(testcases);
            Files.deleteIfExists(unfinished);
        }
    }

    private static void suiteProperties(List<EvalRecord> evals, XmlText xml) {
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

    private static void properties(String prefix, Map<String, String> entries, int indent, XmlText xml) {
        for (Map.Entry<String, String> entry : entries.entrySet()) {
            xml.empty(indent, "property", "name", prefix + entry.getKey(), "value", entry.getValue());
        }
    }

    /** The element of one leaf. */
    private static String testcase(String suite, Leaf leaf, Map<String, String> entries) {
        XmlText xml = new XmlText();
        xml.open(2, "testcase", "name", leaf.name(), "classname", suite, "time", Seconds.fixed(leaf.duration(), 3));
        xml.open(4, "properties");
        properties("eval.", entries, 6, xml);
        xml.close(4, "properties");
        outcome(leaf, xml);
        if (!leaf.output().isEmpty()) {
            xml.text(4, "system-out", leaf.output());
        }
        xml.close(2, "testcase");
        return xml.toString();
    }

    private static void outcome(Leaf leaf, XmlText xml) {
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
            attributes.addAll(
                    List.of("time", Seconds.fixed(tests == 0 ? Duration.ZERO : Duration.between(start, end), 3)));
            if (tests > 0) {
                String seconds = start.truncatedTo(ChronoUnit.SECONDS).toString();
                attributes.addAll(List.of("timestamp", seconds.substring(0, seconds.length() - 1))); // without its zone
            }
            return attributes.toArray(String[]::new);
        }
    }
}
