package org.juniteval.engine.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.juniteval.engine.it.Suites.CALLS;
import static org.juniteval.engine.it.Suites.CAPITALS;
import static org.juniteval.engine.it.Suites.CAPITALS_JSONL;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.juniteval.engine.cache.EntryKey;
import org.juniteval.engine.cache.FileStore;

/** The command line's one jar, as a process, beside a project that Maven has run. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class CommandLineIT {

    private static final String SAMPLE = "[engine:eval]/[suite:demo.CapitalsEval]"
            + "/[eval:answersCapital(java.lang.String, org.juniteval.SampleContext)]/[case:peru]/[sample:1]";

    private MavenProject project;

    @BeforeAll
    void run_the_suite() {
        project = Stand.values()[0]
                .project("command-line")
                .java(CALLS)
                .java(CAPITALS)
                .resource("demo/capitals.jsonl", CAPITALS_JSONL);
        assertThat(project.evals().names()).hasSize(16);
    }

    private MavenRun cli(String... arguments) {
        List<String> command =
                new ArrayList<>(List.of("-jar", MavenProject.commandLine().toString()));
        command.addAll(List.of(arguments));
        return project.java(command);
    }

    @Test
    void lists_explains_and_checks_what_the_run_has_kept() {
        MavenRun list = cli("cache", "ls");
        assertThat(list.exitCode()).as(list.console()).isZero();
        assertThat(list.console().lines()).hasSizeGreaterThan(12);
        assertThat(list.console())
                .startsWith("id\tsuite\t")
                .contains("\tdemo.CapitalsEval\tanswersCapital\t\tperu\t1\t");

        MavenRun explained = cli("cache", "explain", SAMPLE);
        assertThat(explained.exitCode()).as(explained.console()).isZero();
        assertThat(explained.console()).contains("CapitalsEval.answersCapital(");

        assertThat(cli("cache", "verify").exitCode()).isZero();
        assertThat(cli("cache", "dir").console().strip())
                .isEqualTo(project.directory().resolve(".eval/cache").toString());
    }

    @Test
    void moves_a_cache_through_one_file_that_a_run_replays() throws IOException {
        assertThat(cli("cache", "export", "target/answers.zip", "--overwrite").exitCode())
                .isZero();
        MavenRun imported = cli("cache", "import", "target/answers.zip", "--cache-dir", "target/copy");
        assertThat(imported.exitCode()).as(imported.console()).isZero();
        assertThat(withoutSizes(cli("cache", "ls", "--cache-dir", "target/copy")))
                .isEqualTo(withoutSizes(cli("cache", "ls")));

        int calls = project.calls().size();
        MavenRun replayed = project.evals("-Deval.cache.mode=replay", "-Deval.cache.dir=target/answers.zip");
        assertThat(replayed.names()).as(replayed.console()).hasSize(16);
        assertThat(project.calls()).hasSize(calls);
    }

    /** A number may be written in fewer characters when it is written again. */
    private static String withoutSizes(MavenRun list) {
        return list.console().replaceAll("\\t\\d+\\t(?=\\S+\\.json)", "\t");
    }

    @Test
    void says_2_to_a_wrong_use_and_1_where_nothing_matches() {
        assertThat(cli("cache", "rm").exitCode()).isEqualTo(2);
        assertThat(cli("cache", "rm", "--all").exitCode()).isEqualTo(2);
        assertThat(cli("cache", "ls", "--case", "atlantis").exitCode()).isEqualTo(1);
    }

    @Test
    void says_130_when_it_is_interrupted() throws Exception {
        // What nobody reads fills the pipe, so the list does not end by itself.
        Process list = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        MavenProject.commandLine().toString(),
                        "cache",
                        "ls",
                        "--json",
                        "--cache-dir",
                        longList().toString())
                .start();
        try (InputStream out = list.getInputStream()) {
            assertThat(out.read()).isEqualTo('{');
            assumeThat(ignoresInterrupts(list))
                    .as("whoever started us ignores Ctrl-C")
                    .isFalse();

            new ProcessBuilder("kill", "-INT", Long.toString(list.pid()))
                    .start()
                    .waitFor();

            assertThat(list.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(list.exitValue()).isEqualTo(130);
        } finally {
            list.destroyForcibly();
        }
    }

    /** A cache whose list is longer than a pipe holds. */
    private Path longList() {
        Path folder = project.directory().resolve("target/long");
        try (FileStore store = FileStore.open(folder)) {
            for (int i = 0; i < 200; i++) {
                String hash = "%064x".formatted(i);
                store.put(
                        new EntryKey("demo.LongEval", "echoes", i + "x".repeat(2_000), "1", hash, new TreeMap<>()),
                        JsonNodeFactory.instance.objectNode());
            }
        }
        return folder;
    }

    /** Linux tells; elsewhere nobody who builds this starts it so. */
    private static boolean ignoresInterrupts(Process process) throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith("SigIgn:"))
                        .anyMatch(line ->
                                (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    }

    @Test
    void the_library_s_main_class_says_what_it_lacks() throws IOException {
        Path engine = MavenProject.commandLine()
                .resolveSibling(
                        MavenProject.commandLine().getFileName().toString().replace("-cli.jar", ".jar"));
        String classPath = System.getProperty("java.class.path");
        List<String> withoutPicocli = List.of(classPath.split(File.pathSeparator)).stream()
                .filter(entry -> entry.contains("jackson"))
                .toList();

        MavenRun run = project.java(List.of(
                "-cp",
                engine + File.pathSeparator + String.join(File.pathSeparator, withoutPicocli),
                "org.juniteval.engine.cli.Main",
                "cache",
                "ls"));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.console()).contains("needs picocli").doesNotContain("\tat ");
    }

    @Test
    void the_jar_brings_no_test_engine_and_no_JUnit() throws IOException {
        try (JarFile jar = new JarFile(MavenProject.commandLine().toFile())) {
            assertThat(jar.stream().map(Object::toString))
                    .contains("picocli/CommandLine.class", "META-INF/LICENSE", "META-INF/NOTICE")
                    .noneMatch(name -> name.startsWith("org/junit/")
                            || name.equals("META-INF/services/org.junit.platform.engine.TestEngine"));
        }
    }
}
