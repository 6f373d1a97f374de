package org.juniteval.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.juniteval.engine.cache.Keys.key;
import static org.juniteval.engine.cache.Keys.payload;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Samples;
import org.juniteval.Scorer;
import org.juniteval.engine.platform.EvalRuns;
import org.juniteval.engine.run.Settings;
import org.opentest4j.TestAbortedException;

/** A cache that is shared through nginx, as it comes with Debian. */
@Timeout(300)
class NginxIT {

    private static final AtomicInteger CALLED = new AtomicInteger();

    private static Nginx nginx;
    private static Optional<TestAbortedException> missing = Optional.empty();

    @TempDir
    Path folder;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        try {
            nginx = Nginx.start(folder);
        } catch (TestAbortedException e) {
            missing = Optional.of(e);
        }
    }

    /** Of a class that is aborted as a whole, Surefire says nothing at all. */
    @BeforeEach
    void skip_where_there_is_none() {
        missing.ifPresent(e -> {
            throw e;
        });
    }

    @AfterAll
    static void stop() {
        if (nginx != null) {
            nginx.close();
        }
    }

    private static Store at(String place) {
        return StoreFactory.storeAt(nginx.address(place), Optional.empty());
    }

    private Store machine(String name, Store remote) {
        return TwoLevelStore.of(FileStore.open(folder.resolve(name)), remote);
    }

    @Test
    void what_one_machine_stores_another_finds() {
        var one = machine("one", at("evals"));
        for (int i = 0; i < 200; i++) {
            one.put(key("shared " + i), payload("Lima " + i));
        }
        one.close();
        assertThat(one.warnings()).isEmpty();

        try (var two = machine("two", at("evals"))) {
            for (int i = 0; i < 200; i++) {
                var output = payload("Lima " + i);
                assertThat(two.get(key("shared " + i)))
                        .isInstanceOfSatisfying(
                                Lookup.Hit.class,
                                hit -> assertThat(hit.entry().payload()).isEqualTo(output));
            }
            assertThat(two.get(key("nobody's"))).isEqualTo(new Lookup.Miss());
            assertThat(two.warnings()).isEmpty();
        }
    }

    @Test
    void an_answer_is_replaced() {
        try (var store = at("evals")) {
            store.put(key("replaced"), payload("Lima"));
            store.put(key("replaced"), payload("Cusco"));

            assertThat(((Lookup.Hit) store.get(key("replaced"))).entry().payload())
                    .isEqualTo(payload("Cusco"));
        }
    }

    @Test
    void of_a_large_answer_that_two_machines_make_at_once_the_first_one_stands() {
        try (var one = at("evals");
                var two = at("evals")) {
            assertThat(one.get(key("raced"))).isEqualTo(new Lookup.Miss());
            assertThat(two.get(key("raced"))).isEqualTo(new Lookup.Miss());
            one.put(key("raced"), payload("Lima".repeat(50_000)));
            two.put(key("raced"), payload("Cusco".repeat(50_000)));

            assertThat(((Lookup.Hit) two.get(key("raced"))).entry().payload())
                    .isEqualTo(payload("Lima".repeat(50_000)));
            assertThat(one.warnings()).isEmpty();
            assertThat(two.warnings()).isEmpty();
        }
    }

    @Test
    void an_answer_beyond_the_size_that_it_takes_stays_local_and_the_next_is_taken() {
        try (var store = at("evals")) {
            for (int megabytes = 2; megabytes <= 32; megabytes *= 4) {
                store.put(key("large " + megabytes), payload("x".repeat(megabytes << 20)));
            }
            store.put(key("small"), payload("x"));

            assertThat(store.get(key("small"))).isInstanceOf(Lookup.Hit.class);
            assertThat(store.get(key("large 2"))).isEqualTo(new Lookup.Miss());
            assertThat(store.warnings())
                    .singleElement()
                    .asString()
                    .contains("large 2", "kept locally only", "(and 2 more like this)");
        }
    }

    @Test
    void who_has_the_password_reads_and_writes() {
        var credentials = Optional.of(new Credentials("ci", "horse-battery"));
        try (var store = StoreFactory.storeAt(nginx.address("private"), credentials)) {
            store.put(key("private"), payload("Lima"));

            assertThat(store.get(key("private"))).isInstanceOf(Lookup.Hit.class);
            assertThat(store.warnings()).isEmpty();
        }
    }

    @Test
    void who_has_none_leaves_it_alone() {
        try (var store = at("private")) {
            assertThat(store.get(key("private"))).isEqualTo(new Lookup.Miss());

            assertThat(store.warnings()).singleElement().asString().contains("401", "without the credentials");
        }
    }

    @Test
    void a_place_that_only_reads_is_read() {
        try (var writing = at("evals");
                var reading = at("reading")) {
            writing.put(key("read"), payload("Lima"));

            reading.put(key("not written"), payload("Lima"));

            assertThat(reading.get(key("read"))).isInstanceOf(Lookup.Hit.class);
            assertThat(reading.warnings()).singleElement().asString().contains("takes no answers", "405");
        }
    }

    @Test
    void a_place_that_has_moved_is_found() {
        try (var store = at("moved")) {
            store.put(key("moved"), payload("Lima"));

            assertThat(store.get(key("moved"))).isInstanceOf(Lookup.Hit.class);
            assertThat(at("evals").get(key("moved"))).isInstanceOf(Lookup.Hit.class);
            assertThat(store.warnings()).isEmpty();
        }
    }

    @EvalSuite
    @Dataset(rows = "{\"id\": \"peru\", \"input\": \"Peru\"}")
    @Samples(20)
    static class CapitalsCase {
        @Eval
        String capital(String country) {
            CALLED.incrementAndGet();
            return "The capital of " + country;
        }

        @Scorer
        boolean answered(String answer) {
            return !answer.isEmpty();
        }
    }

    @Test
    void the_second_machine_calls_nothing() {
        run("one");
        assertThat(CALLED).hasValue(20);

        assertThat(run("two").out()).contains("20 cached");
        assertThat(CALLED).hasValue(20);
    }

    private EvalRuns.Finished run(String machine) {
        return EvalRuns.in(folder.resolve(machine))
                .with(Settings.CACHE_URL, nginx.address("evals"))
                .run(CapitalsCase.class);
    }
}
