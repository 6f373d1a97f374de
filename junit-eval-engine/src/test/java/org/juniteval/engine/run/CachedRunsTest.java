package org.juniteval.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.awaitility.Awaitility.await;
import static org.junit.platform.engine.TestExecutionResult.Status.FAILED;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Expected;
import org.juniteval.Fingerprint;
import org.juniteval.Metadata;
import org.juniteval.SampleContext;
import org.juniteval.Scorer;
import org.juniteval.Variants;
import org.juniteval.engine.cache.CacheFolder;
import org.juniteval.engine.cache.ExportFile;
import org.juniteval.engine.platform.EvalRuns;
import org.opentest4j.TestAbortedException;

/** What is called, and what is answered by the cache. A run in another JVM remembers nothing. */
@Timeout(180)
class CachedRunsTest {

    /** Below the module, where the suites' {@code file:} finds it. */
    private static final Path ROWS = Path.of("target", "cached-runs", "rows.jsonl");

    private static final List<String> CALLED = Collections.synchronizedList(new ArrayList<>());
    private static final List<String> SCORED = Collections.synchronizedList(new ArrayList<>());
    private static final List<String> JUDGED = Collections.synchronizedList(new ArrayList<>());
    private static volatile String model;
    private static volatile Map<String, String> prompts;
    private static volatile Path cache;

    @TempDir
    Path folder;

    private EvalRuns runs;

    @BeforeEach
    void begin() throws IOException {
        model = "model-1";
        prompts = Map.of("short", "Be brief.", "long", "Explain.");
        runs = EvalRuns.in(folder).with(Settings.CONCURRENCY, 1);
        cache = runs.cacheDir();
        OtherJvm.share(folder);
        rows("""
                {"id": "peru", "input": "Peru", "expected": "Lima", "tags": ["south"], "metadata": {"size": 1}}
                {"id": "chile", "input": "Chile", "expected": "Santiago"}
                """);
        forget();
    }

    @AfterEach
    void end() {
        OtherJvm.unshare();
    }

    private static void forget() {
        CALLED.clear();
        SCORED.clear();
        JUDGED.clear();
    }

    private static void rows(String rows) throws IOException {
        Files.createDirectories(ROWS.getParent());
        Files.writeString(ROWS, rows);
    }

    private EvalRuns.Finished run(Class<?> suite) {
        forget();
        return runs.inAnotherJvm().run(suite);
    }

    private EvalRuns.Finished run(String key, Object value, Class<?> suite) {
        forget();
        return runs.inAnotherJvm().with(key, value).run(suite);
    }

    private static List<Path> entries() throws IOException {
        if (!Files.exists(cache)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(cache)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .filter(file -> file.getFileName().toString().matches("\\d.*"))
                    .filter(file -> !file.toString().contains(".archive"))
                    .sorted()
                    .toList();
        }
    }

    private static String flat(String printed) {
        return printed.replaceAll("\\s+", " ");
    }

    @EvalSuite
    @Dataset("file:target/cached-runs/rows.jsonl")
    static class CapitalsCase {
        @Eval
        String capital(String country, SampleContext context) {
            CALLED.add(context.caseId() + " " + context.sample());
            context.cost(0.5);
            return "Lima or Santiago";
        }

        @Scorer
        boolean right(String answer, @Expected Optional<String> capital, @Metadata("size") Optional<Integer> size)
                throws IOException {
            SCORED.add(capital.orElse("") + " " + entries().size());
            return true;
        }

        @Fingerprint
        String model() {
            return model;
        }
    }

    // ---- hits

