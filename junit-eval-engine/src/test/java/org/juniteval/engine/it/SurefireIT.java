package org.juniteval.engine.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.juniteval.engine.it.Suites.CALLS;
import static org.juniteval.engine.it.Suites.CAPITALS;
import static org.juniteval.engine.it.Suites.CAPITALS_JSONL;
import static org.juniteval.engine.it.Suites.suite;

import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.juniteval.engine.it.MavenRun.Report;
import org.juniteval.engine.it.MavenRun.Testcase;

/** What Surefire's reports, filters, reruns and forks make of suites. */
class SurefireIT {

    private static final List<String> CAPITAL_NAMES = List.of(
            "answersCapital[australia][1]",
            "answersCapital[australia][2]",
            "answersCapital[australia][3]",
            "answersCapital[australia][verdict]",
            "answersCapital[france][1]",
            "answersCapital[france][2]",
            "answersCapital[france][3]",
            "answersCapital[france][verdict]",
            "answersCapital[peru][1]",
            "answersCapital[peru][2]",
            "answersCapital[peru][3]",
            "answersCapital[peru][verdict]");

    private static final List<String> CONTINENT_NAMES = List.of(
            "answersContinent[australia]",
            "answersContinent[france]",
            "answersContinent[gate: mean(known)]",
            "answersContinent[peru]");

    private static final List<String> ALL_NAMES =
            Stream.concat(CAPITAL_NAMES.stream(), CONTINENT_NAMES.stream()).toList();

    private static final Map<Stand, MavenProject> PROJECTS = new EnumMap<>(Stand.class);
    private static final Map<Stand, MavenRun> FIRST_RUNS = new EnumMap<>(Stand.class);

    private static MavenProject capitals(Stand stand) {
        return PROJECTS.computeIfAbsent(
                stand,
                it -> it.project("capitals")
                        .java(CALLS)
                        .java(CAPITALS)
                        .resource("demo/capitals.jsonl", CAPITALS_JSONL));
    }

    private static MavenRun firstRun(Stand stand) {
        return FIRST_RUNS.computeIfAbsent(stand, it -> capitals(it).mvn("verify"));
    }

    private static Report of(MavenRun run) {
        return run.report("demo.CapitalsEval");
    }

    /** Runs the suites again; the first run has filled the cache. */
    private static MavenRun again(Stand stand, String... arguments) {
        firstRun(stand);
        return capitals(stand).evals(arguments);
    }

    @Nested
    class The_report_of_a_suite {

        @Stand.Every
        void names_each_sample_verdict_and_gate_once(Stand stand) {
            assertThat(firstRun(stand).names()).isEqualTo(ALL_NAMES);
        }

        @Stand.Every
        void lies_in_one_file_under_the_suite_s_class(Stand stand) {
            MavenRun run = firstRun(stand);

            assertThat(run.reports()).extracting(Report::file).containsExactly("TEST-demo.CapitalsEval.xml");
            assertThat(run.testcases()).extracting(Testcase::classname).containsOnly("demo.CapitalsEval");
        }

        @Stand.Every
        void counts_leaves_and_makes_the_build_red(Stand stand) {
            MavenRun run = firstRun(stand);
            Report report = run.report("demo.CapitalsEval");

            assertThat(run.exitCode()).isEqualTo(1);
            assertThat(run.console()).contains("Tests run: 16, Failures: 2, Errors: 0, Skipped: 4");
            assertThat(List.of(report.tests(), report.failures(), report.errors(), report.skipped()))
                    .containsExactly(16, 2, 0, 4);
        }

        @Stand.Every
        void fails_the_verdict_and_the_gate_and_nothing_else(Stand stand) {
            assertThat(firstRun(stand).names(it -> it.outcome().equals("failure")))
                    .containsExactly("answersCapital[australia][verdict]", "answersContinent[gate: mean(known)]");
        }

