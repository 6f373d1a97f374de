package org.juniteval.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.juniteval.engine.cache.EntryKey;
import org.juniteval.engine.cli.Cli.Done;

class CacheCommandsTest {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void in_a_project() {
        cli = Cli.in(folder);
    }

    private void three_answers_and_a_score() {
        cli.answer("peru", 1, "v1", DAY.multipliedBy(40), "Lima");
        cli.answer("peru", 2, "v1", HOUR, "Lima!");
        cli.answer("com.acme.TopicEval", "classify", "short", "japan", 1, "v1", DAY, "cities");
        cli.score("peru", 2, "polite", HOUR);
    }

    @Nested
    class Ls {

        @BeforeEach
        void stored() {
            three_answers_and_a_score();
        }

        @Test
        void a_pipe_gets_values_with_tabs_between_them_under_their_names() {
            Done done = cli.run("cache", "ls");

            assertThat(done.exitCode()).isZero();
            assertThat(done.err()).isEmpty();
            assertThat(done.lines()).hasSize(5);
            assertThat(done.lines().get(0))
                    .isEqualTo("id\tsuite\teval\tvariant\tcase\tsample\tscorer\trun\tcreated\tbytes\tfile");
            assertThat(done.lines().subList(1, 5))
                    .allSatisfy(line -> assertThat(line.split("\t")).hasSize(11));
            assertThat(done.out())
                    .contains("\tcom.acme.CapitalsEval\tcapital\t\tperu\t2\tpolite\t1\t2026-11-20T11:00:00Z\t")
                    .contains("\tcom.acme.TopicEval\tclassify\tshort\tjapan\t1\t\t\t2026-11-19T12:00:00Z\t");
        }

        @Test
        void a_terminal_gets_a_table_with_the_names_of_reports_and_a_sum() {
            Done done = cli.onTerminal("").run("cache", "ls");

            assertThat(done.lines().get(0)).isEqualTo("ID          STORED              SIZE  ANSWER");
            assertThat(done.lines().get(1))
                    .matches("\\p{XDigit}{10}  2026-10-11 12:00  +\\d+ B  CapitalsEval.capital\\[peru]\\[1]");
            assertThat(done.out())
                    .contains("  CapitalsEval.capital[peru][2] polite 1\n")
                    .contains("  TopicEval.classify[short][japan][1]\n");
            assertThat(done.lines().get(5)).matches("3 answers, 1 score, [\\d.]+ k?B in .*cache");
        }

        @Test
        void json_is_one_object_a_line_of_the_documented_shape() {
            List<String> lines =
                    cli.run("cache", "ls", "--json", "--case", "japan").lines();

            assertThat(lines).hasSize(1);
            JsonNode json = new Done(0, lines.get(0), "").json();
            List<String> names = new ArrayList<>();
            json.fieldNames().forEachRemaining(names::add);
            assertThat(names)
                    .containsExactly(
                            "suite", "eval", "variant", "case", "sample", "created", "bytes", "fingerprint", "file");
            assertThat(json.path("sample").isInt()).isTrue();
            assertThat(cli.cache().resolve(json.path("file").asText())).isRegularFile();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "--suite TopicEval=1",
                    "--suite com.acme.*=4",
                    "--suite acme=0",
                    "--eval capital=3",
                    "--case per?=3",
                    "--case japan --case p*=4",
                    "--older-than 30d=1",
                    "--newer-than 90m=2",
                    "--older-than 90m --newer-than 2d=1",
                    "--suite TopicEval --case peru=0"
                })
        void every_option_narrows_it(String expectation) {
            String[] parts = expectation.split("=");
            List<String> arguments = new ArrayList<>(List.of("cache", "ls", "--json"));
            arguments.addAll(List.of(parts[0].split(" ")));

            Done done = cli.run(arguments.toArray(String[]::new));

            assertThat(done.lines()).hasSize(Integer.parseInt(parts[1]));
            assertThat(done.exitCode()).isEqualTo(parts[1].equals("0") ? 1 : 0);
        }

        @Test
        void nothing_that_matches_ends_with_1_and_says_where_it_looked() {
            Done done = cli.run("cache", "ls", "--case", "chile");

            assertThat(done.exitCode()).isEqualTo(1);
            assertThat(done.out()).isEmpty();
            assertThat(done.err()).contains("Nothing that matches is kept in " + cli.cache());
        }

        @Test
        void ids_with_control_characters_are_shown_and_do_nothing() {
            cli.answer("a\tb\nc\u001b[31m\u009b31m\u202e", 1, "v1", HOUR, "x");

            assertThat(cli.run("cache", "ls").out())
                    .contains("\ta\\tb\\nc\\u001B[31m\\u009B31m\\u202E\t")
                    .doesNotContain("\u001b", "\u009b", "\u202e");
            assertThat(cli.onTerminal("").run("cache", "ls").out()).doesNotContain("\u001b", "\u009b", "\u202e");
            assertThat(cli.run("cache", "ls", "--json").out()).doesNotContain("\u001b", "\u009b", "\u202e");
        }

