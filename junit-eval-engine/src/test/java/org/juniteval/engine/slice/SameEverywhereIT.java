package org.juniteval.engine.slice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.juniteval.Eval;
import org.juniteval.engine.fingerprint.CanonicalJson;
import org.juniteval.engine.fingerprint.Fingerprint;

/** Fingerprints of one fixed set of classes, AssertJ's and a suite's that uses them, made by JVMs that differ. */
class SameEverywhereIT {

    @TempDir
    private Path folder;

    private byte[] expected;

    @BeforeEach
    void made_here() throws Exception {
        expected = fingerprints(Path.of(System.getProperty("java.home")), folder.resolve("here"));
        assertThat(new String(expected, UTF_8))
                .contains("prompts/capital-0.md", "org.assertj.core.api.AbstractStringAssert", "fingerprint ");
    }

    @Test
    void they_are_equal_in_another_folder() throws Exception {
        assertEqual(fingerprints(Path.of(System.getProperty("java.home")), folder.resolve("Über there/app-2.0")));
    }

    @Test
    void they_are_equal_under_another_locale_time_zone_and_charset() throws Exception {
        assertEqual(fingerprints(
                Path.of(System.getProperty("java.home")),
                folder.resolve("here"),
                "-Duser.language=tr",
                "-Duser.country=TR",
                "-Duser.timezone=Pacific/Kiritimati",
                "-Dfile.encoding=ISO-8859-1",
                "-Dline.separator=\r\n"));
    }

    @Test
    void they_are_equal_on_other_jdks() throws Exception {
        List<Path> others = otherJdks();
        assumeThat(others)
                .as(
                        "a JDK of another version, 17 or newer, beside the one that runs the tests or in JAVA_HOME_<version>")
                .isNotEmpty();
        for (Path jdk : others) {
            assertEqual(fingerprints(jdk, folder.resolve("here")));
        }
    }

    private void assertEqual(byte[] other) {
        assertThat(new String(other, UTF_8)).isEqualTo(new String(expected, UTF_8));
    }

    /** The first JDK of each version that is not the one that runs the tests. */
    private static List<Path> otherJdks() throws IOException {
        List<Path> candidates = new ArrayList<>();
        System.getenv().forEach((name, value) -> {
            if (name.startsWith("JAVA_HOME_")) {
                candidates.add(Path.of(value));
            }
        });
        try (Stream<Path> beside =
                Files.list(Path.of(System.getProperty("java.home")).getParent())) {
            beside.sorted().forEach(candidates::add);
        }
        Set<Integer> versions = new LinkedHashSet<>(Set.of(Runtime.version().feature()));
        List<Path> others = new ArrayList<>();
        for (Path candidate : candidates) {
            int version = versionOf(candidate);
            if (version >= 17 && versions.add(version)) {
                others.add(candidate);
            }
        }
        return others;
    }

