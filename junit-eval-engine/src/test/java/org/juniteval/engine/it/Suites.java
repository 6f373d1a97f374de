package org.juniteval.engine.it;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Suites and what they need, for tests that look at the build around them. */
final class Suites {

    /**
     * Counts what reached the model, over all runs and forks of a project: one line a call, in a file outside of the
     * project, for within it a file that is named in the code belongs to the fingerprint.
     */
    static final String CALLS = """
            package demo;

            import static java.nio.file.StandardOpenOption.APPEND;
            import static java.nio.file.StandardOpenOption.CREATE;

            import java.io.IOException;
            import java.nio.file.Files;
            import java.nio.file.Path;

            final class Calls {

                /** Notes a call and says how many of its kind there have been, this one included. */
                static synchronized long note(String call) {
                    try {
                        Path project = Path.of("").toAbsolutePath();
                        Path calls = project.getParent().resolveSibling("calls").resolve(project.getFileName());
                        Files.writeString(calls, call + "\\n", CREATE, APPEND);
                        try (var lines = Files.lines(calls)) {
                            return lines.filter(call::equals).count();
                        }
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }
            }
            """;

    static final String CAPITALS_JSONL = """
            {"id": "peru", "input": "Peru", "expected": "Lima"}
            {"id": "france", "input": "France", "expected": "Paris"}
            {"id": "australia", "input": "Australia", "expected": "Canberra"}
            """;

    /**
     * Of three samples each, Peru has none wrong, France one, Australia two; of the continents Australia's is missed,
     * which a gate first lifts and then does not forgive.
     */
    static final String CAPITALS = suite("""
            @Dataset("capitals.jsonl")
            @Samples(value = 3, required = 2)
            @Tag("geo")
            class CapitalsEval {

                @Eval
                @Tag("capital")
                String answersCapital(String country, SampleContext sample) {
                    Calls.note("capital of " + country + " " + sample.sample());
                    System.out.println("asked for the capital of " + country + " " + sample.sample());
                    return switch (country) {
                        case "Peru" -> "Lima";
                        case "France" -> sample.sample() == 2 ? "Lyon" : "Paris";
                        default -> sample.sample() == 3 ? "Canberra" : "Sydney";
                    };
                }

                @Eval
                @Samples(1)
                @Gate(scorer = "known", atLeast = 0.9)
                String answersContinent(String country) {
                    Calls.note("continent of " + country);
                    System.out.println("asked for the continent of " + country);
                    return switch (country) {
                        case "Peru" -> "South America";
                        case "France" -> "Europe";
                        default -> "none";
                    };
                }

                @Scorer(evals = "answersCapital")
                boolean exact(String answer, @Expected String capital) {
                    return answer.equals(capital);
                }

                @Scorer(evals = "answersContinent")
                boolean known(String continent) {
                    return !continent.equals("none");
                }
            }
            """);

    private Suites() {}

    /** Completes a class, from its annotations on, to a source file. */
    static String suite(String body) {
        return """
                package demo;

                import java.util.*;
                import org.junit.jupiter.api.Tag;
                import org.juniteval.*;

                @EvalSuite
                %s
                """.formatted(body);
    }

    /** Rows whose ids are given and whose input and expected equal their id. */
    static String rows(String... ids) {
        return Stream.of(ids)
                .map(Suites::quoted)
                .map(id -> "{\"id\": %1$s, \"input\": %1$s, \"expected\": %1$s}%n".formatted(id))
                .collect(Collectors.joining());
    }

    /** A JSON string, all but plain ASCII escaped. */
    static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c >= ' ' && c < 127 && c != '"' && c != '\\') {
                json.append(c);
            } else {
                json.append("\\u%04x".formatted((int) c));
            }
        }
        return json.append('"').toString();
    }
}