        @ParameterizedTest
        @ValueSource(strings = {"+1000000000-12-31T23:59:59Z", "-1000000000-01-01T00:00:00Z", "1969-12-31T23:59:59Z"})
        void a_date_that_no_calendar_has_is_shown(String created) {
            EntryKey key = cli.answer("chile", 1, "v1", Duration.between(Instant.parse(created), Cli.NOON), "x");
            String year = created.substring(0, created.indexOf('-', 1));

            for (List<String> command : List.of(
                    List.of("ls"),
                    List.of("show", key.fingerprint()),
                    List.of("explain", key.fingerprint()),
                    List.of("rm", "--case", "chile", "--older-than", "1d", "--newer-than", "1d"))) {
                List<String> arguments = new ArrayList<>(List.of("cache"));
                arguments.addAll(command);

                Done done = cli.onTerminal("").run(arguments.toArray(String[]::new));

                assertThat(done.err()).doesNotContain("Exception");
                assertThat(done.exitCode()).isEqualTo(command.get(0).equals("rm") ? 1 : 0);
                if (!command.get(0).equals("rm")) {
                    assertThat(done.out()).contains(" " + year);
                }
            }
            assertThat(cli.run("cache", "prune", "--older-than", "1d", "--yes").err())
                    .doesNotContain("Exception");
        }