    @Test
    void the_second_run_calls_nothing_and_scores_again() {
        EvalRuns.Finished first = run(CapitalsCase.class);
        assertThat(CALLED).containsExactly("peru 1", "chile 1");
        assertThat(first.out()).contains("2 called");

        EvalRuns.Finished second = run(CapitalsCase.class);

        assertThat(CALLED).isEmpty();
        assertThat(SCORED).containsExactly("Lima 2", "Santiago 2");
        assertThat(second.out()).contains("2 cached");
        assertThat(second.names()).isEqualTo(first.names());
        assertThat(second.records(CapitalsCase.class))
                .as("what the call cost is known from then")
                .filteredOn(line -> line.contains("\"CACHED\"") && line.contains("\"cost\":0.5"))
                .hasSize(2);
    }

    @Test
    void the_answer_is_stored_before_any_scorer_sees_it() {
        run(CapitalsCase.class);

        assertThat(SCORED).containsExactly("Lima 1", "Santiago 2");
    }

    @Test
    void every_sample_is_an_answer_of_its_own() {
        run(Settings.SAMPLES, 3, CapitalsCase.class);
        assertThat(CALLED).containsExactly("peru 1", "peru 2", "peru 3", "chile 1", "chile 2", "chile 3");

        run(Settings.SAMPLES, 5, CapitalsCase.class);
        assertThat(CALLED).containsExactly("peru 4", "peru 5", "chile 4", "chile 5");

        run(Settings.SAMPLES, 2, CapitalsCase.class);
        assertThat(CALLED).isEmpty();
    }

    // ---- edits

    @Nested
    class An_edit {

        @BeforeEach
        void first_run() {
            run(CapitalsCase.class);
        }

        private void calls(String... samples) {
            run(CapitalsCase.class);
            assertThat(CALLED).containsExactly(samples);
        }

        @Test
        void of_an_input_calls_that_row() throws IOException {
            rows("""
                    {"id": "peru", "input": "Perú", "expected": "Lima"}
                    {"id": "chile", "input": "Chile", "expected": "Santiago"}
                    """);
            calls("peru 1");
        }

        @Test
        void of_what_is_expected_of_tags_and_of_metadata_calls_nothing() throws IOException {
            rows("""
                    {"id": "peru", "input": "Peru", "expected": "Cusco", "tags": ["north"], "metadata": {"size": 2}}
                    {"id": "chile", "input": "Chile"}
                    """);
            calls();
            assertThat(SCORED).containsExactly("Cusco 2", " 2");
        }

        @Test
        void of_the_order_calls_nothing_and_a_new_row_itself() throws IOException {
            rows("""
                    {"id": "cuba", "input": "Cuba"}
                    {"id": "chile", "input": "Chile"}
                    {"id": "peru", "input": "Peru"}
                    """);
            calls("cuba 1");
        }

        @Test
        void of_white_space_calls_nothing() throws IOException {
            rows("""

                    { "input" :  "Peru" , "id":"peru"}
                    {"id": "chile", "input": "Chil\\u0065"}
                    """);
            calls();
        }

        @Test
        void of_an_id_calls_that_row() throws IOException {
            rows("""
                    {"id": "pe", "input": "Peru"}
                    {"id": "chile", "input": "Chile"}
                    """);
            calls("pe 1");
        }

        @Test
        void of_a_declared_value_calls_all_and_says_so() {
            model = "model-2";

            EvalRuns.Finished run = run(CapitalsCase.class);

            assertThat(CALLED).containsExactly("peru 1", "chile 1");
            assertThat(flat(run.out())).contains("2 called: declared changed: model");
            assertThat(run.records(CapitalsCase.class))
                    .filteredOn(line -> line.contains("\"changed\":\"declared changed: model\""))
                    .hasSize(2);
        }

        @Test
        void of_settings_that_no_answer_depends_on_calls_nothing() {
            for (Map.Entry<String, Object> setting : Map.<String, Object>of(
                            Settings.CONCURRENCY,
                            3,
                            Settings.TIMEOUT,
                            "90s",
                            Settings.MISSES,
                            "fail",
                            Settings.REPORT_DIR,
                            folder.resolve("elsewhere"))
                    .entrySet()) {
                run(setting.getKey(), setting.getValue(), CapitalsCase.class);
                assertThat(CALLED).as(setting.getKey()).isEmpty();
            }
        }
    }

