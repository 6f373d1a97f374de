package org.juniteval.engine.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.juniteval.engine.it.Suites.CALLS;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One project that Maven and Eclipse compile in turns, and a colleague with a newer JDK: they share answers. */
class CompilersIT {

    private static final String PROMPTS = "src/test/java/demo/Prompts.java";
    private static final String TEXTS = "src/test/java/demo/Texts.java";
    private static final String SUITE = "src/test/java/demo/CapitalsEval.java";

    private static final String[] NOTHING = {};

    private static MavenProject project;
    private static int seen;

    /** What each compiler's run called, in the order of the runs. */
    private static final List<Map<Compiler, List<String>>> ROUNDS = new ArrayList<>();

    private enum Compiler {
        JAVAC {
            @Override
            MavenRun run() {
                project.clean();
                return project.evals();
            }
        },
        JAVAC_25 {
            @Override
            MavenRun run() {
                project.clean();
                return project.evals(
                        "-Dmaven.compiler.fork=true",
                        "-Dmaven.compiler.executable="
                                + JDK_25.orElseThrow().resolve("bin").resolve("javac"));
            }
        },
        ECLIPSE {
            @Override
            MavenRun run() {
                project.compiledBy(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        EclipseCompiler.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .getPath(),
                        "-17",
                        "-g",
                        "-nowarn"));
                return project.mvn("process-test-resources", "surefire:test@evals");
            }
        };

        abstract MavenRun run();

        boolean isHere() {
            return this != JAVAC_25 || JDK_25.isPresent();
        }
    }

    /** Where {@code JAVA_HOME_25_X64} or the like says, or beside the JDK that runs the tests. */
    private static final Optional<Path> JDK_25 = Stream.concat(
                    System.getenv().entrySet().stream()
                            .filter(variable -> variable.getKey().startsWith("JAVA_HOME_25"))
                            .map(variable -> Path.of(variable.getValue())),
                    beside(Path.of(System.getProperty("java.home"))))
            .filter(CompilersIT::isJdk25)
            .findFirst();

    private static Stream<Path> beside(Path jdk) {
        try (Stream<Path> others = Files.list(jdk.toAbsolutePath().getParent())) {
            return others.sorted().toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static boolean isJdk25(Path folder) {
        try {
            return Files.exists(folder.resolve("bin"))
                    && Files.readString(folder.resolve("release")).contains("JAVA_VERSION=\"25");
        } catch (IOException e) {
            return false;
        }
    }

    @BeforeAll
    static void compile_and_run_in_turns() {
        project = Stand.NEWEST
                .project("compilers")
                .java(CALLS)
                .java("""
                        package demo;

                        import org.juniteval.*;

                        @EvalSuite
                        @Dataset(rows = \"\"\"
                                {"id": "peru", "input": "Peru", "expected": "Lima"}
                                {"id": "chile", "input": "Chile", "expected": "Santiago"}
                                \"\"\")
                        class CapitalsEval {

                            private static final Prompts PROMPTS = new Prompts(Tone.CALM);

                            @Eval
                            String capital(String country) {
                                Calls.note(country);
                                return PROMPTS.render(country).contains("Peru") ? "Lima" : "Santiago";
                            }

                            @Scorer
                            boolean exact(String answer, @Expected String capital) {
                                return answer.equals(capital);
                            }
                        }
                        """)
                .java("""
                        package demo;

                        enum Tone {
                            CALM,
                            HARSH
                        }
                        """)
                .java("""
                        package demo;

                        record Prompts(Tone tone) {

                            String render(String country) {
                                String ask = Texts.ASK;
                                switch (tone) {
                                    case CALM:
                                        return ask + " of " + country + "?";
                                    default:
                                        return ask + " of " + country + "!";
                                }
                            }
                        }
                        """)
                .java("""
                        package demo;

                        interface Texts {
                            String ASK = "What is the capital";
                        }
                        """);
        round(Compiler.JAVAC, Compiler.JAVAC_25, Compiler.ECLIPSE);
        project.edit(PROMPTS, "country + \"?\"", "country + \" ?\"");
        round(Compiler.ECLIPSE, Compiler.JAVAC, Compiler.JAVAC_25);
        project.edit(TEXTS, "What is", "Which is");
        round(Compiler.JAVAC_25, Compiler.ECLIPSE, Compiler.JAVAC);
        project.edit(SUITE, "answer.equals(capital)", "answer.equalsIgnoreCase(capital)");
        round(Compiler.ECLIPSE, Compiler.JAVAC_25, Compiler.JAVAC);
    }

    private static void round(Compiler... compilers) {
        Map<Compiler, List<String>> calls = new LinkedHashMap<>();
        for (Compiler compiler : compilers) {
            if (compiler.isHere()) {
                MavenRun run = compiler.run();
                assertThat(run.exitCode()).as(run.console()).isZero();
                List<String> all = project.calls();
                calls.put(compiler, List.copyOf(all.subList(seen, all.size())));
                seen = all.size();
            }
        }
        ROUNDS.add(calls);
    }

    @ParameterizedTest
    @EnumSource
    void a_new_project_is_paid_for_once(Compiler compiler) {
        isPaidForByTheFirst(0, compiler);
    }

    @ParameterizedTest
    @EnumSource
    void an_edited_prompt_is_paid_for_once(Compiler compiler) {
        isPaidForByTheFirst(1, compiler);
    }

    @ParameterizedTest
    @EnumSource
    void an_edited_constant_that_compilers_copy_is_paid_for_once(Compiler compiler) {
        isPaidForByTheFirst(2, compiler);
    }

    @ParameterizedTest
    @EnumSource
    void an_edited_scorer_is_not_paid_for(Compiler compiler) {
        assertThat(calls(3, compiler)).isEmpty();
    }

    private static void isPaidForByTheFirst(int round, Compiler compiler) {
        boolean first = ROUNDS.get(round).keySet().iterator().next() == compiler;
        assertThat(calls(round, compiler)).containsExactlyInAnyOrder(first ? new String[] {"Peru", "Chile"} : NOTHING);
    }

    private static List<String> calls(int round, Compiler compiler) {
        assumeThat(compiler.isHere())
                .as("a JDK 25, named by JAVA_HOME_25_X64 or beside the one that runs the tests")
                .isTrue();
        return ROUNDS.get(round).get(compiler);
    }
}
