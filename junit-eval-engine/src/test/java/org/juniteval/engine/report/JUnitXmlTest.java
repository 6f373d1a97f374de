package org.juniteval.engine.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamReader;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.juniteval.engine.record.EvalName;
import org.juniteval.engine.record.FaultRecord;
import org.juniteval.engine.record.GateRecord;
import org.juniteval.engine.record.Leaf;
import org.juniteval.engine.record.LeafRecord;
import org.juniteval.engine.record.Problem;
import org.juniteval.engine.record.RecordFile;
import org.juniteval.engine.record.Records;
import org.juniteval.engine.record.SampleRecord;
import org.juniteval.engine.record.Status;
import org.w3c.dom.Document;

class JUnitXmlTest {

    private static final String SUITE = Records.EVAL.suite();

    @TempDir
    Path directory;

    @Test
    void shows_a_suite_as_jenkins_and_gitlab_read_it() throws Exception {
        Path file = write(
                Records.printing(Records.passed("peru", 1), "asking…\n"),
                Records.missed("peru", 2),
                Records.faulted("peru", 3),
                Records.notRun("peru", 4),
                Records.gate(
                        "mean(exact)",
                        Status.PASSED,
                        OptionalDouble.of(0.5),
                        OptionalDouble.of(0.4),
                        OptionalDouble.empty()));

        assertThat(file).hasFileName("TEST-com.example.CapitalsEval.xml").hasContent("""
                <?xml version="1.0" encoding="UTF-8"?>
                <testsuite name="com.example.CapitalsEval" tests="5" failures="1" errors="1" skipped="1" time="0.812" \
                timestamp="2026-11-20T10:15:30">
                  <testcase name="answersCapital[peru][1]" classname="com.example.CapitalsEval" time="0.812">
                    <properties>
                      <property name="eval.case" value="peru"/>
                      <property name="eval.sample" value="1"/>
                      <property name="eval.status" value="passed"/>
                      <property name="eval.score.exact" value="1.0"/>
                      <property name="eval.score.polite" value="1.0"/>
                      <property name="eval.cached" value="false"/>
                      <property name="eval.latency" value="0.64"/>
                      <property name="eval.tokens" value="155"/>
                      <property name="eval.tokens.input" value="143"/>
                      <property name="eval.tokens.output" value="12"/>
                      <property name="eval.cost" value="2.1E-4"/>
                      <property name="eval.fingerprint" \
                value="0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"/>
                    </properties>
                    <system-out>asking…
                </system-out>
                  </testcase>
                  <testcase name="answersCapital[peru][2]" classname="com.example.CapitalsEval" time="0.812">
                    <properties>
                      <property name="eval.case" value="peru"/>
                      <property name="eval.sample" value="2"/>
                      <property name="eval.status" value="missed"/>
                      <property name="eval.score.exact" value="0.0"/>
                      <property name="eval.score.polite" value="1.0"/>
                      <property name="eval.cached" value="false"/>
                      <property name="eval.latency" value="0.64"/>
                      <property name="eval.tokens" value="155"/>
                      <property name="eval.tokens.input" value="143"/>
                      <property name="eval.tokens.output" value="12"/>
                      <property name="eval.cost" value="2.1E-4"/>
                      <property name="eval.fingerprint" \
                value="0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"/>
                    </properties>
                    <failure message="exact: expected Lima but was Cusco&#10;at capitals.jsonl:17" \
                type="org.opentest4j.AssertionFailedError">\
                org.opentest4j.AssertionFailedError: exact: expected Lima but was Cusco
                \tat com.example.CapitalsEval.exact(CapitalsEval.java:21)
                </failure>
                  </testcase>
                  <testcase name="answersCapital[peru][3]" classname="com.example.CapitalsEval" time="0.812">
                    <properties>
                      <property name="eval.case" value="peru"/>
                      <property name="eval.sample" value="3"/>
                      <property name="eval.status" value="fault"/>
                      <property name="eval.cached" value="false"/>
                      <property name="eval.called" value="code changed: Prompts.render(String)"/>
                      <property name="eval.latency" value="0.03"/>
                    </properties>
                    <error message="the model said 503" type="java.io.IOException">\
                java.io.IOException: the model said 503
                \tat com.example.CapitalsEval.answersCapital(CapitalsEval.java:14)
                </error>
                  </testcase>
                  <testcase name="answersCapital[peru][4]" classname="com.example.CapitalsEval" time="0.812">
                    <properties>
                      <property name="eval.case" value="peru"/>
                      <property name="eval.sample" value="4"/>
                      <property name="eval.status" value="not-run"/>
                    </properties>
                    <skipped message="not run: the run was cancelled"/>
                  </testcase>
                  <testcase name="answersCapital[gate: mean(exact)]" classname="com.example.CapitalsEval" time="0.812">
                    <properties>
                      <property name="eval.gate" value="mean(exact)"/>
                      <property name="eval.status" value="passed"/>
                      <property name="eval.observed" value="0.5"/>
                      <property name="eval.atLeast" value="0.4"/>
                      <property name="eval.n.exact" value="980"/>
                      <property name="eval.mean.exact" value="0.5"/>
                      <property name="eval.stddev.exact" value="0.5"/>
                      <property name="eval.variance.exact" value="0.25"/>
                      <property name="eval.stderr.exact" value="0.012"/>
                      <property name="eval.passRate.exact" value="0.5"/>
                    </properties>
                  </testcase>
                </testsuite>
                """);
        assertValid(file);
    }

