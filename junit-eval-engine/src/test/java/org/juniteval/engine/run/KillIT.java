package org.juniteval.engine.run;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.SampleContext;
import org.juniteval.Samples;
import org.juniteval.Scorer;

/** Runs in other JVMs that are killed, that share one cache, or whose cache folder fails them. */
@Timeout(300)
class KillIT {

    private static final int KILLS = 20;
    private static final int CASES = 200;
    private static final int SAMPLES = 5;
    private static final String LARGE = "case-0";
    private static final Path ROWS = Path.of("target", "kill-it", "rows.jsonl");

    @TempDir
    Path folder;

    private int jvms;

    @BeforeAll
    static void write_the_rows() throws IOException {
        Files.createDirectories(ROWS.getParent());
        Files.write(
                ROWS,
                IntStream.range(0, CASES)
                        .mapToObj(i -> "{\"id\": \"case-" + i + "\", \"input\": \"question " + i + "\"}")
                        .toList());
    }

    @BeforeEach
    void share() {
        OtherJvm.share(folder);
    }

    @AfterEach
    void unshare() {
        OtherJvm.unshare();
    }

    /** Says what it calls and, of answers that are stored, what it scores. */
    @EvalSuite
    @Dataset("file:target/kill-it/rows.jsonl")
    @Samples(SAMPLES)
    static class QuestionsCase {

        private static final long SELF = ProcessHandle.current().pid();

        private final Path blocked = OtherJvm.shared().resolve("blocks-" + SELF);

        @Eval
        String answer(String question, SampleContext context) throws InterruptedException {
            OtherJvm.say("called " + context.caseId() + "/" + context.sample() + " " + SELF);
            while (Files.exists(blocked)) {
                Thread.sleep(10);
            }
            Thread.sleep(context.random().nextInt(4));
            context.usage(context.random().nextInt(100), 7);
            boolean large = context.caseId().equals(LARGE);
            return (question + " ").repeat(large ? 10_000 : 1 + context.random().nextInt(400));
        }

        @Scorer
        boolean even(String answer, SampleContext context) {
            OtherJvm.say("scored " + context.caseId() + "/" + context.sample() + " " + SELF);
            return answer.length() % 2 == 0;
        }
    }

    private record Word(String what, String sample, long process) {

        static List<Word> said() {
            return OtherJvm.said().stream()
                    .map(line -> line.split(" "))
                    .map(words -> new Word(words[0], words[1], Long.parseLong(words[2])))
                    .toList();
        }
    }

    private OtherJvm run(String... keys) throws IOException {
        return OtherJvm.run(folder, keys("cache", keys), QuestionsCase.class);
    }

    private Map<String, Object> keys(String cache, String... more) {
        Map<String, Object> keys = new HashMap<>();
        keys.put(Settings.CACHE_DIR, folder.resolve(cache));
        keys.put(Settings.REPORT_DIR, folder.resolve("reports-" + ++jvms));
        keys.put(Settings.CONCURRENCY, 4);
        for (int i = 0; i < more.length; i += 2) {
            keys.put(more[i], more[i + 1]);
        }
        return keys;
    }

    /** What the last run that was started found, by sample. */
    private SortedMap<String, String> results(int jvm) throws IOException {
        Path record = folder.resolve("reports-" + jvm).resolve("records/" + QuestionsCase.class.getName() + ".jsonl");
        SortedMap<String, String> results = new TreeMap<>();
        for (String line : Files.readAllLines(record)) {
            JsonNode json = new ObjectMapper().readTree(line);
            if (json.path("type").asText().equals("sample")) {
                results.put(
                        json.path("case").asText() + "/" + json.path("sample").asInt(),
                        json.path("status").asText()
                                + json.path("output")
                                + json.path("scores")
                                + json.path("inputTokens"));
            }
        }
        return results;
    }