        @Stand.Every
        void skips_a_lifted_miss_and_says_what_lifted_it_and_what_was_expected(Stand stand) {
            MavenRun run = firstRun(stand);

            assertThat(run.names(it -> it.outcome().equals("skipped")))
                    .containsExactly(
                            "answersCapital[australia][1]",
                            "answersCapital[australia][2]",
                            "answersCapital[france][2]",
                            "answersContinent[australia]");
            assertThat(run.testcases())
                    .filteredOn(it -> it.outcome().equals("skipped"))
                    .allSatisfy(it -> assertThat(it.text()).startsWith("tolerated by"));
            assertThat(of(run).testcase("answersCapital[france][2]").text())
                    .contains("Paris")
                    .contains("Lyon")
                    .contains("capitals.jsonl:2");
        }

        @Stand.Every
        void says_in_a_failure_what_was_required_and_what_was_there(Stand stand) {
            MavenRun run = firstRun(stand);

            assertThat(of(run).testcase("answersCapital[australia][verdict]").text())
                    .contains("1 of 3")
                    .contains("2")
                    .contains("capitals.jsonl:3");
            assertThat(of(run).testcase("answersContinent[gate: mean(known)]").text())
                    .contains("0.9")
                    .contains("0.66");
        }

        @Stand.Every
        void gives_each_testcase_the_output_of_its_own_sample(Stand stand) {
            MavenRun run = firstRun(stand);

            for (String country : List.of("Peru", "France", "Australia")) {
                String id = country.toLowerCase(Locale.ROOT);
                for (int i = 1; i <= 3; i++) {
                    assertThat(of(run).testcase("answersCapital[" + id + "][" + i + "]")
                                    .systemOut()
                                    .strip())
                            .isEqualTo("asked for the capital of " + country + " " + i);
                }
                assertThat(of(run).testcase("answersCapital[" + id + "][verdict]")
                                .systemOut())
                        .doesNotContain("asked");
                assertThat(of(run).testcase("answersContinent[" + id + "]")
                                .systemOut()
                                .strip())
                        .isEqualTo("asked for the continent of " + country);
            }
        }

        @Stand.Every
        void shows_the_summary_of_an_eval_once(Stand stand) {
            for (String eval : List.of("answersCapital", "answersContinent")) {
                assertThat(firstRun(stand).console().lines())
                        .filteredOn(line -> line.startsWith("CapitalsEval." + eval + " "))
                        .hasSize(1);
            }
        }

        @Stand.Every
        void has_an_equal_in_the_engine_s_own_report(Stand stand) {
            MavenRun run = firstRun(stand);

            assertThat(run.ownReports()).hasSize(1);
            assertThat(run.ownReports().get(0).testcases())
                    .extracting(it -> it.classname() + "." + it.name() + " " + it.outcome())
                    .containsExactlyInAnyOrderElementsOf(run.testcases().stream()
                            .map(it -> it.classname() + "." + it.name() + " " + it.outcome())
                            .toList());
        }

        @Stand.Every
        void is_the_same_on_a_second_run_that_calls_no_model(Stand stand) {
            MavenRun first = firstRun(stand);
            List<String> calls = capitals(stand).calls();

            MavenRun second = again(stand);

            assertThat(calls).hasSize(12).doesNotHaveDuplicates();
            assertThat(capitals(stand).calls()).isEqualTo(calls);
            assertThat(second.testcases())
                    .extracting(Testcase::name, Testcase::outcome)
                    .containsExactlyInAnyOrderElementsOf(first.testcases().stream()
                            .map(it -> tuple(it.name(), it.outcome()))
                            .toList());
        }
    }

    @Nested
    class A_filter {

        @Stand.Every
        void leaves_evals_out_of_a_plain_mvn_test(Stand stand) {
            MavenProject project = stand.project("plain-test")
                    .dependsOn("org.junit.jupiter:junit-jupiter")
                    .java(CALLS)
                    .java(CAPITALS)
                    .resource("demo/capitals.jsonl", CAPITALS_JSONL)
                    .java("""
                            package demo;

                            class PlainTest {

                                @org.junit.jupiter.api.Test
                                void passes() {}
                            }
                            """);

            MavenRun run = project.mvn("test");

            assertThat(run.exitCode()).as(run.console()).isZero();
            assertThat(run.names()).containsExactly("passes");
            assertThat(project.calls()).isEmpty();
        }

