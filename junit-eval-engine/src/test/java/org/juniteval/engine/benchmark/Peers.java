package org.juniteval.engine.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Expected;
import org.juniteval.Samples;
import org.juniteval.Scorer;

/** The same work as an eval suite and as Jupiter has it; run by {@link Scenario} only. */
final class Peers {

    /** Below the module's base directory, where benchmarks are run. */
    static final Path DATASET = Path.of("target", "benchmark", "rows.jsonl");

    static final int ROWS = Integer.getInteger("benchmark.rows", 100);
    static final int SAMPLES = Integer.getInteger("benchmark.samples", 1);
    static final long LATENCY = Long.getLong("benchmark.latency", 0);

    private Peers() {}

    static void writeDataset() {
        try {
            Files.createDirectories(DATASET.getParent());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (var out = Files.newBufferedWriter(DATASET)) {
            for (int i = 0; i < ROWS; i++) {
                out.write(
                        "{\"id\":\"case-" + i + "\",\"input\":\"input " + i + "\",\"expected\":\"INPUT " + i + "\"}\n");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A model: takes its time and answers. */
    static String answer(String input) {
        if (LATENCY > 0) {
            try {
                Thread.sleep(LATENCY);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return input.toUpperCase(Locale.ROOT);
    }

    private static void check(int i) {
        if (!answer("input " + i).equals("INPUT " + i)) {
            throw new AssertionError(i);
        }
    }

    @EvalSuite
    @Dataset("file:target/benchmark/rows.jsonl")
    static class OneSampleEval {
        @Eval
        String answers(String input) {
            return answer(input);
        }

        @Scorer
        boolean exact(String answer, @Expected String expected) {
            return answer.equals(expected);
        }
    }

    @EvalSuite
    @Dataset("file:target/benchmark/rows.jsonl")
    @Samples(5)
    static class FiveSamplesEval {
        @Eval
        String answers(String input) {
            return answer(input);
        }

        @Scorer
        boolean exact(String answer, @Expected String expected) {
            return answer.equals(expected);
        }
    }

    static class FactoryCase {
        @TestFactory
        Stream<DynamicTest> factory() {
            return IntStream.range(0, ROWS * SAMPLES)
                    .mapToObj(i -> DynamicTest.dynamicTest("case-" + i, () -> check(i / SAMPLES)));
        }
    }

    static class ParameterizedCase {
        static IntStream rows() {
            return IntStream.range(0, ROWS * SAMPLES);
        }

        @ParameterizedTest
        @MethodSource("rows")
        void parameterized(int i) {
            check(i / SAMPLES);
        }
    }
}
