package org.juniteval.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.ConfigurationParameters;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Expected;
import org.juniteval.Fingerprint;
import org.juniteval.Scorer;

/** What is wrong with suites, datasets and configuration: failing leaves, beside which everything else runs. */
class FaultsTest {

    abstract static class Exact {
        @Scorer
        boolean exact(String answer, @Expected String capital) {
            return answer.equals(capital);
        }
    }

    @EvalSuite
    @Dataset(rows = "{\"id\": \"peru\", \"input\": \"Peru\", \"expected\": \"Lima\"}")
    static class SoundCase extends Exact {
        @Eval
        String answers(String country) {
            return "Lima";
        }
    }

    @EvalSuite
    static class EmptyCase {}

    @EvalSuite
    @Dataset(rows = """
                    {"id": "peru", "input": "Peru", "expected": "Lima"}
                    {"id": "peru", "input": "Peru again", "expected": "Lima"}
                    {"id": "chile", "input": "Chile"
                    {"id": "norway", "input": 7, "expected": "Oslo"}
                    """)
    static class BrokenRowsCase extends Exact {
        @Eval
        String answers(String country) {
            return "Lima";
        }

        @Eval
        @Dataset(rows = "{\"id\": \"peru\", \"input\": \"Peru\", \"expected\": \"Lima\"}")
        String guesses(String country) {
            return "Lima";
        }
    }

    @EvalSuite
    @Dataset("not-there.jsonl")
    static class NoFileCase extends Exact {
        @Eval
        String answers(String country) {
            return "Lima";
        }
    }

    @EvalSuite
    @Dataset("not-there.jsonl")
    static class NothingCanFailCase {
        @Eval
        String answers(String country) {
            return "Lima";
        }

        @Eval
        void says(String country) {}
    }

    @EvalSuite
    @Dataset(rows = "{\"id\": \"peru\", \"input\": \"Peru\", \"expected\": \"Lima\"}")
    static class PercentCase {
        @Eval
        String answers(String country) {
            return "Lima";
        }

        @Scorer(threshold = 0.5)
        double similar(String answer) {
            return 85;
        }
    }

    @EvalSuite
    @Dataset(rows = "{\"id\": \"peru\", \"input\": \"Peru\", \"expected\": \"Lima\"}")
    static class NothingReturnedCase extends Exact {
        @Eval
        String answers(String country) {
            return null;
        }
    }

    @EvalSuite
    @Dataset(rows = "{\"id\": \"peru\", \"input\": \"Peru\", \"expected\": \"Lima\"}")
    static class NothingDeclaredCase extends Exact {
        @Eval
        String answers(String country) {
            return "Lima";
        }

        @Fingerprint
        String model() {
            return null;
        }
    }

    @TempDir
    Path folder;

    @Nested
    class A_broken {

        @Test
        void suite_has_all_its_faults_in_one_leaf_of_each_eval() {
            EvalRuns.Finished run = EvalRuns.in(folder).run(NothingCanFailCase.class);

            assertThat(run.names())
                    .containsExactlyInAnyOrder(
                            "answers [suite]", "answers [dataset]", "says [suite]", "says [dataset]");
            assertThat(run.message("answers [suite]")).contains("has no scorer");
            assertThat(run.message("says [suite]").lines()).hasSizeGreaterThan(1);
            assertThat(run.message("answers [dataset]")).contains("not-there.jsonl");
        }

        @Test
        void suite_without_an_eval_says_so_in_a_leaf_of_its_own() {
            EvalRuns.Finished run = EvalRuns.in(folder).run(EmptyCase.class);

            assertThat(run.names()).containsExactly("EmptyCase [suite]");
            assertThat(run.message("EmptyCase [suite]")).contains("has no @Eval");
        }

        @Test
        void dataset_has_all_its_faults_in_one_leaf_and_the_other_evals_run() {
            EvalRuns.Finished run = EvalRuns.in(folder).run(BrokenRowsCase.class);

            assertThat(run.names()).containsExactlyInAnyOrder("answers [dataset]", "guesses[peru]");
            assertThat(run.status("guesses[peru]")).isEqualTo(Status.SUCCESSFUL);
            assertThat(run.message("answers [dataset]").lines())
                    .anyMatch(line -> line.contains(":2") && line.contains("peru"))
                    .anyMatch(line -> line.contains(":3"))
                    .anyMatch(line -> line.contains(":4"));
        }

