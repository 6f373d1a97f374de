package org.juniteval.engine.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.juniteval.engine.it.Suites.CALLS;
import static org.juniteval.engine.it.Suites.rows;
import static org.juniteval.engine.it.Suites.suite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Ids and outputs that would leave a folder or break a file. */
class HostileTextIT {

    private static final List<String> IDS = List.of(
            "../../x",
            "/etc/x",
            "a/b",
            "a\\b",
            "CON",
            "con",
            "..",
            ".",
            "x".repeat(300),
            "\ud83d\ude00",
            "[x]",
            "%00",
            "<&\">",
            "é",
            "e\u0301");

    @Stand.Every
    void ids_stay_in_the_cache_s_folder_and_whole_in_the_reports(Stand stand) throws IOException {
        MavenProject project = stand.project("hostile-ids")
                .java(CALLS)
                .java(suite("""
                        @Dataset("rows.jsonl")
                        @Samples(value = 2, required = 1)
                        class EchoEval {

                            @Eval
                            String echoes(String input) {
                                Calls.note(input);
                                return input;
                            }

                            @Scorer
                            boolean exact(String answer, @Expected String expected) {
                                return answer.equals(expected);
                            }
                        }
                        """))
                .resource("demo/rows.jsonl", rows(IDS.toArray(String[]::new)));
        Set<Path> neighbours = childrenOf(project.directory().getParent());

        MavenRun first = project.evals();
        MavenRun second = project.evals();

        List<String> names = IDS.stream()
                .flatMap(id -> Stream.of("[1]", "[2]", "[verdict]").map(leaf -> "echoes[" + id + "]" + leaf))
                .sorted()
                .toList();
        for (MavenRun run : List.of(first, second)) {
            assertThat(run.exitCode()).as(run.console()).isZero();
            assertThat(run.names()).isEqualTo(names);
            assertThat(run.ownReports())
                    .singleElement()
                    .satisfies(report -> assertThat(report.testcases())
                            .extracting(MavenRun.Testcase::name)
                            .containsExactlyInAnyOrderElementsOf(names));
        }
        assertThat(project.calls()).hasSize(2 * IDS.size());
        assertThat(childrenOf(project.directory().getParent())).isEqualTo(neighbours);
        assertThat(childrenOf(project.directory()))
                .extracting(path -> path.getFileName().toString())
                .containsExactlyInAnyOrder(".eval", ".mvn", "build-1.log", "build-2.log", "pom.xml", "src", "target");
        try (Stream<Path> cached = Files.walk(project.directory().resolve(".eval/cache"))) {
            List<Path> files = cached.toList();
            assertThat(files)
                    .allSatisfy(file -> assertThat(file.getFileName().toString())
                            .matches("[\\p{ASCII}&&[^\\p{Cntrl}<>:\"|?*\\\\]]*")
                            .hasSizeLessThanOrEqualTo(80));
            assertThat(files)
                    .filteredOn(file -> file.getFileName().toString().matches("[12]-\\p{XDigit}{32}\\.json"))
                    .hasSize(2 * IDS.size());
        }
    }

    @Stand.Every
    void outputs_leave_every_report_well_formed_and_every_testcase_in_it(Stand stand) {
        MavenProject project = stand.project("hostile-outputs")
                .java(suite("""
                        @Dataset("rows.jsonl")
                        class HostileEval {

                            @Eval
                            String answers(String input) {
                                String answer = switch (input) {
                                    case "control" -> "\\0 \\1 \\b \\f \\177";
                                    case "cdata" -> "]]> <![CDATA[ &amp; &#0; <?xml?>";
                                    case "html" -> "<script>alert(1)</script>";
                                    case "ansi" -> "\\033[31mred\\033[0m \\033]0;title\\007";
                                    case "long" -> "x".repeat(10_000_000);
                                    case "noncharacter" -> "\\ufffe \\uffff";
                                    default -> "\\ud83d";
                                };
                                System.out.println(input.equals("noncharacter") ? input : answer);
                                return answer;
                            }

                            @Scorer
                            boolean exact(String answer, @Expected String expected) {
                                return answer.equals(expected);
                            }
                        }
                        """))
                .resource(
                        "demo/rows.jsonl",
                        rows("control", "cdata", "html", "ansi", "long", "noncharacter", "surrogate"));

        MavenRun run = project.evals();

        assertThat(run.exitCode()).isEqualTo(1);
        List<String> names = Stream.of("control", "cdata", "html", "ansi", "long", "noncharacter", "surrogate")
                .map(id -> "answers[" + id + "]")
                .sorted()
                .toList();
        assertThat(run.names()).isEqualTo(names);
        assertThat(run.names(it -> it.outcome().equals("passed"))).isEmpty();
        assertThat(run.report("demo.HostileEval").testcase("answers[cdata]").text())
                .contains("]]>");
        assertThat(run.report("demo.HostileEval").testcase("answers[html]").text())
                .contains("<script>");
        assertThat(run.report("demo.HostileEval").testcase("answers[long]").text())
                .hasSizeLessThan(1_000_000);
        assertThat(run.report("demo.HostileEval").testcase("answers[long]").systemOut())
                .hasSizeLessThan(5_000_000);
        assertThat(run.ownReports())
                .singleElement()
                .satisfies(report -> assertThat(report.testcases())
                        .extracting(MavenRun.Testcase::name)
                        .containsExactlyInAnyOrderElementsOf(names));
    }

    @Stand.Every
    void ids_and_reasons_that_xml_cannot_hold_leave_every_report_well_formed(Stand stand) {
        MavenProject project = stand.project("hostile-names")
                .java(suite("""
                        @Dataset("rows.jsonl")
                        class NamesEval {

                            @Eval
                            String echoes(String input) {
                                return input;
                            }

                            @org.junit.jupiter.api.Disabled("not yet \\ufffe")
                            @Eval
                            String left(String input) {
                                return input;
                            }

                            @Scorer
                            boolean any(String answer) {
                                return true;
                            }
                        }
                        """))
                .dependsOn("org.junit.jupiter:junit-jupiter-api")
                .resource("demo/rows.jsonl", rows("\ufffe", "\u0000\u001b[31m", "\u202e"));

        MavenRun run = project.evals();

        assertThat(run.exitCode()).as(run.console()).isZero();
        List<String> names = List.of("echoes[\\u0000\\u001B[31m]", "echoes[\\u202E]", "echoes[\\uFFFE]");
        assertThat(run.names(it -> it.outcome().equals("passed"))).isEqualTo(names);
        assertThat(run.testcases()).hasSize(4);
        assertThat(run.ownReports())
                .singleElement()
                .satisfies(report -> assertThat(report.testcases())
                        .extracting(MavenRun.Testcase::name)
                        .containsExactlyInAnyOrderElementsOf(names));
    }

    private static Set<Path> childrenOf(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.collect(Collectors.toSet());
        }
    }
}
