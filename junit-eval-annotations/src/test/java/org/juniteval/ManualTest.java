package org.juniteval;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.annotation.Testable;

/** The Javadoc of this module is its manual: what it shows must compile. */
class ManualTest {

    private static final Path SOURCES = Path.of("src/main/java/org/juniteval");
    private static final Pattern EXAMPLE = Pattern.compile("<pre>\\{@code\\n(.*?)\\n *\\* \\}</pre>", Pattern.DOTALL);

    private static final Pattern CLASS = Pattern.compile("(?m)^(public final )?class ");
    private static final Pattern MEMBER = Pattern.compile("(?m)^[^@\\s]");

    private static final String IMPORTS = """
            import static org.assertj.core.api.Assertions.*;
            import java.lang.annotation.*;
            import java.nio.file.Path;
            import java.util.*;
            import java.util.concurrent.CompletionStage;
            import java.util.random.RandomGenerator;
            import org.juniteval.*;
            """;

    /** What the examples take for granted. */
    private static final String SURROUNDINGS = """
            interface ChatModel {
                String chat(String prompt);
                String chat(String prompt, Enum<?> style);
                String chat(String question, Optional<Locale> language, List<String> history);
                CompletionStage<Answer> answer(String context, String question);
                Reply chat(String question, List<String> examples);
                double temperature();
                double topP();
            }
            interface Models { static ChatModel local() { return null; }
                static ChatModel small() { return null; }
                static ChatModel large() { return null; } }
            interface Examples { static List<String> draw(int n, RandomGenerator random) { return null; } }
            interface Index { List<String> search(String text, Ranking ranking, RandomGenerator random); }
            interface Judge { Opinion ask(String answer, String context); }
            record Reply(String text, long inputTokens, long outputTokens, double usd, List<String> toolCalls) {}
            record Answer(String label) {}
            record Opinion(double grade, String why) {}
            record Query(String text) {}
            record Container(String file) { Object instanceOf(Class<?> suite) { return null; } }
            @Retention(RetentionPolicy.RUNTIME) @interface Wired {}
            enum Ranking { BM25, VECTOR }
            """;

    record Example(String place, String text) {

        String unit() {
            return IMPORTS + SURROUNDINGS + body();
        }

        /** A class stands as it is, members get one around them, and annotations a class below each. */
        private String body() {
            if (CLASS.matcher(text).find()) {
                return text.replace("public final class", "final class");
            }
            if (MEMBER.matcher(text).find()) {
                return "class Suite { ChatModel model; Index index; Judge judge;\n" + text + "\n}";
            }
            StringBuilder suites = new StringBuilder();
            for (String annotation : text.split("(?m)^(?=@)")) {
                suites.append(annotation)
                        .append("\nclass Suite")
                        .append(suites.length())
                        .append(" {}\n");
            }
            return suites.toString();
        }

        @Override
        public String toString() {
            return place;
        }
    }

    static List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.sorted().toList()) {
                Matcher example = EXAMPLE.matcher(Files.readString(file));
                while (example.find()) {
                    String text = example.group(1).replaceAll("(?m)^ *\\* ?", "");
                    if (!text.startsWith("{")) {
                        examples.add(new Example(
                                file.getFileName() + " "
                                        + text.lines().findFirst().orElse(""),
                                text));
                    }
                }
            }
        }
        return examples;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void shows_examples_that_compile(Example example, @TempDir Path classes) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter errors = new StringWriter();
        JavaFileObject unit = new SimpleJavaFileObject(URI.create("string:///Unit.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return example.unit();
            }
        };
        boolean compiled = compiler.getTask(
                        errors,
                        null,
                        null,
                        List.of("-d", classes.toString(), "-cp", classPath(), "-proc:none"),
                        null,
                        List.of(unit))
                .call();
        assertThat(compiled).as("%s%n%s", errors, example.unit()).isTrue();
    }

    private static String classPath() throws Exception {
        List<String> places = new ArrayList<>();
        for (Class<?> type : List.of(Eval.class, Testable.class, Assertions.class)) {
            CodeSource source = type.getProtectionDomain().getCodeSource();
            places.add(Path.of(source.getLocation().toURI()).toString());
        }
        return String.join(File.pathSeparator, places);
    }
}
