package org.juniteval.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.juniteval.engine.cache.Keys.key;
import static org.juniteval.engine.cache.Keys.payload;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultMarksTest {

    @TempDir
    Path folder;

    private Path root;
    private FaultMarks marks;

    @BeforeEach
    void open() {
        root = folder.resolve("cache");
        marks = FaultMarks.of(root, CacheMode.AUTO);
    }

    private Path mark() throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(FaultMarks.SUFFIX))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void a_mark_stays_until_it_is_removed() {
        assertThat(marks.contains(key("1"))).isFalse();

        marks.add(key("1"));
        marks.add(key("1"));
        assertThat(FaultMarks.of(root, CacheMode.AUTO).contains(key("1"))).isTrue();
        assertThat(marks.contains(key("2"))).isFalse();

        marks.remove(key("1"));
        marks.remove(key("1"));
        assertThat(marks.contains(key("1"))).isFalse();
    }

    @Test
    void the_first_mark_makes_the_folder_as_the_first_entry_does() {
        marks.add(key("1"));

        assertThat(root.resolve(".gitignore")).hasContent("*");
    }

    @Test
    void a_mark_is_no_entry_and_near_none() {
        marks.add(key("1"));

        var store = FileStore.open(root);
        assertThat(store.get(key("1"))).isEqualTo(new Lookup.Miss());
        assertThat(store.near(key("1", "edited"))).isEmpty();
        store.put(key("1"), payload("Lima"));
        assertThat(store.near(key("1", "edited"))).isPresent();
        assertThat(store.warnings()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"READ_ONLY", "REPLAY", "OFF"})
    void a_mode_that_writes_nothing_reads_marks_alone(CacheMode mode) {
        FaultMarks.of(root, mode).add(key("1"));
        assertThat(root).doesNotExist();

        marks.add(key("1"));
        FaultMarks.of(root, mode).remove(key("1"));
        assertThat(FaultMarks.of(root, mode).contains(key("1"))).isTrue();
    }

    @Nested
    class In_a_hostile_folder {

        @Test
        void a_folder_in_its_place_is_no_mark_and_stays() throws IOException {
            marks.add(key("1"));
            var mark = mark();
            Files.delete(mark);
            Files.createDirectories(mark.resolve("deeper"));

            assertThat(marks.contains(key("1"))).isFalse();
            marks.add(key("1"));
            marks.remove(key("1"));
            assertThat(mark.resolve("deeper")).exists();
        }

        @Test
        void a_link_in_its_place_is_no_mark_and_what_it_leads_to_stays() throws IOException {
            marks.add(key("1"));
            var mark = mark();
            Files.delete(mark);
            var elsewhere = Files.writeString(folder.resolve("elsewhere"), "precious");
            Files.createSymbolicLink(mark, elsewhere);

            assertThat(marks.contains(key("1"))).isFalse();
            marks.add(key("1"));
            marks.remove(key("1"));
            assertThat(elsewhere).hasContent("precious");
        }

        @Test
        void links_on_the_way_are_not_followed() throws IOException {
            marks.add(key("1"));
            var ofCase = mark().getParent();
            var moved = Files.move(ofCase, folder.resolve("moved"));
            Files.createSymbolicLink(ofCase, moved);
            var others = FaultMarks.of(root, CacheMode.AUTO);

            assertThat(others.contains(key("1"))).isFalse();
            others.add(key("2"));
            assertThat(moved.toFile().list()).hasSize(1);
        }

        @Test
        void a_file_where_the_cache_should_be_harms_nothing() throws IOException {
            Files.writeString(root, "no folder");

            assertThatCode(() -> {
                        marks.add(key("1"));
                        marks.remove(key("1"));
                    })
                    .doesNotThrowAnyException();
            assertThat(marks.contains(key("1"))).isFalse();
        }
    }
}
