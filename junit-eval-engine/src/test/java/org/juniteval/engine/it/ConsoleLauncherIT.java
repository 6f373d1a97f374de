package org.juniteval.engine.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.juniteval.engine.it.Suites.CALLS;
import static org.juniteval.engine.it.Suites.CAPITALS;
import static org.juniteval.engine.it.Suites.CAPITALS_JSONL;

import java.io.File;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** One node by its unique id on the Platform's console launcher, which finds the engine on the class path. */
class ConsoleLauncherIT {

    private static final String EVAL = "[engine:eval]/[suite:demo.CapitalsEval]"
            + "/[eval:answersCapital(java.lang.String, org.juniteval.SampleContext)]";

    private static final Map<Stand, MavenProject> PROJECTS = new EnumMap<>(Stand.class);

    private static MavenProject capitals(Stand stand) {
        return PROJECTS.computeIfAbsent(stand, it -> {
            MavenProject project =
                    it.project("console").java(CALLS).java(CAPITALS).resource("demo/capitals.jsonl", CAPITALS_JSONL);
            MavenRun run = project.mvn(
                    "test-compile",
                    "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath",
                    "-Dmdep.outputFile=target/classpath",
                    "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy",
                    "-Dartifact=org.junit.platform:junit-platform-console-standalone:" + it.platform,
                    "-DoutputDirectory=../../console");
            assertThat(run.exitCode()).as(run.console()).isZero();
            return project;
        });
    }

    // The console's jar lies outside of the project, where all classes count as the project's own.
    private static MavenRun console(Stand stand, String... arguments) {
        MavenProject project = capitals(stand);
        List<String> command = new ArrayList<>(List.of(
                "-jar",
                "../../console/junit-platform-console-standalone-" + stand.platform + ".jar",
                "execute",
                "--disable-banner",
                "--disable-ansi-colors",
                "--class-path",
                "target/test-classes" + File.pathSeparator
                        + project.lines("target/classpath").get(0)));
        command.addAll(List.of(arguments));
        return project.java(command);
    }

    @Stand.Every
    void runs_one_sample(Stand stand) {
        MavenRun run = console(stand, "--select", "uid:" + EVAL + "/[case:australia]/[sample:3]");

        assertThat(run.exitCode()).as(run.console()).isZero();
        assertThat(run.console()).containsPattern("1 tests started").containsPattern("1 tests successful");
        assertThat(run.console())
                .contains("australia [3]")
                .doesNotContain("peru")
                .doesNotContain("[verdict]");
    }

    @Stand.Every
    void runs_one_case_and_its_verdict(Stand stand) {
        MavenRun run = console(stand, "--select", "uid:" + EVAL + "/[case:australia]");

        assertThat(run.exitCode()).as(run.console()).isEqualTo(1);
        assertThat(run.console())
                .containsPattern("4 tests started")
                .containsPattern("2 tests aborted")
                .containsPattern("1 tests failed")
                .contains("australia [verdict]");
    }

    @Stand.Every
    void reports_an_id_whose_row_is_gone(Stand stand) {
        MavenRun run = console(stand, "--select", "uid:" + EVAL + "/[case:atlantis]/[sample:1]");

        assertThat(run.exitCode()).as(run.console()).isNotZero();
        assertThat(run.console()).contains("atlantis");
    }

    @Stand.Every
    void lists_the_engine_with_its_version(Stand stand) {
        MavenProject project = capitals(stand);
        String classPath = project.lines("target/classpath").get(0)
                + File.pathSeparator
                + "../../console/junit-platform-console-standalone-" + stand.platform + ".jar";

        MavenRun run = project.java(
                List.of("-cp", classPath, "org.junit.platform.console.ConsoleLauncher", "engines", "--disable-banner"));

        assertThat(run.console()).contains("eval (").contains("0.1.0");
    }
}
