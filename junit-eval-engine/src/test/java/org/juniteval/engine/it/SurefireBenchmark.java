package org.juniteval.engine.it;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What users wait for: 100 rows × 5 samples that wait 50 ms, 8 in flight, beside a {@code @ParameterizedTest} of as many,
 * both in one fork of one Surefire; then everything again from the cache. Times are those of Surefire's reports. Part of
 * the benchmark command, which CONTRIBUTING.md names.
 */
final class SurefireBenchmark {

    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 3);
    private static final double FLOOR = 100 * 5 * 0.050 / 8;

    private static final String EVAL = """
            package demo;

            import org.juniteval.*;

            @EvalSuite
            @Dataset("rows.jsonl")
            @Samples(5)
            class RowsEval {
                @Eval
                String answers(String input) throws InterruptedException {
                    Thread.sleep(50);
                    return input;
                }

                @Scorer
                boolean exact(String output, @Expected String expected) {
                    return output.equals(expected);
                }
            }
            """;

    private static final String TEST = """
            package demo;

            import static org.junit.jupiter.api.Assertions.assertEquals;

            import java.util.stream.*;
            import org.junit.jupiter.params.ParameterizedTest;
            import org.junit.jupiter.params.provider.*;

            class RowsTest {
                static Stream<Arguments> rows() {
                    return IntStream.range(0, 500).mapToObj(i -> Arguments.of("input " + i / 5, "input " + i / 5));
                }

                @ParameterizedTest
                @MethodSource("rows")
                void exact(String input, String expected) throws InterruptedException {
                    Thread.sleep(Long.getLong("latency", 50));
                    assertEquals(expected, input);
                }
            }
            """;

    private SurefireBenchmark() {}

    public static void main(String[] arguments) {
        MavenProject project = new MavenProject("speed", Stand.MIDDLE.surefire)
                .managedBy("org.junit:junit-bom:" + Stand.MIDDLE.junit)
                .dependsOn("org.junit.jupiter:junit-jupiter")
                .java(EVAL)
                .java(TEST)
                .resource("demo/rows.jsonl", rows())
                .resource("junit-platform.properties", """
                        junit.jupiter.execution.parallel.enabled=true
                        junit.jupiter.execution.parallel.mode.default=concurrent
                        junit.jupiter.execution.parallel.config.strategy=fixed
                        junit.jupiter.execution.parallel.config.fixed.parallelism=8
                        junit.jupiter.execution.parallel.config.fixed.max-pool-size=8
                        """);
        List<Double> first = new ArrayList<>();
        List<Double> jupiter = new ArrayList<>();
        List<Double> again = new ArrayList<>();
        List<Double> nothing = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            MavenRun both = run(project, "-Dtest=RowsEval,RowsTest", "-Deval.cache.dir=target/cache-" + round);
            first.add(both.report("demo.RowsEval").seconds());
            jupiter.add(both.report("demo.RowsTest").seconds());
            again.add(run(project, "-Dtest=RowsEval", "-Deval.cache.dir=target/cache-" + round)
                    .report("demo.RowsEval")
                    .seconds());
            nothing.add(run(project, "-Dtest=RowsTest", "-DargLine=-Dlatency=0")
                    .report("demo.RowsTest")
                    .seconds());
        }
        System.out.printf(
                Locale.ROOT,
                "%n100 rows x 5 samples of 50 ms, 8 in flight, under Surefire %s%n"
                        + "  %-58s %5.2f of Jupiter's @ParameterizedTest%n"
                        + "  %-58s %5.2f of what cannot be avoided, %.3f s%n"
                        + "  %-58s %5.2f of the first time%n"
                        + "  %-58s %5.2f of that, beside it: 500 tests that do nothing%n",
                Stand.MIDDLE.surefire,
                "the first time, answers stored",
                median(first) / median(jupiter),
                "",
                median(first) / FLOOR,
                FLOOR,
                "again, everything from the cache",
                median(again) / median(first),
                "Jupiter's @ParameterizedTest that waits for nothing",
                median(nothing) / median(first));
    }

    private static MavenRun run(MavenProject project, String... arguments) {
        List<String> all = new ArrayList<>(List.of("test"));
        all.addAll(Arrays.asList(arguments));
        MavenRun run = project.mvn(all.toArray(String[]::new));
        if (!run.succeeded()) {
            throw new IllegalStateException(run.console());
        }
        return run;
    }

    private static String rows() {
        return IntStream.range(0, 100)
                .mapToObj(i ->
                        "{\"id\":\"case-" + i + "\",\"input\":\"input " + i + "\",\"expected\":\"input " + i + "\"}\n")
                .collect(Collectors.joining());
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
