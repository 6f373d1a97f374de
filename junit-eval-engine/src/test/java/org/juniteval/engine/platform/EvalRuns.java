package org.juniteval.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.Filter;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;
import org.juniteval.engine.run.Memory;
import org.juniteval.engine.run.Settings;

/**
 * Runs suites as a build tool would, with a cache, a report folder and a memory of their own, and checks of every run
 * that its tree is one that tools can stand ({@link TreeInvariants}).
 *
 * <p>Runs of one {@code EvalRuns} share the memory, as runs in one JVM do; {@link #inAnotherJvm()} shares the folders
 * alone.
 */
public final class EvalRuns {

    private final Path folder;
    private final Map<String, String> parameters;
    private final Memory memory;

    private EvalRuns(Path folder, Map<String, String> parameters, Memory memory) {
        this.folder = folder;
        this.parameters = parameters;
        this.memory = memory;
    }

    /** Runs that keep their cache and their reports below this folder, which is a test's own. */
    public static EvalRuns in(Path folder) {
        return new EvalRuns(
                folder,
                Map.of(
                        Settings.CACHE_DIR, folder.resolve("cache").toString(),
                        Settings.REPORT_DIR, folder.resolve("reports").toString()),
                new Memory());
    }

    /** The same runs with one more configuration parameter. */
    public EvalRuns with(String key, Object value) {
        Map<String, String> more = new LinkedHashMap<>(parameters);
        more.put(key, value.toString());
        return new EvalRuns(folder, more, memory);
    }

    /** The same folders and parameters, and nothing remembered. */
    public EvalRuns inAnotherJvm() {
        return new EvalRuns(folder, parameters, new Memory());
    }

    public Path cacheDir() {
        return folder.resolve("cache");
    }

    public Path reportDir() {
        return folder.resolve("reports");
    }

    // ---- running

    public Finished run(Class<?>... suites) {
        return run(Arrays.stream(suites).map(suite -> selectClass(suite)).toArray(DiscoverySelector[]::new));
    }

    public Finished run(DiscoverySelector... selectors) {
        return run(List.of(selectors), List.of());
    }

    /** Runs what is selected; checks the tree and the events. */
    public Finished run(List<? extends DiscoverySelector> selectors, List<? extends Filter<?>> filters) {
        WatchedEngine engine = engine();
        EngineTestKit.Builder kit = EngineTestKit.engine(engine)
                .configurationParameters(parameters)
                .selectors(selectors.toArray(DiscoverySelector[]::new))
                .filters(filters.toArray(Filter[]::new));
        Printed<EngineExecutionResults> results = printed(kit::execute);
        engine.thrown().ifPresent(error -> {
            throw new AssertionError("the engine broke", error);
        });
        TreeInvariants.check(engine.root(), engine.events());
        return new Finished(this, engine.root(), results.value(), engine.events(), results.out(), results.err());
    }

    /** Runs with this listener directly behind the engine, checks nothing and returns what came out of {@code execute}. */
    public Optional<Throwable> run(EngineExecutionListener listener, Class<?>... suites) {
        WatchedEngine engine = engine();
        engine.alsoTell(listener);
        printed(() -> {
            try {
                return EngineTestKit.engine(engine)
                        .configurationParameters(parameters)
                        .selectors(Arrays.stream(suites)
                                .map(suite -> selectClass(suite))
                                .toArray(DiscoverySelector[]::new))
                        .execute();
            } catch (Throwable asOfTheEngine) {
                // the Platform passes on errors of the JVM, and keeps all others to itself
                return asOfTheEngine;
            }
        });
        return engine.thrown();
    }

    /** What is discovered; checks the tree. */
    public TestDescriptor discover(List<? extends DiscoverySelector> selectors, List<? extends Filter<?>> filters) {
        WatchedEngine engine = engine();
        launcher(engine)
                .discover(request()
                        .selectors(selectors)
                        .filters(filters.toArray(Filter[]::new))
                        .build());
        TreeInvariants.checkDiscovered(engine.root());
        return engine.root();
    }

    public TestDescriptor discover(DiscoverySelector... selectors) {
        return discover(List.of(selectors), List.of());
    }

