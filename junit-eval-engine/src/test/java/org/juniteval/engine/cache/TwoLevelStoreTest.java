package org.juniteval.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.juniteval.engine.cache.Keys.entryFiles;
import static org.juniteval.engine.cache.Keys.key;
import static org.juniteval.engine.cache.Keys.payload;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
class TwoLevelStoreTest {

    private static final EntryKey KEY = key("1");
    private static final Entry OLD = new Entry(KEY, Instant.parse("2026-11-20T09:30:00Z"), payload("Lima"));

    @TempDir
    Path folder;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<EntryKey> asked = new ArrayList<>();
    private final MemoryStore remote = new MemoryStore() {
        @Override
        public Lookup get(EntryKey key) {
            asked.add(key);
            return super.get(key);
        }
    };
    private FileStore local;
    private Store store;

    @BeforeEach
    void open() {
        local = FileStore.open(folder.resolve("cache"));
        store = TwoLevelStore.of(local, remote);
    }

    @AfterEach
    void close() {
        ended.countDown();
        store.close();
    }

    private Store over(Store remote) {
        return TwoLevelStore.of(local, remote, Duration.ofMillis(100));
    }

    private void awaitEnd() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Nested
    class A_lookup {

        @Test
        void asks_nobody_else_for_what_is_here() {
            local.copy(OLD);

            assertThat(store.get(KEY)).isEqualTo(new Lookup.Hit(OLD));
            assertThat(asked).isEmpty();
        }

        @Test
        void keeps_here_with_its_date_what_is_there() {
            remote.copy(OLD);

            assertThat(store.get(KEY)).isEqualTo(new Lookup.Hit(OLD));
            assertThat(local.get(KEY)).isEqualTo(new Lookup.Hit(OLD));
        }

        @Test
        void asks_there_once_for_what_is_nowhere() {
            assertThat(store.get(KEY)).isEqualTo(new Lookup.Miss());
            assertThat(store.get(KEY)).isEqualTo(new Lookup.Miss());

            assertThat(asked).containsExactly(KEY);
        }

        @Test
        void files_an_entry_under_the_key_that_was_asked_for() {
            var elsewhere = key("../..", "1", "other", "base");
            remote.entries.put(KEY.fingerprint(), new Entry(elsewhere, OLD.created(), OLD.payload()));

            store.get(KEY);

            assertThat(local.get(KEY)).isEqualTo(new Lookup.Hit(OLD));
            assertThat(entryFiles(folder)).hasSize(1);
        }

        @Test
        void for_leases_and_near_entries_stays_here() {
            var held = local.lease(KEY);
            local.copy(OLD);

            assertThat(held).isPresent();
            assertThat(store.lease(KEY)).isEmpty();
            assertThat(store.near(key("1", "edited"))).contains(OLD);
        }
    }

    @Nested
    class An_answer {

        @Test
        void is_kept_here_at_once_and_there_in_the_background() {
            store.put(KEY, payload("Lima"));

            assertThat(local.get(KEY)).isInstanceOf(Lookup.Hit.class);
            await().untilAsserted(() -> assertThat(remote.get(KEY)).isInstanceOf(Lookup.Hit.class));
        }

        @Test
        void that_waits_is_sent_by_closing() {
            for (int i = 0; i < 500; i++) {
                store.put(key("" + i), payload("Lima"));
            }
            store.close();

            assertThat(remote.entries).hasSize(500);
            assertThat(store.warnings()).isEmpty();
        }

        @Test
        void is_sent_as_it_was_whoever_changes_it_afterwards() {
            var go = new CountDownLatch(1);
            var slow = new MemoryStore() {
                @Override
                public void put(EntryKey key, ObjectNode payload) {
                    awaitLatch(go);
                    super.put(key, payload);
                }
            };
            store = TwoLevelStore.of(local, slow);
            var payload = payload("Lima");
            store.put(KEY, payload);
            payload.put("output", "changed");
            go.countDown();
            store.close();

            assertThat(slow.entries.get(KEY.fingerprint()).payload()).isEqualTo(payload("Lima"));
        }

