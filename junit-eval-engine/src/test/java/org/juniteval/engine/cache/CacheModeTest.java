package org.juniteval.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.juniteval.engine.cache.Keys.key;
import static org.juniteval.engine.cache.Keys.payload;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
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
            assertThat(CacheMode.AUTO.apply(store, Instant.now())).isSameAs(store);
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
            var refreshed = CacheMode.REFRESH.apply(store, Instant.now());

            refreshed.put(key("1"), payload("new"));

            assertThat(refreshed.get(key("1")))
                    .isInstanceOfSatisfying(
                            Lookup.Hit.class,
                            hit -> assertThat(hit.entry().payload()).isEqualTo(payload("new")));
        }

        private void putAt(Instant time) {
            FileStore.open(folder.resolve("cache"), Clock.fixed(time, ZoneOffset.UTC))
                    .put(key("1"), payload("old"));
        }

        private Store refreshed() {
            return new FreshStore(store, runStarted, Clock.fixed(runStarted.plusSeconds(60), ZoneOffset.UTC));
        }
    }

    @Nested
    class Replay_and_read_only {

        @ParameterizedTest
        @EnumSource(names = {"REPLAY", "READ_ONLY"})
        void what_is_stored_is_found_and_near(CacheMode mode) {
            store.put(key("1"), payload("stored"));
            var applied = mode.apply(store, Instant.now());

            assertThat(applied.get(key("1"))).isInstanceOf(Lookup.Hit.class);
            assertThat(applied.near(key("1", "edited"))).isPresent();
        }

        @ParameterizedTest
        @EnumSource(names = {"REPLAY", "READ_ONLY"})
        void nothing_is_written_and_every_lease_is_granted(CacheMode mode) {
            var applied = mode.apply(store, Instant.now());

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

            assertThat(mode.apply(store, Instant.now()).get(key("1"))).isInstanceOf(Lookup.Broken.class);
            assertThat(file).hasContent("damaged");
        }
    }

    @Nested
    class Off {

        @Test
        void nothing_is_read_written_or_leased() {
            var off = CacheMode.OFF.apply(store, Instant.now());

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