    // ---- variants

    @EvalSuite
    @Dataset(rows = """
            {"id": "peru", "input": "Peru"}
            """)
    static class VariantsCase {
        @Eval
        String capital(String country, @Variants("prompts") String prompt) {
            CALLED.add(prompt);
            return "Lima";
        }

        static Map<String, String> prompts() {
            return new LinkedHashMap<>(prompts);
        }

        @Scorer
        boolean ok(String answer) {
            return true;
        }
    }

    @Test
    void variants_are_apart_and_an_edited_one_is_called_alone() {
        run(VariantsCase.class);
        assertThat(CALLED).containsExactlyInAnyOrder("Be brief.", "Explain.");

        run(VariantsCase.class);
        assertThat(CALLED).isEmpty();

        prompts = Map.of("short", "Be brief!", "long", "Explain.");
        run(VariantsCase.class);
        assertThat(CALLED).containsExactly("Be brief!");
    }

    // ---- what is never stored

    @EvalSuite
    @Dataset(rows = """
            {"id": "throws", "input": "throws"}
            {"id": "aborts", "input": "aborts"}
            {"id": "null", "input": "null"}
            {"id": "sleeps", "input": "sleeps"}
            {"id": "answers", "input": "answers"}
            """)
    static class FailingCase {
        @Eval
        @Timeout(value = 2, unit = TimeUnit.SECONDS)
        String fails(String how) throws InterruptedException {
            CALLED.add(how);
            switch (how) {
                case "throws" -> throw new IllegalStateException("429 Too Many Requests");
                case "aborts" -> throw new TestAbortedException("no budget");
                case "sleeps" -> Thread.sleep(3_600_000);
                default -> {}
            }
            return how.equals("null") ? null : how;
        }

        @Scorer
        boolean throwing(String output) {
            throw new IllegalStateException("a broken scorer");
        }
    }

    @Test
    void faults_timeouts_and_aborted_samples_are_never_stored_and_a_broken_scorer_changes_nothing() throws IOException {
        run(FailingCase.class);
        assertThat(CALLED).containsExactly("throws", "aborts", "null", "sleeps", "answers");
        assertThat(entries()).singleElement().asString().contains("answers");

        run(FailingCase.class);
        assertThat(CALLED).containsExactly("throws", "aborts", "null", "sleeps");
    }

    // ---- modes

    @Nested
    class Mode {

        @Test
        void refresh_calls_everything_once_and_stores_it() {
            run(CapitalsCase.class);

            run(Settings.CACHE_MODE, "refresh", CapitalsCase.class);
            assertThat(CALLED).containsExactly("peru 1", "chile 1");

            run(CapitalsCase.class);
            assertThat(CALLED).isEmpty();
        }

        @Test
        void refresh_archives_what_it_replaces() throws IOException {
            run(CapitalsCase.class);
            JsonNode old = json(entries().get(0));

            EvalRuns.Finished refreshed = run(Settings.CACHE_MODE, "refresh", CapitalsCase.class);

            Path entry = entries().get(0);
            Path archive = only(cache.resolve(".archive"));
            assertThat(flat(refreshed.out())).containsOnlyOnce("note archived 2 answers in " + archive);
            assertThat(json(archive.resolve(cache.relativize(entry))).get("created"))
                    .isEqualTo(old.get("created"))
                    .isNotEqualTo(json(entry).get("created"));
        }

        private static JsonNode json(Path entry) throws IOException {
            return new ObjectMapper().readTree(entry.toFile());
        }

        private static Path only(Path folder) throws IOException {
            try (Stream<Path> all = Files.list(folder)) {
                return all.reduce((one, other) -> fail(one + " and " + other)).orElseThrow();
            }
        }