    private String printed() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            StringBuilder all = new StringBuilder();
            for (Path file : files.filter(it -> it.toString().endsWith(".out")).toList()) {
                all.append(Files.readString(file));
            }
            return all.toString().replaceAll("\\s+", " ");
        }
    }

    private List<Path> setAside() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
            return files.filter(file -> file.toString().contains(".corrupt")).toList();
        }
    }

    private SortedMap<String, String> undisturbed() throws Exception {
        Path said = folder.resolve("said");
        try (OtherJvm run = OtherJvm.run(folder, keys("another-cache"), QuestionsCase.class)) {
            assertThat(run.exit()).isZero();
        }
        Files.delete(said);
        return results(jvms);
    }

    // ---- kills

    @Test
    void a_run_that_is_killed_20_times_calls_no_finished_sample_again_and_ends_as_if_nothing_had_been()
            throws Exception {
        SortedMap<String, String> undisturbed = undisturbed();
        Random random = new Random("a_run_that_is_killed_20_times".hashCode());
        Set<String> finished = new HashSet<>();
        int heard = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            try (OtherJvm run = run()) {
                int enough = heard + random.nextInt(30);
                // In the middle of calls and scorers, and of what is written between and after them.
                while (run.process().isAlive() && OtherJvm.said().size() <= enough) {
                    Thread.onSpinWait();
                }
                assertThat(run.process().isAlive()).isTrue();
            }
            heard = hear(heard, finished);
        }
        assertThat(finished).hasSizeGreaterThan(KILLS).hasSizeLessThan(CASES * SAMPLES);

        try (OtherJvm run = run()) {
            assertThat(run.exit()).isZero();
        }

        hear(heard, finished);
        assertThat(finished).hasSize(CASES * SAMPLES);
        assertThat(results(jvms)).isEqualTo(undisturbed);
        assertThat(setAside()).isEmpty();
        assertThat(printed()).doesNotContain("is not used", "cannot be");
    }

    /** Takes note of what one run finished; a scorer looks at answers that are stored. */
    private static int hear(int heard, Set<String> finished) {
        List<Word> all = Word.said();
        List<Word> words = all.subList(heard, all.size());
        assertThat(words)
                .filteredOn(word -> word.what().equals("called"))
                .extracting(Word::sample)
                .doesNotHaveDuplicates()
                .noneMatch(finished::contains);
        words.stream()
                .filter(word -> word.what().equals("scored"))
                .map(Word::sample)
                .forEach(finished::add);
        return all.size();
    }

    // ---- several at once

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 8})
    void of_several_runs_at_once_one_pays_for_each_sample(int runs) throws Exception {
        List<OtherJvm> all = start(runs);
        try {
            for (OtherJvm run : all) {
                assertThat(run.exit()).isZero();
            }
        } finally {
            all.forEach(OtherJvm::close);
        }

        assertThat(calls())
                .hasSize(CASES * SAMPLES)
                .allSatisfy((sample, calls) -> assertThat(calls).hasSize(1));
        SortedMap<String, String> first = results(1);
        assertThat(first).hasSize(CASES * SAMPLES);
        for (int run = 2; run <= runs; run++) {
            assertThat(results(run)).isEqualTo(first);
        }
        assertThat(setAside()).isEmpty();
    }

    @Test
    void what_a_killed_run_was_about_to_pay_for_is_taken_over_by_the_others() throws Exception {
        try (OtherJvm killed = run()) {
            // From its first call on it does not get any further, and holds what it has begun.
            Files.createFile(folder.resolve("blocks-" + killed.process().pid()));
            await().atMost(Duration.ofSeconds(60)).until(() -> calls().size() == 4);
            Set<String> begun = calls().keySet();
            List<OtherJvm> others = start(2);
            try {
                await().atMost(Duration.ofSeconds(120)).until(() -> scored().size() == CASES * SAMPLES - begun.size());
                assertThat(scored()).doesNotContainAnyElementsOf(begun);

                killed.kill();

                for (OtherJvm other : others) {
                    assertThat(other.exit()).isZero();
                }
            } finally {
                others.forEach(OtherJvm::close);
            }
            assertThat(scored()).hasSize(CASES * SAMPLES);
            assertThat(calls())
                    .allSatisfy((sample, calls) -> assertThat(calls).hasSize(begun.contains(sample) ? 2 : 1));
            assertThat(results(2)).isEqualTo(results(3)).hasSize(CASES * SAMPLES);
        }
    }

    // ---- folders that fail

    @Test
    void a_cache_folder_that_is_deleted_in_mid_run_costs_no_more_than_what_was_in_it() throws Exception {
        Set<String> lost;
        try (OtherJvm run = run()) {
            await().atMost(Duration.ofSeconds(60)).until(() -> scored().size() >= 50);
            Files.move(folder.resolve("cache"), folder.resolve("gone"));
            lost = Set.copyOf(calls().keySet());
            assertThat(run.exit()).isZero();
        }
        assertThat(results(1)).hasSize(CASES * SAMPLES);

        try (OtherJvm again = run()) {
            assertThat(again.exit()).isZero();
        }

        assertThat(results(2)).isEqualTo(results(1));
        assertThat(calls()).allSatisfy((sample, calls) -> {
            if (!lost.contains(sample)) {
                assertThat(calls).hasSize(1);
            }
        });
        assertThat(setAside()).isEmpty();
    }

    /** A limit on the size of files stops even root, and in the middle of a file, as a full disk does. */
    @Test
    void a_disk_that_is_full_is_warned_about_and_ends_no_run() throws Exception {
        assumeThat(Path.of("/bin/bash")).exists();
        List<String> limited = List.of("/bin/bash", "-c", "ulimit -f 64 && exec \"$@\"", "limited");
        String cases = LARGE + ", case-1";
        try (OtherJvm run = OtherJvm.run(limited, folder, keys("cache", Settings.CASES, cases), QuestionsCase.class)) {
            assertThat(run.exit()).isZero();
        }
        assertThat(scored()).hasSize(2 * SAMPLES);
        assertThat(printed()).contains("Answers cannot be stored in " + folder.resolve("cache"));

        try (OtherJvm again = run(Settings.CASES, cases)) {
            assertThat(again.exit()).isZero();
        }

        assertThat(calls())
                .allSatisfy((sample, calls) -> assertThat(calls).hasSize(sample.startsWith(LARGE + "/") ? 2 : 1));
        assertThat(setAside()).isEmpty();
    }

    @Test
    void a_disk_that_has_no_room_for_the_reports_is_told_and_keeps_no_part_of_them() throws Exception {
        assumeThat(Path.of("/bin/bash")).exists();
        List<String> limited = List.of("/bin/bash", "-c", "ulimit -f 64 && exec \"$@\"", "limited");
        Map<String, Object> keys = keys("cache", Settings.CASES, "case-1??");
        try (OtherJvm run = OtherJvm.run(limited, folder, keys, QuestionsCase.class)) {
            assertThat(run.exit()).isZero();
        }

        assertThat(scored()).hasSize(100 * SAMPLES);
        assertThat(printed()).contains("the JUnit XML of QuestionsCase could not be written");
        try (Stream<Path> files = Files.walk(folder.resolve("reports-1"))) {
            assertThat(files.filter(file -> file.toString().endsWith(".tmp"))).isEmpty();
        }
    }

    private List<OtherJvm> start(int runs) throws IOException {
        List<OtherJvm> all = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            all.add(run());
        }
        return all;
    }

    private static Map<String, List<Word>> calls() {
        return Word.said().stream().filter(word -> word.what().equals("called")).collect(groupingBy(Word::sample));
    }

    private static Set<String> scored() {
        return Word.said().stream()
                .filter(word -> word.what().equals("scored"))
                .map(Word::sample)
                .collect(Collectors.toSet());
    }
}