        @Test
        void waits_for_no_server_neither_when_it_is_made_nor_for_ever_when_the_run_ends() {
            store = over(new MemoryStore() {
                @Override
                public void put(EntryKey key, ObjectNode payload) {
                    awaitEnd();
                }
            });
            for (int i = 0; i < 20; i++) {
                store.put(key("" + i), payload("Lima"));
            }
            store.close();

            assertThat(entryFiles(folder)).hasSize(20);
            assertThat(store.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("20 answers are kept locally only: they were not yet sent to the remote cache");
        }

        @Test
        void that_a_slow_server_has_no_place_for_is_kept_here_only() {
            store = over(new MemoryStore() {
                @Override
                public void put(EntryKey key, ObjectNode payload) {
                    awaitEnd();
                }
            });
            for (int i = 0; i < 1_010; i++) {
                store.put(key("" + i), payload("Lima"));
            }

            assertThat(entryFiles(folder)).hasSize(1_010);
            assertThat(store.warnings())
                    .singleElement()
                    .asString()
                    .contains("slower than the run", "(and 5 more like this)");
        }

        private void awaitLatch(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Nested
    class A_store_that_throws {

        @Test
        void is_left_alone_and_named_without_its_message() {
            store = over(new MemoryStore() {
                @Override
                public Lookup get(EntryKey key) {
                    asked.add(key);
                    throw new IllegalStateException("token=secret");
                }
            });

            assertThat(store.get(KEY)).isEqualTo(new Lookup.Miss());
            assertThat(store.get(key("2"))).isEqualTo(new Lookup.Miss());
            store.put(KEY, payload("Lima"));

            assertThat(asked).containsExactly(KEY);
            assertThat(local.get(KEY)).isInstanceOf(Lookup.Hit.class);
            assertThat(store.warnings())
                    .singleElement()
                    .asString()
                    .contains(
                            "IllegalStateException",
                            getClass().getEnclosingClass().getSimpleName())
                    .doesNotContain("secret");
        }

        @Test
        void in_the_background_is_left_alone_too() {
            store = over(new MemoryStore() {
                @Override
                public void put(EntryKey key, ObjectNode payload) {
                    throw new IllegalStateException();
                }
            });
            store.put(KEY, payload("Lima"));
            store.close();

            assertThat(store.warnings()).singleElement().asString().contains("IllegalStateException");
        }

        @Test
        void because_a_library_is_missing_is_left_alone_too() {
            store = over(new MemoryStore() {
                @Override
                public Lookup get(EntryKey key) {
                    throw new NoClassDefFoundError("software/amazon/awssdk/services/s3/S3Client");
                }
            });

            assertThat(store.get(KEY)).isEqualTo(new Lookup.Miss());
            assertThat(store.warnings()).singleElement().asString().contains("NoClassDefFoundError");
        }

        @Test
        void when_it_is_asked_for_warnings_or_closed_ends_no_run() {
            store = over(new MemoryStore() {
                @Override
                public List<String> warnings() {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void close() {
                    throw new IllegalStateException();
                }
            });
            store.close();

            assertThat(store.warnings()).singleElement().asString().contains("IllegalStateException");
            assertThat(store.get(KEY)).isEqualTo(new Lookup.Miss());
        }
    }

    @Nested
    class A_mode {

        private final Instant runStarted = Instant.now();

        private Store in(CacheMode mode) {
            var archive = Archive.of(folder, runStarted);
            store = TwoLevelStore.of(mode.apply(local, archive), mode.apply(remote, archive));
            return store;
        }

        @ParameterizedTest
        @EnumSource(names = {"REPLAY", "READ_ONLY"})
        void that_writes_nothing_copies_nothing_either(CacheMode mode) {
            remote.copy(OLD);

            assertThat(in(mode).get(KEY)).isEqualTo(new Lookup.Hit(OLD));
            store.put(key("2"), payload("x"));
            store.copy(new Entry(key("3"), Instant.now(), payload("x")));
            store.close();

            assertThat(entryFiles(folder)).isEmpty();
            assertThat(remote.entries).hasSize(1);
        }

        @Test
        void of_refreshing_takes_no_old_answer_from_there() {
            remote.copy(OLD);

            assertThat(in(CacheMode.REFRESH).get(KEY)).isEqualTo(new Lookup.Miss());
            store.put(KEY, payload("new"));
            store.close();

            assertThat(remote.entries.get(KEY.fingerprint()).payload()).isEqualTo(payload("new"));
            assertThat(store.get(KEY)).isInstanceOf(Lookup.Hit.class);
        }

        @Test
        void of_refreshing_archives_what_it_replaces_there_too() {
            remote.copy(OLD);

            in(CacheMode.REFRESH).put(KEY, payload("new"));
            store.close();

            assertThat(entryFiles(folder.resolve(Archive.FOLDER)))
                    .singleElement()
                    .satisfies(file -> assertThat(file).content().contains("\"output\": \"Lima\""));
            assertThat(store.warnings()).singleElement().asString().startsWith("archived 1 answer in ");
        }

        @Test
        void of_none_asks_nobody() {
            remote.copy(OLD);

            assertThat(in(CacheMode.OFF).get(KEY)).isEqualTo(new Lookup.Miss());
            assertThat(asked).isEmpty();
        }
    }
}