    /** 0 of what is no JDK. */
    private static int versionOf(Path jdk) throws IOException {
        Path release = jdk.resolve("release");
        if (!Files.isExecutable(jdk.resolve("bin/java")) || !Files.isRegularFile(release)) {
            return 0;
        }
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(release)) {
            properties.load(in);
        }
        String version = properties.getProperty("JAVA_VERSION", "0").replace("\"", "");
        return Runtime.Version.parse(version.replaceFirst("^1\\..*", "8")).feature();
    }

    /** Lays the fixed classes into a module's folder, and lets a JVM print their fingerprints. */
    private static byte[] fingerprints(Path jdk, Path module, String... options) throws Exception {
        Path classes = module.resolve("target/test-classes");
        Path compiled = Path.of(SameEverywhereIT.class.getPackageName().replace('.', '/'));
        Path copies = Files.createDirectories(classes.resolve(compiled));
        try (DirectoryStream<Path> all = Files.newDirectoryStream(
                ClassPath.codeSource(SameEverywhereIT.class).resolve(compiled),
                SameEverywhereIT.class.getSimpleName() + "*.class")) {
            for (Path file : all) {
                Files.copy(file, copies.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.createDirectories(classes.resolve("prompts"));
        Files.writeString(classes.resolve("prompts/capital-0.md"), "What is the capital of İzmir's country?\n");
        Files.writeString(module.resolve("pom.xml"), "<project><groupId>demo</groupId></project>");
        List<String> command = new ArrayList<>(List.of(jdk.resolve("bin/java").toString()));
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", classes + System.getProperty("path.separator") + ownClassPath()));
        command.addAll(List.of(Main.class.getName(), module.toString()));
        Path output = Files.createTempFile(module, "fingerprints", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(process.waitFor()).as("exit code of %s", command).isZero();
        return Files.readAllBytes(output);
    }

    /** Without the folder of the tests: the suite must come from where it was laid. */
    private static String ownClassPath() {
        Path tests = ClassPath.codeSource(SameEverywhereIT.class);
        List<String> entries = new ArrayList<>();
        for (Path entry : ClassPath.entries(SameEverywhereIT.class.getClassLoader())) {
            if (!entry.equals(tests)) {
                entries.add(entry.toString());
            }
        }
        return String.join(System.getProperty("path.separator"), entries);
    }

    /** Prints all that is stored of the suite's fingerprints. */
    static final class Main {

        private Main() {}

        public static void main(String[] arguments) throws Exception {
            PrintStream out = new PrintStream(System.out, false, UTF_8);
            Path module = Path.of(arguments[0]);
            Set<Path> classPath = Set.of(ClassPath.codeSource(Suite.class), ClassPath.codeSource(Assertions.class));
            ProjectCode code = ProjectCode.of(
                    Suite.class.getClassLoader(), classPath, module, List.of("org.assertj.core"), List.of());
            List<Method> evals = Stream.of(Suite.class.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Eval.class))
                    .sorted(Comparator.comparing(Method::getName))
                    .toList();
            for (Method eval : evals) {
                Slice slice = code.slice(new Roots(Suite.class, List.of(eval)));
                String row = "{\"input\": [0.1, 1e23, 5e-324, 2E64, 1234567890123456789], \"ID\": \"İstanbul\"}";
                Fingerprint fingerprint = Fingerprint.empty()
                        .with("code", slice.code())
                        .with("resources", slice.resourcesText())
                        .with("input", CanonicalJson.of(new ObjectMapper().readTree(row)));
                out.print(eval.getName() + " fingerprint " + fingerprint.value() + "\n");
                out.print(fingerprint.components() + "\n" + slice.covers() + "\n" + slice.resourcesText());
                out.print(slice.notSeen() + "\n" + slice.writes() + "\n");
                for (Map.Entry<String, String> part : slice.parts().entrySet()) {
                    out.print(part.getKey() + " " + part.getValue() + "\n");
                }
            }
            out.flush();
        }
    }

    /** A bit of everything that JDKs, locales and charsets could tell differently. */
    static final class Suite {

        private static final double[] NUMBERS = {0.1, 1e23, Double.MIN_VALUE, 2.0e-3f, Double.NaN};

        private int calls;

        enum Kind {
            INITIAL,
            TITLE
        }

        record Answer(String text, Kind kind) {}

        @Eval
        Answer asserts(String input) {
            Assertions.assertThat(input)
                    .as("İı %s", NUMBERS[1])
                    .startsWith("prompts/capital-" + calls + ".md")
                    .matches("[a-z]+");
            return new Answer(input.toUpperCase(java.util.Locale.ROOT), Kind.INITIAL);
        }

        @Eval
        String compares(Answer answer) {
            SoftAssertions softly = new SoftAssertions();
            softly.assertThat(answer).usingRecursiveComparison().isEqualTo(new Answer("ı", Kind.TITLE));
            softly.assertAll();
            return switch (answer.kind()) {
                case TITLE -> System.getProperty("title");
                case INITIAL -> answer.text();
            };
        }

        @Eval
        String filters(List<String> inputs) {
            calls++;
            return inputs.stream()
                    .filter(input ->
                            Assertions.filter(inputs).with("İd", input).get().isEmpty())
                    .findFirst()
                    .orElse("none");
        }
    }
}
