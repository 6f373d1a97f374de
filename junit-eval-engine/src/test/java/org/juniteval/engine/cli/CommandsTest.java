package org.juniteval.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.juniteval.engine.cli.Cli.Done;

/** What all commands have in common. */
class CommandsTest {

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void in_a_project() {
        cli = Cli.in(folder);
    }

    static Stream<String> commands() {
        return Stream.of(
                "",
                "cache",
                "completion",
                "cache ls",
                "cache show",
                "cache explain",
                "cache rm",
                "cache prune",
                "cache verify",
                "cache dir",
                "cache export",
                "cache import");
    }

    private static String[] words(String command, String... more) {
        List<String> words = new ArrayList<>(command.isEmpty() ? List.of() : List.of(command.split(" ")));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("commands")
    void every_help_says_what_it_is_for_and_fits_into_80_columns(String command) {
        Done done = cli.run(words(command, "--help"));

        assertThat(done.exitCode()).isZero();
        assertThat(done.err()).isEmpty();
        assertThat(done.lines().get(0)).endsWith(".");
        assertThat(done.out())
                .contains("Usage: " + (Commands.NAME + " " + command).strip() + " ")
                .contains("--help")
                .doesNotContain("\n\n\n");
        assertThat(done.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    @Test
    void the_first_help_documents_the_exit_codes() {
        assertThat(cli.run("--help").out())
                .contains("0   done", "1   nothing matched", "2   called in a wrong way", "130   interrupted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "cache",
                "nothing",
                "cache nothing",
                "cache ls --nothing",
                "cache ls extra",
                "cache ls --older-than 3",
                "cache ls --older-than -1d",
                "cache ls --older-than 1y",
                "cache show",
                "cache explain",
                "cache export",
                "cache import",
                "cache prune --keep many"
            })
    void a_wrong_use_ends_with_2_and_says_where_help_is(String arguments) {
        Done done = cli.run(words(arguments));

        assertThat(done.exitCode()).isEqualTo(2);
        assertThat(done.out()).isEmpty();
        assertThat(done.err())
                .startsWith("error: ")
                .contains("Try '" + Commands.NAME)
                .doesNotContain("Exception", "\tat ");
    }

    @Test
    void what_was_typed_wrong_is_shown_and_steers_no_terminal() {
        assertThat(cli.run("cache", "ls", "\u001b[31m").err())
                .contains("\\u001B[31m")
                .doesNotContain("\u001b");
    }

    @Test
    void what_begins_with_an_at_is_a_name_and_no_file_of_arguments() throws IOException {
        cli.answer("@home", 1, "v1", Duration.ofHours(1), "x");
        cli.answer("peru", 1, "v1", Duration.ofHours(1), "x");
        Path file = Files.writeString(folder.resolve("home"), "peru\n");

        assertThat(cli.run("cache", "ls", "--json", "--case", "@home").lines())
                .singleElement()
                .asString()
                .contains("@home");
        assertThat(cli.run("cache", "ls", "--case", "@" + file).exitCode()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cache ls", "cache ls --json", "cache verify", "cache dir", "completion", "--help"})
    void a_result_that_is_lost_on_a_full_disk_ends_with_1(String arguments) {
        cli.answer("peru", 1, "v1", Duration.ofHours(1), "x");

        Done done = cli.refusing("No space left on device").run(words(arguments));

        assertThat(done.exitCode()).isEqualTo(1);
        assertThat(done.err()).isEqualTo("error: what is printed is not complete: No space left on device\n");
    }

    @Test
    void a_reader_who_has_read_enough_is_no_error() {
        for (int sample = 1; sample <= 250; sample++) {
            cli.answer("peru", sample, "v1", Duration.ofHours(1), "x");
        }

        for (String arguments : List.of("cache ls", "cache explain [engine:eval]", "cache dir")) {
            Done done = cli.refusing("Broken pipe").run(words(arguments));

            assertThat(done.exitCode()).as(arguments).isZero();
            assertThat(done.err()).as(arguments).isEmpty();
        }
    }

    @Test
    void what_a_terminal_cannot_show_is_shown_in_another_way_in_errors_too() {
        Done done = cli.onPlainTerminal().run("cache", "explain", "nobody");

        assertThat(done.err()).contains("[suite:.]/.").doesNotContain("…");
    }

    @Test
    void the_version_is_told() {
        assertThat(cli.run("--version").out()).startsWith("junit-eval ");
    }

    @Test
    void the_completion_script_knows_the_commands_and_their_options() {
        assertThat(cli.run("completion").out())
                .startsWith("#!/usr/bin/env bash")
                .contains("complete -F _complete_junit-eval -o default junit-eval", "explain", "--older-than");
    }
}
