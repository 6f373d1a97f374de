package org.juniteval.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.Event;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Expected;
import org.juniteval.Input;
import org.juniteval.Metadata;
import org.juniteval.SampleContext;
import org.juniteval.Score;
import org.juniteval.Scorer;
import org.juniteval.engine.platform.EvalRuns.Finished;
import org.juniteval.engine.redaction.Planted;
import org.juniteval.engine.run.Settings;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;
import org.opentest4j.ValueWrapper;

/** Forty secrets and forty texts that look like them, wherever a suite can put a text. */
class SecretsTest {

    private static final Path ROWS = Path.of("target", "planted.jsonl");
    private static final String KEY = "sk-" + "4f9a0c1b2d3e4f5a6b7c8d9e0f1a2b3c";
    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

    @TempDir
    Path folder;

    @BeforeAll
    static void writeRows() throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String text = Planted.lookAlikes().get(i) + "\n"
                    + Planted.secrets().get(i).text();
            ObjectNode row = json.createObjectNode().put("id", "row-" + i);
            row.putObject("input").put("text", text);
            row.put("expected", text).putObject("metadata").put("note", text);
            rows.add(row.toString());
        }
        Files.write(ROWS, rows, StandardCharsets.UTF_8);
    }

    @AfterAll
    static void deleteRows() throws IOException {
        Files.delete(ROWS);
    }

    @BeforeEach
    void nothingSeen() {
        SEEN.clear();
    }

    record Answer(String text, Map<String, String> byName) {}

    @EvalSuite
    @Dataset("file:target/planted.jsonl")
    static class Planting {

        @Eval
        Answer answers(@Input("text") String text, SampleContext context) {
            System.out.println(text);
            System.err.println(text);
            context.trace(Map.of("asked", text));
            return new Answer(text, Map.of(text, text));
        }

        @Scorer(evals = "answers")
        Score says(Answer answer, @Expected String expected, @Metadata("note") String note) {
            SEEN.add(answer.text());
            SEEN.addAll(answer.byName().keySet());
            return Score.of(false, "wanted " + expected).detail("note", note).detail("list", List.of(note));
        }

        @Scorer(evals = "answers", cached = true)
        Score judged(Answer answer, @Expected String expected) {
            return Score.of(0.2, "the judge wanted " + expected).detail("note", expected);
        }

        @Eval
        String asserted(@Input("text") String text) {
            return text;
        }

        @Scorer(evals = "asserted")
        void same(String answer, @Expected String expected) {
            assertThat(answer).isEqualTo("never " + expected);
        }

        @Eval
        String broken(@Input("text") String text) {
            return text;
        }

        @Scorer(evals = "broken")
        boolean breaks(String answer, @Expected String expected) {
            throw new IllegalArgumentException(expected, new IOException("because of " + expected));
        }

        @Eval
        String faults(@Input("text") String text) {
            IllegalStateException error = new IllegalStateException(text, new IOException("because of " + text));
            error.addSuppressed(new IOException("besides " + text));
            throw error;
        }

        @Eval
        String aborts(@Input("text") String text) {
            throw new TestAbortedException(text);
        }

        @Scorer(evals = {"faults", "aborts"})
        boolean any(String answer) {
            return true;
        }
    }

    private static String allPlanted() {
        return IntStream.range(0, 40)
                .mapToObj(i -> Planted.secrets().get(i).text() + "\n"
                        + Planted.lookAlikes().get(i))
                .collect(Collectors.joining("\n"));
    }

    @EvalSuite
    @Dataset("file:target/planted.jsonl")
    static class Aborting extends Planting {
        @BeforeAll
        static void abort() {
            throw new TestAbortedException(allPlanted());
        }
    }

    @EvalSuite
    @Dataset("file:target/planted.jsonl")
    static class Failing extends Planting {
        @BeforeAll
        static void fail() {
            throw new IllegalStateException(allPlanted());
        }
    }

    @Test
    void no_secret_is_anywhere_and_what_looks_like_one_is_everywhere() {
        EvalRuns runs = EvalRuns.in(folder);

        Finished first = runs.run(Planting.class);

        assertClean(first);
        assertThat(first.ends()).hasSize(200);
        assertThat(files("cache")).contains(Planted.lookAlikes());
        assertThat(files("reports/records")).contains(Planted.lookAlikes());
        assertThat(first.xml(Planting.class)).contains(Planted.lookAlikes());
        assertThat(first.out()).contains(Planted.lookAlikes());
        assertThat(first.err()).contains(Planted.lookAlikes());
        assertThat(toldOf(first)).contains(Planted.lookAlikes());

        assertClean(runs.run(Planting.class));
        assertClean(runs.inAnotherJvm().run(Planting.class));
        assertClean(runs.inAnotherJvm().with(Settings.MISSES, "fail").run(Planting.class));
    }

    @Test
    void scorers_see_what_is_stored_on_the_first_run_as_on_later_ones() {
        EvalRuns runs = EvalRuns.in(folder);

        runs.run(Planting.class);
        Set<String> first = Set.copyOf(SEEN);
        SEEN.clear();
        runs.inAnotherJvm().run(Planting.class);

        assertThat(first).hasSize(40);
        assertThat(SEEN).isEqualTo(first);
        assertThat(String.join("\n", SEEN))
                .doesNotContain(Planted.secrets().stream().map(Planted::secret).toList())
                .contains(Planted.lookAlikes());
    }

    @Test
    void neither_is_one_in_what_is_wrong_with_a_suite() {
        Finished failing = EvalRuns.in(folder).run(Failing.class);

        assertClean(failing);
        assertThat(toldOf(failing)).contains(Planted.lookAlikes());
        assertThat(files("reports/records")).contains(Planted.lookAlikes());
    }

    @Test
    void neither_is_one_in_why_a_suite_is_skipped() {
        Finished aborting = EvalRuns.in(folder).run(Aborting.class);

        assertClean(aborting);
        assertThat(toldOf(aborting)).contains(Planted.lookAlikes());
    }

    @EvalSuite
    @Dataset(rows = "{\"input\": \"" + KEY + " is my key\"}")
    static class WithoutIds {
        @Eval
        String answers(String text) {
            return "ACME-4711 and ACME-x";
        }

        @Scorer
        boolean none(String answer) {
            return answer.isEmpty();
        }
    }

    @Test
    void an_id_that_is_made_of_an_input_holds_no_part_of_its_secret() {
        Finished run = EvalRuns.in(folder).run(WithoutIds.class);

        assertThat(run.names()).singleElement().asString().startsWith("answers[redacted-api-key-is-my-key-");
        assertThat(toldOf(run) + files("cache") + files("reports")).doesNotContain(KEY.substring(3));
    }

    @Test
    void what_the_users_own_pattern_finds_is_a_secret_too() {
        Finished run =
                EvalRuns.in(folder).with(Settings.REDACT, "ACME-\\d{2,9}").run(WithoutIds.class);

        assertThat(files("cache"))
                .contains("[redacted: eval.redact] and ACME-x")
                .doesNotContain("4711");
        assertThat(files("reports"))
                .contains("[redacted: eval.redact] and ACME-x")
                .doesNotContain("4711");
        assertThat(run.out() + toldOf(run))
                .contains("[redacted: eval.redact] and ACME-x")
                .doesNotContain("4711");
    }

    /** One that only the user's own pattern knows, so that a part of it is like any other text. */
    private static final String OWN = "Zebra7Horse8Battery9Staple0";

    @EvalSuite
    @Dataset(rows = "{\"id\": \"a\", \"input\": \"x\"}")
    static class Cutting {

        private static String before(int length) {
            return "word ".repeat(length / 5) + OWN + " and more".repeat(20);
        }

        /** Comes back as another value, which a fault tells of. */
        record Growing(String text) {
            Growing {
                text = text + "!";
            }
        }

        @Eval
        String prints(String input) {
            System.out.print(before(99_980));
            System.err.print(before(99_980));
            return input;
        }

        @Eval
        String faults(String input) {
            throw new IllegalStateException(before(9_945), new IOException(before(9_955)));
        }

        @Eval
        Growing grows(String input) {
            return new Growing(before(90));
        }

        @Scorer
        boolean any(Object answer) {
            return true;
        }
    }

    @Test
    void of_one_that_a_cut_goes_through_no_part_is_left() {
        Finished run = EvalRuns.in(folder).with(Settings.REDACT, OWN).run(Cutting.class);

        assertThat(run.out() + toldOf(run)).contains("more bytes were printed", " characters)", "but came back as");
        assertThat(files("") + run.out() + run.err() + toldOf(run)).doesNotContain(OWN.substring(0, 4));
    }

    @EvalSuite
    @Dataset(rows = "{\"id\": \"a\", \"input\": \"x\"}")
    static class NamingParts {

        @Eval
        String answers(String input) {
            return input;
        }

        @Scorer(threshold = 0.1)
        Map<String, Double> parts(String answer) {
            return Map.of(KEY, 0.25, KEY + "0", 0.75);
        }

        @Scorer(cached = true)
        Map<String, Double> judged(String answer) {
            return Map.of(KEY, 0.5);
        }
    }

    @Test
    void none_is_in_the_name_of_a_score_and_no_score_is_lost_for_it() {
        EvalRuns runs = EvalRuns.in(folder);

        Finished first = runs.run(NamingParts.class);
        List<String> records = first.records(NamingParts.class);
        Finished second = runs.inAnotherJvm().run(NamingParts.class);

        assertThat(files("") + first.out() + toldOf(first) + second.out() + toldOf(second))
                .doesNotContain(KEY);
        assertThat(records)
                .anySatisfy(line ->
                        assertThat(line).contains("\"parts.[redacted: api key]\"", "\"parts.[redacted: api key] 2\""));
        assertThat(second.records(NamingParts.class))
                .anySatisfy(line -> assertThat(line).contains("\"judged.[redacted: api key]\""));
    }

    @EvalSuite
    @Dataset(rows = "{\"id\": \"a\", \"input\": \"x\"}")
    static class Telling {

        @Eval
        String answers(String input) {
            return "the cache's password is " + OWN;
        }

        @Scorer
        boolean none(String answer) {
            return answer.isEmpty();
        }
    }

    @Test
    void the_password_of_the_shared_cache_is_one_wherever_it_is_set() {
        Finished run = EvalRuns.in(folder)
                .with(Settings.CACHE_USER, "anna")
                .with(Settings.CACHE_PASSWORD, OWN)
                .run(Telling.class);

        assertThat(files("") + run.out() + toldOf(run))
                .doesNotContain(OWN)
                .contains("the cache's password is [redacted: " + Settings.CACHE_PASSWORD + "]");
    }

    @EvalSuite
    @Dataset(rows = "{\"id\": \"a\", \"input\": \"x\"}")
    static class Linking {

        @Eval
        URI answers(String input) {
            return URI.create("https://anna:" + OWN + "@example.com/");
        }

        @Scorer
        boolean any(URI answer) {
            return true;
        }
    }

    @Test
    void an_output_that_is_none_of_its_type_without_it_is_a_fault_and_not_stored() {
        EvalRuns runs = EvalRuns.in(folder);

        Finished run = runs.run(Linking.class);

        assertThat(run.message("answers[a]")).contains("holds a secret", "cannot be read back as URI", "as text");
        assertThat(files("") + run.out() + toldOf(run)).doesNotContain(OWN);
        assertThat(runs.inAnotherJvm().run(Linking.class).out()).contains("1 called");
    }

    // ---- all that can be read

    private void assertClean(Finished run) {
        List<String> secrets = Planted.secrets().stream().map(Planted::secret).toList();
        assertThat(files("")).as("files").doesNotContain(secrets);
        assertThat(run.out()).as("standard output").doesNotContain(secrets);
        assertThat(run.err()).as("standard error").doesNotContain(secrets);
        assertThat(toldOf(run)).as("events").doesNotContain(secrets);
    }

    /** The names and contents of all files below a folder. */
    private String files(String below) {
        try (Stream<Path> files = Files.walk(folder.resolve(below))) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(file).append('\n').append(Files.readString(file)).append('\n');
            }
            return all.toString();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** All that tools can print of a run's events. */
    private static String toldOf(Finished run) {
        return run.events().stream().map(SecretsTest::text).collect(Collectors.joining("\n"));
    }

    private static String text(Event event) {
        return event.getTestDescriptor().getUniqueId() + "\n"
                + event.getTestDescriptor().getDisplayName() + "\n"
                + event.getPayload()
                        .map(payload -> payload instanceof TestExecutionResult result
                                ? result.getThrowable().map(SecretsTest::text).orElse("")
                                : payload.toString())
                        .orElse("");
    }

    private static String text(Throwable error) {
        StringWriter trace = new StringWriter();
        error.printStackTrace(new PrintWriter(trace, true));
        String text = error.getMessage() + "\n" + trace;
        return error instanceof AssertionFailedError failed
                ? text + text(failed.getExpected()) + text(failed.getActual())
                : text;
    }

    private static String text(ValueWrapper value) {
        return value == null ? "" : value.getStringRepresentation() + value.getEphemeralValue();
    }
}
