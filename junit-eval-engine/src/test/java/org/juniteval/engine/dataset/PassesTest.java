package org.juniteval.engine.dataset;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The two passes over a dataset. */
class PassesTest extends DatasetFixture {

    @Nested
    class The_first {

        @Test
        void asks_of_each_sound_row_what_else_is_wrong_with_it() {
            write("x.jsonl", "{'id': 'a', 'input': 1}", "{'id': 'b'}", "{'id': 'c', 'input': 3}");
            List<String> asked = new ArrayList<>();

            Scan scan = dataset("file:x.jsonl").scan(row -> {
                asked.add(row.id());
                Position end = new Position(
                        row.position().file(),
                        row.position().link(),
                        row.position().line(),
                        23);
                return List.of(
                        new DatasetFault(Optional.empty(), "'input' does not fit"),
                        new DatasetFault(Optional.of(end), "nor does the end"));
            });

            assertThat(asked).containsExactly("a", "c");
            assertThat(scan.faults())
                    .extracting(DatasetFault::toString)
                    .containsExactly(
                            "x.jsonl:1:1 'input' does not fit",
                            "x.jsonl:1:23 nor does the end",
                            "x.jsonl:2:1 'input' is missing: every row has an input",
                            "x.jsonl:3:1 'input' does not fit",
                            "x.jsonl:3:23 nor does the end");
        }

        @Test
        void counts_faulty_rows_too() {
            write("x.jsonl", "{'input': 1}", "", "{", "{'input': 2}");

            assertThat(scan(dataset("file:x.jsonl")).rows()).isEqualTo(3);
        }

        @Test
        void keeps_sixteen_bytes_of_each_of_a_million_rows() throws IOException {
            int million = 1_000_000;
            writeRows(million);
            Dataset dataset = dataset("file:large.jsonl");

            Scan scan = scan(dataset);

            assertThat(scan.faults()).isEmpty();
            assertThat(scan.rows()).isEqualTo(million);
            assertThat(scan.ids().words.length * Long.BYTES).isEqualTo(16 * million);
            assertThat(scan.ids().contains("row-0")).isTrue();
            assertThat(scan.ids().contains("row-999999")).isTrue();
            assertThat(scan.ids().contains("row-1000000")).isFalse();
            try (RowCursor rows = dataset.rows()) {
                int count = 0;
                for (; rows.hasNext(); count++) {
                    rows.next();
                }
                assertThat(count).isEqualTo(million);
            }
        }

        @Test
        void finds_one_repetition_among_a_hundred_thousand_rows() throws IOException {
            Path file = writeRows(100_000);
            Files.writeString(file, Files.readString(file).replace("\"row-99998\"", "\"row-17\""));

            assertThat(faults(dataset("file:large.jsonl")))
                    .containsExactly(
                            "large.jsonl:99999:1 id 'row-17' is that of large.jsonl:18 too: ids are unique in a"
                                    + " dataset");
        }

        @Test
        void comes_first() {
            Dataset dataset = dataset("file:x.jsonl");

            assertThatThrownBy(dataset::rows).isInstanceOf(IllegalStateException.class);
        }

        private Path writeRows(int count) throws IOException {
            Path file = folder.resolve("large.jsonl");
            try (BufferedWriter writer = Files.newBufferedWriter(file)) {
                for (int row = 0; row < count; row++) {
                    writer.write("{\"id\": \"row-" + row + "\", \"input\": \"What is the capital of " + row + "?\"}\n");
                }
            }
            return file;
        }
    }

    @Nested
    class The_second {

        @Test
        void may_be_made_several_times_at_once() {
            Dataset dataset = scanned("{'id': 'a', 'input': 1}", "{'id': 'b', 'input': 2}");

            try (RowCursor one = dataset.rows();
                    RowCursor other = dataset.rows()) {
                assertThat(one.next().id()).isEqualTo("a");
                assertThat(other.next().id()).isEqualTo("a");
                assertThat(one.next().id()).isEqualTo("b");
                assertThat(one.hasNext()).isFalse();
                assertThatThrownBy(one::next).isInstanceOf(NoSuchElementException.class);
                assertThat(other.hasNext()).isTrue();
            }
        }

