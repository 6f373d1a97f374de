package org.juniteval.engine.dataset;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a line may hold, and what is said of one that holds something else. */
class RowsTest extends DatasetFixture {

    @Nested
    class A_row {

        @Test
        void has_five_fields() {
            Row row = onlyRow("{'id': 'peru', 'input': 'Peru', 'expected': 'Lima', 'tags': ['south', 'andes'],"
                    + " 'metadata': {'since': 1821}}");

            assertThat(row.id()).isEqualTo("peru");
            assertThat(row.input().textValue()).isEqualTo("Peru");
            assertThat(row.expected().textValue()).isEqualTo("Lima");
            assertThat(row.tags()).containsExactly("south", "andes");
            assertThat(row.metadata().get("since").intValue()).isEqualTo(1821);
        }

        @Test
        void needs_an_input_only() {
            Row row = onlyRow("{'input': 'Peru'}");

            assertThat(row.expected().isMissingNode()).isTrue();
            assertThat(row.tags()).isEmpty();
            assertThat(row.metadata().isMissingNode()).isTrue();
        }

        @Test
        void knows_where_it_stands() {
            Path file = write("x.jsonl", "{'input': 1}", "", "  {'input': 2}");

            Position position = rows(dataset("file:x.jsonl")).get(1).position();

            assertThat(position).hasToString("x.jsonl:3:3");
            assertThat(position.at()).isEqualTo("x.jsonl:3");
            assertThat(position.link()).isEqualTo(file.toUri().toString()).startsWith("file:///");
        }

        @Test
        void may_have_its_one_tag_without_an_array() {
            assertThat(onlyRow("{'input': 1, 'tags': 'south'}").tags()).containsExactly("south");
        }

        @Test
        void may_expect_null() {
            assertThat(onlyRow("{'input': 1, 'expected': null}").expected().isNull())
                    .isTrue();
        }

        @Test
        void may_be_10_MB_long() {
            String input = "word ".repeat(2_000_000);

            assertThat(onlyRow("{'input': '" + input + "'}").input().textValue())
                    .isEqualTo(input);
        }
    }

    @Nested
    class Numbers {

        @ParameterizedTest
        @ValueSource(strings = {"0.1", "1.50", "1e400", "-1E-400", "3.14159265358979323846264338327950288"})
        void with_a_fraction_or_an_exponent_are_exact_decimals(String number) {
            assertThat(onlyRow("{'input': " + number + "}").input().decimalValue())
                    .isEqualTo(new BigDecimal(number));
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "-7", "2147483648", "9223372036854775808", "123456789012345678901234567890"})
        void without_one_are_exact_integers(String number) {
            JsonNode input = onlyRow("{'input': " + number + "}").input();

            assertThat(input.isIntegralNumber()).isTrue();
            assertThat(input.bigIntegerValue()).isEqualTo(new BigInteger(number));
        }

        @ParameterizedTest
        @ValueSource(strings = {"-0", "-0.0", "-0e9"})
        void keep_the_sign_of_zero(String number) {
            assertThat(onlyRow("{'input': " + number + "}").input().doubleValue())
                    .isEqualTo(-0.0);
        }

