package org.juniteval.engine.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MINUTES;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * A small project of a user, written to {@code target/it/projects} and built there by a real Maven in a process of its
 * own. Its local repository is {@code target/it/repository}: this build's jars are laid into it as if installed, all
 * else comes from the repository of the build that runs the tests or, where that lacks it, from Maven Central by way of
 * whatever the user's settings say.
 */
final class MavenProject {

    private static final Path MODULE =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final Path IT = MODULE.resolve("target/it");
    private static final Path REPOSITORY = IT.resolve("repository");
    private static final Path OUTER_REPOSITORY = Path.of(System.getProperty(
            "localRepository",
            Path.of(System.getProperty("user.home"), ".m2", "repository").toString()));
    private static final String VERSION = System.getProperty("project.version", "0.1.0-SNAPSHOT");
    private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");
    private static final Pattern TYPE =
            Pattern.compile("(?m)^(?:public )?(?:abstract )?(?:final )?(?:class|interface|record|enum) (\\w+)");

    static {
        install("junit-eval", MODULE.resolve("../pom.xml"));
        install("junit-eval-annotations", MODULE.resolve("../junit-eval-annotations/pom.xml"));
        install("junit-eval-engine", MODULE.resolve("pom.xml"));
    }

    private Path directory;
    private Path calls;
    private final String surefire;
    private final List<String> dependencies = new ArrayList<>();
    private final List<String> configuration = new ArrayList<>();
    private String managed = "";
    private Optional<String> plugins = Optional.empty();
    private int builds;

    /** An empty project whose one dependency is the engine. */
    MavenProject(String name, String surefire) {
        this.directory = IT.resolve("projects").resolve(name);
        this.surefire = surefire;
        this.calls = IT.resolve("calls").resolve(name);
        delete(directory);
        delete(calls);
        create(calls.getParent());
        // Without a folder of this name Maven would look for one above, and find that of the outer build.
        create(directory.resolve(".mvn"));
        dependsOn("org.juniteval:junit-eval-engine:" + VERSION);
    }

    /** Imports a bill of materials, {@code group:artifact:version}. */
    MavenProject managedBy(String bom) {
        managed = """
                <dependencyManagement>
                  <dependencies>
                    %s
                  </dependencies>
                </dependencyManagement>
                """.formatted(dependency(bom, "<type>pom</type><scope>import</scope>"));
        return this;
    }

    /** Adds a dependency of test scope, {@code group:artifact} or {@code group:artifact:version}. */
    MavenProject dependsOn(String coordinates) {
        dependencies.add(dependency(coordinates, "<scope>test</scope>"));
        return this;
    }

    /** Pastes dependencies and plugins into the pom, in place of the engine and of what Surefire is told here. */
    MavenProject pasted(String dependencies, String plugins) {
        this.dependencies.clear();
        this.dependencies.add(dependencies);
        this.plugins = Optional.of(plugins);
        return this;
    }

    /** Adds to Surefire's configuration. */
    MavenProject configured(String xml) {
        configuration.add(xml);
        return this;
    }

    /** Writes a test class to where its package and its name put it. */
    MavenProject java(String source) {
        Matcher pack = find(PACKAGE, source);
        Matcher type = find(TYPE, source);
        return file("src/test/java/" + pack.group(1).replace('.', '/') + "/" + type.group(1) + ".java", source);
    }

    /** Writes a test resource. */
    MavenProject resource(String path, String content) {
        return file("src/test/resources/" + path, content);
    }

