package org.juniteval.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.EngineExecutionListener;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Samples;
import org.juniteval.Scorer;
import org.juniteval.engine.platform.EvalRuns;
import org.juniteval.engine.platform.EvalTestEngine;

/** Whoever takes a run back gets it soon, and what there is. */
@Timeout(120)
class CancellationTest {

    private static volatile CountDownLatch over;
    private static volatile AtomicBoolean cancelled;
    private static volatile RecordedTree tree;

    @TempDir
    Path folder;

    @BeforeEach
    void begin() {
        over = new CountDownLatch(1);
        cancelled = new AtomicBoolean();
        tree = new RecordedTree();
        OtherJvm.share(folder);
    }

    @AfterEach
    void end() {
        over.countDown();
        OtherJvm.unshare();
    }

    private Map<String, Object> keys(int concurrency) {
        return Map.of(
                Settings.CONCURRENCY, concurrency,
                Settings.CACHE_DIR, folder.resolve("cache"),
                Settings.REPORT_DIR, folder.resolve("reports"));
    }

    private static void ignoreInterrupts() {
        while (true) {
            try {
                over.await();
                return;
            } catch (InterruptedException ignored) {
                // as some clients do
            }
        }
    }

    @EvalSuite
    @Samples(2)
    @Dataset(rows = """
            {"id": "answered", "input": "answered"}
            {"id": "asleep", "input": "asleep"}
            {"id": "deaf", "input": "deaf"}
            {"id": "rest", "input": "rest"}
            """)
    static class MiddleCase {
        private final CountDownLatch all = new CountDownLatch(4);

        @Eval
        String answers(String input) throws InterruptedException {
            if (input.equals("answered")) {
                return "ok";
            }
            all.countDown();
            if (all.getCount() == 0) {
                cancelled.set(true);
            }
            if (input.equals("asleep")) {
                over.await();
            }
            ignoreInterrupts();
            return "late";
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }
    }

    @EvalSuite
    @Dataset(rows = """
            {"id": "a", "input": "a"}
            """)
    static class NeverCase {
        @Eval
        String never(String input) {
            OtherJvm.say("called");
            return "";
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }

        @AfterAll
        void after() {
            OtherJvm.say("closed");
        }
    }

    @Test
    void what_runs_is_interrupted_the_rest_is_not_run_and_what_there_is_is_written() throws IOException {
        tree.run(keys(4), cancelled::get, MiddleCase.class, NeverCase.class);

        assertThat(tree.ends()).hasSize(8);
        assertThat(tree.ends().get("answers[answered][1]")).isEqualTo("passed");
        assertThat(tree.ends().get("answers[answered][2]")).isEqualTo("passed");
        assertThat(tree.ends().get("answers[asleep][1]")).startsWith("not run: the run was cancelled\n");
        assertThat(tree.ends().get("answers[deaf][1]"))
                .startsWith("not run: the run was cancelled; its call does not end");
        assertThat(tree.ends().get("answers[rest][2]")).startsWith("not run: the run was cancelled\n");
        assertThat(tree.skipped()).containsExactly(NeverCase.class.getName() + ": not run: the run was cancelled");
        assertThat(tree.finished()).containsExactly(MiddleCase.class.getName(), NeverCase.class.getName());
        assertThat(OtherJvm.said()).isEmpty();
        assertThat(tree.summaries())
                .singleElement()
                .satisfies(summary -> assertThat(summary.notRun()).isEqualTo(6));
        assertThat(Files.readString(folder.resolve("reports/records/" + MiddleCase.class.getName() + ".jsonl")))
                .contains("answers[answered][1]", "answers[rest][2]");
        try (Stream<Path> entries = Files.walk(folder.resolve("cache"))) {
            assertThat(entries.filter(file -> file.getFileName().toString().matches("\\d.*[.]json")))
                    .hasSize(2)
                    .allMatch(file -> file.toString().contains("answered"));
        }
    }

    @Test
    void one_that_was_cancelled_before_it_began_calls_nothing() {
        tree.run(keys(4), () -> true, NeverCase.class, MiddleCase.class);

        assertThat(tree.skipped()).hasSize(2);
        assertThat(OtherJvm.said()).isEmpty();
    }

    // ---- while a suite opens

    @EvalSuite
    @Dataset(rows = """
            {"id": "a", "input": "a"}
            """)
    static class DeafCase {
        @Eval
        String deaf(String input) {
            OtherJvm.say("deaf");
            ignoreInterrupts();
            return "";
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }
    }

