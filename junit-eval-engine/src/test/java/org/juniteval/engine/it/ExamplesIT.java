package org.juniteval.engine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
    void the_picture_on_top_of_the_README_is_what_they_print() {
        String picture = Readme.blocks().get(0).text();

        assertThat(shape(first.console())).containsSequence(shape(picture));
    }

    /** Lines without what differs from machine to machine: figures, bars and which cases are worst. */
    private static List<String> shape(String console) {
        return console.lines()
                .map(line -> line.replaceAll("[0-9][0-9.,]*( (ms|s|min))?", "#")
                        .replaceAll("[█░]+", "=")
                        .replaceAll(" +", " ")
                        .strip())
                .toList();
    }
}
