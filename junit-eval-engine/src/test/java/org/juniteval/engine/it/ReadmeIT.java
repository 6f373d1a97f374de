package org.juniteval.engine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.juniteval.engine.run.Settings;

/** What the README says, done in a project that holds what it says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadmeIT {

    private static final String EVALS = "target/surefire-reports-evals";

    private MavenProject project;
    private MavenRun first;

    @BeforeAll
    void do_what_the_five_minutes_say() {
        project = new MavenProject("readme", "3.5.6")
                .pasted(Readme.pasted("pom.xml dependencies"), Readme.pasted("pom.xml plugins"));
        Readme.blocks().stream()
                .filter(block -> block.place().startsWith("src/"))
                .forEach(block -> project.file(block.place(), block.text()));
        first = project.mvn(Readme.mvn("-Dtest=CapitalsEval"));
    }

    @Test
    void every_block_is_text_a_command_or_a_file_of_the_project() {
        assertThat(Readme.blocks())
                .isNotEmpty()
                .allSatisfy(block -> assertThat(block.place())
                        .as(block.text())
                        .matches(
                                switch (block.language()) {
                                    case "text" -> "(\\w+Eval)?";
                                    case "sh" -> "";
                                    case "kotlin" -> "build\\.gradle\\.kts";
                                    case "xml" -> "pom\\.xml (dependencies|plugins)";
                                    case "java" -> "src/(main|test)/java/\\S+\\.java";
                                    default -> "src/test/resources/\\S+\\." + block.language();
                                }));
    }

    @Test
    void the_command_of_the_five_minutes_runs_the_suite() {
        assertThat(first.succeeded()).as(first.console()).isTrue();
        assertThat(first.reports(EVALS)).singleElement().satisfies(report -> {
            assertThat(report.file()).isEqualTo("TEST-com.acme.CapitalsEval.xml");
            assertThat(report.failures() + report.errors() + report.skipped()).isZero();
        });
        assertThat(first.console()).contains("CapitalsEval.answersCapital").contains("9 called");
    }

    @Test
    void the_leaves_are_called_as_the_page_says() {
        List<String> names = first.reports(EVALS).get(0).testcases().stream()
                .map(MavenRun.Testcase::name)
                .toList();
        assertThat(Pattern.compile("`(answersCapital\\[[^`]+)`")
                        .matcher(Readme.text())
                        .results())
                .isNotEmpty()
                .allSatisfy(name -> assertThat(names).contains(name.group(1)));
    }

    @Test
    void the_same_command_again_calls_nothing() {
        MavenRun second = project.mvn(Readme.mvn("-Dtest=CapitalsEval"));

        assertThat(second.succeeded()).as(second.console()).isTrue();
        assertThat(second.console()).contains("9 cached · 0 called");
    }

    @Test
    void a_plain_mvn_test_runs_no_eval_and_mvn_verify_runs_all() {
        assertThat(project.mvn("test").console()).doesNotContain("Eval").contains("BUILD SUCCESS");

        MavenRun verify = project.mvn("verify", "-DskipTests");
        assertThat(verify.succeeded()).as(verify.console()).isTrue();
        assertThat(verify.reports(EVALS))
                .extracting(MavenRun.Report::file)
                .containsExactly("TEST-com.acme.CapitalsEval.xml", "TEST-com.acme.LettersEval.xml");
    }

    @Test
    void every_documented_property_is_in_the_report() throws IOException {
        project.mvn("verify", "-DskipTests");
        String xml = Files.readString(project.directory().resolve("target/eval-reports/TEST-com.acme.LettersEval.xml"));
        String others =
                Files.readString(project.directory().resolve("target/eval-reports/TEST-com.acme.CapitalsEval.xml"));

        assertThat(Readme.firstCells("Property"))
                .flatExtracting(cell -> List.of(cell.split(", ")))
                .isNotEmpty()
                .allSatisfy(name -> assertThat(xml + others)
                        .containsPattern("<property name=\""
                                + name.replace(".", "\\.").replace("…", "\\w+").replaceAll("<\\w+>", "\\\\w+") + "\""));
    }

    @Test
    void the_cache_lies_where_the_page_says_and_ignores_itself() {
        assertThat(project.directory().resolve(".eval/cache/.gitignore")).isRegularFile();
        assertThat(project.directory().resolve("target/eval-reports/TEST-com.acme.CapitalsEval.xml"))
                .isRegularFile();
    }

    @Test
    void every_line_of_the_command_line_does_something() throws IOException {
        Path copy = Files.createDirectories(project.directory().resolve("target/command-line"));
        Files.copy(
                project.directory().resolve("pom.xml"), copy.resolve("pom.xml"), StandardCopyOption.REPLACE_EXISTING);
        project.java(List.of(
                "-jar",
                MavenProject.commandLine().toString(),
                "cache",
                "export",
                copy.resolve("all.zip") + "",
                "--overwrite"));
        List<String> lines = new ArrayList<>(List.of("junit-eval cache import all.zip"));
        Readme.blocks().stream()
                .filter(block -> block.language().equals("sh"))
                .flatMap(block -> block.text().lines())
                .filter(line -> line.startsWith("junit-eval "))
                .forEach(lines::add);
        assertThat(lines).hasSizeGreaterThan(9);

        for (String line : lines) {
            List<String> command = new ArrayList<>(List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-jar",
                    MavenProject.commandLine().toString()));
            for (String word : line.substring("junit-eval ".length()).split(" +")) {
                command.add(word.replace("'", ""));
            }
            MavenRun run = MavenProject.run(copy, copy.resolve("command.log"), command);
            assertThat(run.exitCode()).as(line + "\n" + run.console()).isZero();
        }
        assertThat(Files.readString(Readme.ROOT.resolve("README.md")))
                .contains("junit-eval-engine-" + System.getProperty("project.version", "0.1.0-SNAPSHOT") + "-cli.jar");
    }

    @Test
    void every_key_is_documented_and_no_other() {
        assertThat(Readme.firstCells("Key")).containsExactlyInAnyOrderElementsOf(Settings.KEYS);
    }

    @Test
    void the_modules_files_and_profiles_that_the_page_names_exist() {
        Set<String> links = Pattern.compile("\\]\\((?!http)([^)]+)\\)")
                .matcher(Readme.text())
                .results()
                .map(link -> link.group(1))
                .collect(java.util.stream.Collectors.toSet());
        assertThat(links)
                .allSatisfy(link -> assertThat(Readme.ROOT.resolve(link)).exists());
        assertThat(Readme.ROOT.resolve("examples/pom.xml")).content().contains("<id>red</id>");
        assertThat(Files.isDirectory(Readme.ROOT.resolve("junit-eval-engine"))).isTrue();
    }
}