        @Test
        void suite_harms_no_other() {
            EvalRuns.Finished run =
                    EvalRuns.in(folder).run(EmptyCase.class, NoFileCase.class, SoundCase.class, BrokenRowsCase.class);

            assertThat(run.status("answers[peru]")).isEqualTo(Status.SUCCESSFUL);
            assertThat(run.leaves().finished().stream()).hasSize(5);
        }

        @Test
        void leaf_is_an_error_to_tools_and_no_failed_assertion() {
            EvalRuns.Finished run = EvalRuns.in(folder).run(NoFileCase.class);

            assertThat(run.result("answers [dataset]").getThrowable().orElseThrow())
                    .isNotInstanceOf(AssertionError.class);
            assertThat(run.xml(NoFileCase.class)).contains("<error").contains("answers [dataset]");
        }

        @Test
        void suite_is_as_broken_again_in_the_next_run_and_has_no_cache() {
            EvalRuns runs = EvalRuns.in(folder);
            runs.run(NoFileCase.class);

            assertThat(runs.run(NoFileCase.class).names()).containsExactly("answers [dataset]");
            assertThat(Files.exists(runs.cacheDir().resolve(NoFileCase.class.getName())))
                    .isFalse();
        }
    }

    @Nested
    class What_the_author_has_to_change {

        @Test
        void is_told_as_it_is_without_the_engines_own_classes_and_frames() {
            EvalRuns.Finished run =
                    EvalRuns.in(folder).run(PercentCase.class, NothingReturnedCase.class, NothingDeclaredCase.class);

            assertThat(run.out())
                    .contains("returned 85.0 for similar: a score is in [0, 1]")
                    .contains("returned null: return a value that says what happened")
                    .contains("returned null: a @Fingerprint returns data or a Path")
                    .containsOnlyOnce("at NothingReturnedCase rows:1")
                    .doesNotContain("SuiteFault")
                    .doesNotContain("at org.juniteval.engine")
                    .doesNotContain("at java.base");
            for (Class<?> suite : List.of(PercentCase.class, NothingReturnedCase.class, NothingDeclaredCase.class)) {
                assertThat(run.xml(suite)).doesNotContain("SuiteFault").doesNotContain("at org.juniteval.engine");
            }
        }
    }

    @Nested
    class A_bad_value {

        @ParameterizedTest
        @CsvSource({
            "eval.concurrency, 0, a whole number from 1",
            "eval.concurrency, -1, a whole number from 1",
            "eval.concurrency, many, a whole number from 1",
            "eval.concurrency, 99999999999, a whole number from 1",
            "eval.samples, 0, a whole number from 1",
            "eval.limit, 0, a whole number from 1",
            "eval.timeout, 60, a positive duration",
            "eval.timeout, 0s, a positive duration",
            "eval.timeout, -1s, a positive duration",
            "eval.cache.wait, soon, a positive duration",
            "eval.cache.mode, on, 'auto, refresh, replay, read-only, off'",
            "eval.threads, green, 'platform, virtual'",
            "eval.misses, ignore, 'tolerate, fail'",
            "eval.progress, yes, 'auto, on, off'",
            "eval.cases, '#', comma-separated globs",
            "eval.variants, '!', comma-separated globs"
        })
        void is_a_leaf_that_names_key_value_and_what_is_allowed(String key, String value, String allowed) {
            EvalRuns.Finished run = EvalRuns.in(folder).with(key, value).run(SoundCase.class);

            assertThat(run.names()).containsExactly("answers [configuration]");
            assertThat(run.message("answers [configuration]"))
                    .contains(key + " = " + value)
                    .contains(allowed);
        }

        @Test
        void is_a_leaf_also_where_the_jdk_lacks_what_it_asks_for() {
            assumeThat(Runtime.version().feature()).isLessThan(24);
            EvalRuns.Finished run =
                    EvalRuns.in(folder).with("eval.threads", "virtual").run(SoundCase.class);

            assertThat(run.names()).containsExactly("answers [configuration]");
            assertThat(run.message("answers [configuration]")).contains("eval.threads = virtual needs JDK 24 or later");
        }

        @Test
        void is_told_together_with_all_others() {
            EvalRuns.Finished run = EvalRuns.in(folder)
                    .with("eval.concurrency", 0)
                    .with("eval.timeout", "long")
                    .run(SoundCase.class);

            assertThat(run.message("answers [configuration]").lines()).hasSize(2);
        }

