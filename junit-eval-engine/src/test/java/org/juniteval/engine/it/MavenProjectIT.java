package org.juniteval.engine.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;

/** That the projects of the other tests are what they claim to be. */
class MavenProjectIT {

    private static final String PLAIN = """
            package demo;

            import static org.junit.jupiter.api.Assertions.assertEquals;

            import org.junit.jupiter.api.Test;

            class PlainTest {

                @Test
                void passes() {
                    System.out.println(Test.class.getProtectionDomain().getCodeSource().getLocation());
                    System.out.println(org.juniteval.Eval.class.getProtectionDomain().getCodeSource().getLocation());
                }

                @Test
                void fails() {
                    assertEquals(1, 2);
                }
            }
            """;

    @Stand.Every
    void a_project_is_built_by_the_Surefire_and_the_JUnit_of_its_stand_and_with_this_build_s_jars(Stand stand) {
        MavenRun run = stand.project("plain").java(PLAIN).mvn("test");

        assertThat(run.exitCode()).as(run.console()).isEqualTo(1);
        assertThat(run.console()).containsPattern("surefire(-plugin)?:" + Pattern.quote(stand.surefire) + ":test");
        assertThat(run.names()).containsExactly("fails", "passes");
        assertThat(run.report("demo.PlainTest").testcase("fails").outcome()).isEqualTo("failure");
        assertThat(run.report("demo.PlainTest").testcase("passes").systemOut())
                .contains("junit-jupiter-api-" + stand.junit + ".jar")
                .contains("target/it/repository/org/juniteval/junit-eval-annotations");
    }
}
