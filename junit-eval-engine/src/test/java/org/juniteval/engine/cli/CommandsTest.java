package org.juniteval.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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
                .contains("--help");
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
