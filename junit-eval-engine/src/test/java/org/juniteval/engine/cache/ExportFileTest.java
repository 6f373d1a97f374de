package org.juniteval.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.juniteval.engine.cache.Keys.key;
import static org.juniteval.engine.cache.Keys.payload;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A cache in one file, as a store. */
class ExportFileTest {

    @TempDir
    Path folder;

    private Path root;
    private Path file;

    @BeforeEach
    void places() {
        root = folder.resolve("cache");
        file = folder.resolve("answers.zip");
    }

    private void store(EntryKey key, String output, String at) {
        FileStore.open(root, Clock.fixed(Instant.parse(at), ZoneOffset.UTC)).put(key, payload(output));
    }

    private ExportFile exported() throws IOException {
        ExportFile.write(CacheFolder.at(root), file, true, found -> {});
        return ExportFile.open(file);
    }

    @Test
    void answers_what_the_folder_answers() throws IOException {
        store(key("1"), "Lima", "2026-11-20T09:30:00Z");

        try (Store store = exported()) {
            assertThat(store.get(key("1"))).isEqualTo(FileStore.open(root).get(key("1")));
            assertThat(store.get(key("1", "edited"))).isEqualTo(new Lookup.Miss());
            assertThat(store.warnings()).isEmpty();
        }
    }

    @Test
    void explains_a_miss_by_the_newest_of_the_same_variant_as_the_folder_does() throws IOException {
        store(key("peru", "1", "v1", "a"), "oldest", "2026-11-17T00:00:00Z");
        store(key("peru", "1", "v2", "a"), "newest of the variant", "2026-11-18T00:00:00Z");
        store(key("peru", "1", "v3", "b"), "newest", "2026-11-19T00:00:00Z");
        store(key("peru", "10", "v1", "a"), "of another sample", "2026-11-20T00:00:00Z");
        store(key("cuba", "1", "v1", "a"), "of another case", "2026-11-20T00:00:00Z");
        EntryKey now = key("peru", "1", "v4", "a");

        try (Store store = exported()) {
            assertThat(store.near(now).orElseThrow().payload()).isEqualTo(payload("newest of the variant"));
            assertThat(store.near(now)).isEqualTo(FileStore.open(root).near(now));
            assertThat(store.near(key("chile", "1", "v1", "a"))).isEmpty();
        }
    }

    @Test
    void dates_that_no_zip_can_hold_are_kept_in_the_entry() throws IOException {
        store(key("1"), "Lima", "1969-07-20T20:17:40Z");
        store(key("2"), "Lima", "2242-01-01T00:00:00Z");

        try (Store store = exported()) {
            assertThat(((Lookup.Hit) store.get(key("1"))).entry().created())
                    .isEqualTo(Instant.parse("1969-07-20T20:17:40Z"));
            assertThat(((Lookup.Hit) store.get(key("2"))).entry().created())
                    .isEqualTo(Instant.parse("2242-01-01T00:00:00Z"));
        }
    }

    @Test
    void a_damaged_entry_counts_as_missing_and_is_told_with_place_and_remedy() throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
            zip.putNextEntry(new ZipEntry(FileName.of(key("1"))));
            zip.write("{ \"torn".getBytes(StandardCharsets.UTF_8));
        }

        try (Store store = ExportFile.open(file)) {
            assertThat(store.get(key("1"))).isInstanceOf(Lookup.Broken.class);
            assertThat(store.warnings())
                    .containsExactly("The cache entry " + FileName.of(key("1")) + " in " + file
                            + " is not used: it is not an entry. Export it again.");
        }
    }

    @Test
    void a_sample_that_asks_after_the_end_of_the_run_gets_no_answer_and_no_exception() throws IOException {
        store(key("1"), "Lima", "2026-11-20T09:30:00Z");
        Store store = exported();
        store.close();

        assertThat(store.get(key("1"))).isInstanceOf(Lookup.Broken.class);
        assertThat(store.near(key("1", "edited"))).isEmpty();
    }

    @Test
    void is_not_written_over_another_file_and_leaves_nothing_behind_when_it_cannot_be_written() throws IOException {
        store(key("1"), "Lima", "2026-11-20T09:30:00Z");
        Files.writeString(file, "mine");

        assertThatThrownBy(() -> ExportFile.write(CacheFolder.at(root), file, false, found -> {}))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> ExportFile.write(CacheFolder.at(root), folder, true, found -> {}))
                .isInstanceOf(IOException.class);

        assertThat(file).hasContent("mine");
        assertThat(folder).isDirectoryNotContaining(left -> left.toString().endsWith(".tmp"));
        assertThat(folder.toAbsolutePath().getParent())
                .isDirectoryNotContaining(left -> left.toString().endsWith(".tmp")
                        && left.getFileName()
                                .toString()
                                .contains(folder.getFileName().toString()));
    }
}
