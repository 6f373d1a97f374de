package org.juniteval.engine.dataset;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a line may hold, and what is said of one that holds something else. */
class DatasetTest {

    @TempDir
    Path folder;

    @Nested
    class A_row {

        @Test
        void has_the_five_fields() throws IOException {
            Row row = onlyRow("{'id': 'peru', 'input': 'Peru', 'expected': 'Lima', 'tags': ['south', 'andes'],"
                    + " 'metadata': {'since': 1821}}");

            assertThat(row.id()).isEqualTo("peru");
            assertThat(row.input().textValue()).isEqualTo("Peru");
            assertThat(row.expected().textValue()).isEqualTo("Lima");
            assertThat(row.tags()).containsExactly("south", "andes");
            assertThat(row.metadata().get("since").intValue()).isEqualTo(1821);
        }

        @Test
        void lacks_nothing_but_its_input() throws IOException {
            Row row = onlyRow("{'input': 'Peru'}");

            assertThat(row.expected().isMissingNode()).isTrue();
            assertThat(row.tags()).isEmpty();
            assertThat(row.metadata().isMissingNode()).isTrue();
        }

        @Test
        void knows_where_it_stands() throws IOException {
            Path file = write("x.jsonl", "{'input': 1}\n\n  {'input': 2}\n");

            Position position = rows(dataset("file:x.jsonl")).get(1).position();

            assertThat(position).hasToString("x.jsonl:3:3");
            assertThat(position.at()).isEqualTo("x.jsonl:3");
            assertThat(position.link()).isEqualTo(file.toUri().toString()).startsWith("file:///");
        }

        @Test
        void may_have_one_tag_without_an_array() throws IOException {
            assertThat(onlyRow("{'input': 1, 'tags': 'south'}").tags()).containsExactly("south");
        }

        @Test
        void may_expect_null() throws IOException {
            assertThat(onlyRow("{'input': 1, 'expected': null}").expected().isNull()).isTrue();
        }
    }

    @Nested
    class Numbers {

        @ParameterizedTest
        @ValueSource(strings = {"0.1", "1.50", "1e400", "-1E-400", "3.14159265358979323846264338327950288"})
        void with_a_fraction_or_exponent_are_exact_decimals(String number) throws IOException {
            assertThat(onlyRow("{'input': " + number + "}").input().decimalValue()).isEqualTo(new BigDecimal(number));
        }

        @ParameterizedTest
        @ValueSource(strings = {"0", "-7", "2147483648", "9223372036854775808", "123456789012345678901234567890"})
        void without_are_exact_integers(String number) throws IOException {
            JsonNode input = onlyRow("{'input': " + number + "}").input();

            assertThat(input.isIntegralNumber()).isTrue();
            assertThat(input.bigIntegerValue()).isEqualTo(new BigInteger(number));
        }

        @ParameterizedTest
        @ValueSource(strings = {"-0", "-0.0", "-0e9"})
        void keep_the_sign_of_zero(String number) throws IOException {
            assertThat(onlyRow("{'input': " + number + "}").input().doubleValue()).isEqualTo(-0.0);
        }

        @ParameterizedTest
        @ValueSource(strings = {"1e99999999999", "NaN", "01", "+1", ".5", "0x10"})
        void that_are_none_in_JSON_or_in_Java_are_a_fault(String number) throws IOException {
            assertThat(faultsOf("{'input': " + number + "}")).hasSize(1).first().asString().startsWith("x.jsonl:1:1");
        }
    }

    private Row onlyRow(String content) throws IOException {
        write("x.jsonl", content);
        return rows(dataset("file:x.jsonl")).get(0);
    }

    private List<DatasetFault> faultsOf(String content) throws IOException {
        write("x.jsonl", content);
        return scan(dataset("file:x.jsonl")).faults();
    }

    private static List<Row> rows(Dataset dataset) {
        assertThat(scan(dataset).faults()).isEmpty();
        List<Row> rows = new ArrayList<>();
        try (RowCursor cursor = dataset.rows()) {
            cursor.forEachRemaining(rows::add);
        }
        return rows;
    }

    private static Scan scan(Dataset dataset) {
        return dataset.scan(row -> List.of());
    }

    private Dataset dataset(String... locations) {
        return Dataset.of(
                new DatasetSpec(List.of(locations), "", "id", List.of("input"), "expected", "tags", "metadata"),
                DatasetTest.class,
                folder);
    }

    /** Apostrophes stand for quotes. */
    private Path write(String name, String content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, content.replace('\'', '"'));
    }
}