        @Test
        void goes_on_in_a_thread_that_was_interrupted() {
            Dataset dataset = scanned("{'id': 'a', 'input': 1}");

            Thread.currentThread().interrupt();
            try (RowCursor rows = dataset.rows()) {
                assertThat(rows).toIterable().hasSize(1);
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
        }

        @Test
        void ends_where_it_is_closed() {
            Dataset dataset = scanned("{'id': 'a', 'input': 1}", "{'id': 'b', 'input': 2}");
            RowCursor rows = dataset.rows();
            rows.next();

            rows.close();
            rows.close();

            assertThat(rows.hasNext()).isFalse();
        }

        @Test
        void tells_of_a_row_that_was_added() {
            Dataset dataset = scanned("{'id': 'a', 'input': 1}");

            write("x.jsonl", "{'id': 'a', 'input': 1}", "{'id': 'b', 'input': 2}");

            assertChanged(dataset);
        }

        @Test
        void tells_of_a_row_that_was_removed() {
            Dataset dataset = scanned("{'id': 'a', 'input': 1}", "{'id': 'b', 'input': 2}");

            write("x.jsonl", "{'id': 'a', 'input': 1}");

            assertChanged(dataset);
        }

        @Test
        void tells_of_a_row_that_was_edited_without_a_change_of_size() {
            Dataset dataset = scanned("{'id': 'a', 'input': 1}");

            write("x.jsonl", "{'id': 'a', 'input': 2}");

            assertChanged(dataset);
        }

        @Test
        void tells_it_before_any_row_of_the_file_is_given() {
            Dataset dataset = scanned("{'id': 'a', 'input': 1}", "{'id': 'b', 'input': 2}");

            write("x.jsonl", "{'id': 'a', 'input': 1}", "{'id': 'a', 'input': 2}");

            try (RowCursor rows = dataset.rows()) {
                assertThatThrownBy(rows::hasNext).isInstanceOf(DatasetChangedException.class);
            }
        }

        @Test
        void gives_no_more_rows_than_were_checked_of_a_file_that_grows_meanwhile() throws IOException {
            String filler = "x".repeat(1 << 17); // more than is read ahead
            Dataset dataset = scanned("{'id': 'a', 'input': 1}", "{'id': 'b', 'input': '" + filler + "'}");

            try (RowCursor rows = dataset.rows()) {
                assertThat(rows.next().id()).isEqualTo("a");
                Files.writeString(folder.resolve("x.jsonl"), "\n{\"id\": \"c\", \"input\": 3}", APPEND);
                assertThat(rows.next().id()).isEqualTo("b");
                assertThatThrownBy(rows::hasNext)
                        .isInstanceOf(DatasetChangedException.class)
                        .hasMessageContaining("it has more rows than were checked");
            }
        }

        @Test
        void tells_of_a_line_that_became_faulty() {
            Dataset dataset = scanned("{'id': 'a', 'input': 1}");

            write("x.jsonl", "{'id': 'a', 'input': ");

            assertChanged(dataset);
        }

        @Test
        void tells_of_a_file_that_was_deleted() throws IOException {
            Dataset dataset = scanned("{'id': 'a', 'input': 1}");

            Files.delete(folder.resolve("x.jsonl"));

            try (RowCursor rows = dataset.rows()) {
                assertThatThrownBy(rows::hasNext).hasMessageStartingWith("x.jsonl cannot be read any more");
            }
        }

        @Test
        void does_not_mind_a_file_that_was_written_again_with_the_same_content() {
            Dataset dataset = scanned("{'id': 'a', 'input': 1}");

            write("x.jsonl", "{'id': 'a', 'input': 1}");

            try (RowCursor rows = dataset.rows()) {
                assertThat(rows).toIterable().hasSize(1);
            }
        }

        private Dataset scanned(String... lines) {
            write("x.jsonl", lines);
            Dataset dataset = dataset("file:x.jsonl");
            assertThat(faults(dataset)).isEmpty();
            return dataset;
        }

        private void assertChanged(Dataset dataset) {
            try (RowCursor rows = dataset.rows()) {
                assertThatThrownBy(() -> rows.forEachRemaining(row -> {}))
                        .isInstanceOf(DatasetChangedException.class)
                        .hasMessageStartingWith("x.jsonl changed while the run was reading it")
                        .hasMessageEndingWith("run again");
            }
        }
    }
}