        @Test
        void refresh_does_not_call_again_what_the_same_run_has_stored() throws Exception {
            // Two runs that begin before either has stored anything, and want the same.
            assertThat(callsOfTwoJvms(Map.of(Settings.CACHE_MODE, "refresh"))).doesNotHaveDuplicates();
        }

        @Test
        void replay_calls_nothing_and_says_what_has_changed() throws IOException {
            run(CapitalsCase.class);
            rows("""
                    {"id": "peru", "input": "Perú"}
                    {"id": "chile", "input": "Chile"}
                    {"id": "cuba", "input": "Cuba"}
                    """);

            EvalRuns.Finished run = run(Settings.CACHE_MODE, "replay", CapitalsCase.class);

            assertThat(CALLED).isEmpty();
            assertThat(run.status("capital[chile]")).isEqualTo(SUCCESSFUL);
            assertThat(run.status("capital[peru]")).isEqualTo(FAILED);
            assertThat(run.message("capital[peru]"))
                    .contains("replay: no stored answer; of the nearest one input changed", "eval.cache.mode = auto");
            assertThat(run.message("capital[cuba]")).contains("replay: no stored answer; run once");
            assertThat(entries()).hasSize(2);
        }

        @Test
        void replay_enters_no_cached_scorer() throws IOException {
            rows("{\"id\": \"peru\", \"input\": \"Peru\", \"expected\": \"Lima\"}");
            run(JudgedCase.class);
            rows("{\"id\": \"peru\", \"input\": \"Peru\", \"expected\": \"Cusco\"}");

            EvalRuns.Finished run = run(Settings.CACHE_MODE, "replay", JudgedCase.class);

            assertThat(CALLED).isEmpty();
            assertThat(JUDGED).isEmpty();
            assertThat(run.message("capital[peru]")).contains("replay: no stored score of the cached scorer judge");
        }

        @Test
        void read_only_reads_calls_what_is_missing_and_writes_nothing() throws IOException {
            run(CapitalsCase.class);
            rows("""
                    {"id": "peru", "input": "Perú"}
                    {"id": "chile", "input": "Chile"}
                    """);

            run(Settings.CACHE_MODE, "read-only", CapitalsCase.class);
            assertThat(CALLED).containsExactly("peru 1");
            assertThat(entries()).hasSize(2);

            run(Settings.CACHE_MODE, "read-only", CapitalsCase.class);
            assertThat(CALLED).containsExactly("peru 1");
        }

        @Test
        void replay_and_read_only_read_one_exported_file() throws IOException {
            EvalRuns.Finished first = run(CapitalsCase.class);
            Path file = export();

            for (String mode : List.of("replay", "read-only")) {
                forget();
                EvalRuns.Finished again = runs.inAnotherJvm()
                        .with(Settings.CACHE_DIR, file)
                        .with(Settings.CACHE_MODE, mode)
                        .run(CapitalsCase.class);

                assertThat(CALLED).isEmpty();
                assertThat(again.out()).contains("2 cached");
                assertThat(again.names()).isEqualTo(first.names());
                assertThat(again.status("capital[peru]")).isEqualTo(SUCCESSFUL);
            }
            assertThat(cache).doesNotExist();
        }

        @Test
        void what_an_exported_file_lacks_fails_and_says_what_has_changed() throws IOException {
            run(CapitalsCase.class);
            Path file = export();
            model = "model-2";

            EvalRuns.Finished run = runs.inAnotherJvm()
                    .with(Settings.CACHE_DIR, file)
                    .with(Settings.CACHE_MODE, "replay")
                    .run(CapitalsCase.class);

            assertThat(run.message("capital[peru]"))
                    .contains("replay: no stored answer; of the nearest one declared changed: model");
        }