    @Nested
    class A_testcase {

        @Test
        void is_a_failure_where_a_requirement_was_missed_nothing_was_scored_or_a_verdict_is_open() throws Exception {
            Document xml =
                    parse(write(gate("a", Status.MISSED), gate("b", Status.NOT_SCORED), gate("c", Status.UNDECIDED)));

            assertThat(count(xml, "//failure")).isEqualTo(3);
            assertThat(text(xml, "/testsuite/@failures")).isEqualTo("3");
        }

        @Test
        void is_an_error_where_something_faulted() throws Exception {
            Document xml = parse(write(gate("a", Status.FAULT)));

            assertThat(count(xml, "//error")).isEqualTo(1);
            assertThat(text(xml, "/testsuite/@errors")).isEqualTo("1");
        }

        @Test
        void is_skipped_where_it_was_tolerated_not_decided_or_not_run() throws Exception {
            Document xml =
                    parse(write(gate("a", Status.TOLERATED), gate("b", Status.NOT_DECIDED), gate("c", Status.NOT_RUN)));

            assertThat(count(xml, "//skipped")).isEqualTo(3);
            assertThat(text(xml, "/testsuite/@skipped")).isEqualTo("3");
        }

        @Test
        void does_not_exist_for_a_sample_that_its_case_shows() throws Exception {
            SampleRecord sample = Records.passed("peru", 1);
            SampleRecord folded = new SampleRecord(
                    sample.eval(),
                    sample.caseId(),
                    sample.sample(),
                    sample.status(),
                    Optional.empty(),
                    sample.at(),
                    sample.input(),
                    sample.expected(),
                    sample.output(),
                    sample.scores(),
                    sample.source(),
                    sample.fingerprint(),
                    sample.changed(),
                    sample.measures(),
                    sample.trace(),
                    sample.latency());

            Document xml = parse(write(folded, Records.verdict("peru", Status.PASSED)));

            assertThat(count(xml, "//testcase")).isEqualTo(1);
            assertThat(text(xml, "/testsuite/@tests")).isEqualTo("1");
        }

        @Test
        void of_another_suite_stays_in_that_suites_file() throws Exception {
            EvalName other = new EvalName("com.example.OtherEval", "answers", "");
            FaultRecord fault = new FaultRecord(
                    other, "dataset", Optional.of(Records.leaf("answers [dataset]", Status.FAULT, Optional.empty())));

            Document xml = parse(write(Records.passed("peru", 1), fault));

            assertThat(count(xml, "//testcase")).isEqualTo(1);
        }
    }

