package org.juniteval.engine.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.juniteval.engine.it.Suites.CALLS;
import static org.juniteval.engine.it.Suites.rows;
import static org.juniteval.engine.it.Suites.suite;

/** Suites built to be green although something is wrong: the build stays red, reruns or not. */
class FalselyGreenIT {

    private static final String RERUN = "-Dsurefire.rerunFailingTestsCount=2";

    @Stand.Every
    void a_gate_on_one_scorer_does_not_excuse_what_another_scorer_missed(Stand stand) {
        MavenRun run = stand.project("insulting")
                .java(suite("""
                        @Dataset("rows.jsonl")
                        @Gate(scorer = "exact", atLeast = 0.5)
                        class InsultingEval {

                            @Eval
                            String answers(String input) {
                                return input.equals("b") ? "wrong" : input + ", stupid";
                            }

                            @Scorer
                            boolean exact(String answer, @Expected String expected) {
                                return answer.startsWith(expected);
                            }

                            @Scorer
                            void polite(String answer) {
                                if (answer.contains("stupid")) {
                                    throw new AssertionError("an insult: " + answer);
                                }
                            }
                        }
                        """))
                .resource("demo/rows.jsonl", rows("a", "b"))
                .evals(RERUN);

        assertThat(run.exitCode()).as(run.console()).isEqualTo(1);
        assertThat(run.testcase("answers[gate: mean(exact)]").outcome()).isEqualTo("passed");
        assertThat(run.testcase("answers[b]").text()).startsWith("tolerated by");
        assertThat(run.testcase("answers[a]").outcome()).isEqualTo("failure");
        assertThat(run.testcase("answers[a]").text()).contains("an insult: a, stupid");
        assertThat(run.testcase("answers[a]").reruns()).containsOnly("rerunFailure");
    }

    @Stand.Every
    void a_lone_gate_on_the_spread_lifts_nothing(Stand stand) {
        MavenRun run = stand.project("spread")
                .java(suite("""
                        @Dataset("rows.jsonl")
                        @Gate(scorer = "exact", statistic = Statistic.STDDEV, atMost = 0.1)
                        class SpreadEval {

                            @Eval
                            String answers(String input) {
                                return "wrong";
                            }

                            @Scorer
                            boolean exact(String answer, @Expected String expected) {
                                return answer.equals(expected);
                            }
                        }
                        """))
                .resource("demo/rows.jsonl", rows("a", "b"))
                .evals(RERUN);

        assertThat(run.exitCode()).as(run.console()).isEqualTo(1);
        assertThat(run.testcase("answers[gate: stddev(exact)]").outcome()).isEqualTo("passed");
        assertThat(run.testcase("answers[a]").outcome()).isEqualTo("failure");
        assertThat(run.testcase("answers[b]").outcome()).isEqualTo("failure");
    }

    @Stand.Every
    void a_gate_that_a_fault_leaves_open_is_undecided_and_fails_however_often_it_is_run_again(Stand stand) {
        MavenProject project = stand.project("faulted")
                .java(CALLS)
                .java(suite("""
                        @Dataset("rows.jsonl")
                        @Gate(scorer = "exact", atLeast = 0.8)
                        class FaultedEval {

                            @Eval
                            String answers(String input) {
                                Calls.note(input);
                                if (input.equals("d")) {
                                    throw new IllegalStateException("503 the model is down");
                                }
                                return input;
                            }

                            @Scorer
                            boolean exact(String answer, @Expected String expected) {
                                return answer.equals(expected);
                            }
                        }
                        """))
                .resource("demo/rows.jsonl", rows("a", "b", "c", "d"));

        MavenRun run = project.evals(RERUN);

        assertThat(run.exitCode()).as(run.console()).isEqualTo(1);
        assertThat(run.testcase("answers[d]").outcome()).isEqualTo("error");
        assertThat(run.testcase("answers[d]").text()).contains("503 the model is down");
        assertThat(run.testcase("answers[gate: mean(exact)]").outcome()).isEqualTo("failure");
        assertThat(run.testcase("answers[gate: mean(exact)]").text()).contains("undecided");
        assertThat(project.lines("calls.txt")).startsWith("a", "b", "c", "d").endsWith("d");
        assertThat(project.lines("calls.txt"))
                .filteredOn(call -> !call.equals("d"))
                .hasSize(3);
    }

    @Stand.Every
    void names_that_collide_are_a_fault_before_the_first_call(Stand stand) {
        for (String collision : new String[] {"peru][1", "peru][verdict", "gate: mean(exact)"}) {
            MavenProject project = stand.project("collision")
                    .java(CALLS)
                    .java(suite("""
                            @Dataset("rows.jsonl")
                            @Samples(%s)
                            @Gate(scorer = "exact", atLeast = 0.1)
                            class CollisionEval {

                                @Eval
                                String answers(String input) {
                                    Calls.note(input);
                                    return input;
                                }

                                @Scorer
                                boolean exact(String answer, @Expected String expected) {
                                    return answer.equals(expected);
                                }
                            }
                            """.formatted(collision.startsWith("gate") ? "1" : "value = 2, required = 1")))
                    .resource("demo/rows.jsonl", rows("peru", collision));

            MavenRun run = project.evals(RERUN);

            assertThat(run.exitCode()).as(run.console()).isEqualTo(1);
            assertThat(project.lines("calls.txt")).isEmpty();
            assertThat(run.testcases())
                    .singleElement()
                    .satisfies(fault ->
                            assertThat(fault.text()).contains("rows.jsonl:2").contains(collision));
        }
    }
}
