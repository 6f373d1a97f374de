package org.juniteval.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Fingerprint;
import org.juniteval.SampleContext;
import org.juniteval.Samples;
import org.juniteval.Scorer;
import org.juniteval.Variants;
import org.juniteval.engine.platform.EvalRuns;
import org.opentest4j.TestAbortedException;

/** A fault is tried again by the next run, and counted. */
@Timeout(60)
class RetriedFaultsTest {

    /** The samples that fault, as {@code case sample} or {@code variant case sample}. */
    private static final Set<String> FAULTY = ConcurrentHashMap.newKeySet();

    private static volatile String model;
    private static volatile Map<String, String> tones;
    private static volatile boolean judgeWorks;

    @TempDir
    Path folder;

    private EvalRuns runs;

    @BeforeEach
    void begin() {
        runs = EvalRuns.in(folder);
        model = "model-1";
        tones = Map.of("kind", "Be kind.", "brief", "Be brief.");
        judgeWorks = true;
        FAULTY.clear();
    }

    private EvalRuns.Finished next(Class<?> suite) {
        return runs.inAnotherJvm().run(suite);
    }

    private EvalRuns.Finished next(String mode, Class<?> suite) {
        return runs.inAnotherJvm().with(Settings.CACHE_MODE, mode).run(suite);
    }

    /** A summary breaks its lines. */
    private static String flat(EvalRuns.Finished run) {
        return run.out().replaceAll("\\s+", " ");
    }

    @EvalSuite
    @Samples(2)
    @Dataset(rows = """
            {"id": "peru", "input": "Peru"}
            {"id": "chile", "input": "Chile"}
            """)
    static class FlakyCase {
        @Fingerprint
        String model() {
            return model;
        }

        @Eval
        String answers(String input, SampleContext context) {
            if (FAULTY.contains(context.caseId() + " " + context.sample())) {
                throw new IllegalStateException("503");
            }
            return input;
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }
    }

    @Test
    void a_run_in_another_jvm_says_how_many_it_has_tried_again() {
        FAULTY.addAll(Set.of("peru 1", "peru 2", "chile 2"));
        EvalRuns.Finished first = next(FlakyCase.class);
        FAULTY.remove("peru 1");
        FAULTY.remove("peru 2");

        EvalRuns.Finished second = next(FlakyCase.class);
        FAULTY.clear();
        EvalRuns.Finished third = next(FlakyCase.class);

        assertThat(flat(first)).contains("4 called").doesNotContain("retried");
        assertThat(flat(second)).contains("1 cached · 3 called · retried 3 faulted samples");
        assertThat(flat(third)).contains("3 cached · 1 called · retried 1 faulted sample ");
        assertThat(third.xml(FlakyCase.class)).contains("<property name=\"eval.answers.retried\" value=\"1\"/>");
    }

    @Test
    void what_has_an_answer_now_is_called_for_the_first_time_after_the_next_edit() {
        FAULTY.add("peru 1");
        next(FlakyCase.class);
        FAULTY.clear();
        next(FlakyCase.class);
        model = "model-2";

        EvalRuns.Finished third = next(FlakyCase.class);

        assertThat(flat(third)).contains("4 called").doesNotContain("retried");
        assertThat(marks()).isEmpty();
    }

    @Test
    void it_is_the_same_sample_whatever_was_edited_meanwhile() {
        FAULTY.add("peru 1");
        next(FlakyCase.class);
        FAULTY.clear();
        model = "model-2";

        assertThat(flat(next(FlakyCase.class))).contains("4 called · retried 1 faulted sample ");
    }

    @Test
    void a_rerun_in_the_same_jvm_counts_too() {
        FAULTY.add("peru 1");
        runs.run(FlakyCase.class);

        assertThat(flat(runs.run(FlakyCase.class))).contains("retried 1 faulted sample ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"off", "read-only", "replay"})
    void a_mode_that_stores_nothing_keeps_no_fault_in_mind(String mode) {
        FAULTY.add("peru 1");

        next(mode, FlakyCase.class);

        assertThat(marks()).isEmpty();
        assertThat(runs.cacheDir()).doesNotExist();
        assertThat(flat(next(FlakyCase.class))).doesNotContain("retried");
    }

    @Test
    void read_only_counts_what_it_tries_again_and_lets_the_next_run_do_so_too() {
        FAULTY.add("peru 1");
        next(FlakyCase.class);
        FAULTY.clear();

        assertThat(flat(next("read-only", FlakyCase.class))).contains("retried 1 faulted sample ");
        assertThat(flat(next(FlakyCase.class))).contains("retried 1 faulted sample ");
    }

    @Test
    void refresh_counts_too() {
        FAULTY.add("peru 1");
        next("refresh", FlakyCase.class);
        FAULTY.clear();

        assertThat(flat(next("refresh", FlakyCase.class))).contains("4 called · retried 1 faulted sample ");
        assertThat(marks()).isEmpty();
    }

    @EvalSuite
    @Dataset(rows = """
            {"id": "peru", "input": "Peru"}
            """)
    static class TonesCase {
        static Map<String, String> tones() {
            return new TreeMap<>(tones);
        }

        @Eval
        String answers(String input, @Variants("tones") String tone, SampleContext context) {
            if (FAULTY.contains(tone)) {
                throw new IllegalStateException("503");
            }
            return input;
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }
    }

    @Test
    void a_variant_is_known_by_its_name() {
        FAULTY.add("Be kind.");
        next(TonesCase.class);
        tones = Map.of("kind", "Be very kind.", "brief", "Be very brief.");

        EvalRuns.Finished second = next(TonesCase.class);

        assertThat(second.records(TonesCase.class))
                .filteredOn(line -> line.contains("\"retried\":1"))
                .singleElement()
                .asString()
                .contains("\"variant\":\"kind\"");
    }

    @EvalSuite
    @Dataset(rows = """
            {"id": "aborts", "input": "aborts"}
            {"id": "sleeps", "input": "sleeps"}
            {"id": "judged", "input": "judged"}
            """)
    static class EndsCase {
        @Eval
        @Timeout(value = 200, unit = TimeUnit.MILLISECONDS)
        String answers(String how) throws InterruptedException {
            if (how.equals("aborts")) {
                throw new TestAbortedException("not today");
            } else if (how.equals("sleeps")) {
                Thread.sleep(3_600_000);
            }
            return how;
        }

        @Scorer
        boolean judge(String output) {
            if (!judgeWorks) {
                throw new IllegalStateException("the judge is away");
            }
            return true;
        }
    }

    @Test
    void only_a_call_that_came_to_no_answer_is_tried_again() {
        judgeWorks = false;
        next(EndsCase.class);

        assertThat(marks()).singleElement().asString().contains("sleeps");
        assertThat(flat(next(EndsCase.class))).contains("1 cached · 1 called · retried 1 faulted sample ");
    }

    @Test
    void a_cancelled_sample_is_none() {
        new RecordedTree()
                .run(
                        Map.of(Settings.CACHE_DIR, runs.cacheDir(), Settings.REPORT_DIR, runs.reportDir()),
                        () -> true,
                        FlakyCase.class);

        assertThat(marks()).isEmpty();
    }

    private List<Path> marks() {
        if (!Files.exists(runs.cacheDir())) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(runs.cacheDir())) {
            return files.filter(file -> file.toString().endsWith(".fault")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