    /** Writes any file of the project. */
    MavenProject file(String path, String content) {
        try {
            Path file = directory.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, content, UTF_8);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces a text that stands in exactly one place of a file. */
    MavenProject edit(String path, String from, String to) {
        try {
            String text = Files.readString(directory.resolve(path));
            int at = text.indexOf(from);
            if (at < 0 || text.indexOf(from, at + 1) >= 0) {
                throw new IllegalArgumentException("'" + from + "' does not stand in exactly one place of " + path);
            }
            return file(path, text.replace(from, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives the project's folder another name; what its suites call is from now on noted under that name. */
    MavenProject rename(String name) {
        try {
            Path renamed = directory.resolveSibling(name);
            delete(renamed);
            delete(calls.resolveSibling(name));
            Files.move(directory, renamed);
            directory = renamed;
            calls = calls.resolveSibling(name);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Compiles a library, {@code group:artifact:version}, into the local repository.
     *
     * @param sources its source files' names and texts
     */
    static void library(String coordinates, Map<String, String> sources) {
        String[] parts = coordinates.split(":");
        Path folder =
                REPOSITORY.resolve(parts[0].replace('.', '/')).resolve(parts[1]).resolve(parts[2]);
        Path work = IT.resolve("libraries").resolve(parts[1]);
        delete(folder);
        delete(work);
        create(folder);
        create(work.resolve("classes"));
        String file = parts[1] + "-" + parts[2];
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(folder.resolve(file + ".jar")))) {
            List<String> javac = new ArrayList<>(
                    List.of("-parameters", "-d", work.resolve("classes").toString()));
            for (Map.Entry<String, String> source : sources.entrySet()) {
                Path java = work.resolve(source.getKey());
                create(java.getParent());
                javac.add(Files.writeString(java, source.getValue()).toString());
            }
            if (ToolProvider.getSystemJavaCompiler().run(null, null, null, javac.toArray(String[]::new)) != 0) {
                throw new IllegalArgumentException("the library " + coordinates + " does not compile");
            }
            try (Stream<Path> classes = Files.walk(work.resolve("classes"))) {
                for (Path type : classes.filter(Files::isRegularFile).sorted().toList()) {
                    jar.putNextEntry(new JarEntry(
                            work.resolve("classes").relativize(type).toString().replace('\\', '/')));
                    Files.copy(type, jar);
                }
            }
            Files.writeString(folder.resolve(file + ".pom"), """
                    <project>
                      <modelVersion>4.0.0</modelVersion>
                      <groupId>%s</groupId>
                      <artifactId>%s</artifactId>
                      <version>%s</version>
                    </project>
                    """.formatted((Object[]) parts));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The command line's jar of this build. */
    static Path commandLine() {
        return MODULE.resolve("target").resolve("junit-eval-engine-" + VERSION + "-cli.jar");
    }

    Path directory() {
        return directory;
    }

    /** What {@link Suites#CALLS} noted. */
    List<String> calls() {
        return lines(calls.toString());
    }

    /** The lines of a file that the suites wrote; none where they did not. */
    List<String> lines(String path) {
        try {
            Path file = directory.resolve(path);
            return Files.exists(file) ? Files.readAllLines(file, UTF_8) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs Maven with these arguments on top of {@code -B}; earlier test reports are gone before. */
    MavenRun mvn(String... arguments) {
        if (!String.join("\n", lines("pom.xml")).equals(pom().strip())) { // a pom with a new date means another build
            file("pom.xml", pom());
        }
        for (String folder : List.of("surefire-reports", "surefire-reports-evals", "eval-reports")) {
            delete(directory.resolve("target").resolve(folder));
        }
        List<String> command = new ArrayList<>();
        command.add(maven());
        command.addAll(List.of("-B", "-ntp", "-Dmaven.repo.local=" + REPOSITORY));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** Has another compiler than Maven's compile the test classes from scratch: a command that is told what and where to. */
    void compiledBy(List<String> compiler) {
        clean();
        Path output = directory.resolve("target/test-classes");
        create(output);
        List<String> command = new ArrayList<>(compiler);
        command.addAll(List.of("-d", output.toString(), "-classpath"));
        command.add(System.getProperty("java.class.path"));
        command.add(directory.resolve("src/test/java").toString());
        MavenRun run = run(command);
        if (run.exitCode() != 0) {
            throw new AssertionError(run.console());
        }
    }

    /** Deletes what was built. */
    void clean() {
        delete(directory.resolve("target"));
    }

    /** Compiles and runs the evals, and nothing else, as a developer does who edits a prompt. */
    MavenRun evals(String... arguments) {
        return mvn(Stream.concat(Stream.of("test-compile", "surefire:test@evals"), Stream.of(arguments))
                .toArray(String[]::new));
    }

    /** Runs {@code java} of the JDK that runs the tests. */
    MavenRun java(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(arguments);
        return run(command);
    }

    private MavenRun run(List<String> command) {
        return run(directory, directory.resolve("build-" + ++builds + ".log"), command);
    }

    /** Runs a command to its end, in this folder and with nothing in its environment that speaks to evals, Maven or examples. */
    static MavenRun run(Path directory, Path log, List<String> command) {
        ProcessBuilder process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        process.environment().keySet().removeIf(name -> name.matches("(EVAL|MAVEN|OPENAI)_.*"));
        process.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try {
            Process running = process.start();
            if (!running.waitFor(5, MINUTES)) {
                running.descendants().forEach(ProcessHandle::destroyForcibly);
                running.destroyForcibly().waitFor();
                throw new AssertionError("still running after 5 minutes: " + command + ", see " + log);
            }
            return MavenRun.of(running.exitValue(), Files.readString(log), directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + command, e);
        }
    }

    private String pom() {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <project xmlns="http://maven.apache.org/POM/4.0.0">
                  <modelVersion>4.0.0</modelVersion>
                  <groupId>demo</groupId>
                  <artifactId>demo</artifactId>
                  <version>1</version>
                  <properties>
                    <maven.compiler.release>17</maven.compiler.release>
                    <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
                  </properties>
                  %1$s
                  <dependencies>
                    %2$s
                  </dependencies>
                  <build>
                    <plugins>
                      <plugin>
                        <artifactId>maven-resources-plugin</artifactId>
                        <version>3.5.0</version>
                      </plugin>
                      <plugin>
                        <artifactId>maven-compiler-plugin</artifactId>
                        <version>3.16.0</version>
                      </plugin>
                      <plugin>
                        <artifactId>maven-jar-plugin</artifactId>
                        <version>3.5.1</version>
                      </plugin>
                      %3$s
                    </plugins>
                  </build>
                  <repositories>
                    %4$s
                  </repositories>
                  <pluginRepositories>
                    %5$s
                  </pluginRepositories>
                </project>
                """.formatted(
                        managed,
                        String.join("\n", dependencies),
                        plugins.orElseGet(this::surefire),
                        outerRepository("repository"),
                        outerRepository("pluginRepository"));
    }

    private String surefire() {
        return """
                <plugin>
                  <artifactId>maven-surefire-plugin</artifactId>
                  <version>%1$s</version>
                  <configuration>
                    %2$s
                  </configuration>
                  <executions>
                    <execution>
                      <id>evals</id>
                      <phase>integration-test</phase>
                      <goals>
                        <goal>test</goal>
                      </goals>
                      <configuration>
                        <includes>
                          <include>**/*Eval.java</include>
                        </includes>
                      </configuration>
                    </execution>
                  </executions>
                </plugin>
                """.formatted(surefire, String.join("\n", configuration));
    }

    private static String outerRepository(String element) {
        return """
                <%1$s>
                  <id>outer</id>
                  <url>%2$s</url>
                  <releases><checksumPolicy>ignore</checksumPolicy></releases>
                  <snapshots><enabled>false</enabled></snapshots>
                </%1$s>
                """.formatted(element, OUTER_REPOSITORY.toUri());
    }

    private static String dependency(String coordinates, String rest) {
        String[] parts = coordinates.split(":");
        String version = parts.length > 2 ? "<version>" + parts[2] + "</version>" : "";
        return "<dependency><groupId>%s</groupId><artifactId>%s</artifactId>%s%s</dependency>"
                .formatted(parts[0], parts[1], version, rest);
    }

    static String maven() {
        String home = System.getProperty("maven.home");
        String script = File.separatorChar == '\\' ? "mvn.cmd" : "mvn";
        return home == null ? script : Path.of(home, "bin", script).toString();
    }

    private static void install(String artifact, Path pom) {
        Path folder = REPOSITORY.resolve("org/juniteval").resolve(artifact).resolve(VERSION);
        create(folder);
        copy(pom, folder.resolve(artifact + "-" + VERSION + ".pom"));
        String jar = artifact + "-" + VERSION + ".jar";
        if (Files.exists(pom.resolveSibling("src"))) {
            copy(pom.resolveSibling("target").resolve(jar), folder.resolve(jar));
        }
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + from.normalize() + ": run mvn verify, which packs it", e);
        }
    }

    private static void create(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Matcher find(Pattern pattern, String source) {
        Matcher matcher = pattern.matcher(source);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no " + pattern + " in\n" + source);
        }
        return matcher;
    }
}