        @ParameterizedTest
        @ValueSource(strings = {"1e99999999999", "NaN", "01", "+1", ".5", "0x10"})
        void that_JSON_or_Java_does_not_have_are_faults(String number) {
            assertThat(faultsOf("{'input': " + number + "}"))
                    .singleElement()
                    .asString()
                    .startsWith("x.jsonl:1:1");
        }
    }

    @Nested
    class A_file {

        @Test
        void may_begin_with_a_byte_order_mark() {
            assertThat(onlyRow("\uFEFF{'input': 1}").position()).hasToString("x.jsonl:1:1");
        }

        @Test
        void may_end_its_lines_with_carriage_returns_and_have_blank_ones() {
            List<Row> rows = rowsOf("{'input': 1}\r", "\r", " \t", "{'input': 2}\r", "");

            assertThat(rows).extracting(row -> row.position().line()).containsExactly(1, 4);
        }

        @Test
        void may_hold_any_character_outside_of_ASCII() {
            assertThat(onlyRow("{'input': 'é 日本 😀 \uFFFD'}").input().textValue())
                    .isEqualTo("é 日本 😀 \uFFFD");
        }

        @Test
        void that_is_not_UTF_8_is_a_fault_at_the_first_wrong_byte_of_each_line() throws IOException {
            byte[] latin = "{\"input\": \"caf\u00e9 \u00e9\"}\n{\"input\": \"\u00e9\"}".getBytes(ISO_8859_1);
            Files.write(folder.resolve("x.jsonl"), latin);

            assertThat(faults(dataset("file:x.jsonl")))
                    .containsExactly(
                            "x.jsonl:1:15 not UTF-8: save the file as UTF-8",
                            "x.jsonl:2:12 not UTF-8: save the file as UTF-8");
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 2, 3})
        void that_was_cut_inside_a_character_is_a_fault(int cut) throws IOException {
            byte[] whole = "{\"input\": \"a😀".getBytes(UTF_8);
            Files.write(folder.resolve("x.jsonl"), Arrays.copyOf(whole, whole.length - cut));

            assertThat(faults(dataset("file:x.jsonl")))
                    .containsExactly("x.jsonl:1:13 not UTF-8: save the file as UTF-8");
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "\n\n", "\uFEFF", "  "})
        void without_rows_is_a_fault(String content) {
            assertThat(faultsOf(content)).containsExactly("no rows in x.jsonl: write one JSON object a line");
        }

        @Test
        void whose_lines_straddle_the_buffer_is_read_whole() {
            String[] lines = new String[5_000];
            for (int line = 0; line < lines.length; line++) {
                lines[line] = "{'id': " + line + ", 'input': '" + "é".repeat(line % 97) + "'}";
            }

            assertThat(rowsOf(lines))
                    .extracting(row -> row.id() + " " + row.input().textValue().length())
                    .hasSize(5_000)
                    .contains("0 0", "96 96", "4999 52");
        }
    }

    @Nested
    class Bad_JSON {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{'input': }        | 1:11 bad JSON: Unexpected character ('}'): expected a value",
                    "{'input': tru}     | 1:11 bad JSON: Unrecognized token 'tru': was expecting a value",
                    "{'input': 'é😀' x} | 1:16 bad JSON: Unexpected character ('x'): was expecting comma to separate"
                            + " Object entries",
                    "{'input': [1, 2}   | 1:16 bad JSON: Unexpected close marker '}': expected ']'",
                    "{'input': 'a       | 1:13 the line ends inside the object: each row stands on one line",
                    "{                  | 1:2 the line ends inside the object: each row stands on one line",
                    "[{'input': 1}]     | 1:1 expected an object, found an array: JSONL is one object a line",
                    "42                 | 1:1 expected an object, found a number: JSONL is one object a line",
                    "{'input': 1} {}    | 1:14 content after the object: each row stands on a line of its own",
                    "{'input': 1},      | 1:13 content after the object: each row stands on a line of its own"
                })
        void is_told_with_its_place_and_reason(String line, String fault) {
            assertThat(faultsOf(line)).containsExactly("x.jsonl:" + fault);
        }

        @Test
        void does_not_hide_what_follows() {
            assertThat(faultsOf("{", "{'input': 1}", "[]"))
                    .extracting(fault -> fault.split(" ")[0])
                    .containsExactly("x.jsonl:1:2", "x.jsonl:3:1");
        }

        @Test
        void such_as_a_control_character_is_named_by_its_code() {
            assertThat(faultsOf("{'input': 'a\u0000b'}"))
                    .singleElement()
                    .asString()
                    .startsWith("x.jsonl:1:13 bad JSON: Illegal unquoted character (control character, code 0)");
        }

        @Test
        void such_as_a_key_that_stands_twice_is_a_fault_at_any_depth() {
            assertThat(faultsOf("{'input': 1, 'input': 2}", "{'input': [{'a': {'b': 1, 'b': 1}}]}"))
                    .containsExactly(
                            "x.jsonl:1:14 'input' stands twice in the same object",
                            "x.jsonl:2:27 'b' stands twice in the same object");
        }

        @ParameterizedTest
        @CsvSource({
            "\\ud83d, 13",
            "\\uDE00\\ud83d, 13",
            "\\\\\\ud83dx, 15",
            "\\ud83d\\u0041, 13",
            "\\ud83d\\ude00\\udbff, 25",
        })
        void such_as_half_a_character_is_a_fault(String text, int column) {
            assertThat(faultsOf("{'input': 'a" + text + "'}"))
                    .first()
                    .asString()
                    .startsWith("x.jsonl:1:" + column + " unpaired surrogate");
        }

        @ParameterizedTest
        @ValueSource(strings = {"\\ud83d\\ude00", "\\\\ud83d", "\\u00e9"})
        void is_not_a_whole_character_in_escapes_or_an_escaped_backslash(String text) {
            assertThat(rowsOf("{'input': '" + text + "'}")).hasSize(1);
        }

        @Test
        void that_is_nested_too_deeply_is_a_fault_and_no_stack_overflow() {
            assertThat(faultsOf("{'input': " + "[".repeat(1_000_000)))
                    .containsExactly(
                            "x.jsonl:1:1010 bad JSON: Document nesting depth (1001) exceeds the maximum allowed"
                                    + " (1000)");
        }

        @Test
        void is_not_what_is_nested_less_deeply() {
            String nested = "{'a': [".repeat(499) + "]}".repeat(499);

            assertThat(rowsOf("{'input': " + nested + "}")).hasSize(1);
        }

        @Test
        void is_counted_beyond_the_first_fifty() {
            String[] lines = new String[312];
            Arrays.fill(lines, "]");

            assertThat(faultsOf(lines)).hasSize(51).last().isEqualTo("and 262 more");
        }
    }

    @Nested
    class Fields {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "'id': null            | 'id': expected a string or a number, found null",
                    "'id': {}              | 'id': expected a string or a number, found an object",
                    "'id': ' '             | 'id' is blank: name the case, or leave the field out and it is named by its"
                            + " input",
                    "'tags': 7             | 'tags': expected a string or an array of strings, found a number",
                    "'tags': ['a', false]  | 'tags': expected a string or an array of strings, found a boolean in the"
                            + " array",
                    "'metadata': ['a']     | 'metadata': expected an object, found an array",
                    "'metadata': null      | 'metadata': expected an object, found null"
                })
        void of_a_wrong_type_are_told_with_what_was_expected_and_found(String field, String fault) {
            String line = "{'input': 1, " + field + "}";
            int column = line.indexOf(": ", 10) + 3;

            assertThat(faultsOf(line)).containsExactly("x.jsonl:1:" + column + " " + fault);
        }

        @Test
        void of_one_row_are_all_checked_at_once() {
            assertThat(faultsOf("{'id': null, 'tags': 7, 'x': 1}")).hasSize(4);
        }

        @Test
        void must_include_an_input() {
            assertThat(faultsOf(" {'expected': 1}"))
                    .containsExactly("x.jsonl:1:2 'input' is missing: every row has an input");
        }

        @Test
        void that_are_unknown_are_faults_where_none_is_mapped() {
            assertThat(faultsOf("{'input': 1, 'expcted': 2, 'Tags': 'a', 'colour': 3}"))
                    .containsExactly(
                            "x.jsonl:1:14 unknown field 'expcted': did you mean 'expected'?",
                            "x.jsonl:1:28 unknown field 'Tags': did you mean 'tags'?",
                            "x.jsonl:1:41 unknown field 'colour': a row has id, input, expected, tags, metadata;"
                                    + " anything else belongs into metadata");
        }

        @Test
        void may_have_foreign_names_and_company() {
            write("x.jsonl", "{'qid': 7, 'question': 'Q', 'answer': 'A', 'topic': 't', 'info': {'a': 1}, 'other': 1}");
            DatasetSpec foreign = new DatasetSpec(List.of(), "", "qid", List.of("question"), "answer", "topic", "info");

            Row row = rows(dataset(foreign, "file:x.jsonl")).get(0);

            assertThat(row.id()).isEqualTo("7");
            assertThat(row.input().textValue()).isEqualTo("Q");
            assertThat(row.expected().textValue()).isEqualTo("A");
            assertThat(row.tags()).containsExactly("t");
            assertThat(row.metadata().get("a").intValue()).isEqualTo(1);
        }

        @Test
        void may_serve_several_purposes() {
            write("x.jsonl", "{'word': 'cat', 'class': 'noun'}");
            DatasetSpec shared = new DatasetSpec(List.of(), "", "word", List.of("word"), "class", "class", "metadata");

            Row row = rows(dataset(shared, "file:x.jsonl")).get(0);

            assertThat(row.id()).isEqualTo(row.input().textValue()).isEqualTo("cat");
            assertThat(row.tags()).containsExactly(row.expected().textValue());
        }

        @Test
        void that_make_up_the_input_together_become_one_object() {
            write("x.jsonl", "{'context': 'C', 'answer': 'A', 'question': null}");

            Row row =
                    rows(dataset(inputs("question", "context"), "file:x.jsonl")).get(0);

            assertThat(row.input()).hasToString("{\"question\":null,\"context\":\"C\"}");
        }

        @Test
        void that_make_up_the_input_are_needed_each() {
            write("x.jsonl", "{'context': 'C'}", "{}");

            assertThat(faults(dataset(inputs("question", "context"), "file:x.jsonl")))
                    .containsExactly(
                            "x.jsonl:1:1 'question' is missing: every row has an input",
                            "x.jsonl:2:1 'question', 'context' are missing: every row has an input");
        }

        @Test
        void that_are_mapped_and_in_no_row_are_a_fault_of_the_mapping() {
            write("x.jsonl", "{'input': 1, 'answer': 1}", "{'input': 2, 'answer': 1}");
            DatasetSpec mistyped = new DatasetSpec(List.of(), "", "id", List.of("input"), "anwser", "tags", "metadata");

            assertThat(faults(dataset(mistyped, "file:x.jsonl")))
                    .containsExactly("no row has the field 'anwser' that @Dataset names: correct the name, or leave the"
                            + " attribute out");
        }

        private DatasetSpec inputs(String... names) {
            return new DatasetSpec(List.of(), "", "id", List.of(names), "expected", "tags", "metadata");
        }
    }

    @Nested
    class Ids {

        @ParameterizedTest
        @CsvSource({"17, 17", "1.50, 1.50", "1e3, 1e3", "-0, -0", "12345678901234567890, 12345678901234567890"})
        void that_are_numbers_are_their_text(String number, String id) {
            assertThat(onlyRow("{'id': " + number + ", 'input': 1}").id()).isEqualTo(id);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "'What is the capital of Peru?'             | what-is-the-capital-of-peru-",
                    "'¡Ünïcödé! नमस्ते दुनिया'                       | ünïcödé-नमस्ते-दुनिया-",
                    "'The quick brown fox jumps over the lazy dog again' | the-quick-brown-fox-jumps-over-the-lazy-",
                    "{'b': 'two', 'a': ['one', 1.5, true]}      | one-1-5-true-two-",
                    "'!?'                                       | ``"
                })
        void that_are_absent_are_words_of_the_input_and_six_digits(String input, String words) {
            assertThat(onlyRow("{'input': " + input + "}").id()).matches(words + "[0-9a-f]{6}");
        }

        @Test
        void that_are_absent_are_cut_between_whole_characters() {
            assertThat(onlyRow("{'input': '" + "𠮷".repeat(100) + "'}").id()).matches("𠮷{40}-[0-9a-f]{6}");
        }

        @Test
        void that_are_absent_do_not_depend_on_the_order_of_keys_or_on_the_answer() {
            String one = onlyRow("{'input': {'a': 1, 'b': {'c': 2, 'd': 3}}, 'expected': 1}")
                    .id();
            String other = onlyRow("{'expected': 2, 'input': {'b': {'d': 3, 'c': 2}, 'a': 1}}")
                    .id();

            assertThat(one).isEqualTo(other);
        }

        @Test
        void that_are_absent_tell_types_apart() {
            assertThat(rowsOf("{'input': 1}", "{'input': '1'}", "{'input': [1]}", "{'input': {'1': 1}}"))
                    .extracting(Row::id)
                    .doesNotHaveDuplicates();
        }

        @Test
        void that_occur_twice_are_faults_that_name_both_lines() {
            assertThat(faultsOf(
                            "{'id': 'a', 'input': 1}",
                            "{'id': 7, 'input': 2}",
                            "{'id': 'a', 'input': 3}",
                            "{'id': '7', 'input': 4}",
                            "{'id': 'a', 'input': 5, 'colour': 1}"))
                    .containsExactly(
                            "x.jsonl:3:1 id 'a' is that of x.jsonl:1 too: ids are unique in a dataset",
                            "x.jsonl:4:1 id '7' is that of x.jsonl:2 too: ids are unique in a dataset",
                            "x.jsonl:5:1 id 'a' is that of x.jsonl:1 too: ids are unique in a dataset",
                            "x.jsonl:5:25 unknown field 'colour': a row has id, input, expected, tags, metadata;"
                                    + " anything else belongs into metadata");
        }

        @Test
        void that_occur_in_two_files_are_faults_that_name_both_files() {
            write("a.jsonl", "{'id': 'x', 'input': 1}");
            write("b.jsonl", "", "{'id': 'x', 'input': 2}");

            assertThat(faults(dataset("file:*.jsonl")))
                    .containsExactly("b.jsonl:2:1 id 'x' is that of a.jsonl:1 too: ids are unique in a dataset");
        }

        @Test
        void are_needed_where_two_rows_have_the_same_input() {
            assertThat(faultsOf("{'input': 'Peru', 'expected': 1}", "{'input': 'Peru', 'expected': 2}"))
                    .singleElement()
                    .asString()
                    .matches("x.jsonl:2:1 id 'peru-[0-9a-f]{6}', made of the input, is that of x.jsonl:1 too: give the"
                            + " rows ids");
        }

        @Test
        void that_are_all_the_same_are_counted_and_not_kept() {
            String[] lines = new String[3_000];
            Arrays.fill(lines, "{'id': 1, 'input': 2}");

            assertThat(faultsOf(lines)).hasSize(51).last().isEqualTo("and 2949 more");
        }

        @Test
        void of_the_scan_can_be_asked_for() {
            write("x.jsonl", "{'id': 'a', 'input': 1}", "{'id': 'b', 'input': 1}");

            IdSet ids = scan(dataset("file:x.jsonl")).ids();

            assertThat(ids.contains("a")).isTrue();
            assertThat(ids.contains("b")).isTrue();
            assertThat(ids.contains("c")).isFalse();
        }
    }
}