    @Test
    void the_suite_has_the_figures_of_each_eval_and_variant() throws Exception {
        Path record = directory.resolve("record.jsonl");
        try (RecordFile.Writer writer = RecordFile.create(record)) {
            writer.append(Records.fullEval("gpt-4o"));
            writer.append(Records.smallEval());
        }

        Path file = JUnitXml.write(record, SUITE, directory);

        assertValid(file);
        Document xml = parse(file);
        assertThat(property(xml, "eval.answersCapital[gpt-4o].mean.closeness")).isEqualTo("0.874");
        assertThat(property(xml, "eval.answersCapital[gpt-4o].samples")).isEqualTo("980");
        assertThat(property(xml, "eval.answersCapital.mean.exact")).isEqualTo("1.0");
        assertThat(count(xml, "//property[contains(@name,'eval.answersCapital.cost')]"))
                .as("an unknown cost is left out")
                .isZero();
    }

    @Test
    void the_suites_time_is_from_the_first_start_to_the_last_end() throws Exception {
        Leaf first = Records.leaf("a", Status.PASSED, Optional.empty());
        Leaf later = new Leaf(
                "b",
                "b",
                Status.PASSED,
                Optional.empty(),
                first.started().plusSeconds(3600),
                Duration.ofMillis(1500),
                "");

        Document xml = parse(write(fault(later), fault(first)));

        assertThat(text(xml, "/testsuite/@time")).isEqualTo("3601.500");
        assertThat(text(xml, "/testsuite/@timestamp")).isEqualTo("2026-11-20T10:15:30");
        assertThat(text(xml, "//testcase[@name='b']/@time")).isEqualTo("1.500");
    }

    @Nested
    class Hostile_text {

        private static final String HOSTILE =
                "]]> <script>alert('&amp;')</script> \" \u0000\u0001\u001B[31m\uD800\uFFFE\uFFFF\uD83D\uDE00\r\n\t.";
        private static final String VISIBLE =
                "]]> <script>alert('&amp;')</script> \" \\u0000\\u0001\\u001B[31m\\uD800\\uFFFE\\uFFFF\uD83D\uDE00\r\n\t.";

        @Test
        void comes_back_from_a_parser_with_forbidden_characters_made_visible() throws Exception {
            Leaf leaf = Records.printing(
                    Records.leaf(HOSTILE, Status.MISSED, Optional.of(new Problem("T", HOSTILE, HOSTILE))), HOSTILE);
            Path file = write(
                    Records.sample(HOSTILE, 1, leaf, TextNode.valueOf(HOSTILE), List.of(Records.met(HOSTILE, 1))));

            assertValid(file);
            Document xml = parse(file);
            assertThat(text(xml, "//testcase/@name")).isEqualTo(VISIBLE);
            assertThat(text(xml, "//failure/@message")).isEqualTo(VISIBLE);
            assertThat(text(xml, "//failure")).isEqualTo(VISIBLE);
            assertThat(text(xml, "//system-out")).isEqualTo(VISIBLE);
            assertThat(property(xml, "eval.case")).isEqualTo(VISIBLE);
        }

        @Test
        void of_ten_megabytes_is_cut() throws Exception {
            String huge = "x".repeat(10_000_000);
            Leaf leaf =
                    Records.printing(Records.leaf("a", Status.MISSED, Optional.of(new Problem("T", huge, huge))), huge);

            Path file = write(fault(leaf));

            assertValid(file);
            assertThat(Files.size(file)).isLessThan(300_000);
            Document xml = parse(file);
            assertThat(text(xml, "//failure/@message")).hasSizeLessThan(2_100).endsWith("characters more");
            assertThat(text(xml, "//system-out")).endsWith("… 9,900,000 characters more");
        }

        @Test
        void in_a_suites_name_cannot_lead_out_of_the_directory() throws Exception {
            Path reports = directory.resolve("reports");
            for (String suite : List.of("../../x", "/etc/passwd", "a\\b", "a:b", "..", "x".repeat(1000), "a\u0000b")) {
                Path file = JUnitXml.write(recordOf(suite), suite, reports);

                assertThat(file.normalize().getParent()).isEqualTo(reports);
                assertValid(file);
            }
            try (Stream<Path> files = Files.list(reports)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .hasSize(7)
                        .allMatch(name -> name.startsWith("TEST-") && name.endsWith(".xml"));
            }
        }

