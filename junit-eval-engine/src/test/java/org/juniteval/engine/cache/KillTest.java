package org.juniteval.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.juniteval.engine.cache.Keys.entryFiles;
import static org.juniteval.engine.cache.Keys.key;
import static org.juniteval.engine.cache.Keys.payload;

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that end in the middle of what they do. */
class KillTest {

    private static final int KILLS = 10;

    @TempDir
    Path folder;

    @Test
    void an_entry_is_complete_or_absent_wherever_its_writer_was_killed() throws Exception {
        var random = new Random("an_entry_is_complete_or_absent".hashCode());
        var stored = new HashSet<Integer>();
        int next = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            try (var writer = Fork.start(Programs.Writer.class, folder.resolve("cache"), next)) {
                for (int lines = 1 + random.nextInt(200); lines > 0; lines--) {
                    stored.add(number(writer.line().orElseThrow()));
                }
                writer.kill();
                // What the pipe still holds was stored, too.
                writer.toEnd().stream().filter(line -> line.endsWith(".")).forEach(line -> stored.add(number(line)));
            }
            next = stored.stream().mapToInt(Integer::intValue).max().orElseThrow() + 10;
        }

        var store = store();
        for (int i = 0; i < next; i++) {
            var lookup = store.get(key("" + i));
            if (lookup instanceof Lookup.Hit hit) {
                assertThat(hit.entry().payload()).isEqualTo(payload(Programs.Writer.answer(i)));
            } else {
                assertThat(stored).doesNotContain(i);
                assertThat(lookup).isEqualTo(new Lookup.Miss());
            }
        }
        assertThat(store.warnings()).isEmpty();
        assertThat(stored).hasSizeGreaterThan(KILLS);
    }

    @Test
    void a_lease_is_free_as_soon_as_its_holder_is_killed() throws Exception {
        try (var holder = Fork.start(Programs.Holder.class, folder.resolve("cache"), "1");
                var store = store()) {
            assertThat(holder.line()).contains("held");
            assertThat(store.lease(key("1"))).isEmpty();
            assertThat(store.lease(key("2"))).isPresent();

            holder.kill();

            assertThat(store.lease(key("1"))).isPresent();
        }
    }

    @Test
    void processes_at_once_pay_for_every_sample_once() throws Exception {
        int samples = 300;
        var paid = new ArrayList<String>();
        try (var one = Fork.start(Programs.Payer.class, folder.resolve("cache"), samples, 0);
                var two = Fork.start(Programs.Payer.class, folder.resolve("cache"), samples, 0);
                var three = Fork.start(Programs.Payer.class, folder.resolve("cache"), samples, 150)) {
            for (var payer : List.of(one, two, three)) {
                assertThat(payer.line()).contains("ready");
            }
            for (var payer : List.of(one, two, three)) {
                paid.addAll(payer.toEnd());
                assertThat(payer.process().waitFor()).isZero();
            }
        }

        assertThat(paid).hasSize(samples).doesNotHaveDuplicates();
    }

    /** A limit on the size of files stops even root, and in the middle of a file, as a full disk does. */
    @Test
    void a_file_that_is_larger_than_the_memory_is_set_aside_as_any_other_that_is_no_entry() throws Exception {
        assumeThat(Path.of("/bin/bash")).exists();
        Path cache = folder.resolve("cache");
        try (var store = FileStore.open(cache)) {
            store.put(key("1"), payload("Lima"));
        }
        Path entry = entryFiles(cache).get(0);
        try (var file = new RandomAccessFile(entry.toFile(), "rw")) {
            file.setLength(60 << 20);
        }

        var small = List.of("/bin/bash", "-c", "export JAVA_TOOL_OPTIONS=-Xmx24m && exec \"$@\"", "small");
        List<String> said;
        try (var fork = Fork.start(small, Programs.Reader.class, cache, "1")) {
            said = fork.toEnd();
        }

        assertThat(said).hasSize(3).startsWith("Broken", "Hit");
        assertThat(said.get(2)).contains(entry + " is not used: it is larger than the memory has room for.");
    }

    /** A cache that is not ignored would be committed with the next change. */
    @Test
    void a_folder_that_is_made_when_the_disk_is_full_is_ignored_by_git_when_it_is_not_any_more() throws Exception {
        assumeThat(Path.of("/bin/bash")).exists();
        Path cache = folder.resolve("cache");
        var full = List.of("/bin/bash", "-c", "ulimit -f 0 && exec \"$@\"", "limited");
        try (var fork = Fork.start(full, Programs.TwoAnswers.class, cache)) {
            assertThat(fork.toEnd()).hasSize(3).startsWith("Miss", "Miss");
        }

        try (var store = FileStore.open(cache)) {
            store.put(key("1"), payload("Lima"));
        }

        assertThat(cache.resolve(".gitignore")).hasContent("*");
    }

    @Test
    void a_disk_that_takes_no_more_is_warned_about_and_leaves_no_torn_file() throws Exception {
        assumeThat(Path.of("/bin/bash")).exists();
        var limited = List.of("/bin/bash", "-c", "ulimit -f 64 && exec \"$@\"", "limited");
        List<String> said;
        try (var fork = Fork.start(limited, Programs.TwoAnswers.class, folder.resolve("cache"))) {
            said = fork.toEnd();
        }

        assertThat(said).hasSize(3).startsWith("Hit", "Miss");
        assertThat(said.get(2))
                .startsWith("Answers cannot be stored in " + folder.resolve("cache") + " (")
                .endsWith("The run goes on; what is not stored has to be paid for again.");
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(file -> file.toString().endsWith(".tmp"))).isEmpty();
        }
    }

    private static int number(String line) {
        return Integer.parseInt(line.replace(".", ""));
    }

    private FileStore store() {
        return FileStore.open(folder.resolve("cache"));
    }
}