        @Test
        void a_run_that_would_write_into_an_exported_file_is_refused_before_it_calls() throws IOException {
            run(CapitalsCase.class);
            Path file = export();

            for (String mode : List.of("auto", "refresh")) {
                forget();
                EvalRuns.Finished run = runs.inAnotherJvm()
                        .with(Settings.CACHE_DIR, file)
                        .with(Settings.CACHE_MODE, mode)
                        .run(CapitalsCase.class);

                assertThat(CALLED).isEmpty();
                assertThat(run.message("capital [configuration]"))
                        .contains("eval.cache.dir = " + file, "eval.cache.mode = " + mode, "replay or read-only");
            }
        }

        @Test
        void a_file_that_is_no_export_or_is_not_there_is_told_before_anything_is_called() throws IOException {
            Path text = Files.writeString(folder.resolve("answers.txt"), "Lima");
            Map<Path, String> wrong =
                    Map.of(text, "it is no zip", folder.resolve("absent.zip"), "there is no such file");

            wrong.forEach((file, why) -> {
                EvalRuns.Finished run = runs.inAnotherJvm()
                        .with(Settings.CACHE_DIR, file)
                        .with(Settings.CACHE_MODE, "replay")
                        .run(CapitalsCase.class);

                assertThat(run.message("capital [configuration]")).contains("eval.cache.dir = " + file, why);
            });
            assertThat(CALLED).isEmpty();
        }

        /** Leaves the file alone behind. */
        private Path export() throws IOException {
            Path file = folder.resolve("answers.zip");
            ExportFile.write(CacheFolder.at(cache), file, false, found -> {});
            try (Stream<Path> files = Files.walk(cache)) {
                for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
            return file;
        }

        @Test
        void off_neither_reads_nor_writes_and_says_what_that_means() throws IOException {
            run(CapitalsCase.class);

            EvalRuns.Finished run = run(Settings.CACHE_MODE, "off", JudgedCase.class);
            run(Settings.CACHE_MODE, "off", CapitalsCase.class);

            assertThat(CALLED).containsExactly("peru 1", "chile 1");
            assertThat(entries()).hasSize(2);
            assertThat(flat(run.out())).contains("the cache is off: a rerun in another JVM draws new samples");
        }
    }

    // ---- scorers that are cached

    @EvalSuite
    @Dataset("file:target/cached-runs/rows.jsonl")
    static class JudgedCase {
        @Eval
        String capital(String country) {
            CALLED.add(country);
            return "Lima";
        }

        @Scorer(cached = true, runs = 3)
        boolean judge(String answer, @Expected Optional<String> capital, SampleContext context) {
            JUDGED.add(capital.orElse(""));
            context.cost(0.25);
            return true;
        }
    }

    @Test
    void a_cached_scorer_is_asked_as_often_as_it_says_and_not_again() throws IOException {
        rows("{\"id\": \"peru\", \"input\": \"Peru\", \"expected\": \"Lima\"}");
        run(JudgedCase.class);
        assertThat(JUDGED).containsExactly("Lima", "Lima", "Lima");
        assertThat(entries()).hasSize(4);

        EvalRuns.Finished second = run(JudgedCase.class);
        assertThat(JUDGED).isEmpty();
        assertThat(second.records(JudgedCase.class)).anyMatch(line -> line.contains("\"cost\":0.75"));

        rows("{\"id\": \"peru\", \"input\": \"Peru\", \"expected\": \"Cusco\"}");
        run(JudgedCase.class);
        assertThat(CALLED).isEmpty();
        assertThat(JUDGED).as("it looks at what is expected").containsExactly("Cusco", "Cusco", "Cusco");
    }

    @EvalSuite
    @Timeout(value = 1, unit = TimeUnit.SECONDS)
    @Dataset(rows = "{\"id\": \"peru\", \"input\": \"Peru\"}")
    static class PatientCase {
        @Eval
        String answers(String input) {
            return input;
        }

        @Scorer(cached = true)
        boolean judge(String output, SampleContext context) {
            JUDGED.add(Duration.between(Instant.now(), context.deadline()).isNegative() ? "late" : "in time");
            return true;
        }
    }

