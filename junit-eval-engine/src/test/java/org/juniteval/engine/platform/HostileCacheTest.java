package org.juniteval.engine.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Scorer;
import org.juniteval.engine.platform.EvalRuns.Finished;

/** Whatever lies where answers are kept, the run goes on, says so in one line, and harms nothing elsewhere. */
@Timeout(120) // a pipe that is opened blocks for ever
class HostileCacheTest {

    private static final Set<String> CALLED = ConcurrentHashMap.newKeySet();

    @EvalSuite
    @Dataset(rows = """
            {"id": "../../../etc/x", "input": "attacked"}
            {"id": "quiet", "input": "left alone"}
            """)
    static class Attacked {
        @Eval
        String echoes(String input) {
            CALLED.add(input);
            return "echo of " + input;
        }

        @Scorer
        boolean same(String answer) {
            return answer.startsWith("echo");
        }
    }

    /** What stands in place of an entry. */
    enum Attack {
        A_LINK {
            @Override
            void on(Path entry, Path outside) throws IOException {
                Files.delete(entry);
                Files.createSymbolicLink(entry, outside);
            }
        },
        A_LINK_TO_NOTHING {
            @Override
            void on(Path entry, Path outside) throws IOException {
                Files.delete(entry);
                Files.createSymbolicLink(entry, outside.resolveSibling("nothing"));
            }
        },
        A_FOLDER {
            @Override
            void on(Path entry, Path outside) throws IOException {
                Files.delete(entry);
                Files.createDirectories(entry.resolve("with/more"));
            }
        },
        A_PIPE {
            @Override
            void on(Path entry, Path outside) throws Exception {
                Files.delete(entry);
                assumeThat(new ProcessBuilder("mkfifo", entry.toString())
                                .start()
                                .waitFor())
                        .isZero();
            }
        },
        A_GIGABYTE {
            @Override
            void on(Path entry, Path outside) throws IOException {
                try (var sparse = new RandomAccessFile(entry.toFile(), "rw")) {
                    sparse.setLength(1L << 30);
                }
            }
        },
        DEEP_JSON {
            @Override
            void on(Path entry, Path outside) throws IOException {
                Files.writeString(entry, "[".repeat(100_000));
            }
        },
        DEEP_JSON_WITH_ITS_CHECKSUM {
            @Override
            void on(Path entry, Path outside) throws IOException {
                String body = "\n  \"payload\": " + "{\"a\":".repeat(100_000);
                CRC32C crc = new CRC32C();
                crc.update(body.getBytes(UTF_8));
                Files.writeString(entry, "{ \"format\": 1, \"crc32c\": \"%08x\",%s".formatted(crc.getValue(), body));
            }
        },
        THE_ENTRY_OF_ANOTHER_CASE {
            @Override
            void on(Path entry, Path outside) throws IOException {
                Files.copy(entryOf("quiet", entry.getParent().getParent()), entry, StandardCopyOption.REPLACE_EXISTING);
            }
        },
        NOTHING_BUT_ZEROS {
            @Override
            void on(Path entry, Path outside) throws IOException {
                Files.write(entry, new byte[4096]);
            }
        },
        AN_UNREADABLE_FILE {
            @Override
            void on(Path entry, Path outside) throws IOException {
                Files.setPosixFilePermissions(entry, PosixFilePermissions.fromString("---------"));
                assumeThat(Files.isReadable(entry)).isFalse(); // root reads all
            }
        };

        abstract void on(Path entry, Path outside) throws Exception;
    }

    @TempDir
    Path folder;

    private EvalRuns runs;
    private Path outside;

    @BeforeEach
    void keep_both_answers() throws IOException {
        outside = Files.writeString(folder.resolve("outside"), "not ours");
        runs = EvalRuns.in(folder);
        assertThat(run()).containsExactlyInAnyOrder("attacked", "left alone");
    }

    private Set<String> run() {
        finish();
        return Set.copyOf(CALLED);
    }

    private Finished finish() {
        CALLED.clear();
        Finished run = runs.inAnotherJvm().run(Attacked.class);
        assertThat(run.ends().values()).extracting(end -> end.getStatus()).containsOnly(Status.SUCCESSFUL);
        assertThat(run.names()).hasSize(2);
        return run;
    }

    private static Path entryOf(String start, Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".json"))
                    .filter(file -> file.getParent().getFileName().toString().startsWith(start))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Path attacked() throws IOException {
        try (Stream<Path> files = Files.walk(runs.cacheDir())) {
            return files.filter(file -> file.getFileName().toString().endsWith(".json"))
                    .filter(file -> !file.getParent().getFileName().toString().startsWith("quiet"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @ParameterizedTest
    @EnumSource
    void in_place_of_an_entry_costs_one_call_and_one_line(Attack attack) throws Exception {
        Path entry = attacked();
        attack.on(entry, outside);

        Finished run = finish();

        assertThat(CALLED).containsExactly("attacked");
        assertThat((run.out() + run.err()).lines().filter(line -> line.contains("The cache entry")))
                .hasSize(1);
        assertThat((run.out() + run.err()).replaceAll("\\s+", "")).contains(entry.toString());
        assertThat(outside).hasContent("not ours");
        assertThat(folder.resolve("nothing")).doesNotExist();
        assertThat(run()).isEmpty();
    }

    @Test
    void a_folder_of_a_case_that_is_a_link_is_neither_read_nor_written() throws IOException {
        Path ofCase = attacked().getParent();
        Path elsewhere = Files.move(ofCase, folder.resolve("elsewhere"));
        Files.createSymbolicLink(ofCase, elsewhere);

        Finished run = finish();

        assertThat(CALLED).containsExactly("attacked");
        assertThat(run.out() + run.err()).contains("is a link");
        try (Stream<Path> files = Files.list(elsewhere)) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void a_cache_that_is_a_link_serves_as_any_other() throws IOException {
        Path elsewhere = Files.move(runs.cacheDir(), folder.resolve("elsewhere"));
        Files.createSymbolicLink(runs.cacheDir(), elsewhere);

        assertThat(run()).isEmpty();
        assertThat(Files.isSymbolicLink(runs.cacheDir())).isTrue();
    }

    @Test
    void foreign_files_and_folders_call_nothing_and_stay() throws IOException {
        Path ofCase = attacked().getParent();
        for (Path where : Set.of(ofCase, ofCase.getParent(), runs.cacheDir())) {
            Files.writeString(where.resolve("\u0001\u001b[31mred\n.json"), "{}");
            Files.createDirectories(where.resolve("1-00000000000000000000000000000000.json"));
            Files.createSymbolicLink(where.resolve("loop"), where);
        }

        assertThat(run()).isEmpty();
        assertThat(Files.exists(ofCase.resolve("loop"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
    }
}
