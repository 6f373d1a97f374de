package org.juniteval.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.juniteval.engine.cache.CacheMode;

class SettingsTest {

    private static Settings settings(Map<String, String> values) {
        return new Settings(key -> Optional.ofNullable(values.get(key)));
    }

    private static Settings settings(String key, String value) {
        return settings(Map.of(key, value));
    }

    @Test
    void nothing_set_is_the_documented_default() {
        Settings settings = settings(Map.of());

        assertThat(settings.faults()).isEmpty();
        assertThat(settings.concurrency()).isEqualTo(8);
        assertThat(settings.samples()).isEmpty();
        assertThat(settings.cases().choosesAll()).isTrue();
        assertThat(settings.variants().choosesAll()).isTrue();
        assertThat(settings.limit()).isEmpty();
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.virtualThreads()).isFalse();
        assertThat(settings.cacheWait(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.cacheMode()).isEqualTo(CacheMode.AUTO);
        assertThat(settings.missesFail()).isFalse();
        assertThat(settings.codePackages()).isEmpty();
        assertThat(settings.redact()).isEmpty();
        assertThat(settings.progress()).isEqualTo(Settings.Progress.AUTO);
    }

    @Test
    void packages_are_names_with_commas_between() {
        assertThat(settings(Settings.CODE_PACKAGES, "com.example.prompts, org.acme")
                        .codePackages())
                .containsExactly("com.example.prompts", "org.acme");
        assertThat(settings(Settings.CODE_PACKAGES, "com.example.*").faults())
                .containsExactly(
                        "eval.code.packages = com.example.* is not allowed; allowed: names of packages with commas between");
    }

    @Test
    void a_pattern_may_hold_whatever_a_regular_expression_does() {
        assertThat(settings(Settings.REDACT, "ACME-\\d{2,4}|a, b").redact().orElseThrow())
                .hasToString("ACME-\\d{2,4}|a, b");
    }

    @Test
    void a_pattern_that_is_none_or_finds_nothing_in_everything_is_told() {
        assertThat(settings(Settings.REDACT, "a(b").faults())
                .containsExactly("eval.redact = a(b is not allowed; allowed: a regular expression; Unclosed group at"
                        + " index 3");
        assertThat(settings(Settings.REDACT, "x*").faults())
                .containsExactly("eval.redact = x* is not allowed; allowed: a regular expression that does not match"
                        + " the empty text");
        assertThat(settings(Settings.REDACT, "x*").redact()).isEmpty();
    }