    @Test
    void a_judge_that_waits_for_another_process_loses_none_of_its_own_time() throws IOException {
        run(PatientCase.class);
        for (Path file : entries()) {
            if (file.getFileName().toString().contains("judge")) {
                Files.delete(file);
            }
        }
        // As if another process held all leases: the sample needs none, because its answer is stored.
        try (FileChannel leases = FileChannel.open(cache.resolve("leases"), StandardOpenOption.WRITE);
                FileLock held = leases.lock()) {
            EvalRuns.Finished waiting = run(Settings.CACHE_WAIT, "2s", PatientCase.class);

            assertThat(held.isValid()).isTrue();
            assertThat(waiting.message("answers[peru]")).isEmpty();
            assertThat(JUDGED).containsExactly("in time");
        }
    }

    // ---- damage

    @Test
    void a_damaged_entry_is_set_aside_told_and_called_again() throws IOException {
        run(CapitalsCase.class);
        Path peru = entries().stream()
                .filter(file -> file.toString().contains("peru"))
                .findFirst()
                .orElseThrow();
        Files.writeString(peru, Files.readString(peru).substring(0, 100));

        EvalRuns.Finished run = run(CapitalsCase.class);

        assertThat(CALLED).containsExactly("peru 1");
        assertThat(flat(run.out())).contains("The cache entry", "is not used");
        assertThat(Path.of(peru + ".corrupt-1")).exists();
        run(CapitalsCase.class);
        assertThat(CALLED).isEmpty();
    }

    // ---- several at the same time

    /** In every JVM: tells that it was called, and answers when it may. */
    @EvalSuite
    @Dataset(rows = """
            {"id": "a", "input": "a"}
            {"id": "b", "input": "b"}
            {"id": "c", "input": "c"}
            """)
    static class SharedCase {
        @Eval
        String shared(String input) {
            OtherJvm.say("called " + input);
            if (input.equals("a") && System.getProperty("test.here") == null) {
                await().atMost(Duration.ofSeconds(60))
                        .until(() -> Files.exists(OtherJvm.shared().resolve("go")));
            }
            if (input.equals("c") && System.getProperty("test.here") != null) {
                go();
            }
            return input;
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }
    }

