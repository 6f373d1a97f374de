package org.juniteval.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.LauncherConstants;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Gate;
import org.juniteval.SampleContext;
import org.juniteval.Samples;
import org.juniteval.Scorer;
import org.juniteval.engine.run.Settings;

/** What user code prints, and where it comes out. */
class OutputTest {

    @EvalSuite
    @Samples(20)
    @Dataset(rows = """
                    {"id": "a", "input": "a"}
                    {"id": "b", "input": "b"}
                    {"id": "c", "input": "c"}
                    {"id": "d", "input": "d"}
                    {"id": "e", "input": "e"}
                    {"id": "f", "input": "f"}
                    """)
    static class PrintsCase {
        @Eval
        String echoes(String input, SampleContext context) {
            System.out.print("out of " + input + "[" + context.sample() + "] ");
            System.err.print("err of " + input + "[" + context.sample() + "] ");
            Thread.yield();
            System.out.println("end of " + input + "[" + context.sample() + "]");
            return input;
        }

        @Scorer
        boolean same(String answer) {
            System.out.println("scored " + answer);
            return true;
        }
    }

    /** The same again, so that a suite's events are held back. */
    @EvalSuite
    static class PrintsTooCase extends PrintsCase {}

    @EvalSuite
    @Dataset(rows = "{\"id\": \"much\", \"input\": \"x\"}")
    static class PrintsMuchCase {
        @Eval
        String echoes(String input) {
            for (int i = 0; i < 20_000; i++) {
                System.out.println("line " + i + " of a chatty client");
            }
            return input;
        }

        @Scorer
        boolean same(String answer) {
            return true;
        }
    }

    static final Map<String, CountDownLatch> LATCHES = new ConcurrentHashMap<>();

    @EvalSuite
    @Dataset(rows = "{\"id\": \"slow\", \"input\": \"x\"}")
    static class WaitsCase {
        @Eval
        String waits(String input) throws InterruptedException {
            System.out.println("waiting");
            LATCHES.get("started").countDown();
            assertThat(LATCHES.get("go").await(30, TimeUnit.SECONDS)).isTrue();
            System.out.println("waited");
            return input;
        }

        @Scorer
        boolean same(String answer) {
            return true;
        }
    }

    @EvalSuite
    @Samples(value = 2, required = 1)
    @Dataset(rows = "{\"id\": \"peru\", \"input\": \"x\"}")
    static class EntriesCase {
        @Eval
        String echoes(String input) {
            return input;
        }

        @Scorer(threshold = 1)
        @Gate(atLeast = 0.5)
        double same(String answer) {
            return 1;
        }
    }

    @TempDir
    Path folder;

    /** The output of each leaf as the Platform's own capture has it, by reporting name. */
    private record Captured(Map<String, String> out, Map<String, String> err) {}

