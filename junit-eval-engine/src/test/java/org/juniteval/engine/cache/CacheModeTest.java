package org.juniteval.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.juniteval.engine.cache.Keys.entryFiles;
import static org.juniteval.engine.cache.Keys.key;
import static org.juniteval.engine.cache.Keys.payload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CacheModeTest {

    @TempDir
    Path folder;

    private FileStore store;

    @BeforeEach
    void open() {
        store = FileStore.open(folder.resolve("cache"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Archive archive(Instant runStarted) {
        return Archive.of(folder.resolve("cache"), runStarted);
    }

    @Nested
    class Spelling {

        @ParameterizedTest
        @EnumSource
        void a_mode_is_read_as_it_is_written(CacheMode mode) {
            assertThat(CacheMode.parse(mode.toString())).isEqualTo(mode);
        }

        @Test
        void words_are_joined_by_a_hyphen() {
            assertThat(CacheMode.READ_ONLY).hasToString("read-only");
        }

        @Test
        void letters_may_be_large_and_blanks_around_them() {
            assertThat(CacheMode.parse(" Read-Only ")).isEqualTo(CacheMode.READ_ONLY);
        }

        @Test
        void anything_else_is_refused_with_what_is_allowed() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CacheMode.parse("on"))
                    .withMessage("'on' is none of auto, refresh, replay, read-only, off");
        }
    }

    @Nested
    class Auto {

        @Test
        void is_the_store_itself() {
            assertThat(CacheMode.AUTO.apply(store, archive(Instant.now()))).isSameAs(store);
        }
    }

    @Nested
    class Refresh {

        private final Instant runStarted = Instant.parse("2026-11-20T09:00:00Z");

        @Test
        void an_entry_from_before_the_run_is_missed() {
            putAt(runStarted.minusMillis(1));

            assertThat(refreshed().get(key("1"))).isEqualTo(new Lookup.Miss());
        }

        @Test
        void an_entry_of_this_run_is_found() {
            putAt(runStarted);

            assertThat(refreshed().get(key("1"))).isInstanceOf(Lookup.Hit.class);
        }

        @Test
        void an_entry_from_the_future_was_made_under_a_wrong_clock_and_is_missed() {
            putAt(runStarted.plus(Duration.ofDays(365)));

            assertThat(refreshed().get(key("1"))).isEqualTo(new Lookup.Miss());
        }

        @Test
        void what_is_made_anew_replaces_the_old_entry() {
            putAt(runStarted.minusSeconds(1));
            var refreshed = CacheMode.REFRESH.apply(store, archive(Instant.now()));

            refreshed.put(key("1"), payload("new"));

            assertThat(refreshed.get(key("1")))
                    .isInstanceOfSatisfying(
                            Lookup.Hit.class,
                            hit -> assertThat(hit.entry().payload()).isEqualTo(payload("new")));
        }

        @Nested
        class Replaces {

            private Path cache;
            private Path archived;

            @BeforeEach
            void name() {
                cache = folder.resolve("cache");
                archived = cache.resolve(".archive/2026-11-20T09-00-00.000Z");
            }

            @Test
            void an_old_entry_that_stays_as_it_was_in_the_archive_of_the_run() throws Exception {
                putAt(runStarted.minusSeconds(1));
                var file = entryFiles(cache).get(0);
                byte[] old = Files.readAllBytes(file);

                refreshed().put(key("1"), payload("new"));

                assertThat(file).content().contains("new");
                assertThat(archived.resolve(cache.relativize(file))).hasBinaryContent(old);
            }

            @Test
            void an_entry_with_one_of_another_machine_in_the_same_way() {
                putAt(runStarted.minusSeconds(1));

                refreshed().copy(new Entry(key("1"), runStarted.plusSeconds(1), payload("new")));

                assertThat(entryFiles(archived)).hasSize(1);
            }

            @Test
            void and_tells_once_how_many_and_where() {
                var refreshed = refreshed();
                for (var part : List.of("1", "2", "3")) {
                    putAt(runStarted.minusSeconds(1), part);
                    refreshed.put(key(part), payload("new"));
                }

                assertThat(refreshed.warnings()).containsExactly("archived 3 answers in " + archived);
                assertThat(refreshed.warnings()).isEmpty();
            }

            @Test
            void the_archive_is_no_part_of_the_cache_and_copied_over_it_brings_the_old_answers_back() throws Exception {
                putAt(runStarted.minusSeconds(1));
                refreshed().put(key("1"), payload("new"));

                assertThat(hit(store)).isEqualTo(payload("new"));
                assertThat(store.near(key("1", "edited")).orElseThrow().payload())
                        .isEqualTo(payload("new"));
                assertThat(archived.resolve(".gitignore")).hasContent("*");

                var file = entryFiles(archived).get(0);
                Files.copy(file, cache.resolve(archived.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
                assertThat(hit(store)).isEqualTo(payload("old"));
            }

            @Test
            void nothing_where_nothing_is_lost() {
                putAt(runStarted.minusSeconds(1));
                refreshed().put(key("1"), payload("old"));
                refreshed().put(key("2"), payload("first"));
                FileStore.open(cache, Clock.fixed(runStarted.plusSeconds(1), ZoneOffset.UTC))
                        .put(key("3"), payload("made by another process that began later"));
                refreshed().put(key("3"), payload("new"));

                assertThat(cache.resolve(".archive")).doesNotExist();
            }

            @Test
            void what_a_process_that_began_at_the_same_moment_has_archived_already() {
                putAt(runStarted.minusSeconds(2));
                refreshed().put(key("1"), payload("new"));
                putAt(runStarted.minusSeconds(1));
                var other = refreshed();

                other.put(key("1"), payload("new"));

                assertThat(entryFiles(archived)).hasSize(1);
                assertThat(other.warnings()).isEmpty();
            }

            @Test
            void nothing_that_cannot_be_archived() throws Exception {
                putAt(runStarted.minusSeconds(1));
                Files.writeString(cache.resolve(".archive"), "no folder");
                var refreshed = refreshed();

                refreshed.put(key("1"), payload("new"));

                assertThat(hit(store)).isEqualTo(payload("old"));
                assertThat(refreshed.warnings())
                        .singleElement()
                        .asString()
                        .contains(cache.resolve(".archive") + " is not a folder");
            }

            @Test
            void nothing_by_way_of_a_link() throws Exception {
                putAt(runStarted.minusSeconds(1));
                var elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
                Files.createSymbolicLink(cache.resolve(".archive"), elsewhere);

                refreshed().put(key("1"), payload("new"));

                assertThat(hit(store)).isEqualTo(payload("old"));
                assertThat(elsewhere).isEmptyDirectory();
            }

            @Test
            void nothing_where_the_archive_takes_no_more() throws Exception {
                putAt(runStarted.minusSeconds(1));
                Files.createDirectory(cache.resolve(".archive"));
                Files.writeString(archived, "in the way");
                var refreshed = refreshed();

                refreshed.put(key("1"), payload("new"));

                assertThat(hit(store)).isEqualTo(payload("old"));
                assertThat(refreshed.warnings())
                        .anyMatch(
                                warning -> warning.contains("is not replaced, because the old one cannot be archived"));
            }

            private ObjectNode hit(Store store) {
                return ((Lookup.Hit) store.get(key("1"))).entry().payload();
            }
        }

        private void putAt(Instant time) {
            putAt(time, "1");
        }

        private void putAt(Instant time, String part) {
            FileStore.open(folder.resolve("cache"), Clock.fixed(time, ZoneOffset.UTC))
                    .put(key(part), payload("old"));
        }

        private Store refreshed() {
            return new FreshStore(store, archive(runStarted), Clock.fixed(runStarted.plusSeconds(60), ZoneOffset.UTC));
        }
    }

    @Nested
    class Replay_and_read_only {

        @ParameterizedTest
        @EnumSource(names = {"REPLAY", "READ_ONLY"})
        void what_is_stored_is_found_and_near(CacheMode mode) {
            store.put(key("1"), payload("stored"));
            var applied = mode.apply(store, archive(Instant.now()));

            assertThat(applied.get(key("1"))).isInstanceOf(Lookup.Hit.class);
            assertThat(applied.near(key("1", "edited"))).isPresent();
        }

        @ParameterizedTest
        @EnumSource(names = {"REPLAY", "READ_ONLY"})
        void nothing_is_written_and_every_lease_is_granted(CacheMode mode) {
            var applied = mode.apply(store, archive(Instant.now()));

            applied.put(key("1"), payload("new"));

            assertThat(applied.lease(key("1"))).isPresent();
            assertThat(applied.lease(key("1"))).isPresent();
            assertThat(applied.get(key("1"))).isEqualTo(new Lookup.Miss());
            assertThat(folder).isEmptyDirectory();
        }

        @ParameterizedTest
        @EnumSource(names = {"REPLAY", "READ_ONLY"})
        void a_damaged_entry_stays_where_it_is(CacheMode mode) throws Exception {
            store.put(key("1"), payload("stored"));
            var file = Keys.entryFiles(folder).get(0);
            Files.writeString(file, "damaged");

            assertThat(mode.apply(store, archive(Instant.now())).get(key("1"))).isInstanceOf(Lookup.Broken.class);
            assertThat(file).hasContent("damaged");
        }
    }

    @Nested
    class Off {

        @Test
        void nothing_is_read_written_or_leased() {
            var off = CacheMode.OFF.apply(store, archive(Instant.now()));

            off.put(key("1"), payload("new"));

            assertThat(off.lease(key("1"))).isPresent();
            assertThat(off.lease(key("1"))).isPresent();
            assertThat(folder).isEmptyDirectory();

            store.put(key("1"), payload("stored"));
            assertThat(off.get(key("1"))).isEqualTo(new Lookup.Miss());
            assertThat(off.near(key("1", "edited"))).isEmpty();
        }
    }
}
