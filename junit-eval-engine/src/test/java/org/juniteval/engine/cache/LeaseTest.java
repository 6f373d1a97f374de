package org.juniteval.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.juniteval.engine.cache.Keys.key;
import static org.juniteval.engine.cache.Keys.payload;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {

    private static final int THREADS = 8;

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

    @Test
    void a_lease_that_is_held_is_not_given_again_until_it_is_closed() {
        var lease = store.lease(key("1")).orElseThrow();
        assertThat(store.lease(key("1"))).isEmpty();
        assertThat(store.lease(key("2"))).isPresent();

        lease.close();
        lease.close();

        assertThat(store.lease(key("1"))).isPresent();
    }

    @Test
    void another_engine_in_this_jvm_counts_as_another_holder() {
        try (var other = FileStore.open(folder.resolve("elsewhere/../cache"))) {
            store.lease(key("1"));
            assertThat(other.lease(key("1"))).isEmpty();
        }
    }

    @Test
    void a_store_that_closes_takes_no_lease_from_another() throws Exception {
        var other = FileStore.open(folder.resolve("cache"));
        store.lease(key("1"));
        other.lease(key("2"));

        other.close();

        assertThat(store.lease(key("1"))).isEmpty();
        try (var elsewhere = Fork.start(Programs.Holder.class, folder.resolve("cache"), "1")) {
            assertThat(elsewhere.line()).contains("busy");
        }
    }

    @Test
    void the_last_store_that_closes_gives_all_leases_back() {
        store.lease(key("1"));
        store.close();
        store.close();

        try (var other = FileStore.open(folder.resolve("cache"))) {
            assertThat(other.lease(key("1"))).isPresent();
        }
    }

    @Test
    void an_interrupted_thread_gets_a_lease_and_loses_none() throws Exception {
        store.lease(key("1"));
        Thread.currentThread().interrupt();

        var lease = store.lease(key("2"));
        var held = store.lease(key("1"));
        lease.orElseThrow().close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(held).isEmpty();
        assertThat(store.warnings()).isEmpty();
        try (var elsewhere = Fork.start(Programs.Holder.class, folder.resolve("cache"), "1")) {
            assertThat(elsewhere.line()).contains("busy");
        }
    }

    @Test
    void the_file_of_the_leases_stays_empty() throws Exception {
        store.lease(key("1")).orElseThrow().close();

        assertThat(Files.size(folder.resolve("cache/leases"))).isZero();
    }

    @Test
    void threads_of_two_engines_pay_for_every_sample_once() throws Exception {
        int samples = 300;
        var paid = new ConcurrentLinkedQueue<>();
        try (var other = FileStore.open(folder.resolve("cache"))) {
            atOnce(thread -> Programs.Payer.pay(thread % 2 == 0 ? store : other, samples, thread * 10, paid::add));
        }

        assertThat(paid).hasSize(samples).doesNotHaveDuplicates();
        assertThat(store.warnings()).isEmpty();
    }

    @Test
    void writers_and_readers_of_one_key_see_whole_entries_only() throws Exception {
        store.put(key("1"), payload("0".repeat(50_000)));

        atOnce(thread -> {
            for (int i = 0; i < 100; i++) {
                store.put(key("1"), payload(("" + thread).repeat(50_000)));
                assertThat(store.get(key("1")))
                        .isInstanceOfSatisfying(
                                Lookup.Hit.class,
                                hit -> assertThat(hit.entry()
                                                .payload()
                                                .get("output")
                                                .asText())
                                        .hasSize(50_000)
                                        .containsPattern("^([0-7])\\1*$"));
            }
        });

        assertThat(store.warnings()).isEmpty();
        try (var files = Files.walk(folder)) {
            assertThat(files.map(Path::toString).filter(name -> name.contains(".tmp") || name.contains(".corrupt")))
                    .isEmpty();
        }
    }

    private interface Work {
        void by(int thread) throws Exception;
    }

    private static void atOnce(Work work) throws Exception {
        var start = new CyclicBarrier(THREADS);
        var executor = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Void>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int thread = i;
                all.add(() -> {
                    start.await();
                    work.by(thread);
                    return null;
                });
            }
            for (Future<Void> each : executor.invokeAll(all, 10, TimeUnit.MINUTES)) {
                each.get();
            }
        } finally {
            executor.shutdownNow();
        }
    }
}