    private Captured captured(int concurrency, Class<?>... suites) {
        EvalRuns runs = EvalRuns.in(folder);
        WatchedEngine engine = runs.engine();
        Captured captured = new Captured(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
        var request = runs.request()
                .configurationParameter(Settings.CONCURRENCY, Integer.toString(concurrency))
                .configurationParameter(LauncherConstants.CAPTURE_STDOUT_PROPERTY_NAME, "true")
                .configurationParameter(LauncherConstants.CAPTURE_STDERR_PROPERTY_NAME, "true");
        for (Class<?> suite : suites) {
            request.selectors(selectClass(suite));
        }
        EvalRuns.Printed<Boolean> printed = EvalRuns.printed(() -> {
            runs.launcher(engine).execute(request.build(), new TestExecutionListener() {
                @Override
                public void reportingEntryPublished(TestIdentifier node, ReportEntry entry) {
                    String name =
                            node.getParentId().orElse("").replaceAll("/\\[eval:.*", "") + node.getLegacyReportingName();
                    keep(captured.out(), name, entry.getKeyValuePairs().get("stdout"));
                    keep(captured.err(), name, entry.getKeyValuePairs().get("stderr"));
                }

                private void keep(Map<String, String> where, String name, String text) {
                    if (text != null) {
                        where.merge(name, text, String::concat);
                    }
                }
            });
            return true;
        });
        assertThat(engine.thrown()).isEmpty();
        TreeInvariants.check(engine.root(), engine.events());
        assertThat(printed.out()).contains("out of a[1]");
        return captured;
    }

    @Nested
    class What_a_sample_prints {

        @Test
        void is_told_between_start_and_end_of_its_own_leaf_eight_in_parallel() {
            Captured captured = captured(8, PrintsCase.class, PrintsTooCase.class);

            assertThat(captured.out()).hasSize(240);
            for (Class<?> suite : new Class<?>[] {PrintsCase.class, PrintsTooCase.class}) {
                for (String input : "abcdef".split("")) {
                    for (int sample = 1; sample <= 20; sample++) {
                        String leaf = input + "[" + sample + "]";
                        String name =
                                "[engine:eval]/[suite:" + suite.getName() + "]echoes[" + input + "][" + sample + "]";
                        String text = "out of " + leaf + " end of " + leaf + "\nscored " + input + "\n";
                        assertThat(captured.out().get(name)).as(name).startsWith(text);
                        assertThat(captured.out().get(name).substring(text.length()))
                                .as("beyond the output: the summary at most")
                                .doesNotContain("out of");
                        assertThat(captured.err()).containsEntry(name, "err of " + leaf + " ");
                    }
                }
            }
        }

        @Test
        void stands_in_the_xml_too() {
            EvalRuns.Finished run = EvalRuns.in(folder).run(PrintsCase.class);

            assertThat(run.xml(PrintsCase.class)).contains("out of f[20] end of f[20]");
        }

        @Test
        void is_cut_where_it_is_very_much_and_the_cut_is_said() {
            EvalRuns.Finished run = EvalRuns.in(folder).run(PrintsMuchCase.class);

            assertThat(run.out())
                    .contains("line 1 of")
                    .contains("more bytes were printed")
                    .doesNotContain("line 19999 of");
        }
    }

    @Nested
    class The_streams {

        @Test
        void are_put_back_by_the_last_of_two_runs_that_overlap() throws Exception {
            LATCHES.put("started", new CountDownLatch(1));
            LATCHES.put("go", new CountDownLatch(1));
            PrintStream before = System.out;
            EvalRuns.Printed<Boolean> printed = EvalRuns.printed(() -> {
                PrintStream own = System.out;
                EvalRuns runs = EvalRuns.in(folder.resolve("slow"));
                Thread slow = new Thread(() -> runs.launcher(runs.engine())
                        .execute(runs.request()
                                .selectors(selectClass(WaitsCase.class))
                                .build()));
                slow.start();
                try {
                    assertThat(LATCHES.get("started").await(30, TimeUnit.SECONDS))
                            .isTrue();
                    EvalRuns fast = EvalRuns.in(folder.resolve("fast"));
                    fast.launcher(fast.engine())
                            .execute(fast.request()
                                    .selectors(selectClass(PrintsCase.class))
                                    .build());
                    assertThat(System.out).as("while one run goes on").isNotSameAs(own);
                    LATCHES.get("go").countDown();
                    slow.join(30_000);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
                return true;
            });

            assertThat(System.out).isSameAs(before);
            assertThat(printed.out()).contains("waiting\nwaited\n");
        }

        @Test
        void stay_open_when_a_sample_closes_them() {
            EvalRuns.Finished run =
                    EvalRuns.in(folder).with(Settings.CONCURRENCY, 1).run(ClosesCase.class);

            assertThat(run.out()).contains("out of a\nscored a\n", "out of b\nscored b\n");
            assertThat(run.err()).contains("err of a\n", "err of b\n");
        }

        @Test
        void that_somebody_else_has_replaced_meanwhile_are_left_to_them() {
            PrintStream theirs = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
            PrintStream before = System.out;
            REPLACEMENT = theirs;
            try {
                EvalRuns runs = EvalRuns.in(folder);
                runs.launcher(runs.engine())
                        .execute(runs.request()
                                .selectors(selectClass(ReplacesCase.class))
                                .build());
                assertThat(System.out).isSameAs(theirs);
            } finally {
                System.setOut(before);
            }
        }
    }

    static PrintStream REPLACEMENT;

    @EvalSuite
    @Dataset(rows = """
            {"id": "a", "input": "a"}
            {"id": "b", "input": "b"}
            """)
    static class ClosesCase {
        @Eval
        String closes(String input) {
            System.err.println("err of " + input);
            try (PrintWriter out = new PrintWriter(System.out)) {
                out.println("out of " + input);
            }
            System.err.close();
            return input;
        }

        @Scorer
        boolean same(String answer) {
            System.out.println("scored " + answer);
            return true;
        }
    }

    @EvalSuite
    @Dataset(rows = "{\"id\": \"x\", \"input\": \"x\"}")
    static class ReplacesCase {
        @Eval
        String replaces(String input) {
            System.setOut(REPLACEMENT);
            return input;
        }

        @Scorer
        boolean same(String answer) {
            return true;
        }
    }

    @Test
    void report_entries_stand_on_samples_verdicts_gates_and_the_eval() {
        EvalRuns.Finished run = EvalRuns.in(folder).run(EntriesCase.class);

        assertThat(run.told().stream()
                        .filter(event -> event.what() == WatchedEngine.What.ENTRY)
                        .map(event -> event.node().getLegacyReportingName()))
                .containsExactlyInAnyOrder(
                        "echoes[peru][1]",
                        "echoes[peru][2]",
                        "echoes[peru][verdict]",
                        "echoes[gate: mean(same)]",
                        "echoes(String)");
    }
}
