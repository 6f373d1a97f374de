package org.juniteval.engine.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.juniteval.engine.it.Suites.CALLS;
import static org.juniteval.engine.it.Suites.CAPITALS;
import static org.juniteval.engine.it.Suites.CAPITALS_JSONL;

/** What a project must declare beside the engine, and what it may. */
class DependenciesIT {

    private static final String JUPITER_TEST = """
            package demo;

            class PlainTest {

                @org.junit.jupiter.api.Test
                void prints_its_JUnit() {
                    System.out.println(org.junit.jupiter.api.Test.class.getProtectionDomain().getCodeSource());
                }
            }
            """;

    private static final String JUNIT_4_TEST = """
            package demo;

            public class OldTest {

                @org.junit.Test
                public void passes() {}
            }
            """;

    private static MavenProject project(String name, Stand stand) {
        return new MavenProject(name + "-on-surefire-" + stand.surefire, stand.surefire)
                .java(CALLS)
                .java(CAPITALS)
                .resource("demo/capitals.jsonl", CAPITALS_JSONL);
    }

    @Stand.Every
    void the_engine_alone_is_enough(Stand stand) {
        MavenRun run = project("engine-alone", stand).evals();

        assertThat(run.names()).as(run.console()).hasSize(16);
        assertThat(run.report("demo.CapitalsEval")
                        .testcase("answersCapital[peru][verdict]")
                        .outcome())
                .isEqualTo("passed");
    }

    @Stand.Every
    void a_newer_Jupiter_declared_without_its_bill_of_materials_wins_and_works(Stand stand) {
        MavenProject project = project("newer-jupiter", stand)
                .dependsOn("org.junit.jupiter:junit-jupiter:6.1.3")
                .java(JUPITER_TEST);

        MavenRun tests = project.mvn("test");
        assertThat(tests.exitCode()).as(tests.console()).isZero();
        assertThat(tests.report("demo.PlainTest").testcase("prints_its_JUnit").systemOut())
                .contains("junit-jupiter-api-6.1.3.jar");

        MavenRun evals = project.evals();
        assertThat(evals.names()).as(evals.console()).hasSize(16);
        assertThat(evals.report("demo.CapitalsEval")
                        .testcase("answersCapital[peru][verdict]")
                        .outcome())
                .isEqualTo("passed");
    }

    /**
     * Surefire 3.2.5 to 3.5.6 add the vintage engine to a project's JUnit 4 only where junit-platform-engine is no
     * dependency; therefore the engine does not pass its own on.
     */
    @Stand.Every
    void a_project_of_JUnit_4_keeps_its_tests(Stand stand) {
        MavenProject project =
                project("junit-4", stand).dependsOn("junit:junit:4.13.2").java(JUNIT_4_TEST);

        MavenRun tests = project.mvn("test");
        assertThat(tests.exitCode()).as(tests.console()).isZero();
        assertThat(tests.names()).containsExactly("passes");

        assertThat(project.evals().names()).hasSize(16);
    }
}