        @Stand.Every
        void by_class_runs_the_suite(Stand stand) {
            assertThat(again(stand, "-Dtest=CapitalsEval").names()).isEqualTo(ALL_NAMES);
        }

        @Stand.Every
        void by_method_runs_that_eval(Stand stand) {
            MavenRun run = again(stand, "-Dtest=CapitalsEval#answersContinent");

            assertThat(run.names()).isEqualTo(CONTINENT_NAMES);
            assertThat(of(run).testcase("answersContinent[gate: mean(known)]").outcome())
                    .isEqualTo("failure");
        }

        @Stand.Every
        void by_a_pattern_of_methods_runs_the_evals_that_match(Stand stand) {
            assertThat(again(stand, "-Dtest=CapitalsEval#answersCa*").names()).isEqualTo(CAPITAL_NAMES);
            assertThat(again(stand, "-Dtest=CapitalsEval#a*").names()).isEqualTo(ALL_NAMES);
        }

        @Stand.Every
        void by_group_runs_the_evals_that_carry_the_tag_themselves_or_from_their_suite(Stand stand) {
            assertThat(again(stand, "-Dgroups=geo & !capital").names()).isEqualTo(CONTINENT_NAMES);
        }

        @Stand.Every
        void by_excluded_group_leaves_out_the_evals_that_carry_the_tag(Stand stand) {
            assertThat(again(stand, "-DexcludedGroups=capital").names()).isEqualTo(CONTINENT_NAMES);
            assertThat(again(stand, "-DexcludedGroups=eval").names()).isEmpty();
        }
    }

    @Nested
    class A_rerun {

        private static final String RERUN = "-Dsurefire.rerunFailingTestsCount=2";

        @Stand.Every
        void of_a_miss_reads_the_remembered_outcome(Stand stand) {
            MavenRun run = again(stand, RERUN);

            assertThat(run.exitCode()).as(run.console()).isEqualTo(1);
            assertThat(run.console()).doesNotContain("Flakes: 1").doesNotContain("Flakes: 2");
            assertThat(run.names()).isEqualTo(ALL_NAMES);
            assertThat(run.names(it -> it.outcome().equals("failure")))
                    .containsExactly("answersCapital[australia][verdict]", "answersContinent[gate: mean(known)]");
            assertThat(capitals(stand).calls()).hasSize(12);
        }

        @Stand.Every
        void never_makes_best_of_n_of_a_model_that_is_wrong_once_but_tries_a_fault_again(Stand stand) {
            MavenProject project = stand.project("reruns")
                    .java(CALLS)
                    .java(once("Wrong", "return \"Cusco\";"))
                    .java(once("Down", "throw new IllegalStateException(\"503 the model is down\");"));

            MavenRun run = project.evals(RERUN, "-Deval.cache.mode=off");

            assertThat(run.exitCode()).as(run.console()).isEqualTo(1);
            assertThat(project.calls()).containsExactlyInAnyOrder("Wrong", "Down", "Down");
            Testcase wrong = run.report("demo.WrongOnceEval").testcase("answersCapital[peru]");
            assertThat(wrong.outcome()).isEqualTo("failure");
            assertThat(wrong.reruns()).containsExactly("rerunFailure", "rerunFailure");
            assertThat(wrong.text()).contains("Lima").contains("Cusco");
            Testcase down = run.report("demo.DownOnceEval").testcase("answersCapital[peru]");
            assertThat(down.outcome()).isEqualTo("passed");
            assertThat(down.reruns()).containsExactly("flakyError");
        }

        @Test
        void never_makes_best_of_n_where_answers_are_kept() {
            MavenProject project =
                    Stand.MIDDLE.project("reruns-cached").java(CALLS).java(once("Wrong", "return \"Cusco\";"));

            MavenRun run = project.evals(RERUN);

            assertThat(run.exitCode()).as(run.console()).isEqualTo(1);
            assertThat(project.calls()).containsExactly("Wrong");
        }