        private Path recordOf(String suite) {
            Path record = directory.resolve("record-" + Integer.toHexString(suite.hashCode()) + ".jsonl");
            try (RecordFile.Writer writer = RecordFile.create(record)) {
                writer.append(new FaultRecord(
                        new EvalName(suite, "e", ""),
                        "suite",
                        Optional.of(Records.leaf("e [suite]", Status.FAULT, Optional.empty()))));
            }
            return record;
        }
    }

    @Test
    void an_older_file_is_replaced_whole_or_not_at_all() throws Exception {
        Path before = write(Records.passed("peru", 1));
        Path broken = directory.resolve("broken.jsonl");
        Files.writeString(broken, "{\"junitEvalRecord\":1}\nnonsense\n{}\n");

        assertThatThrownBy(() -> JUnitXml.write(broken, SUITE, directory)).isInstanceOf(IOException.class);

        assertThat(count(parse(before), "//testcase")).isEqualTo(1);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.filter(file -> file.toString().endsWith(".tmp"))).isEmpty();
        }
    }

    /** Whoever called the engine may have been interrupted while it ran, and is to learn of it afterwards. */
    @Test
    void an_interrupted_thread_writes_the_file_and_stays_interrupted() throws Exception {
        Path file;
        boolean interrupted;
        Thread.currentThread().interrupt();
        try {
            file = write(Records.passed("peru", 1));
        } finally {
            interrupted = Thread.interrupted();
        }

        assertValid(file);
        assertThat(interrupted).isTrue();
    }

    @Test
    void a_hundred_thousand_testcases_are_streamed() throws Exception {
        Path record = directory.resolve("record.jsonl");
        try (RecordFile.Writer writer = RecordFile.create(record)) {
            for (int i = 0; i < 100_000; i++) {
                writer.append(Records.passed("case-" + i, 1));
            }
        }

        Path file = JUnitXml.write(record, SUITE, directory);

        XMLStreamReader xml = XMLInputFactory.newDefaultFactory().createXMLStreamReader(Files.newInputStream(file));
        int testcases = 0;
        String tests = "";
        while (xml.hasNext()) {
            if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                testcases += xml.getLocalName().equals("testcase") ? 1 : 0;
                tests = xml.getLocalName().equals("testsuite") ? xml.getAttributeValue(null, "tests") : tests;
            }
        }
        xml.close();
        assertThat(testcases).isEqualTo(100_000);
        assertThat(tests).isEqualTo("100000");
    }

    private Path write(LeafRecord... leaves) throws IOException {
        Path record = directory.resolve("record.jsonl");
        try (RecordFile.Writer writer = RecordFile.create(record)) {
            for (LeafRecord leaf : leaves) {
                writer.append(leaf);
            }
        }
        return JUnitXml.write(record, SUITE, directory);
    }

    private static GateRecord gate(String name, Status status) {
        return Records.gate(name, status, OptionalDouble.of(0.5), OptionalDouble.of(0.9), OptionalDouble.empty());
    }

    private static FaultRecord fault(Leaf leaf) {
        return new FaultRecord(Records.EVAL, "dataset", Optional.of(leaf));
    }

    private static void assertValid(Path file) throws Exception {
        SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI)
                .newSchema(JUnitXmlTest.class.getResource("junit-report.xsd"))
                .newValidator()
                .validate(new StreamSource(file.toFile()));
    }

    private static Document parse(Path file) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
    }

    private static String property(Document xml, String name) throws Exception {
        return text(xml, "//property[@name='" + name + "']/@value");
    }

    private static String text(Document xml, String path) throws Exception {
        return XPathFactory.newInstance().newXPath().evaluate(path, xml);
    }

    private static int count(Document xml, String path) throws Exception {
        return Integer.parseInt(text(xml, "count(" + path + ")"));
    }
}