    /** A launcher that knows this engine alone. */
    Launcher launcher(WatchedEngine engine) {
        return LauncherFactory.create(LauncherConfig.builder()
                .enableTestEngineAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .enableTestExecutionListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .addTestEngines(engine)
                .build());
    }

    /** An engine that keeps what it discovered and what it told. */
    WatchedEngine engine() {
        return new WatchedEngine(new EvalTestEngine(memory));
    }

    /** A request with these runs' parameters. */
    LauncherDiscoveryRequestBuilder request() {
        return LauncherDiscoveryRequestBuilder.request()
                .enableImplicitConfigurationParameters(false)
                .configurationParameters(parameters);
    }

    // ---- what is printed meanwhile

    record Printed<T>(T value, String out, String err) {}

    interface Work<T> {
        T call();
    }

    /** Does something and keeps what is printed meanwhile; the streams must be what they were afterwards. */
    static <T> Printed<T> printed(Work<T> work) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream keptOut = new ByteArrayOutputStream();
        ByteArrayOutputStream keptErr = new ByteArrayOutputStream();
        PrintStream ownOut = new PrintStream(keptOut, true, StandardCharsets.UTF_8);
        PrintStream ownErr = new PrintStream(keptErr, true, StandardCharsets.UTF_8);
        System.setOut(ownOut);
        System.setErr(ownErr);
        try {
            T value = work.call();
            assertThat(System.out).as("standard output after the run").isSameAs(ownOut);
            assertThat(System.err).as("standard error after the run").isSameAs(ownErr);
            return new Printed<>(
                    value, keptOut.toString(StandardCharsets.UTF_8), keptErr.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    /**
     * A run that has ended.
     *
     * @param runs what it was one of
     * @param root the tree as it was discovered
     * @param results what EngineTestKit has kept
     * @param told the events as the engine told them, with the threads that did
     * @param out what went to standard output
     * @param err what went to standard error
     */
    public record Finished(
            EvalRuns runs,
            TestDescriptor root,
            EngineExecutionResults results,
            List<WatchedEngine.Told> told,
            String out,
            String err) {

        /** All events, for AssertJ and the words of {@link EvalEventConditions}. */
        public Events events() {
            return results.allEvents();
        }

        /** The events of leaves. */
        public Events leaves() {
            return results.testEvents();
        }

        /** The reporting names of all leaves that ended, in the order in which they did. */
        public List<String> names() {
            return ends().keySet().stream().toList();
        }

        /** The leaves' ends by their reporting names, in the order in which they ended. */
        public Map<String, TestExecutionResult> ends() {
            Map<String, TestExecutionResult> results = new LinkedHashMap<>();
            leaves().finished().stream()
                    .forEach(event -> results.put(
                            event.getTestDescriptor().getLegacyReportingName(),
                            event.getRequiredPayload(TestExecutionResult.class)));
            return results;
        }

        /** One leaf's end by its reporting name. */
        public TestExecutionResult result(String reportingName) {
            if (!ends().containsKey(reportingName)) {
                throw new NoSuchElementException("no leaf " + reportingName + " in " + names());
            }
            return ends().get(reportingName);
        }

        /** One leaf's status by its reporting name. */
        public TestExecutionResult.Status status(String reportingName) {
            return result(reportingName).getStatus();
        }

        /** The message that one leaf ended with; empty where it passed. */
        public String message(String reportingName) {
            return result(reportingName)
                    .getThrowable()
                    .map(Throwable::getMessage)
                    .orElse("");
        }

        /** The unique ids by reporting names, of all nodes that ended. */
        public Map<String, String> uniqueIds() {
            return events().finished().stream()
                    .map(Event::getTestDescriptor)
                    .filter(node -> node.getParent().isPresent())
                    .collect(Collectors.toMap(
                            TestDescriptor::getLegacyReportingName,
                            node -> node.getUniqueId().toString()));
        }

        /** The suite's JUnit XML. */
        public String xml(Class<?> suite) {
            return read(runs.reportDir().resolve("TEST-" + suite.getName() + ".xml"));
        }

        /** The suite's records, a JSON object a line. */
        public List<String> records(Class<?> suite) {
            return read(runs.reportDir().resolve("records").resolve(suite.getName() + ".jsonl"))
                    .lines()
                    .toList();
        }

        private static String read(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
