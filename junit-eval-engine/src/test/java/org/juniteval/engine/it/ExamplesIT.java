package org.juniteval.engine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The examples, run as the README says in a fresh clone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExamplesIT {

    private static final String EVALS = "examples/target/surefire-reports-evals";

    private static final String OVERLOADED =
            "@Eval reply threw java.lang.IllegalStateException: 503 from the provider: the model is overloaded";

    private Clone clone;
    private MavenRun first;

    @BeforeAll
    void run_the_first_command(@TempDir Path directory) throws IOException {
        clone = new Clone(directory.resolve("clone"));
        first = clone.mvn(Readme.mvn("-pl examples"));
    }

    @Test
    void the_first_command_runs_every_example_and_they_pass() {
        assertThat(first.succeeded()).as(first.console()).isTrue();
        assertThat(first.reports(EVALS))
                .extracting(MavenRun.Report::file)
                .containsExactly(
                        "TEST-com.example.shop.HandbookEval.xml",
                        "TEST-com.example.shop.LabelPromptEval.xml",
                        "TEST-com.example.shop.SupportDeskEval.xml",
                        "TEST-com.example.shop.TopicEval.xml");
        assertThat(first.reports(EVALS)).allSatisfy(report -> {
            assertThat(report.failures() + report.errors()).isZero();
            assertThat(report.tests()).isPositive();
        });
    }

    @Test
    void run_again_they_call_nothing() {
        MavenRun second = clone.mvn(Readme.mvn("-pl examples"));

        assertThat(second.succeeded()).as(second.console()).isTrue();
        assertThat(Pattern.compile("answers  .* (\\d+) called")
                        .matcher(second.console())
                        .results())
                .hasSize(9)
                .allSatisfy(answers -> assertThat(answers.group(1)).isEqualTo("0"));
    }

    @Test
    void what_the_README_shows_of_a_run_is_what_they_print() {
        // Which cases are worst may depend on the processor: a quantized model does not compute alike on all.
        assertThat(shape(evals(first)))
                .contains(shape(shown("TopicEval").get(0).split("\n {2}worst")[0]))
                .contains(shape(shown("SupportDeskEval").get(0)));
    }

    @Test
    void a_failing_suite_fails_the_build_and_says_all_of_it() {
        MavenRun red = clone.mvn(Stream.concat(Stream.of(Readme.mvn("-pl examples")), Stream.of("-Pred"))
                .toArray(String[]::new));

        assertThat(red.succeeded()).as(red.console()).isFalse();
        assertThat(shown("ReplyRedEval"))
                .isNotEmpty()
                .allSatisfy(story -> assertThat(shape(evals(red))).contains(shape(story)));
        assertThat(notPassed(red, "examples/target/eval-reports"))
                .containsExactlyInAnyOrder(
                        "error classify [dataset]: red-broken.jsonl:2:1 expected is \"PARROTS\", which is no Topic;"
                                + " ReplyRedEval.exact takes it as Topic",
                        "skipped reply[one-slip][3]: tolerated by required = 2 of 3: saysSo missed:"
                                + " expected \"60 euros\" but was \"From 50 euros on.\"",
                        "skipped reply[mostly-wrong][1]: tolerated by required = 2 of 3: saysSo missed:"
                                + " expected \"ten years\" but was \"Two years.\"",
                        "skipped reply[mostly-wrong][3]: tolerated by required = 2 of 3: saysSo missed:"
                                + " expected \"ten years\" but was \"Two years, like everything.\"",
                        "failure reply[mostly-wrong][verdict]: 1 of 3 samples passed; required: 2",
                        "failure reply[rude][2]: polite missed: Expecting actual:",
                        "error reply[overloaded-once][2]: " + OVERLOADED,
                        "error reply[overloaded-twice][2]: " + OVERLOADED,
                        "error reply[overloaded-twice][3]: " + OVERLOADED,
                        "failure reply[overloaded-twice][verdict]: undecided: 1 of 3 samples passed, 2 faulted;"
                                + " required: 2",
                        "failure reply[gate: mean(brief)]: mean(brief) is 0.948413, required: at least 0.97,"
                                + " whatever the 3 faulted would have scored");
        assertThat(names(notPassed(red, EVALS))).isEqualTo(names(notPassed(red, "examples/target/eval-reports")));
    }

    /** Outcome, name and first line of each leaf of the failing suite that did not pass. */
    private static List<String> notPassed(MavenRun run, String folder) {
        return run.reports(folder).stream()
                .filter(report -> report.file().equals("TEST-com.example.shop.ReplyRedEval.xml"))
                .flatMap(report -> report.testcases().stream())
                .filter(leaf -> !leaf.outcome().equals("passed"))
                .map(leaf -> leaf.outcome() + " " + leaf.name() + ": "
                        + leaf.text().lines().findFirst().orElse(""))
                .map(line -> line.replaceAll("\\(\\w+\\.java:\\d+\\)", ""))
                .toList();
    }

    private static List<String> names(List<String> leaves) {
        return leaves.stream()
                .map(leaf -> leaf.substring(0, leaf.indexOf(": ")))
                .sorted()
                .toList();
    }

    /** What was printed from the evals' execution on. */
    private static String evals(MavenRun run) {
        return run.console().substring(run.console().indexOf("(evals)") + 1);
    }

    private static List<String> shown(String suite) {
        return Readme.blocks().stream()
                .filter(block -> block.place().equals(suite))
                .map(Readme.Block::text)
                .toList();
    }

    /** Without what differs from run to run: figures, bars, and where lines are broken and aligned. */
    private static String shape(String console) {
        return console.replaceAll("(< )?[0-9][0-9.,]*( (ms|s|min))?", "#")
                .replaceAll("[█░]+", "=")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