        @Test
        void may_have_blanks_around_and_capitals() {
            EvalRuns.Finished run = EvalRuns.in(folder)
                    .with("eval.concurrency", " 2 ")
                    .with("eval.cache.mode", "Read-Only")
                    .with("eval.cases", " peru , ")
                    .run(SoundCase.class);

            assertThat(run.names()).containsExactly("answers[peru]");
        }
    }

    @Nested
    class A_folder_that_cannot_be_written {

        private EvalRuns belowAFile(String key) throws IOException {
            Path file = Files.writeString(folder.resolve("file"), "not a folder");
            return EvalRuns.in(folder).with(key, file.resolve("below"));
        }

        @Test
        void is_told_and_costs_no_verdict_where_it_was_for_reports() throws IOException {
            EvalRuns.Finished run = belowAFile("eval.report.dir").run(SoundCase.class, NoFileCase.class);

            assertThat(run.status("answers[peru]")).isEqualTo(Status.SUCCESSFUL);
            assertThat(run.out() + run.err()).contains(folder.resolve("file").toString());
        }

        @Test
        void is_told_where_it_was_for_the_cache() throws IOException {
            EvalRuns.Finished run = belowAFile("eval.cache.dir").run(SoundCase.class, NoFileCase.class);

            assertThat(run.names()).contains("answers [dataset]");
            assertThat(run.out() + run.err()).contains(folder.resolve("file").toString());
        }
    }

    @Nested
    class An_unknown_key {

        @Test
        void is_told_once_with_the_nearest_one() {
            EvalRuns runs = EvalRuns.in(folder).with("eval.concurency", 3);

            assertThat(runs.run(SoundCase.class).err()).contains("eval.concurency; did you mean eval.concurrency?");
            assertThat(runs.run(SoundCase.class).err()).doesNotContain("concurency");
        }
    }

    @Nested
    class A_value_is_taken {

        private final Map<String, String> launcher = new HashMap<>();
        private final Map<String, String> environment = new HashMap<>();
        private final Properties file = new Properties();

        private Optional<String> value() {
            return new Parameters(new OfPlatform(launcher, file), environment, file).get("eval.cache.mode");
        }

        @Test
        void from_nowhere() {
            assertThat(value()).isEmpty();
        }

        @Test
        void from_the_file() {
            file.setProperty("eval.cache.mode", "replay");

            assertThat(value()).contains("replay");
        }

        @Test
        void from_the_environment_before_the_file() {
            file.setProperty("eval.cache.mode", "replay");
            environment.put("EVAL_CACHE_MODE", "off");

            assertThat(value()).contains("off");
        }

        @Test
        void from_a_system_property_before_the_environment() {
            file.setProperty("eval.cache.mode", "replay");
            environment.put("EVAL_CACHE_MODE", "off");
            System.setProperty("eval.cache.mode", "refresh");
            try {
                assertThat(value()).contains("refresh");
            } finally {
                System.clearProperty("eval.cache.mode");
            }
        }

        @Test
        void from_a_system_property_that_says_what_the_file_says() {
            file.setProperty("eval.cache.mode", "replay");
            environment.put("EVAL_CACHE_MODE", "off");
            System.setProperty("eval.cache.mode", "replay");
            try {
                assertThat(value()).contains("replay");
            } finally {
                System.clearProperty("eval.cache.mode");
            }
        }

        @Test
        void from_the_launcher_before_all_others() {
            file.setProperty("eval.cache.mode", "replay");
            environment.put("EVAL_CACHE_MODE", "off");
            launcher.put("eval.cache.mode", "auto");
            System.setProperty("eval.cache.mode", "refresh");
            try {
                assertThat(value()).contains("auto");
            } finally {
                System.clearProperty("eval.cache.mode");
            }
        }

        /** The Platform's own ranking: launcher, system properties, file. */
        private record OfPlatform(Map<String, String> launcher, Properties file) implements ConfigurationParameters {
            @Override
            public Optional<String> get(String key) {
                return Optional.ofNullable(launcher.get(key))
                        .or(() -> Optional.ofNullable(System.getProperty(key)))
                        .or(() -> Optional.ofNullable(file.getProperty(key)));
            }

            @Override
            public Optional<Boolean> getBoolean(String key) {
                return get(key).map(Boolean::valueOf);
            }

            @Override
            @SuppressWarnings("deprecation")
            public int size() {
                return keySet().size();
            }

            @Override
            public Set<String> keySet() {
                List<String> keys = new ArrayList<>(launcher.keySet());
                keys.addAll(file.stringPropertyNames());
                return Set.copyOf(keys);
            }
        }
    }
}