        @Test
        void what_it_does_not_know_is_passed_over() throws IOException {
            Path caseFolder = cli.cache().resolve(cli.files().get(0)).getParent();
            Files.writeString(caseFolder.resolve("notes.json"), "{}");
            Files.writeString(caseFolder.resolve("1-" + "0".repeat(32) + ".fault"), "");
            Files.createDirectories(cli.cache().resolve(".archive/2026-11-20T09-00-00.000Z"));
            Files.createDirectories(cli.cache().resolve("something else"));

            assertThat(cli.run("cache", "ls", "--json").lines()).hasSize(4);
        }
    }

    @Nested
    class Show {

        @Test
        void prints_all_that_is_kept_of_the_newest_answer_of_a_sample() {
            cli.answer("peru", 1, "v1", DAY, "Cusco");
            EntryKey key = cli.answer("peru", 1, "v2", HOUR, "Lima\nof course");

            Done done = cli.run(
                    "cache",
                    "show",
                    "[engine:eval]/[suite:com.acme.CapitalsEval]/[eval:capital(java.lang.String)]/[case:peru]");

            assertThat(done.exitCode()).isZero();
            assertThat(done.out())
                    .startsWith("CapitalsEval.capital[peru][1]\n")
                    .contains("  stored       2026-11-20 11:00\n")
                    .contains("  fingerprint  " + key.fingerprint() + "\n")
                    .contains("    code       " + key.components().get("code") + "\n")
                    .contains("               com.acme.Prompts.render(String)\n")
                    .contains("  input        peru?\n")
                    .contains("  output       Lima\n               of course\n")
                    .contains("  latency      0.25\n");
        }

        @Test
        void an_entry_is_named_by_the_beginning_of_its_fingerprint_or_by_its_file() {
            EntryKey key = cli.answer("peru", 1, "v1", DAY, "Cusco");
            cli.answer("peru", 1, "v2", HOUR, "Lima");
            String file = cli.files().stream()
                    .filter(name -> name.contains(key.fingerprint().substring(0, 32)))
                    .findFirst()
                    .orElseThrow();

            for (String id : List.of(
                    key.fingerprint().substring(0, 10),
                    key.fingerprint(),
                    file,
                    file.substring(file.lastIndexOf('/') + 1),
                    cli.cache().resolve(file).toString())) {
                assertThat(cli.run("cache", "show", id).out()).as(id).contains("output       Cusco");
            }
        }

        @Test
        void json_holds_components_what_they_consist_of_and_the_payload() {
            cli.answer("peru", 1, "v1", DAY, "Lima");

            JsonNode json = cli.run(
                            "cache",
                            "show",
                            "--json",
                            cli.files().stream()
                                    .filter(file -> file.contains("peru"))
                                    .findFirst()
                                    .orElseThrow())
                    .json();

            assertThat(json.path("case").asText()).isEqualTo("peru");
            assertThat(json.path("components").path("code").asText()).hasSize(64);
            assertThat(json.path("standsOn").path("code")).hasSize(2);
            assertThat(json.path("payload").path("output").asText()).isEqualTo("Lima");
        }

        @Test
        void an_id_of_several_answers_names_them() {
            cli.answer("peru", 1, "v1", DAY, "Lima");
            cli.answer("peru", 2, "v1", DAY, "Lima");

            Done done = cli.run(
                    "cache", "show", "[engine:eval]/[suite:com.acme.CapitalsEval]/[eval:capital()]/[case:peru]");

            assertThat(done.exitCode()).isEqualTo(2);
            assertThat(done.err())
                    .contains("means 2 answers", "CapitalsEval.capital[peru][1]", "CapitalsEval.capital[peru][2]");
        }

        @Test
        void an_id_of_many_answers_names_some_and_counts_the_others() {
            for (int sample = 1; sample <= 12; sample++) {
                cli.answer("peru", sample, "v1", DAY, "Lima");
            }

            assertThat(cli.run("cache", "show", "[engine:eval]").err())
                    .contains("means 12 answers")
                    .endsWith("\n  … and 2 more\n");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "nobody",
                    "abc",
                    "[engine:eval",
                    "[engine:junit-jupiter]/[class:X]",
                    "[engine:eval]/[odd:x]",
                    ""
                })
        void what_names_no_answer_is_a_wrong_use(String id) {
            cli.answer("peru", 1, "v1", DAY, "Lima");

            assertThat(cli.run("cache", "show", id).exitCode()).isEqualTo(2);
        }

        @Test
        void an_answer_that_is_not_there_ends_with_1() {
            cli.answer("peru", 1, "v1", DAY, "Lima");

            assertThat(cli.run("cache", "show", "0123456789abcdef").exitCode()).isEqualTo(1);
            assertThat(cli.run("cache", "show", "[engine:eval]/[suite:gone]").err())
                    .contains("no answer of [engine:eval]/[suite:gone] is kept in " + cli.cache());
        }

        @Test
        void nothing_in_an_answer_steers_a_terminal() {
            EntryKey key = cli.answer("peru", 1, "v1", DAY, "\u001b]0;owned\u0007 \u009b31m \u202e \r");

            assertThat(cli.onTerminal("")
                            .run("cache", "show", key.fingerprint())
                            .out())
                    .contains("\\u001B]0;owned\\u0007 \\u009B31m \\u202E")
                    .doesNotContain("\u001b", "\u009b", "\u202e", "\u0007", "\r");
        }
    }

    @Nested
    class Explain {

        private static final String SUITE = "[engine:eval]/[suite:com.acme.CapitalsEval]";
        private static final String CASE = SUITE + "/[eval:capital(java.lang.String)]/[case:peru]";

        @Test
        void tells_what_the_newest_stands_on_and_what_changed_since_each_earlier_one() {
            EntryKey first = cli.answer("peru", 1, "v1", DAY.multipliedBy(2), "Lima");
            EntryKey last = cli.answer("peru", 1, "v3", HOUR, "Lima");

            Done done = cli.run("cache", "explain", CASE);

            assertThat(done.exitCode()).isZero();
            assertThat(done.out())
                    .isEqualTo("CapitalsEval.capital[peru][1]\n"
                            + "  stored     2026-11-20 11:00  "
                            + last.fingerprint().substring(0, 10) + "\n"
                            + "  code       CapitalsEval.capital(String)\n"
                            + "             Prompts.render(String)\n"
                            + "  before     2026-11-18 12:00  "
                            + first.fingerprint().substring(0, 10)
                            + "  code changed: Prompts.render(String)\n");
        }

        @Test
        void a_single_answer_says_that_there_is_none_before_it() {
            cli.answer("peru", 1, "v1", DAY, "Lima");

            assertThat(cli.run("cache", "explain", CASE).out()).contains("no other answer of this sample is kept");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    SUITE,
                    CASE,
                    "uid:" + CASE,
                    CASE + "/[sample:1]",
                    CASE + "/[verdict:case]",
                    SUITE + "/[eval:capital(java.lang.String)]/[gate:mean%28exact%29]",
                    "[engine:junit-platform-suite]/[suite:com.acme.AllEvals]/" + CASE + "/[sample:1]"
                })
        void takes_every_id_that_the_Platform_prints(String id) {
            cli.answer("peru", 1, "v1", DAY, "Lima");
            cli.answer("com.acme.TopicEval", "classify", "", "peru", 1, "v1", DAY, "cities");

            Done done = cli.run("cache", "explain", id);

            assertThat(done.exitCode()).as(done.err()).isZero();
            assertThat(done.out()).contains("CapitalsEval.capital[peru][1]").doesNotContain("TopicEval");
        }

        @Test
        void an_id_may_hold_what_the_Platform_encodes() {
            cli.answer("a/b:[c] 100%+ü", 1, "v1", DAY, "x");

            Done done = cli.run(
                    "cache",
                    "explain",
                    SUITE + "/[eval:capital(java.lang.String)]/[case:a%2Fb%3A%5Bc%5D 100%25%2Bü]/[sample:1]");

            assertThat(done.out()).as(done.err()).startsWith("CapitalsEval.capital[a/b:[c] 100%+ü][1]");
        }

        @Test
        void variants_are_apart() {
            cli.answer("com.acme.TopicEval", "classify", "short", "peru", 1, "v1", DAY, "a");
            cli.answer("com.acme.TopicEval", "classify", "long", "peru", 1, "v1", DAY, "b");

            assertThat(cli.run(
                                    "cache",
                                    "explain",
                                    "[engine:eval]/[suite:com.acme.TopicEval]/[eval:classify()]/[variant:long]/[case:peru]")
                            .out())
                    .contains("[long][peru]")
                    .doesNotContain("short")
                    .contains("no other answer of this sample");
        }

        @Test
        void an_entry_stands_for_its_sample() {
            EntryKey first = cli.answer("peru", 1, "v1", DAY, "Lima");
            cli.answer("peru", 1, "v2", HOUR, "Lima");

            assertThat(cli.run("cache", "explain", first.fingerprint().substring(0, 8))
                            .out())
                    .contains("before     2026-11-19 12:00  "
                            + first.fingerprint().substring(0, 10) + "  code changed: Prompts.render(String)");
        }

        @Test
        void the_samples_of_many_cases_each_with_their_own_earlier_ones() {
            for (String id : List.of("chile", "peru")) {
                for (int sample = 1; sample <= 2; sample++) {
                    cli.answer(id, sample, "v1", DAY, "x");
                    cli.answer(id, sample, "v2", HOUR, "x");
                }
            }
            cli.answer("com.acme.TopicEval", "capital", "", "peru", 1, "v1", DAY, "x");

            assertThat(cli.run("cache", "explain", "[engine:eval]").lines())
                    .filteredOn(line -> !line.startsWith("  ") || line.startsWith("  before"))
                    .extracting(line -> line.replaceFirst("  before .*  ", "- "))
                    .containsExactly(
                            "CapitalsEval.capital[chile][1]",
                            "- code changed: Prompts.render(String)",
                            "CapitalsEval.capital[chile][2]",
                            "- code changed: Prompts.render(String)",
                            "CapitalsEval.capital[peru][1]",
                            "- code changed: Prompts.render(String)",
                            "CapitalsEval.capital[peru][2]",
                            "- code changed: Prompts.render(String)",
                            "TopicEval.capital[peru][1]",
                            "- no other answer of this sample is kept");
        }

        @Test
        void json_holds_every_earlier_answer_with_its_changes() {
            cli.answer("peru", 1, "v1", DAY, "Lima");
            cli.answer("peru", 1, "v2", HOUR, "Lima");

            JsonNode json = cli.run("cache", "explain", "--json", CASE).json();

            assertThat(json.path("standsOn").path("code")).hasSize(2);
            assertThat(json.path("before")).hasSize(1);
            assertThat(json.path("before").get(0).path("changes").asText())
                    .isEqualTo("code changed: Prompts.render(String)");
        }
    }

    @Nested
    class Rm {

        @BeforeEach
        void stored() {
            three_answers_and_a_score();
        }

        @Test
        void nothing_selected_is_a_wrong_use_and_removes_nothing() {
            List<String> before = cli.files();

            Done done = cli.run("cache", "rm", "--yes");

            assertThat(done.exitCode()).isEqualTo(2);
            assertThat(done.err()).contains("say what to remove", "--all");
            assertThat(cli.files()).isEqualTo(before);
        }

        @Test
        void all_and_a_filter_is_a_wrong_use_and_removes_nothing() {
            List<String> before = cli.files();

            assertThat(cli.run("cache", "rm", "--all", "--case", "peru", "--yes")
                            .exitCode())
                    .isEqualTo(2);
            assertThat(cli.files()).isEqualTo(before);
        }

        @Test
        void a_pipe_is_shown_what_would_go_and_refused_without_yes() {
            List<String> before = cli.files();

            Done done = cli.run("cache", "rm", "--case", "japan");

            assertThat(done.exitCode()).isEqualTo(2);
            assertThat(done.out()).contains("TopicEval.classify[short][japan][1]");
            assertThat(done.err()).contains("add --yes");
            assertThat(cli.files()).isEqualTo(before);
        }

        @Test
        void yes_removes_what_matches_with_the_folders_that_are_empty_then() {
            Done done = cli.run("cache", "rm", "--case", "peru", "--yes");

            assertThat(done.exitCode()).isZero();
            assertThat(done.out()).contains("Removed 3 files.");
            assertThat(cli.run("cache", "ls", "--json").lines()).hasSize(1);
            assertThat(cli.files()).noneMatch(file -> file.contains("/peru"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "n\n", "\n", "maybe\n"})
        void a_terminal_that_does_not_say_yes_keeps_everything(String typed) {
            List<String> before = cli.files();

            Done done = cli.onTerminal(typed).run("cache", "rm", "--case", "peru");

            assertThat(done.exitCode()).isEqualTo(1);
            assertThat(done.err()).contains("Remove 3 files,", "[y/N]", "Nothing was removed.");
            assertThat(cli.files()).isEqualTo(before);
        }

        @Test
        void what_is_left_where_the_system_refuses_is_counted() throws IOException {
            Path caseFolder = cli.cache().resolve(cli.files().get(0)).getParent();
            Set<PosixFilePermission> all = Files.getPosixFilePermissions(caseFolder);
            Path other =
                    cli.cache().resolve(cli.files().get(cli.files().size() - 2)).getParent();
            Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("r-xr-xr-x"));
            assumeFalse(Files.isWritable(other), "this user may write everywhere");
            try {
                Done done = cli.run("cache", "rm", "--newer-than", "52w", "--yes");

                assertThat(done.exitCode()).isEqualTo(1);
                assertThat(done.out()).endsWith("Removed 3 files.\n");
                assertThat(done.err()).contains("access is denied");
            } finally {
                Files.setPosixFilePermissions(other, all);
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"y\n", "YES\n", " yes "})
        void a_terminal_that_says_yes_is_obeyed(String typed) {
            assertThat(cli.onTerminal(typed)
                            .run("cache", "rm", "--case", "peru")
                            .exitCode())
                    .isZero();
            assertThat(cli.run("cache", "ls", "--json").lines()).hasSize(1);
        }

        @Test
        void all_removes_everything_of_ours_and_nothing_else() throws IOException {
            Path foreign = Files.writeString(cli.cache().resolve("README"), "mine");
            Path archive = cli.cache().resolve(".archive/2026-11-20T09-00-00.000Z");
            archived(archive);

            assertThat(cli.run("cache", "rm", "--all", "--yes").exitCode()).isZero();

            assertThat(cli.files()).containsExactly("README");
            assertThat(foreign).hasContent("mine");
            assertThat(archive.getParent()).doesNotExist();
            assertThat(cli.cache().resolve(".gitignore")).exists();
            assertThat(cli.run("cache", "rm", "--all", "--yes").exitCode()).isEqualTo(1);
        }
    }

    /** Moves what is stored into an archive as a run would, and stores it again. */
    private void archived(Path archive) throws IOException {
        Files.createDirectories(archive);
        Files.writeString(archive.resolve(".gitignore"), "*\n");
        for (String file : cli.files()) {
            if (file.endsWith(".json") && !file.startsWith(".archive")) {
                Files.createDirectories(archive.resolve(file).getParent());
                Files.copy(cli.cache().resolve(file), archive.resolve(file));
            }
        }
    }

    @Nested
    class Prune {

        @Test
        void a_cache_of_answers_that_are_all_in_use_stays_as_it_is() {
            three_answers_and_a_score();
            List<String> before = cli.files();

            Done done = cli.run("cache", "prune");

            assertThat(done.exitCode()).isZero();
            assertThat(done.err()).contains("Nothing to remove");
            assertThat(cli.files()).isEqualTo(before);
        }

        @Test
        void leftovers_of_killed_runs_and_damaged_files_go_without_a_question() throws IOException {
            three_answers_and_a_score();
            List<String> before = cli.files();
            Path entry = cli.cache().resolve(before.get(0));
            Path old = aged(entry.resolveSibling(entry.getFileName() + ".0123456789ab-7.tmp"), Duration.ofHours(2));
            Path young = aged(entry.resolveSibling(entry.getFileName() + ".0123456789ab-8.tmp"), Duration.ofMinutes(5));
            Path corrupt = aged(entry.resolveSibling(entry.getFileName() + ".corrupt-1"), Duration.ZERO);

            assertThat(cli.run("cache", "prune").exitCode()).isZero();

            assertThat(old).doesNotExist();
            assertThat(corrupt).doesNotExist();
            assertThat(young).exists();
            assertThat(cli.files()).containsAll(before);
        }

        private Path aged(Path file, Duration age) throws IOException {
            Files.writeString(file, "");
            return Files.setLastModifiedTime(file, FileTime.from(Cli.NOON.minus(age)));
        }

        @Test
        void old_answers_go_when_it_is_said_and_with_them_what_they_stood_on() {
            cli.answer("peru", 1, "v1", DAY.multipliedBy(40), "Lima");
            cli.answer("peru", 1, "v2", DAY, "Lima");

            assertThat(cli.run("cache", "prune", "--older-than", "30d").exitCode())
                    .isEqualTo(2);
            assertThat(cli.run("cache", "prune", "--older-than", "30d", "--yes").exitCode())
                    .isZero();

            assertThat(cli.run("cache", "ls", "--json").lines()).hasSize(1);
            assertThat(cli.files()).filteredOn(file -> file.contains("/slice-")).hasSize(1);
            assertThat(cli.run("cache", "verify").exitCode()).isZero();
        }

        @Test
        void what_an_entry_about_the_code_names_stays() {
            EntryKey key = cli.answer("peru", 1, "v1", DAY, "Lima");
            cli.answer("peru", 1, "v2", DAY, "Lima");
            cli.aboutTheCode("also", key.components().get("code"));
            cli.run("cache", "rm", "--case", "peru", "--yes");

            assertThat(cli.run("cache", "prune").out()).contains("Removed 1 file.");

            assertThat(cli.files())
                    .hasSize(2)
                    .anyMatch(file -> file.endsWith(
                            "/code-" + key.components().get("code").substring(0, 32) + ".json"));
        }

        @Test
        void what_a_run_may_just_have_written_stays() {
            cli.answer("peru", 1, "v1", Duration.ofMinutes(10), "Lima");
            cli.run("cache", "rm", "--case", "peru", "--yes");

            cli.run("cache", "prune");

            assertThat(cli.files()).singleElement().asString().contains("/slice-");
        }

        @Test
        void answers_that_have_newer_ones_go_when_it_is_said() {
            cli.answer("peru", 1, "v1", DAY.multipliedBy(3), "1");
            cli.answer("peru", 1, "v2", DAY.multipliedBy(2), "2");
            cli.answer("peru", 1, "v3", DAY, "3");
            cli.answer("peru", 2, "v1", DAY.multipliedBy(3), "other sample");
            cli.answer("com.acme.CapitalsEval", "capital", "short", "peru", 1, "v1", DAY.multipliedBy(3), "variant");

            assertThat(cli.onTerminal("y").run("cache", "prune", "--keep", "2").exitCode())
                    .isZero();
            assertThat(cli.run("cache", "ls", "--json").lines()).hasSize(4);

            assertThat(cli.run("cache", "prune", "--keep", "1", "--yes").exitCode())
                    .isZero();
            assertThat(cli.run("cache", "ls", "--json").lines()).hasSize(3);
            assertThat(cli.run("cache", "prune", "--keep", "0", "--yes").exitCode())
                    .isEqualTo(2);
        }

        @Test
        void archives_and_marks_of_faults_go_when_they_are_older_than_it_is_said() throws IOException {
            cli.answer("peru", 1, "v1", DAY, "Lima");
            List<String> before = cli.files();
            Path archive = cli.cache().resolve(".archive/2026-10-01T09-00-00.000Z");
            archived(archive);
            for (String file : cli.files()) {
                if (file.startsWith(".archive")) {
                    Files.setLastModifiedTime(
                            cli.cache().resolve(file), FileTime.from(Cli.NOON.minus(DAY.multipliedBy(50))));
                }
            }
            Path entry = cli.cache().resolve(before.get(0));
            aged(entry.resolveSibling("2-" + "0".repeat(32) + ".fault"), DAY.multipliedBy(50));

            cli.run("cache", "prune", "--yes");
            assertThat(archive).exists();
            cli.run("cache", "prune", "--older-than", "60d", "--yes");
            assertThat(archive).exists();
            cli.run("cache", "prune", "--older-than", "30d", "--yes");

            assertThat(cli.files()).isEqualTo(before);
            assertThat(archive.getParent()).doesNotExist();
        }
    }

    @Nested
    class Verify {

        @Test
        void a_whole_cache_ends_with_0() {
            three_answers_and_a_score();

            Done done = cli.run("cache", "verify");

            assertThat(done.exitCode()).isZero();
            assertThat(done.out()).isEqualTo("6 entries are whole, none is not\n");
        }

        @Test
        void each_broken_file_is_named_with_what_is_wrong() throws IOException {
            three_answers_and_a_score();
            List<String> files = cli.files();
            Path edited = cli.cache().resolve(files.get(0));
            Files.writeString(edited, Files.readString(edited).replace("peru", "PERU"));
            Path torn = cli.cache().resolve(files.get(1));
            Files.writeString(torn, Files.readString(torn).substring(0, 100));
            Path moved = cli.cache().resolve(files.get(2));
            Path to = moved.resolveSibling("9-" + "0".repeat(32) + ".json");
            Files.move(moved, to);

            Done done = cli.run("cache", "verify");

            assertThat(done.exitCode()).isEqualTo(1);
            assertThat(done.out())
                    .contains(files.get(0) + ": its checksum differs")
                    .contains(files.get(1) + ": its checksum differs")
                    .contains(cli.cache().relativize(to) + ": it is the entry that belongs to " + files.get(2))
                    .endsWith("3 entries are whole, 3 are not\n");
            assertThat(cli.run("cache", "verify", "--json").lines())
                    .hasSize(3)
                    .allSatisfy(line -> assertThat(new Done(0, line, "").json().fieldNames())
                            .toIterable()
                            .containsExactly("file", "why"));
        }
    }

    @Nested
    class Dir {

        @Test
        void is_found_from_any_folder_of_the_module() throws IOException {
            Path deep = Files.createDirectories(folder.resolve("src/test/java"));

            assertThat(cli.runIn(deep, "cache", "dir").out()).isEqualTo(cli.cache() + "\n");
        }

        @Test
        void the_environment_and_the_option_say_otherwise() throws IOException {
            Path deep = Files.createDirectories(folder.resolve("src"));
            Cli other = cli.with("EVAL_CACHE_DIR", "answers");

            assertThat(other.runIn(deep, "cache", "dir").out()).isEqualTo(folder.resolve("answers") + "\n");
            assertThat(other.runIn(deep, "cache", "dir", "--cache-dir", "mine").out())
                    .isEqualTo(deep.resolve("mine") + "\n");
            assertThat(other.runIn(deep, "cache", "--cache-dir", "mine", "dir").out())
                    .isEqualTo(deep.resolve("mine") + "\n");
        }

        @Test
        void the_module_s_own_properties_say_otherwise_and_the_environment_outranks_them() throws IOException {
            Files.createDirectories(folder.resolve("src/test/resources"));
            Files.writeString(
                    folder.resolve("src/test/resources/junit-platform.properties"), "eval.cache.dir = committed\n");

            assertThat(cli.run("cache", "dir").out()).isEqualTo(folder.resolve("committed") + "\n");
            assertThat(cli.with("EVAL_CACHE_DIR", "answers").run("cache", "dir").out())
                    .isEqualTo(folder.resolve("answers") + "\n");
        }

        @Test
        void a_cache_that_is_not_there_is_told_where_it_would_be() {
            for (String command : List.of("ls", "verify", "prune", "rm --all --yes", "export x.zip")) {
                List<String> arguments = new ArrayList<>(List.of("cache"));
                arguments.addAll(List.of(command.split(" ")));

                Done done = cli.run(arguments.toArray(String[]::new));

                assertThat(done.exitCode()).as(command).isEqualTo(1);
                assertThat(done.err()).contains("there is no cache at " + cli.cache(), "--cache-dir");
            }
        }
    }

    @Nested
    class Export_and_import {

        @Test
        void a_cache_goes_through_one_file_and_is_the_same() {
            three_answers_and_a_score();
            List<String> before = cli.files();

            Done exported = cli.run("cache", "export", "answers.zip");
            Done imported = cli.run("cache", "import", "answers.zip", "--cache-dir", "copy");

            assertThat(exported.exitCode()).isZero();
            assertThat(exported.out()).startsWith("6 entries in " + folder.resolve("answers.zip"));
            assertThat(imported.exitCode()).isZero();
            assertThat(imported.out()).isEqualTo("6 added, 0 skipped (no later than what is here), 0 refused\n");
            assertThat(before)
                    .allSatisfy(file -> assertThat(folder.resolve("copy").resolve(file))
                            .hasSameBinaryContentAs(cli.cache().resolve(file)));
        }

        @Test
        void the_same_entries_make_the_same_file() throws IOException {
            three_answers_and_a_score();
            cli.run("cache", "export", "one.zip");
            cli.run("cache", "import", "one.zip", "--cache-dir", "copy");

            cli.run("cache", "export", "two.zip", "--cache-dir", "copy");

            assertThat(folder.resolve("two.zip")).hasSameBinaryContentAs(folder.resolve("one.zip"));
            try (ZipFile zip = new ZipFile(folder.resolve("one.zip").toFile())) {
                assertThat(zip.stream().map(ZipEntry::getName)).isSorted().isEqualTo(cli.files());
                assertThat(zip.stream().map(ZipEntry::getTimeLocal).map(Object::toString))
                        .contains("2026-10-11T12:00");
            }
        }

        @Test
        void a_file_that_is_there_is_replaced_only_when_that_is_said() throws IOException {
            three_answers_and_a_score();
            Path file = Files.writeString(folder.resolve("answers.zip"), "mine");

            assertThat(cli.run("cache", "export", "answers.zip").exitCode()).isEqualTo(2);
            assertThat(file).hasContent("mine");
            assertThat(cli.run("cache", "export", "answers.zip", "--overwrite").exitCode())
                    .isZero();
            assertThat(cli.run("cache", "verify", "--cache-dir", "answers.zip").exitCode())
                    .isZero();
            assertThat(folder).isDirectoryNotContaining(left -> left.toString().endsWith(".tmp"));
        }

        @Test
        void a_file_that_cannot_be_there_is_told_by_its_name() {
            three_answers_and_a_score();

            Done inNoFolder = cli.run("cache", "export", "nowhere/answers.zip");
            Done folderItself = cli.run("cache", "export", ".eval", "--overwrite");

            assertThat(inNoFolder.exitCode()).isEqualTo(2);
            assertThat(inNoFolder.err()).isEqualTo("error: there is no folder " + folder.resolve("nowhere") + "\n");
            assertThat(folderItself.exitCode()).isEqualTo(2);
            assertThat(folderItself.err()).contains(folder.resolve(".eval") + " is a folder; name a file in it");
        }

        @Test
        void what_keeps_all_entries_out_is_told_once() {
            Path nowhere = Path.of("/proc/junit-eval");
            assumeTrue(Files.isDirectory(nowhere.getParent()), "nobody may write there on Linux");
            three_answers_and_a_score();
            cli.run("cache", "export", "answers.zip");

            Done done = cli.run("cache", "import", "answers.zip", "--cache-dir", nowhere.toString());

            assertThat(done.exitCode()).isEqualTo(1);
            assertThat(done.out()).isEqualTo("0 added, 0 skipped (no later than what is here), 6 refused\n");
            assertThat(done.err().lines())
                    .singleElement()
                    .asString()
                    .contains("Answers cannot be stored in " + nowhere);
        }

        @Test
        void what_is_broken_is_left_out_and_named() throws IOException {
            three_answers_and_a_score();
            Path torn = cli.cache().resolve(cli.files().get(0));
            Files.writeString(torn, "{");

            Done done = cli.run("cache", "export", "answers.zip");

            assertThat(done.exitCode()).isZero();
            assertThat(done.out()).startsWith("5 entries");
            assertThat(done.err()).contains("left out: " + cli.files().get(0));
        }

        @Test
        void a_later_answer_stays_unless_that_is_said() {
            cli.answer("peru", 1, "v1", DAY, "yesterday's");
            cli.run("cache", "export", "answers.zip");
            EntryKey key = cli.answer("peru", 1, "v1", HOUR, "today's");

            Done skipped = cli.run("cache", "import", "answers.zip");
            assertThat(skipped.exitCode()).isZero();
            assertThat(skipped.out()).startsWith("0 added, 2 skipped");
            assertThat(cli.run("cache", "show", key.fingerprint()).out()).contains("today's");

            Done added = cli.run("cache", "import", "answers.zip", "--overwrite");
            assertThat(added.out()).startsWith("1 added, 1 skipped");
            assertThat(cli.run("cache", "show", key.fingerprint()).out()).contains("yesterday's");
        }

        @Test
        void an_earlier_answer_gives_way() {
            cli.answer("peru", 1, "v1", HOUR, "today's");
            cli.run("cache", "export", "answers.zip");
            EntryKey key = cli.answer("peru", 1, "v1", DAY, "yesterday's");

            assertThat(cli.run("cache", "import", "answers.zip").out()).startsWith("1 added, 1 skipped");
            assertThat(cli.run("cache", "show", key.fingerprint()).out()).contains("today's");
        }

        @Test
        void what_reads_only_reads_an_exported_file_too_and_what_writes_does_not() {
            three_answers_and_a_score();
            cli.run("cache", "export", "answers.zip");
            Cli file = cli.with("EVAL_CACHE_DIR", "answers.zip");

            assertThat(file.run("cache", "ls").out())
                    .isEqualTo(cli.run("cache", "ls").out());
            assertThat(file.run("cache", "explain", "[engine:eval]").out())
                    .isEqualTo(cli.run("cache", "explain", "[engine:eval]").out())
                    .contains("Prompts.render(String)");
            assertThat(file.run("cache", "verify").exitCode()).isZero();
            assertThat(file.run("cache", "rm", "--all", "--yes").exitCode()).isEqualTo(2);
            assertThat(file.run("cache", "prune").err()).contains("is a file, which is only read");
        }

        @Test
        void a_file_that_is_no_export_is_told() throws IOException {
            Files.writeString(folder.resolve("answers.txt"), "Lima");

            assertThat(cli.run("cache", "import", "answers.txt").err())
                    .contains(folder.resolve("answers.txt") + " is no exported cache: it is no zip");
            assertThat(cli.run("cache", "import", "absent.zip").err()).contains("there is no such file");
            assertThat(cli.run("cache", "import", "absent.zip").exitCode()).isEqualTo(1);
        }
    }

    @Nested
    class A_hostile_file {

        private final List<String> names = List.of(
                "../../escaped.json",
                "/absolute.json",
                "C:\\windows.json",
                "a/../../b.json",
                "\u001b[31mred.json",
                "com.acme.CapitalsEval-00000000/x-00000000/y-00000000/1-" + "0".repeat(32) + ".json");

        @Test
        void writes_nowhere_but_where_entries_belong() throws IOException {
            EntryKey key = cli.answer("peru", 1, "v1", DAY, "Lima");
            byte[] entry = Files.readAllBytes(cli.cache().resolve(cli.files().get(0)));
            zip(names, entry);

            Done done = cli.run("cache", "import", "evil.zip", "--cache-dir", "in/copy");

            assertThat(done.exitCode()).isEqualTo(1);
            assertThat(done.out()).startsWith("0 added, 0 skipped").contains("6 refused");
            assertThat(done.err()).contains("refused: ../../escaped.json").doesNotContain("\u001b");
            try (var files = Files.walk(folder)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .noneMatch(name -> name.matches("(escaped|absolute|b|.*windows|.*red)\\.json"));
            }
            assertThat(folder.resolve("in")).doesNotExist();
            assertThat(key.caseId()).isEqualTo("peru");
        }

        @Test
        void that_unpacks_to_much_more_than_it_takes_is_refused_and_fills_no_memory() throws IOException {
            byte[] zeros = new byte[1 << 20];
            try (var zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("evil.zip")))) {
                for (int i = 0; i < 4; i++) {
                    zip.putNextEntry(new ZipEntry(i + "-bomb.json"));
                    for (int mb = 0; mb < 65; mb++) {
                        zip.write(zeros);
                    }
                }
            }

            Done done = cli.run("cache", "import", "evil.zip");

            assertThat(done.exitCode()).isEqualTo(1);
            assertThat(done.err()).contains("it is larger than 64 MB").contains("it unpacks to more than");
        }

        private void zip(List<String> names, byte[] content) throws IOException {
            try (var zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("evil.zip")))) {
                for (String name : names) {
                    zip.putNextEntry(new ZipEntry(name));
                    zip.write(content);
                }
            }
        }
    }

    /** Links out of the folder, files of others, a gigabyte of nothing, JSON without end, names that steer a terminal. */
    @Nested
    class A_hostile_folder {

        private Path outside;

        @BeforeEach
        void build() throws IOException {
            three_answers_and_a_score();
            outside = Files.createDirectories(folder.resolve("outside/x-00000000/y-00000000"));
            Files.writeString(outside.resolve("1-" + "0".repeat(32) + ".json"), "precious");
            Files.writeString(outside.resolve("1-" + "0".repeat(32) + ".json.corrupt-1"), "precious");
            Path root = cli.cache();
            Files.createSymbolicLink(root.resolve("link-00000000"), folder.resolve("outside"));
            Files.createSymbolicLink(root.resolve(".archive"), folder.resolve("outside"));
            Path caseFolder = root.resolve(cli.files().stream()
                            .filter(file -> file.contains("peru"))
                            .findFirst()
                            .orElseThrow())
                    .getParent();
            Files.createSymbolicLink(
                    caseFolder.resolve("2-" + "1".repeat(32) + ".json"),
                    outside.resolve("1-" + "0".repeat(32) + ".json"));
            Files.createSymbolicLink(
                    caseFolder.resolve("2-" + "1".repeat(32) + ".json.corrupt-1"),
                    outside.resolve("1-" + "0".repeat(32) + ".json"));
            try (var sparse = new RandomAccessFile(
                    caseFolder.resolve("3-" + "2".repeat(32) + ".json").toFile(), "rw")) {
                sparse.setLength(1L << 30);
            }
            Files.writeString(
                    caseFolder.resolve("4-" + "3".repeat(32) + ".json"),
                    "{ \"format\": 1, \"crc32c\": \"00000000\"," + "[".repeat(1_000_000));
            Files.createDirectory(caseFolder.resolve("5-" + "4".repeat(32) + ".json"));
            Files.writeString(caseFolder.resolve("5-" + "4".repeat(32) + ".json/mine"), "mine");
            Files.writeString(caseFolder.resolve("\u001b[31m-" + "5".repeat(32) + ".json"), "{}");
            Files.writeString(root.resolve("notes.txt"), "mine");
        }

        private void nothing_of_others_is_touched() {
            assertThat(outside.resolve("1-" + "0".repeat(32) + ".json")).hasContent("precious");
            assertThat(outside.resolve("1-" + "0".repeat(32) + ".json.corrupt-1"))
                    .hasContent("precious");
            assertThat(cli.cache().resolve("notes.txt")).hasContent("mine");
            assertThat(cli.cache().resolve("link-00000000")).isSymbolicLink();
            assertThat(cli.files()).anyMatch(file -> file.endsWith("4.json/mine"));
        }

        @Test
        void is_listed_and_verified() {
            assertThat(cli.run("cache", "ls", "--json").lines()).hasSize(4);

            Done verified = cli.run("cache", "verify");

            assertThat(verified.exitCode()).isEqualTo(1);
            assertThat(verified.out())
                    .contains("link-00000000: it is a link")
                    .contains("it is larger than 64 MB")
                    .contains("it is not a regular file")
                    .contains("\\u001B[31m-")
                    .doesNotContain("\u001b");
            nothing_of_others_is_touched();
        }

        @Test
        void is_exported_without_what_is_no_entry() {
            assertThat(cli.run("cache", "export", "answers.zip").out()).startsWith("6 entries");
            assertThat(cli.run("cache", "explain", "[engine:eval]").exitCode()).isZero();
            nothing_of_others_is_touched();
        }

        @Test
        void loses_only_what_is_ours() {
            assertThat(cli.run("cache", "prune", "--older-than", "1m", "--yes").exitCode())
                    .isZero();
            nothing_of_others_is_touched();

            assertThat(cli.run("cache", "rm", "--all", "--yes").exitCode()).isZero();
            nothing_of_others_is_touched();
            assertThat(cli.run("cache", "ls").exitCode()).isEqualTo(1);
        }
    }
}
