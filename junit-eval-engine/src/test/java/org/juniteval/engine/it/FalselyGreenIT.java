package org.juniteval.engine.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.juniteval.engine.it.Suites.CALLS;
import static org.juniteval.engine.it.Suites.rows;
import static org.juniteval.engine.it.Suites.suite;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.juniteval.engine.it.MavenRun.Report;

/** Suites built to be green although something is wrong, run again twice where they fail: they stay red. */
class FalselyGreenIT {

    private static final Map<Stand, MavenProject> PROJECTS = new EnumMap<>(Stand.class);
    private static final Map<Stand, MavenRun> RUNS = new EnumMap<>(Stand.class);

    private static final String INSULTING = suite("""
            @Dataset("two.jsonl")
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
            """);

    private static final String SPREAD = suite("""
            @Dataset("two.jsonl")
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
            """);

    private static final String FAULTED = suite("""
            @Dataset("four.jsonl")
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
            """);

    private static MavenRun run(Stand stand) {
        return RUNS.computeIfAbsent(stand, it -> {
            MavenProject project = it.project("falsely-green")
                    .java(CALLS)
                    .java(INSULTING)
                    .java(SPREAD)
                    .java(FAULTED)
                    .java(colliding("Sample", "@Samples(2)"))
                    .java(colliding("Verdict", "@Samples(value = 2, required = 1)"))
                    .java(colliding("Gate", "@Gate(scorer = \"exact\", atLeast = 0.1)"))
                    .resource("demo/two.jsonl", rows("a", "b"))
                    .resource("demo/four.jsonl", rows("a", "b", "c", "d"))
                    .resource("demo/Sample.jsonl", rows("peru", "peru][1"))
                    .resource("demo/Verdict.jsonl", rows("peru", "peru][verdict"))
                    .resource("demo/Gate.jsonl", rows("peru", "gate: mean(exact)"));
            PROJECTS.put(it, project);
            return project.evals("-Dsurefire.rerunFailingTestsCount=2");
        });
    }

    private static String colliding(String name, String annotation) {
        return suite("""
                @Dataset("%1$s.jsonl")
                %2$s
                class %1$sEval {

                    @Eval
                    String answers(String input) {
                        Calls.note("%1$s");
                        return input;
                    }

                    @Scorer
                    boolean exact(String answer, @Expected String expected) {
                        return answer.equals(expected);
                    }
                }
                """.formatted(name, annotation));
    }

    @Stand.Every
    void the_build_is_red_and_nothing_counts_as_flaky(Stand stand) {
        assertThat(run(stand).exitCode()).as(run(stand).console()).isEqualTo(1);
        assertThat(run(stand).console()).doesNotContainPattern("Flakes: [1-9]");
    }

    @Stand.Every
    void a_gate_on_one_scorer_does_not_excuse_what_another_scorer_missed(Stand stand) {
        Report report = run(stand).report("demo.InsultingEval");

        assertThat(report.testcase("answers[gate: mean(exact)]").outcome()).isEqualTo("passed");
        assertThat(report.testcase("answers[b]").outcome()).isEqualTo("skipped");
        assertThat(report.testcase("answers[b]").text()).startsWith("tolerated by");
        assertThat(report.testcase("answers[a]").outcome()).isEqualTo("failure");
        assertThat(report.testcase("answers[a]").text()).contains("an insult: a, stupid");
        assertThat(report.testcase("answers[a]").reruns()).containsExactly("rerunFailure", "rerunFailure");
    }

    @Stand.Every
    void a_lone_gate_on_the_spread_lifts_nothing(Stand stand) {
        Report report = run(stand).report("demo.SpreadEval");

        assertThat(report.testcase("answers[gate: stddev(exact)]").outcome()).isEqualTo("passed");
        assertThat(report.testcase("answers[a]").outcome()).isEqualTo("failure");
        assertThat(report.testcase("answers[b]").outcome()).isEqualTo("failure");
    }

    @Stand.Every
    void a_gate_that_a_fault_leaves_open_is_undecided_and_fails(Stand stand) {
        Report report = run(stand).report("demo.FaultedEval");

        assertThat(report.testcase("answers[d]").outcome()).isEqualTo("error");
        assertThat(report.testcase("answers[d]").text()).contains("503 the model is down");
        assertThat(report.testcase("answers[gate: mean(exact)]").outcome()).isEqualTo("failure");
        assertThat(report.testcase("answers[gate: mean(exact)]").text()).contains("undecided");
        assertThat(PROJECTS.get(stand).calls())
                .contains("d")
                .filteredOn(call -> List.of("a", "b", "c").contains(call))
                .containsExactlyInAnyOrder("a", "b", "c");
    }

    @Stand.Every
    void names_that_collide_are_a_fault_before_the_first_call(Stand stand) {
        Map.of("Sample", "peru][1", "Verdict", "peru][verdict", "Gate", "gate: mean(exact)")
                .forEach((suite, id) -> assertThat(
                                run(stand).report("demo." + suite + "Eval").testcases())
                        .singleElement()
                        .satisfies(fault -> assertThat(fault.outcome()).isIn("failure", "error"))
                        .satisfies(fault -> assertThat(fault.text())
                                .contains(suite + ".jsonl:2")
                                .contains(id)));
        assertThat(PROJECTS.get(stand).calls()).doesNotContain("Sample", "Verdict", "Gate");
    }
}