    @Test
    void an_empty_value_is_as_good_as_none() {
        assertThat(settings(Settings.CONCURRENCY, "  ").concurrency()).isEqualTo(8);
        assertThat(settings(Settings.CONCURRENCY, "  ").faults()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {Settings.CONCURRENCY, Settings.SAMPLES, Settings.LIMIT})
    void a_count_is_a_whole_number_from_1(String key) {
        assertThat(settings(key, " 1 ").faults()).isEmpty();
        for (String bad : new String[] {"0", "-1", "1.5", "many", "99999999999"}) {
            assertThat(settings(key, bad).faults())
                    .containsExactly(key + " = " + bad + " is not allowed; allowed: a whole number from 1");
        }
    }

    @ParameterizedTest
    @CsvSource({"500ms,500", "30s,30000", "2m,120000", "1h,3600000", "7 s,7000"})
    void a_duration_is_a_number_with_its_unit(String value, long millis) {
        assertThat(settings(Settings.TIMEOUT, value).timeout()).isEqualTo(Duration.ofMillis(millis));
        assertThat(settings(Settings.CACHE_WAIT, value).cacheWait(Duration.ZERO))
                .isEqualTo(Duration.ofMillis(millis));
    }

    @Test
    void a_duration_may_be_as_long_as_one_likes() {
        Settings settings = settings(Map.of(Settings.TIMEOUT, "999999999h", Settings.CACHE_WAIT, "999999999h"));

        assertThat(settings.faults()).isEmpty();
        assertThat(settings.timeout().toNanos()).isPositive();
        assertThat(settings.cacheWait(Duration.ZERO).toNanos()).isPositive();
        assertThat(settings.timeout(Optional.of(Duration.ofSeconds(Long.MAX_VALUE)))
                        .toNanos())
                .isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"60", "0s", "-1s", "1d", "PT1S", "1.5s", "9999999999s"})
    void any_other_duration_is_refused(String value) {
        assertThat(settings(Settings.TIMEOUT, value).faults())
                .containsExactly(Settings.TIMEOUT + " = " + value
                        + " is not allowed; allowed: a positive duration such as 500ms, 30s, 2m or 1h");
        assertThat(settings(Settings.TIMEOUT, value).timeout()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void words_are_read_in_any_case_and_others_are_refused_with_those_that_are_allowed() {
        assertThat(settings(Settings.CACHE_MODE, "Read-Only").cacheMode()).isEqualTo(CacheMode.READ_ONLY);
        assertThat(settings(Settings.CACHE_MODE, "readonly").faults())
                .containsExactly("eval.cache.mode = readonly is not allowed; allowed: auto, refresh, replay, read-only,"
                        + " off");
        assertThat(settings(Settings.MISSES, "FAIL").missesFail()).isTrue();
        assertThat(settings(Settings.PROGRESS, "on").progress()).isEqualTo(Settings.Progress.ON);
        assertThat(settings(Settings.PROGRESS, "loud").faults())
                .containsExactly("eval.progress = loud is not allowed; allowed: auto, on, off");
    }

    @Test
    void a_glob_of_nothing_is_refused() {
        assertThat(settings(Settings.CASES, "peru, !").faults())
                .singleElement()
                .asString()
                .startsWith("eval.cases = peru, ! is not allowed");
    }

    @Test
    void virtual_threads_need_a_jdk_that_has_them() {
        Settings settings = settings(Settings.THREADS, "virtual");

        assertThat(settings.virtualThreads()).isTrue();
        if (Runtime.version().feature() >= 24) {
            assertThat(settings.faults()).isEmpty();
        } else {
            assertThat(settings.faults())
                    .containsExactly("eval.threads = virtual needs JDK 24 or later; this is "
                            + Runtime.version().feature());
        }
    }

    @Nested
    class A_shared_cache {

        @Test
        void is_none_by_default_and_is_sent_new_answers_where_there_is_one() {
            assertThat(settings(Map.of()).remoteStore()).isEmpty();
            assertThat(settings(Map.of()).cachePush()).isTrue();
            assertThat(settings(Settings.CACHE_URL, "https://host/evals").remoteStore())
                    .isPresent();
            assertThat(settings(Settings.CACHE_PUSH, "off").cachePush()).isFalse();
        }

        @ParameterizedTest
        @CsvSource({
            "https://me:secret@host/evals,an address without user and password",
            "https://me:secret@ho_st/evals,an address without user and password",
            "s3://me:secret@bucket,an address without user and password",
            "https://host/?key=secret,without ? and #",
            "https://host/ secret,is not an address",
            "ldap://host/secret,none of them knows ldap",
            "secret,an address with a scheme",
        })
        void with_a_wrong_address_is_refused_without_showing_it(String address, String why) {
            assertThat(settings(Settings.CACHE_URL, address).faults())
                    .singleElement()
                    .asString()
                    .contains("eval.cache.url", why)
                    .doesNotContain("secret");
        }

        @Test
        void needs_user_and_password_or_none_of_them() {
            assertThat(settings(Settings.CACHE_USER, "ci").faults())
                    .containsExactly("eval.cache.user and eval.cache.password belong together; eval.cache.password"
                            + " (EVAL_CACHE_PASSWORD) is not set");
            assertThat(settings(Settings.CACHE_PASSWORD, "secret").faults())
                    .containsExactly(
                            "eval.cache.user and eval.cache.password belong together; eval.cache.user is not" + " set");
            assertThat(settings(Map.of(Settings.CACHE_USER, "ci", Settings.CACHE_PASSWORD, "secret"))
                            .faults())
                    .isEmpty();
        }
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        assertThat(settings(Map.of(Settings.CONCURRENCY, "0", Settings.TIMEOUT, "soon", Settings.MISSES, "maybe"))
                        .faults())
                .hasSize(3);
    }

    @Test
    void every_key_is_documented_in_the_list() {
        assertThat(Arrays.stream(Settings.class.getFields())
                        .filter(field -> field.getType() == String.class)
                        .map(field -> {
                            try {
                                return field.get(null);
                            } catch (IllegalAccessException e) {
                                throw new AssertionError(e);
                            }
                        }))
                .containsExactlyInAnyOrderElementsOf(Settings.KEYS);
    }

    @ParameterizedTest
    @CsvSource({
        "eval.concurency,eval.concurrency",
        "eval.case,eval.cases",
        "eval.cache,eval.cases",
        "eval.cachemode,eval.cache.mode",
        "eval.timeouts,eval.timeout"
    })
    void the_nearest_key_is_the_one_that_is_spelt_most_alike(String unknown, String nearest) {
        assertThat(Settings.nearest(unknown)).isEqualTo(nearest);
    }

    @Nested
    class Folders {

        @TempDir
        Path module;

        @Test
        void the_cache_is_a_folder_of_the_module() {
            assertThat(settings(Map.of()).cacheDir(module)).isEqualTo(module.resolve(".eval/cache"));
            assertThat(settings(Settings.CACHE_DIR, "../shared").cacheDir(module))
                    .isEqualTo(module.resolveSibling("shared"));
            assertThat(settings(Settings.CACHE_DIR, module.resolve("x").toString())
                            .cacheDir(Path.of("elsewhere")))
                    .isEqualTo(module.resolve("x"));
        }

        @Test
        void reports_go_where_the_build_tool_keeps_what_it_makes() throws Exception {
            assertThat(settings(Map.of()).reportDir(module)).isEqualTo(module.resolve("target/eval-reports"));
            Files.createFile(module.resolve("build.gradle.kts"));
            assertThat(settings(Map.of()).reportDir(module)).isEqualTo(module.resolve("build/eval-reports"));
            Files.createFile(module.resolve("pom.xml"));
            assertThat(settings(Map.of()).reportDir(module)).isEqualTo(module.resolve("target/eval-reports"));
            assertThat(settings(Settings.REPORT_DIR, "out").reportDir(module)).isEqualTo(module.resolve("out"));
        }
    }
}