    private static void go() {
        try {
            Files.createFile(OtherJvm.shared().resolve("go"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Object> keys(Object... more) {
        Map<String, Object> keys = new LinkedHashMap<>(Map.of(
                Settings.CACHE_DIR, runs.cacheDir(),
                Settings.REPORT_DIR, folder.resolve("reports-of-another")));
        for (int i = 0; i < more.length; i += 2) {
            keys.put(more[i].toString(), more[i + 1]);
        }
        return keys;
    }

    @Nested
    class While_another_process_asks_the_same {

        private OtherJvm other;

        @BeforeEach
        void it_asks_for_a() throws IOException {
            other = OtherJvm.run(folder, keys(Settings.CONCURRENCY, 1), SharedCase.class);
            await().atMost(Duration.ofSeconds(60)).until(() -> OtherJvm.said().contains("called a"));
            System.setProperty("test.here", "true");
        }

        @AfterEach
        void it_ends() {
            System.clearProperty("test.here");
            other.close();
        }

        @Test
        void its_answer_is_waited_for_behind_all_other_samples() throws Exception {
            // Our c lets the other's a go: it must come before the wait for a.
            EvalRuns.Finished run = runs.run(SharedCase.class);

            assertThat(other.exit()).isZero();
            run.leaves().assertStatistics(stats -> stats.succeeded(3));
            assertThat(OtherJvm.said()).containsExactly("called a", "called b", "called c");
            assertThat(run.out()).contains("1 cached");
        }

        @Test
        void it_is_asked_as_well_when_that_takes_too_long() {
            EvalRuns.Finished run = runs.with(Settings.CACHE_WAIT, "200ms")
                    .with(Settings.CASES, "a")
                    .run(SharedCase.class);

            assertThat(run.status("shared[a]")).isEqualTo(SUCCESSFUL);
            assertThat(OtherJvm.said()).containsExactly("called a", "called a");
            assertThat(flat(run.out()))
                    .contains(
                            "another process holds the lease of a sample for longer than eval.cache.wait; it was called"
                                    + " here as well");
        }

        @Test
        void a_cancel_ends_the_wait() {
            RecordedTree tree = new RecordedTree();

            tree.run(
                    keys(
                            Settings.CONCURRENCY,
                            1,
                            Settings.REPORT_DIR,
                            folder.resolve("reports-here"),
                            Settings.CASES,
                            "a, b"),
                    () -> OtherJvm.said().contains("called b"),
                    SharedCase.class);

            assertThat(OtherJvm.said()).as("b was called here").containsExactly("called a", "called b");
            assertThat(tree.ends().get("shared[a]")).startsWith("not run: the run was cancelled");
        }

        @Test
        void its_death_frees_what_it_held() {
            other.close();

            runs.with(Settings.CASES, "a").run(SharedCase.class);

            assertThat(OtherJvm.said()).containsExactly("called a", "called a");
        }
    }

    @EvalSuite
    @Dataset(rows = """
            {"id": "a", "input": "a"}
            {"id": "b", "input": "b"}
            {"id": "c", "input": "c"}
            {"id": "d", "input": "d"}
            """)
    static class ManyCase {
        ManyCase() {
            OtherJvm.say("ready");
            await().atMost(Duration.ofSeconds(60))
                    .until(() ->
                            OtherJvm.said().stream().filter("ready"::equals).count() >= 2);
        }

        @Eval
        String many(String input, SampleContext context) {
            OtherJvm.say(input + context.sample());
            return input;
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }
    }

    private static final List<String> ALL = Stream.of("a", "b", "c", "d")
            .flatMap(id -> IntStream.rangeClosed(1, 10).mapToObj(i -> id + i))
            .toList();

    private List<String> callsOfTwoJvms(Map<String, ?> more) throws Exception {
        Map<String, Object> keys = keys(Settings.CONCURRENCY, 4, Settings.SAMPLES, 10);
        keys.putAll(more);
        try (OtherJvm one = OtherJvm.run(folder, keys, ManyCase.class)) {
            keys.put(Settings.REPORT_DIR, folder.resolve("reports-of-a-third"));
            try (OtherJvm two = OtherJvm.run(folder, keys, ManyCase.class)) {
                assertThat(one.exit()).isZero();
                assertThat(two.exit()).isZero();
            }
        }
        return OtherJvm.said().stream().filter(line -> !line.equals("ready")).toList();
    }

    @Test
    void two_processes_call_each_sample_once_in_all() throws Exception {
        assertThat(callsOfTwoJvms(Map.of())).containsExactlyInAnyOrderElementsOf(ALL);
    }

    @Test
    void two_engines_in_one_process_as_well() throws Exception {
        AtomicReference<Throwable> failed = new AtomicReference<>();
        List<RecordedTree> trees = List.of(new RecordedTree(), new RecordedTree());
        List<Thread> threads = IntStream.range(0, 2)
                .mapToObj(i -> new Thread(() -> trees.get(i)
                        .run(
                                keys(
                                        Settings.CONCURRENCY, 4,
                                        Settings.SAMPLES, 10,
                                        Settings.REPORT_DIR, folder.resolve("reports-" + i)),
                                () -> false,
                                ManyCase.class)))
                .collect(Collectors.toList());
        threads.forEach(thread -> thread.setUncaughtExceptionHandler((t, error) -> failed.set(error)));
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(failed).hasNullValue();
        assertThat(OtherJvm.said()).filteredOn(line -> !line.equals("ready")).containsExactlyInAnyOrderElementsOf(ALL);
        assertThat(trees)
                .allSatisfy(tree ->
                        assertThat(tree.ends().values()).containsOnly("passed").hasSize(4));
    }
}