    @EvalSuite
    @Dataset(rows = """
            {"id": "a", "input": "a"}
            """)
    static class SlowStartCase {
        SlowStartCase() {
            await().atMost(Duration.ofSeconds(60)).until(() -> OtherJvm.said().contains("deaf"));
            cancelled.set(true);
            while (!tree.ends().containsKey("deaf[a]")) {
                LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
                Thread.interrupted();
            }
        }

        @Eval
        String slow(String input) {
            return "";
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }
    }

    @Test
    void a_suite_that_takes_its_time_to_open_holds_up_no_deadline() {
        tree.run(keys(2), cancelled::get, DeafCase.class, SlowStartCase.class);

        assertThat(tree.ends().get("deaf[a]")).contains("its call does not end");
        assertThat(tree.ends().get("slow[a]")).startsWith("not run: the run was cancelled");
    }

    @EvalSuite
    @Dataset(rows = """
            {"id": "a", "input": "a"}
            """)
    static class HangingStartCase {
        @BeforeAll
        static void before() throws InterruptedException {
            cancelled.set(true);
            over.await();
        }

        @Eval
        String hanging(String input) {
            return "";
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }
    }

    @Test
    void a_suite_that_hangs_while_it_opens_is_interrupted() {
        tree.run(keys(2), cancelled::get, HangingStartCase.class, NeverCase.class);

        assertThat(tree.finished()).hasSize(2);
        assertThat(OtherJvm.said()).isEmpty();
    }

    @EvalSuite
    @Dataset(rows = """
            {"id": "a", "input": "a"}
            """)
    static class HangingEndCase {
        @Eval
        String hanging(String input) {
            return "";
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }

        @AfterAll
        static void after() throws InterruptedException {
            cancelled.set(true);
            over.await();
        }
    }

    @Test
    void and_one_that_hangs_while_it_is_closed() {
        tree.run(keys(2), cancelled::get, HangingEndCase.class, NeverCase.class);

        assertThat(tree.ends().get("hanging[a]")).isEqualTo("passed");
        assertThat(tree.ends().get("hanging [afterAll]")).contains("InterruptedException");
        assertThat(tree.finished()).hasSize(2);
    }

    // ---- a listener that breaks

    @EvalSuite
    @Dataset(rows = """
            {"id": "a", "input": "a"}
            """)
    static class WaitingCase {
        @Eval
        String waits(String input) {
            return "";
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }

        /** So that it overlaps no other suite. It may have begun when the listener breaks, and then it tidies up. */
        @AfterAll
        static void after() {}
    }

    @Test
    void an_error_of_a_listener_ends_the_run_although_suites_wait_for_each_other() {
        EngineExecutionListener stopButton = new EngineExecutionListener() {
            @Override
            public void executionFinished(TestDescriptor node, TestExecutionResult result) {
                if (node.isTest()) {
                    throw new IllegalStateException("stopped by the user");
                }
            }
        };

        assertThat(EvalRuns.in(folder)
                        .with(Settings.CONCURRENCY, 2)
                        .run(stopButton, NeverCase.class, WaitingCase.class))
                .containsInstanceOf(IllegalStateException.class);
        assertThat(OtherJvm.said()).as("its suite is closed all the same").containsExactly("called", "closed");
    }

    // ---- the Platform's token

