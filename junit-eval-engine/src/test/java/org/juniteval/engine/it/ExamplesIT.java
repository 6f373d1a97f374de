package org.juniteval.engine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The examples, run as the README says in a fresh clone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExamplesIT {

    private static final String EVALS = "examples/target/surefire-reports-evals";

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
        assertThat(second.console()).contains("600 cached").doesNotContain(" called");
    }

    @Test
    void what_the_README_shows_of_a_run_is_what_they_print() {
        // Which cases are worst may depend on the processor: a quantized model does not compute alike on all.
        assertThat(shape(first.console()))
                .containsSequence(shape(shown("TopicEval").get(0).split("\n {2}worst")[0]));
    }

    @Test
    void a_failing_suite_fails_the_build_and_says_all_of_it() {
        MavenRun red = clone.mvn(Stream.concat(Stream.of(Readme.mvn("-pl examples")), Stream.of("-Pred"))
                .toArray(String[]::new));

        assertThat(red.succeeded()).as(red.console()).isFalse();
        assertThat(shown("ReplyRedEval"))
                .isNotEmpty()
                .allSatisfy(story -> assertThat(shape(red.console())).containsSequence(shape(story)));
        assertThat(red.reports(EVALS).stream()
                        .filter(report -> report.file().equals("TEST-com.example.shop.ReplyRedEval.xml"))
                        .flatMap(report -> report.testcases().stream())
                        .filter(leaf -> !leaf.outcome().equals("passed"))
                        .map(leaf -> leaf.name() + " " + leaf.outcome() + ": "
                                + leaf.text().lines().findFirst().orElse("")))
                .containsExactlyInAnyOrder();
    }

    private static List<String> shown(String suite) {
        return Readme.blocks().stream()
                .filter(block -> block.place().equals(suite))
                .map(Readme.Block::text)
                .toList();
    }

    /** Lines without what differs from run to run: figures, bars, and blanks that align them. */
    private static List<String> shape(String console) {
        return console.lines()
                .map(line -> line.replaceAll("[0-9][0-9.,]*( (ms|s|min))?", "#")
                        .replaceAll("[█░]+", "=")
                        .replaceAll(" +", " ")
                        .strip())
                .toList();
    }
}
