package org.juniteval.engine.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.juniteval.engine.record.SampleRecord.Source;
import org.juniteval.engine.record.ScoreRecord.Outcome;

class RecordFileTest {

    private static final ObjectMapper PLAIN = new ObjectMapper();
    private static final ObjectMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("runs/2026-11-20.jsonl");
    }

    @Nested
    class Keeps {

        @Test
        void every_kind_of_record_in_order() throws IOException {
            List<Object> records = List.of(
                    Records.passed("peru", 1),
                    Records.missed("peru", 2),
                    Records.faulted("peru", 3),
                    Records.notRun("peru", 4),
                    Records.verdict("peru", Status.MISSED),
                    Records.gate(
                            "mean(exact)",
                            Status.PASSED,
                            OptionalDouble.of(0.1 + 0.2),
                            OptionalDouble.of(0.3),
                            OptionalDouble.empty()),
                    new FaultRecord(Records.EVAL, "dataset", Optional.empty()),
                    Records.fullEval("gpt-4o"),
                    Records.smallEval());

            assertThat(roundTrip(records)).isEqualTo(records);
        }

        @Test
        void structured_answers_scores_and_details() throws IOException {
            JsonNode output = EXACT.readTree("""
                    {"a":[1,2.50,null,true,{"deep":[]}],"huge":12345678901234567890123,"tiny":1E-400,"text":"\\u0000é😀"}""");
            Map<String, JsonNode> details = new LinkedHashMap<>();
            details.put("tokens", EXACT.readTree("{\"tp\":3}"));
            ScoreRecord score = new ScoreRecord(
                    "fields.total",
                    Outcome.MISSED,
                    OptionalDouble.of(0.7000000000000001),
                    OptionalDouble.of(0.8),
                    true,
                    Optional.of("two fields differ"),
                    details,
                    OptionalDouble.of(0.05));
            SampleRecord record = Records.sample(
                    "peru", 1, Records.leaf("x", Status.TOLERATED, Optional.empty()), output, List.of(score));

            assertThat(roundTrip(List.of(record))).containsExactly(record);
        }

        @Test
        void an_answer_of_null_apart_from_no_answer() throws IOException {
            SampleRecord answeredNull = Records.sample(
                    "peru", 1, Records.leaf("x", Status.PASSED, Optional.empty()), EXACT.nullNode(), List.of());

            assertThat(roundTrip(List.of(answeredNull))).containsExactly(answeredNull);
        }

        @Test
        void unpaired_surrogates_and_control_characters_as_well_formed_json() throws IOException {
            String hostile = "\uD800 then \uDC00\uD83D\uDE00 \u0000\u001B[31m\uFFFE\u2028 ]]> <script>\r\n";
            SampleRecord record = Records.missed("peru\uD800", 1, hostile);

            assertThat(roundTrip(List.of(record))).containsExactly(record);
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                assertThat(PLAIN.readTree(line).isObject()).isTrue();
            }
        }

        @Test
        void an_answer_that_nests_as_deeply_as_jackson_reads() throws IOException {
            JsonNode deep = EXACT.readTree("[".repeat(1000) + "]".repeat(1000));
            SampleRecord record =
                    Records.sample("peru", 1, Records.leaf("x", Status.PASSED, Optional.empty()), deep, List.of());

            assertThat(roundTrip(List.of(record))).containsExactly(record);
        }

        @Test
        void records_of_many_threads_each_on_its_own_line() throws IOException {
            try (RecordFile.Writer writer = RecordFile.create(file)) {
                IntStream.range(0, 1000).parallel().forEach(i -> writer.append(Records.passed("case-" + i, 1)));
            }

            List<Object> read = read();
            assertThat(read).hasSize(1000);
            assertThat(read.stream().map(record -> ((SampleRecord) record).caseId()))
                    .doesNotHaveDuplicates();
        }

        private List<Object> roundTrip(List<?> records) throws IOException {
            RecordFile.Writer writer = RecordFile.create(file);
            for (Object record : records) {
                if (record instanceof LeafRecord leaf) {
                    writer.append(leaf);
                } else {
                    writer.append((EvalRecord) record);
                }
            }
            writer.close();
            assertThat(writer.warnings()).isEmpty();
            return read();
        }
    }

    @Nested
    class Cuts {

        @Test
        void long_text_and_says_how_much_is_missing() throws IOException {
            try (RecordFile.Writer writer = RecordFile.create(file)) {
                writer.append(Records.missed("peru", 1, "x".repeat(10_000_000)));
            }

            SampleRecord sample = (SampleRecord) read().get(0);
            assertThat(sample.output().orElseThrow().textValue())
                    .startsWith("x".repeat(100_000))
                    .endsWith("x… 9,900,000 characters more")
                    .hasSizeLessThan(100_100);
            assertThat(Files.size(file)).isLessThan(1_000_000);
        }

        @Test
        void text_inside_a_structured_answer_and_leaves_its_shape() throws IOException {
            JsonNode output =
                    EXACT.createObjectNode().put("answer", "y".repeat(100_002)).put("sure", true);
            try (RecordFile.Writer writer = RecordFile.create(file)) {
                writer.append(Records.sample(
                        "peru", 1, Records.leaf("x", Status.PASSED, Optional.empty()), output, List.of()));
            }

            JsonNode read = ((SampleRecord) read().get(0)).output().orElseThrow();
            assertThat(read.get("answer").textValue()).endsWith("y… 2 characters more");
            assertThat(read.get("sure").booleanValue()).isTrue();
        }

        @Test
        void what_a_sample_traced() throws IOException {
            try (RecordFile.Writer writer = RecordFile.create(file)) {
                writer.append(Records.faulted("peru", 1, List.of(TextNode.valueOf("z".repeat(100_003)))));
            }

            JsonNode told = ((SampleRecord) read().get(0)).trace().get(0);
            assertThat(told.textValue()).endsWith("z… 3 characters more");
        }

        @Test
        void never_through_the_middle_of_a_character() throws IOException {
            try (RecordFile.Writer writer = RecordFile.create(file)) {
                writer.append(Records.missed("peru", 1, "x" + "😀".repeat(60_000)));
            }

            String output =
                    ((SampleRecord) read().get(0)).output().orElseThrow().textValue();
            assertThat(output).endsWith("😀… 20,002 characters more");
        }
    }

    @Nested
    class Writes {

        @Test
        void its_format_version_first_and_no_empty_fields() throws IOException {
            SampleRecord bare = new SampleRecord(
                    Records.EVAL,
                    "peru",
                    1,
                    Status.PASSED,
                    Optional.empty(),
                    "capitals.jsonl:2",
                    TextNode.valueOf("Peru"),
                    EXACT.missingNode(),
                    Optional.of(TextNode.valueOf("Lima")),
                    List.of(Records.met("exact", 1)),
                    Source.CACHED,
                    Optional.empty(),
                    Optional.empty(),
                    Measures.NONE,
                    List.of(),
                    Duration.ofNanos(51_200_000));
            try (RecordFile.Writer writer = RecordFile.create(file)) {
                writer.append(bare);
            }

            assertThat(file).hasContent("""
                    {"junitEvalRecord":1}
                    {"type":"sample","suite":"com.example.CapitalsEval","eval":"answersCapital","case":"peru",\
                    "sample":1,"status":"PASSED","at":"capitals.jsonl:2","input":"Peru","output":"Lima",\
                    "scores":[{"scorer":"exact","outcome":"MET","value":1.0}],"source":"CACHED","latency":0.0512}
                    """);
        }

        @Test
        void no_number_that_json_does_not_know() throws IOException {
            try (RecordFile.Writer writer = RecordFile.create(file)) {
                writer.append(Records.gate(
                        "max(cost)",
                        Status.UNDECIDED,
                        OptionalDouble.of(Double.NaN),
                        OptionalDouble.of(Double.POSITIVE_INFINITY),
                        OptionalDouble.of(1)));
            }

            GateRecord gate = (GateRecord) read().get(0);
            assertThat(gate.observed()).isEmpty();
            assertThat(gate.atLeast()).isEmpty();
            assertThat(file).content().doesNotContain("NaN", "Infinity");
        }
    }

    @Nested
    class Survives {

        @Test
        void a_folder_that_cannot_be_made() throws IOException {
            Files.writeString(directory.resolve("runs"), "a file where the folder should be");

            RecordFile.Writer writer = RecordFile.create(file);
            writer.append(Records.passed("peru", 1));
            writer.append(Records.passed("peru", 2));
            writer.close();

            assertThat(writer.warnings()).singleElement().asString().contains(file.toString(), "incomplete");
        }

        @Test
        void a_record_that_an_earlier_run_left_and_never_takes_it_for_its_own() throws IOException {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "another run");

            RecordFile.Writer writer = RecordFile.create(file);
            writer.append(Records.passed("peru", 1));
            writer.close();

            assertThat(writer.warnings()).isEmpty();
            assertThat(read()).containsExactly(Records.passed("peru", 1));
        }

        @Test
        void one_record_that_cannot_be_written() throws IOException {
            JsonNode tooDeep = PLAIN.createArrayNode();
            for (int i = 0; i < 2000; i++) {
                tooDeep = PLAIN.createArrayNode().add(tooDeep);
            }
            RecordFile.Writer writer = RecordFile.create(file);
            writer.append(
                    Records.sample("peru", 1, Records.leaf("x", Status.PASSED, Optional.empty()), tooDeep, List.of()));
            writer.append(Records.passed("chile", 1));
            writer.close();

            assertThat(writer.warnings()).singleElement().asString().contains("A record is missing");
            assertThat(read()).containsExactly(Records.passed("chile", 1));
        }

        @Test
        void a_last_line_torn_by_a_kill() throws IOException {
            try (RecordFile.Writer writer = RecordFile.create(file)) {
                writer.append(Records.passed("peru", 1));
                writer.append(Records.missed("peru", 2, "Cuscó"));
            }
            byte[] whole = Files.readAllBytes(file);
            int torn = new String(whole, StandardCharsets.ISO_8859_1).indexOf("Cusc") + 5;
            Files.write(file, Arrays.copyOf(whole, torn));

            assertThat(read()).containsExactly(Records.passed("peru", 1));
        }
    }

    @Nested
    class Refuses {

        @Test
        void a_broken_line_in_the_middle_by_its_number() throws IOException {
            try (RecordFile.Writer writer = RecordFile.create(file)) {
                writer.append(Records.passed("peru", 1));
            }
            Files.writeString(
                    file, "{\"type\":\"sam\n{\"type\":\"fault\",\"suite\":\"S\"}\n", StandardOpenOption.APPEND);

            assertThatThrownBy(() -> read()).isInstanceOf(IOException.class).hasMessageContaining(file + ":3:");
        }

        @Test
        void a_file_that_is_no_record() throws IOException {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "{\"id\": \"peru\"}\n");

            assertThatThrownBy(() -> read()).isInstanceOf(IOException.class).hasMessageContaining("not a run record");
        }

        @Test
        void a_record_of_a_newer_version() throws IOException {
            Files.createDirectories(file.getParent());
            Files.writeString(file, "{\"junitEvalRecord\":2}\n");

            assertThatThrownBy(() -> read())
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("format 2")
                    .hasMessageContaining("the version that wrote it");
        }
    }

    private List<Object> read() throws IOException {
        List<Object> records = new ArrayList<>();
        RecordFile.read(file, records::add, records::add);
        return records;
    }
}