    @Test
    void the_platforms_token_is_looked_at() throws Exception {
        assumeThat(classExists("org.junit.platform.engine.CancellationToken"))
                .as("JUnit 6.0 and later have a cancellation token")
                .isTrue();
        Object token = Class.forName("org.junit.platform.engine.CancellationToken")
                .getMethod("create")
                .invoke(null);
        Method cancel =
                Class.forName("org.junit.platform.engine.CancellationToken").getMethod("cancel");
        LauncherDiscoveryRequestBuilder discovery =
                LauncherDiscoveryRequestBuilder.request().selectors(selectClass(MiddleCase.class));
        keys(4).forEach((key, value) -> discovery.configurationParameter(key, value.toString()));
        Class<?> builderType = Class.forName("org.junit.platform.launcher.core.LauncherExecutionRequestBuilder");
        Object builder =
                builderType.getMethod("request", LauncherDiscoveryRequest.class).invoke(null, discovery.build());
        builderType
                .getMethod("cancellationToken", Class.forName("org.junit.platform.engine.CancellationToken"))
                .invoke(builder, token);
        Map<String, TestExecutionResult> ends = new java.util.concurrent.ConcurrentHashMap<>();
        builderType.getMethod("listeners", TestExecutionListener[].class).invoke(builder, (Object)
                new TestExecutionListener[] {
                    new TestExecutionListener() {
                        @Override
                        public void executionFinished(TestIdentifier node, TestExecutionResult result) {
                            ends.put(node.getLegacyReportingName(), result);
                        }
                    }
                });
        Launcher launcher = LauncherFactory.create(LauncherConfig.builder()
                .enableTestEngineAutoRegistration(false)
                .addTestEngines(new EvalTestEngine())
                .build());
        Thread canceller = new Thread(() -> {
            await().atMost(Duration.ofSeconds(60)).until(cancelled::get);
            try {
                cancel.invoke(token);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        });
        canceller.start();
        Launcher.class
                .getMethod("execute", Class.forName("org.junit.platform.launcher.LauncherExecutionRequest"))
                .invoke(launcher, builderType.getMethod("build").invoke(builder));
        canceller.join();

        assertThat(ends.get("answers[answered][1]").getStatus()).isEqualTo(TestExecutionResult.Status.SUCCESSFUL);
        assertThat(ends.get("answers[rest][1]").getStatus()).isEqualTo(TestExecutionResult.Status.ABORTED);
    }

    private static boolean classExists(String name) {
        try {
            Class.forName(name);
            return true;
        } catch (ClassNotFoundException absent) {
            return false;
        }
    }

    // ---- a JVM that is told to end

    @EvalSuite
    @Dataset(rows = """
            {"id": "answered", "input": "answered"}
            {"id": "asleep", "input": "asleep"}
            {"id": "rest", "input": "rest"}
            """)
    static class TerminatedCase {
        @Eval
        String answers(String input) throws InterruptedException {
            OtherJvm.say(input);
            if (!input.equals("answered")) {
                Thread.sleep(3_600_000);
            }
            return "ok";
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }
    }

    @Test
    void a_jvm_that_is_told_to_end_writes_what_there_is() throws Exception {
        try (OtherJvm jvm = OtherJvm.run(folder, keys(1), TerminatedCase.class)) {
            await().atMost(Duration.ofSeconds(60)).until(() -> OtherJvm.said().contains("asleep"));

            assertThat(jvm.process().toHandle().destroy()).isTrue();

            assertThat(jvm.exit()).isNotZero();
        }
        assertThat(Files.readString(folder.resolve("reports/TEST-" + TerminatedCase.class.getName() + ".xml")))
                .contains("answers[answered]", "answers[asleep]", "answers[rest]", "not run: the JVM is shutting down")
                .endsWith("</testsuite>\n");
        assertThat(Files.readString(folder.resolve("reports/records/" + TerminatedCase.class.getName() + ".jsonl")))
                .contains("answers[rest]");
    }

    @EvalSuite
    @Dataset(rows = """
            {"id": "answered", "input": "answered"}
            {"id": "exits", "input": "exits"}
            {"id": "rest", "input": "rest"}
            """)
    static class ExitCase {
        @Eval
        String answers(String input) {
            if (input.equals("exits")) {
                System.exit(3);
            }
            return "ok";
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }
    }

    @Test
    void an_eval_that_ends_its_jvm_does_not_end_it_without_reports() throws Exception {
        try (OtherJvm jvm = OtherJvm.run(folder, keys(1), ExitCase.class)) {
            assertThat(jvm.exit()).isEqualTo(3);
        }
        assertThat(Files.readString(folder.resolve("reports/TEST-" + ExitCase.class.getName() + ".xml")))
                .contains("answers[answered]", "answers[exits]", "answers[rest]")
                .endsWith("</testsuite>\n");
    }

    @Test
    void a_jvm_that_was_killed_has_paid_for_what_it_has_finished() throws Exception {
        OtherJvm jvm = OtherJvm.run(folder, keys(1), TerminatedCase.class);
        try {
            await().atMost(Duration.ofSeconds(60)).until(() -> OtherJvm.said().contains("asleep"));
        } finally {
            jvm.close();
        }

        tree.run(keys(1), () -> OtherJvm.said().size() > 2, TerminatedCase.class);

        assertThat(OtherJvm.said()).containsExactly("answered", "asleep", "asleep");
        assertThat(tree.ends().get("answers[answered]")).isEqualTo("passed");
    }
}
