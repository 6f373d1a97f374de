package org.juniteval.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
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

/** Large datasets need no more memory than small ones. */
@Timeout(180)
class ScaleTest {

    private static final int CASES = 20_000;
    private static final Path ROWS = Path.of("target", "scale", "rows.jsonl");

    private static final ConcurrentLinkedQueue<WeakReference<Object>> PAYLOADS = new ConcurrentLinkedQueue<>();
    private static volatile long keptAtTheEnd;

    @TempDir
    Path folder;

    /** An answer that is noticed when it stays. */
    static final class Payload {
        public int number;
        public byte[] bytes = new byte[100];
    }

    @EvalSuite
    @Dataset("file:target/scale/rows.jsonl")
    static class LargeCase {
        @Eval
        Payload answers(int number) {
            if (number == CASES - 1) {
                keptAtTheEnd = kept();
            }
            Payload payload = new Payload();
            payload.number = number;
            PAYLOADS.add(new WeakReference<>(payload));
            return payload;
        }

        /** How many there still are of all but the last few, which threads may have in hand. */
        private static long kept() {
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                System.gc();
                return PAYLOADS.stream()
                                .limit(CASES - 1_000)
                                .filter(payload -> payload.get() != null)
                                .count()
                        == 0;
            });
            return 0;
        }

        @Scorer
        boolean fits(Payload payload) {
            PAYLOADS.add(new WeakReference<>(payload));
            return payload.bytes.length == 100;
        }
    }

    private static final int LONG = 1_000_000;
    private static final int LONG_ANSWERS = 200;
    private static final CountDownLatch ANSWERED = new CountDownLatch(LONG_ANSWERS);
    private static volatile long usedBefore;

    /** Ends when the suite behind it is through and has nothing to be held back but its events. */
    @EvalSuite
    @Dataset(rows = "{\"id\": \"slow\", \"input\": 0}")
    static class StragglerCase {
        @Eval
        String waits(int input) throws InterruptedException {
            ANSWERED.await();
            await().atMost(Duration.ofSeconds(60)).until(() -> {
                System.gc();
                return used() - usedBefore < (long) LONG_ANSWERS * LONG / 4;
            });
            return "";
        }

        @Scorer
        boolean fits(String answer) {
            return true;
        }
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    @EvalSuite
    @Samples(LONG_ANSWERS)
    @Dataset(rows = "{\"id\": \"long\", \"input\": 0}")
    static class LongAnswersCase {
        @Eval
        String answers(int input) {
            return "x".repeat(LONG);
        }

        @Scorer
        boolean fits(String answer) {
            ANSWERED.countDown();
            return true;
        }
    }

    @Test
    void what_is_told_later_does_not_keep_the_answers() {
        System.gc();
        usedBefore = used();

        EvalRuns.Finished run =
                EvalRuns.in(folder).with(Settings.CACHE_MODE, "off").run(StragglerCase.class, LongAnswersCase.class);

        assertThat(run.status("waits[slow]")).isEqualTo(TestExecutionResult.Status.SUCCESSFUL);
        assertThat(run.names()).startsWith("waits[slow]").hasSize(1 + LONG_ANSWERS);
    }

    @Test
    void many_cases_run_and_what_has_ended_is_let_go() throws IOException {
        Files.createDirectories(ROWS.getParent());
        Files.writeString(
                ROWS,
                IntStream.range(0, CASES)
                        .mapToObj(i -> "{\"id\": \"case " + i + "\", \"input\": " + i + "}\n")
                        .collect(Collectors.joining()));
        keptAtTheEnd = -1;
        AtomicInteger passed = new AtomicInteger();
        AtomicInteger failed = new AtomicInteger();

        LauncherFactory.create(LauncherConfig.builder()
                        .enableTestEngineAutoRegistration(false)
                        .addTestEngines(new EvalTestEngine())
                        .build())
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(List.of(selectClass(LargeCase.class)))
                                .configurationParameter(Settings.CACHE_MODE, "off")
                                .configurationParameter(Settings.REPORT_DIR, folder.toString())
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier node, TestExecutionResult result) {
                                if (node.isTest()) {
                                    (result.getStatus() == TestExecutionResult.Status.SUCCESSFUL ? passed : failed)
                                            .incrementAndGet();
                                }
                            }
                        });

        assertThat(passed).hasValue(CASES);
        assertThat(failed).hasValue(0);
        assertThat(keptAtTheEnd).isZero();
    }
}
