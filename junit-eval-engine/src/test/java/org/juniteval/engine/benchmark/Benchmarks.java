package org.juniteval.engine.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures the engine beside Jupiter on the same work, each contender in a JVM of its own, in turn, several times, and
 * prints medians and ratios. Run by {@code mvn -B -ntp -Pbenchmark -pl junit-eval-engine -am package -DskipTests}; the
 * system property {@code benchmark.java} names another {@code java} to measure on.
 */
final class Benchmarks {

    private static final int ROUNDS = Integer.getInteger("benchmark.rounds", 3);
    private static final Path CACHE = Path.of("target", "benchmark", "cache");

    private Benchmarks() {}

    /** What one run of a contender took. */
    private record Result(double seconds, double cpuSeconds, long leaves, long bytesPerLeaf, double ownSeconds) {}

    public static void main(String[] arguments) throws Exception {
        print(
                "Medians of %d rounds, each contender in a new JVM, on Java %s and %d processors.%n",
                ROUNDS, version(), Runtime.getRuntime().availableProcessors());
        waiting();
        trivial();
        warm();
        steps();
        slices();
        surefire();
    }

    /** Many samples in flight that only wait: what the engine adds to the time that cannot be avoided. */
    private static void waiting() throws Exception {
        Map<String, String> keys = Map.of(
                "benchmark.rows", "2000",
                "benchmark.latency", "50",
                "eval.concurrency", "64",
                "eval.cache.mode", "off");
        double ideal = 2000 * 0.050 / 64;
        List<Result> runs = rounds("OneSampleEval", keys);
        print(
                "%n2,000 samples of 50 ms, 64 in flight: %.2f of the ideal %.2f s; %.2f from the suite's start to its end%n",
                seconds(runs) / ideal,
                ideal,
                median(runs.stream().mapToDouble(Result::ownSeconds).toArray()) / ideal);
    }

    /** Cases that cost nothing: what a node costs. */
    private static void trivial() throws Exception {
        Map<String, String> keys = Map.of("benchmark.rows", "100000", "eval.cache.mode", "off");
        List<Result> evals = new ArrayList<>();
        List<Result> factory = new ArrayList<>();
        List<Result> parameterized = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            evals.add(run("OneSampleEval", keys));
            factory.add(run("FactoryCase", keys));
            parameterized.add(run("ParameterizedCase", keys));
        }
        print("%n100,000 trivial cases, cache off          wall   CPU   heap a case%n");
        line("junit-eval (dataset, scorer, reports)", evals, evals);
        line("Jupiter @TestFactory", factory, evals);
        line("Jupiter @ParameterizedTest", parameterized, evals);
    }

    /** Everything from the cache, scored again. */
    private static void warm() throws Exception {
        Map<String, String> keys = Map.of("benchmark.rows", "100000", "eval.cache.dir", CACHE.toString());
        delete(CACHE);
        run("OneSampleEval", keys);
        List<Result> runs = rounds("OneSampleEval", keys);
        delete(CACHE);
        print("%n100,000 samples from the cache, scored again: %.2f of the bar of 5 s%n", seconds(runs) / 5);
    }

    /** What the cache and redaction add to a sample that is called. */
    private static void steps() throws Exception {
        print("%s", run(Steps.class.getName(), Map.of(), CACHE.toString()));
        delete(CACHE);
    }

    /** What it costs to find the code that an answer depends on, before the first sample. */
    private static void slices() throws Exception {
        List<Result> one = new ArrayList<>();
        List<Result> fifty = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            one.add(figures(run(Slices.class.getName(), Map.of(), "one")));
            fifty.add(figures(run(Slices.class.getName(), Map.of(), "fifty")));
        }
        print("%nSlices in a JVM that has just started, of the bar%n");
        print(
                "  %-52s %5.2f   (CPU of all threads %.2f s)%n",
                "one suite, CPU of its thread", seconds(one) / 0.150, cpu(one));
        print(
                "  %-52s %5.2f   (their thread %.2f s; %d methods)%n",
                "50 roots in 2,000 classes, CPU of all threads",
                cpu(fifty),
                seconds(fifty),
                fifty.get(0).leaves());
    }

    /** What a user's build takes, which is more than the engine's part. */
    private static void surefire() throws Exception {
        print("%s", run("org.juniteval.engine.it.SurefireBenchmark", Map.of(), ""));
    }

    private static void line(String name, List<Result> runs, List<Result> base) {
        print(
                "  %-38s %6.2f %5.2f %9.2f   (ratios to junit-eval; %.2f s, %d bytes)%n",
                name,
                seconds(runs) / seconds(base),
                cpu(runs) / cpu(base),
                (double) bytes(runs) / bytes(base),
                seconds(runs),
                bytes(runs));
    }

    private static List<Result> rounds(String contender, Map<String, String> keys) throws Exception {
        List<Result> results = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            results.add(run(contender, keys));
        }
        return results;
    }

    private static Result run(String contender, Map<String, String> keys) throws Exception {
        return figures(run(Scenario.class.getName(), keys, contender));
    }

    private static Result figures(String output) {
        String[] figures = output.lines()
                .filter(line -> line.startsWith("RESULT "))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(output))
                .split(" ");
        return new Result(
                Double.parseDouble(figures[1]),
                Double.parseDouble(figures[2]),
                Long.parseLong(figures[3]),
                Long.parseLong(figures[4]),
                Double.parseDouble(figures[5]));
    }

    private static String run(String main, Map<String, String> keys, String argument) throws Exception {
        List<String> command = new ArrayList<>(List.of(java(), "-Xmx4g"));
        keys.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main, argument));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(command + " failed:\n" + output);
        }
        return output;
    }

    private static String java() {
        return System.getProperty(
                "benchmark.java",
                Path.of(System.getProperty("java.home"), "bin", "java").toString());
    }

    private static String version() throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(java(), "-version").redirectErrorStream(true).start();
        String first = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .findFirst()
                .orElse("?");
        process.waitFor();
        return first;
    }

    private static double seconds(List<Result> runs) {
        return median(runs.stream().mapToDouble(Result::seconds).toArray());
    }

    private static double cpu(List<Result> runs) {
        return median(runs.stream().mapToDouble(Result::cpuSeconds).toArray());
    }

    private static long bytes(List<Result> runs) {
        return Math.round(median(runs.stream().mapToDouble(Result::bytesPerLeaf).toArray()));
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> walk = Files.walk(folder)) {
                for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static void print(String format, Object... values) {
        System.out.printf(Locale.ROOT, format, values);
    }
}