        /** A suite whose first call goes the given way. */
        private static String once(String name, String firstCall) {
            return suite("""
                    @Dataset(rows = "{\\"id\\": \\"peru\\", \\"input\\": \\"Peru\\", \\"expected\\": \\"Lima\\"}")
                    class %1$sOnceEval {

                        @Eval
                        String answersCapital(String country) {
                            if (Calls.note("%1$s") == 1) {
                                %2$s
                            }
                            return "Lima";
                        }

                        @Scorer
                        boolean exact(String answer, @Expected String capital) {
                            return answer.equals(capital);
                        }
                    }
                    """.formatted(name, firstCall));
        }
    }

    @Nested
    class Three_suites {

        private static String suiteNamed(String name, String body) {
            return suite("""
                    @Dataset(rows = \"""
                            {"id": "first", "input": "1"}
                            {"id": "second", "input": "2"}
                            \""")
                    class %1$sEval {

                        @Eval
                        String answers(String input) throws Exception {
                            Calls.note("%1$s " + input);
                            System.out.println("%1$s was asked " + input);
                            %2$s
                            return input;
                        }

                        @Scorer
                        boolean there(String answer) {
                            return !answer.isEmpty();
                        }
                    }
                    """.formatted(name, body));
        }

        private static void eachInItsOwnFile(MavenRun run) {
            assertThat(run.reports())
                    .extracting(Report::file)
                    .containsExactly("TEST-demo.AEval.xml", "TEST-demo.BEval.xml", "TEST-demo.CEval.xml");
            for (String name : List.of("A", "B", "C")) {
                List<Testcase> testcases = run.report("demo." + name + "Eval").testcases();
                assertThat(testcases)
                        .extracting(it -> it.classname() + "." + it.name() + " " + it.outcome())
                        .containsExactlyInAnyOrder(
                                "demo." + name + "Eval.answers[first] passed",
                                "demo." + name + "Eval.answers[second] passed");
                assertThat(testcases)
                        .allSatisfy(it -> assertThat(it.systemOut().lines().filter(l -> l.contains("asked")))
                                .containsExactly(
                                        name + " was asked " + (it.name().contains("first") ? 1 : 2)));
            }
        }

        @Stand.Every
        void in_one_fork_overlap_and_land_in_the_right_files_though_the_first_ends_last(Stand stand) {
            MavenProject project = stand.project("straggler")
                    .java(CALLS)
                    .java("""
                            package demo;

                            class Last {

                                static final java.util.concurrent.CountDownLatch ASKED =
                                        new java.util.concurrent.CountDownLatch(1);
                            }
                            """)
                    .java(suiteNamed("A", """
                            if (input.equals("1") && !Last.ASKED.await(30, java.util.concurrent.TimeUnit.SECONDS)) {
                                throw new IllegalStateException("the last suite waits for the first to end");
                            }
                            """))
                    .java(suiteNamed("B", ""))
                    .java(suiteNamed("C", "Last.ASKED.countDown();"));

            MavenRun run = project.evals("-Dsurefire.runOrder=alphabetical");

            assertThat(run.exitCode()).as(run.console()).isZero();
            eachInItsOwnFile(run);
        }

        @Stand.Every
        void in_two_forks_run_once_each(Stand stand) {
            MavenProject project = stand.project("forks")
                    .java(CALLS)
                    .java(suiteNamed("A", ""))
                    .java(suiteNamed("B", ""))
                    .java(suiteNamed("C", ""))
                    .configured("<forkCount>2</forkCount>");

            MavenRun run = project.evals();

            assertThat(run.exitCode()).as(run.console()).isZero();
            eachInItsOwnFile(run);
            assertThat(project.calls()).containsExactlyInAnyOrder("A 1", "A 2", "B 1", "B 2", "C 1", "C 2");
        }
    }
}
