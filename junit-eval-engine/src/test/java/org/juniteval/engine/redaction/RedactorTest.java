package org.juniteval.engine.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

    private static final String KEY = "sk-" + "4f9a0c1b2d3e4f5a6b7c8d9e0f1a2b3c";

    @Nested
    class What_looks_like_a_secret {

        static List<Planted> secrets() {
            return Planted.secrets();
        }

        static List<String> lookAlikes() {
            return Planted.lookAlikes();
        }

        @Test
        void there_are_forty_of_each() {
            assertThat(Planted.secrets()).hasSize(40);
            assertThat(Planted.lookAlikes()).hasSize(40);
        }

        @ParameterizedTest
        @MethodSource("secrets")
        void a_secret_gives_way_to_a_mark_that_says_what_it_was(Planted planted) {
            String redacted = Redactor.COMMON.text(planted.text());

            assertThat(redacted).doesNotContain(planted.secret()).contains("[redacted: " + planted.kind() + "]");
        }

        @ParameterizedTest
        @MethodSource("secrets")
        void the_text_around_it_stays_as_it_is(Planted planted) {
            String redacted = Redactor.COMMON.text("before\n" + planted.text() + "\nand behind");

            assertThat(redacted).startsWith("before\n").endsWith("\nand behind");
            assertThat(redacted)
                    .contains(planted.text().substring(0, planted.kind().equals("private key") ? 0 : 3));
        }

        @ParameterizedTest
        @MethodSource("secrets")
        void a_redacted_text_is_not_redacted_again(Planted planted) {
            String redacted = Redactor.COMMON.text(planted.text());

            assertThat(Redactor.COMMON.text(redacted)).isSameAs(redacted);
        }

        @ParameterizedTest
        @MethodSource("lookAlikes")
        void what_only_resembles_one_is_the_same_instance(String text) {
            assertThat(Redactor.COMMON.text(text)).isSameAs(text);
        }

        /** JSON in a text, an encoded address, a coloured line. */
        @ParameterizedTest
        @ValueSource(
                strings = {"\\n", "\\t", "\\r\\n", "\\u0022", "\\u003D", "%22", "%3D", "%3d", "\033[31m", "\033[1;32m"})
        void a_secret_right_behind_an_escape_is_found_as_well(String escape) {
            for (String secret : List.of(
                    KEY, "Bearer " + KEY.substring(3), "AKIA" + "IOSFODNN7ABCDEFG", "ghp_" + KEY.substring(3))) {
                assertThat(Redactor.COMMON.text("it is" + escape + secret))
                        .startsWith("it is" + escape)
                        .contains("[redacted: ")
                        .doesNotContain(secret.substring(secret.length() - 12));
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "C:\\task-force-1234567890abcdef1234",
                    "a\\risk-1234567890abcdef1234",
                    "50%disk-1234567890abcdef1234"
                })
        void an_escape_in_front_of_another_word_makes_no_secret_of_it(String text) {
            assertThat(Redactor.COMMON.text(text)).isSameAs(text);
        }

        @Test
        void several_in_one_text_are_all_found() {
            String all = String.join(
                    "\n", Planted.secrets().stream().map(Planted::text).toList());

            String redacted = Redactor.COMMON.text(all + "\n" + all);

            assertThat(redacted)
                    .doesNotContain(
                            Planted.secrets().stream().map(Planted::secret).toList());
        }

        @Test
        void a_secret_within_another_gives_one_mark() {
            assertThat(Redactor.COMMON.text("https://anna:" + KEY + "@example.com"))
                    .isEqualTo("https://[redacted: password]@example.com");
            assertThat(Redactor.COMMON.text("Bearer " + KEY)).isEqualTo("Bearer [redacted: api key]");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"sk-", "eyJ", "-eyJaaaaaaaa", "eyJaaaaaaaa.", "Bearer ", "://", "://a:", "xoxb-", "a/b+c9"})
        void a_hostile_text_costs_no_more_than_a_long_one(String repeated) {
            String hostile = repeated.repeat(1_000_000 / repeated.length());

            org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(20), () -> Redactor.COMMON.text(hostile));
        }

        @Test
        void a_hostile_text_of_private_keys_that_never_end_costs_no_more_either() {
            String hostile = ("-----BEGIN PRIVATE " + "KEY-----").repeat(5_000);

            org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                    Duration.ofSeconds(20), () -> Redactor.COMMON.text(hostile));
        }
    }

    @Nested
    class The_environment {

        private static String redacted(String name, String value) {
            return Redactor.of(Map.of(name, value), Optional.empty()).text("it is " + value + "!");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "OPENAI_API_KEY",
                    "AZURE_KEY_1",
                    "GITHUB_TOKEN",
                    "CLIENT_SECRET",
                    "DB_PASSWORD",
                    "DBPASSWORD",
                    "MYSQL_PASSWD",
                    "SIGNING_PASSPHRASE",
                    "CREDENTIALS",
                    "api_key"
                })
        void the_value_of_a_variable_whose_name_says_secret_is_one(String name) {
            assertThat(redacted(name, "tr0ub4dor&3")).isEqualTo("it is [redacted: " + name + "]!");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "HOME",
                    "PWD",
                    "KEYBOARD",
                    "TOKENIZERS_PARALLELISM",
                    "SECRET_FILE",
                    "KEY_ALIAS",
                    "MAX_TOKENS_LIMIT"
                })
        void other_variables_are_not(String name) {
            assertThat(redacted(name, "tr0ub4dor&3")).isEqualTo("it is tr0ub4dor&3!");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "1", "true", "4096", "hunter2", "postgres", "disabled", "  1234567  "})
        void a_short_value_or_a_word_is_in_too_many_texts_to_be_one(String value) {
            String text = "set to " + value + ".";

            assertThat(Redactor.of(Map.of("DB_PASSWORD", value), Optional.empty())
                            .text(text))
                    .isSameAs(text);
        }

        @Test
        void the_name_of_a_file_that_is_there_is_none(@TempDir Path folder) throws Exception {
            String file = Files.createFile(folder.resolve("credentials.json")).toString();

            assertThat(redacted("GOOGLE_APPLICATION_CREDENTIALS", file)).isEqualTo("it is " + file + "!");
        }

        @Test
        void the_longer_of_two_values_is_taken_out_whole() {
            Redactor redactor =
                    Redactor.of(Map.of("A_KEY", "tr0ub4dor&3", "B_KEY", "tr0ub4dor&3-and-more"), Optional.empty());

            assertThat(redactor.text("<tr0ub4dor&3-and-more>")).isEqualTo("<[redacted: A_KEY]>");
        }

        @Test
        void in_JSON_or_in_an_address_it_is_the_same_value() {
            String value = "tr0\"ub4\\dor&3/ x";
            Redactor redactor = Redactor.of(Map.of("DB_PASSWORD", value), Optional.empty());

            assertThat(redactor.text("{\"password\":\"tr0\\\"ub4\\\\dor&3/ x\"}"))
                    .isEqualTo("{\"password\":\"[redacted: DB_PASSWORD]\"}");
            assertThat(redactor.text("?p=tr0%22ub4%5Cdor%263%2F+x&q")).isEqualTo("?p=[redacted: DB_PASSWORD]&q");
            assertThat(redactor.text("?p=tr0%22ub4%5Cdor%263%2F%20x&q")).isEqualTo("?p=[redacted: DB_PASSWORD]&q");
        }
    }

    @Nested
    class The_users_own_pattern {

        private static String redacted(String pattern, String text) {
            return Redactor.of(Map.of(), Optional.of(Pattern.compile(pattern))).text(text);
        }

        @ParameterizedTest
        @CsvSource({
            "'ACME-\\d{2,4}', 'see ACME-123 and ACME-9', 'see [redacted: eval.redact] and ACME-9'",
            "'a,b|c', 'a,b c', '[redacted: eval.redact] [redacted: eval.redact]'",
            "'(?<=id=)\\d+', 'id=7', 'id=[redacted: eval.redact]'",
            "'x*', 'axxb', 'a[redacted: eval.redact]b'"
        })
        void each_of_its_matches_is_replaced(String pattern, String text, String redacted) {
            assertThat(redacted(pattern, text)).isEqualTo(redacted);
        }

        @Test
        void a_text_that_it_overflows_on_is_replaced_whole() {
            assertThat(redacted("(a|b)*c", "ab".repeat(200_000)))
                    .isEqualTo("[redacted: eval.redact overflows on this text]");
        }
    }

    @Nested
    class In_JSON {

        private static JsonNode json(String text) throws Exception {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        }

        @Test
        void texts_and_names_are_redacted_wherever_they_stand() throws Exception {
            JsonNode node = json("{'a': ['x', {'" + KEY + "': 'is " + KEY + "'}], 'n': 1.50, 't': true, 'z': null}");

            assertThat(Redactor.COMMON.json(node))
                    .isEqualTo(json("{'a': ['x', {'[redacted: api key]': 'is [redacted: api key]'}], 'n': 1.50,"
                            + " 't': true, 'z': null}"));
        }

        @Test
        void names_that_become_equal_lose_no_value() throws Exception {
            JsonNode node = json("{'" + KEY + "': 1, '" + KEY + "0': 2}");

            assertThat(Redactor.COMMON.json(node))
                    .isEqualTo(json("{'[redacted: api key]': 1, '[redacted: api key] 2': 2}"));
        }

        @Test
        void a_whole_number_that_is_one_as_a_whole_gives_way_too() throws Exception {
            Redactor redactor =
                    Redactor.of(Map.of("BOT_TOKEN", "987654321012"), Optional.of(Pattern.compile("\\d{16}")));

            assertThat(redactor.json(json("{'bot': 987654321012, 'card': 4111111111111111}")))
                    .isEqualTo(json("{'bot': '[redacted: BOT_TOKEN]', 'card': '[redacted: eval.redact]'}"));
            JsonNode others = json("{'part': 98765432101234567, 'measured': 0.4111111111111111, 'large': 1e15}");
            assertThat(redactor.json(others)).isSameAs(others);
        }

        @Test
        void without_a_secret_it_is_the_same_instance() throws Exception {
            JsonNode node = json("{'a': ['one token in total', {'b': 'sk-learn'}]}");

            assertThat(Redactor.COMMON.json(node)).isSameAs(node);
        }
    }
}
