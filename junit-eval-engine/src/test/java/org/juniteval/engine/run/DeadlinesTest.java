package org.juniteval.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;
import static org.junit.platform.engine.TestExecutionResult.Status.ABORTED;
import static org.junit.platform.engine.TestExecutionResult.Status.FAILED;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Score;
import org.juniteval.Scorer;
import org.juniteval.engine.platform.EvalRuns;

/** What becomes of samples that take longer than they may. */
@Timeout(120)
class DeadlinesTest {

    /** What blocks does so until a test has ended, so that no thread stays behind. */
    private static CountDownLatch over;

    private static CompletableFuture<String> never;
    private static ReentrantLock held;
    private static HttpServer server;
    private static ServerSocket silent;
    private static ExecutorService elsewhere;

    private static final List<String> LOG = Collections.synchronizedList(new ArrayList<>());
    private static final List<Socket> SOCKETS = Collections.synchronizedList(new ArrayList<>());
    private static final List<Thread> THREADS = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    Path folder;

    @BeforeEach
    void begin() throws IOException {
        LOG.clear();
        THREADS.clear();
        SOCKETS.clear();
        over = new CountDownLatch(1);
        never = new CompletableFuture<>();
        held = new ReentrantLock();
        held.lock();
        InetAddress loopback = InetAddress.getLoopbackAddress();
        silent = new ServerSocket(0, 50, loopback);
        elsewhere = Executors.newCachedThreadPool();
        server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
        server.setExecutor(elsewhere);
        server.createContext("/", exchange -> {
            awaitUninterruptibly(over);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void end() throws IOException {
        endWhatWasGivenUp();
        silent.close();
        server.stop(0);
        elsewhere.shutdownNow();
    }

    private static void endWhatWasGivenUp() throws IOException {
        over.countDown();
        never.complete("late");
        if (held.isHeldByCurrentThread()) {
            held.unlock();
        }
        for (Socket socket : SOCKETS) {
            socket.close();
        }
        await().until(() -> THREADS.stream().noneMatch(Thread::isAlive));
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException swallowed) {
                // as some clients do
            }
        }
    }

    private EvalRuns runs(int concurrency) {
        return EvalRuns.in(folder).with(Settings.CONCURRENCY, concurrency);
    }

    /** A summary breaks its lines. */
    private static String flat(String printed) {
        return printed.replaceAll("\\s+", " ");
    }

    private static List<Path> entries(EvalRuns runs) throws IOException {
        if (!Files.exists(runs.cacheDir())) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(runs.cacheDir())) {
            return files.filter(file -> file.getFileName().toString().matches("\\d.*[.]json"))
                    .toList();
        }
    }

    // ---- an eval that blocks in all the ways there are

    @EvalSuite
    @Dataset(rows = """
            {"id": "sleep", "input": "sleep"}
            {"id": "send", "input": "send"}
            {"id": "read", "input": "read"}
            {"id": "join", "input": "join"}
            {"id": "lock", "input": "lock"}
            {"id": "swallow", "input": "swallow"}
            {"id": "loop", "input": "loop"}
            """)
    static class BlockingCase {
        @Eval
        @Timeout(value = 200, unit = TimeUnit.MILLISECONDS)
        String blocks(String how) throws Exception {
            THREADS.add(Thread.currentThread());
            switch (how) {
                case "sleep" -> Thread.sleep(3_600_000);
                case "send" ->
                    HttpClient.newHttpClient()
                            .send(
                                    HttpRequest.newBuilder(URI.create("http://"
                                                    + server.getAddress()
                                                            .getAddress()
                                                            .getHostAddress() + ":"
                                                    + server.getAddress().getPort()))
                                            .build(),
                                    HttpResponse.BodyHandlers.ofString());
                case "read" -> {
                    try (Socket socket = new Socket(silent.getInetAddress(), silent.getLocalPort())) {
                        SOCKETS.add(socket);
                        socket.getInputStream().read();
                    }
                }
                case "join" -> never.join();
                case "lock" -> {
                    held.lock();
                    held.unlock();
                }
                case "swallow" -> awaitUninterruptibly(over);
                default -> {
                    while (over.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                }
            }
            return "late";
        }

        @Eval
        String quick(String how) {
            LOG.add("interrupted: " + Thread.currentThread().isInterrupted());
            return "ok";
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sleep", "send"})
    void what_listens_to_interrupts_ends_at_its_deadline(String how) {
        EvalRuns.Finished run = runs(1).with(Settings.CASES, how).run(BlockingCase.class);

        assertThat(run.status("blocks[" + how + "]")).isEqualTo(FAILED);
        assertThat(run.message("blocks[" + how + "]"))
                .contains("timed out after 200 ms in @Eval blocks", "eval.timeout or @Timeout give it more")
                .doesNotContain("given up");
        assertThat(run.status("quick[" + how + "]")).isEqualTo(SUCCESSFUL);
        assertThat(LOG).as("the interrupt does not reach the next sample").containsExactly("interrupted: false");
    }

    @ParameterizedTest
    @CsvSource({
        "read,java.net.Socket",
        "join,java.util.concurrent.CompletableFuture.join",
        "lock,java.util.concurrent.locks.ReentrantLock.lock",
        "swallow,awaitUninterruptibly",
        "loop,DeadlinesTest$BlockingCase.blocks"
    })
    void what_does_not_is_given_up_with_its_stack_and_its_permit_goes_back(String how, String frame) throws Exception {
        EvalRuns runs = runs(1).with(Settings.CASES, how);

        EvalRuns.Finished run = runs.run(BlockingCase.class);

        assertThat(run.status("blocks[" + how + "]")).isEqualTo(FAILED);
        assertThat(run.message("blocks[" + how + "]"))
                .contains("timed out after 200 ms in @Eval blocks", "was given up", "    at ", frame);
        assertThat(run.out()).doesNotContain("took 0.0 ms");
        assertThat(run.status("quick[" + how + "]")).isEqualTo(SUCCESSFUL);
        assertThat(LOG).containsExactly("interrupted: false");
        assertThat(flat(run.out()))
                .contains("1 call did not end when it was interrupted and was given up: " + how + " [1]");
        endWhatWasGivenUp();
        assertThat(entries(runs))
                .as("its late answer")
                .allMatch(file -> file.toString().contains("quick"));
    }

    @ParameterizedTest
    @CsvSource({"sleep,timed out after 200 ms", "join,was given up"})
    void virtual_threads_are_no_different(String how, String text) {
        assumeThat(Runtime.version().feature())
                .as("virtual threads need JDK 24")
                .isGreaterThanOrEqualTo(24);

        EvalRuns.Finished run = runs(1).with(Settings.THREADS, "virtual")
                .with(Settings.CASES, how)
                .run(BlockingCase.class);

        assertThat(run.message("blocks[" + how + "]")).contains(text);
        assertThat(run.status("quick[" + how + "]")).isEqualTo(SUCCESSFUL);
        assertThat(LOG).containsExactly("interrupted: false");
    }

    // ---- several of them

    @EvalSuite
    @Dataset(rows = """
            {"id": "a", "input": "a"}
            {"id": "b", "input": "b"}
            {"id": "c", "input": "c"}
            {"id": "d", "input": "d"}
            {"id": "e", "input": "e"}
            {"id": "f", "input": "f"}
            """)
    static class StuckCase {
        @Eval
        @Timeout(value = 50, unit = TimeUnit.MILLISECONDS)
        String blocks(String input) {
            THREADS.add(Thread.currentThread());
            LOG.add(input);
            awaitUninterruptibly(over);
            return "late";
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }
    }

    @Test
    void with_so_many_given_up_the_rest_is_not_run() {
        EvalRuns.Finished run = runs(1).run(StuckCase.class);

        assertThat(LOG).containsExactly("a", "b", "c", "d");
        assertThat(run.status("blocks[d]")).isEqualTo(FAILED);
        assertThat(run.status("blocks[e]")).isEqualTo(ABORTED);
        assertThat(run.message("blocks[f]"))
                .startsWith("not run: 4 calls do not end although they were interrupted at their deadline");
        assertThat(flat(run.out()))
                .contains("4 calls did not end when they were interrupted and were given up:"
                        + " a [1], b [1], c [1], d [1]");
    }

    @EvalSuite
    @Dataset(rows = """
            {"id": "slow", "input": "slow"}
            {"id": "next", "input": "next"}
            """)
    @Timeout(value = 200, unit = TimeUnit.MILLISECONDS)
    static class LateAnswerCase {
        @Eval
        String answers(String input) {
            if (input.equals("slow")) {
                THREADS.add(Thread.currentThread());
                awaitUninterruptibly(over);
            } else {
                over.countDown();
                await().until(() -> THREADS.stream().noneMatch(Thread::isAlive));
            }
            return input;
        }

        @Scorer
        boolean ok(String output) {
            LOG.add("scored " + output);
            return true;
        }
    }

    @Test
    void an_answer_that_comes_while_the_run_goes_on_is_too_late_as_well() throws Exception {
        EvalRuns runs = runs(1);

        EvalRuns.Finished run = runs.run(LateAnswerCase.class);

        assertThat(run.status("answers[slow]")).isEqualTo(FAILED);
        assertThat(run.message("answers[slow]")).contains("was given up");
        assertThat(LOG).doesNotContain("scored slow");
        assertThat(entries(runs)).noneMatch(file -> file.toString().contains("slow"));
    }

    // ---- the end of a suite behind a call that was given up

    @EvalSuite
    @Dataset(rows = """
            {"id": "a", "input": "a"}
            """)
    static class SlowEndCase implements AutoCloseable {
        @Eval
        @Timeout(value = 50, unit = TimeUnit.MILLISECONDS)
        String blocks(String input) {
            THREADS.add(Thread.currentThread());
            awaitUninterruptibly(over);
            return "late";
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }

        @Override
        public void close() {
            await().atMost(Duration.ofSeconds(60)).until(() -> LOG.contains("the other was interrupted"));
            LOG.add("closed");
        }
    }

    @EvalSuite
    @Dataset(rows = """
            {"id": "b", "input": "b"}
            """)
    static class OtherCase {
        @Eval
        @Timeout(value = 2, unit = TimeUnit.SECONDS)
        String sleeps(String input) throws InterruptedException {
            try {
                Thread.sleep(3_600_000);
            } finally {
                LOG.add("the other was interrupted");
            }
            return "";
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }
    }

    @Test
    void a_suite_that_takes_its_time_to_end_holds_up_no_deadline() {
        EvalRuns.Finished run = runs(2).run(SlowEndCase.class, OtherCase.class);

        assertThat(LOG).containsExactly("the other was interrupted", "closed");
        assertThat(run.message("sleeps[b]")).contains("timed out after 2 s");
    }

    @EvalSuite
    @Dataset(rows = """
            {"id": "a", "input": "a"}
            """)
    static class LifecycleCase {
        @Eval
        @Timeout(value = 50, unit = TimeUnit.MILLISECONDS)
        String blocks(String input) {
            THREADS.add(Thread.currentThread());
            awaitUninterruptibly(over);
            return "late";
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }

        @AfterAll
        void after() {
            LOG.add("after all");
        }
    }

    @Test
    void a_suite_whose_last_call_was_given_up_ends_and_the_next_one_begins() {
        EvalRuns.Finished run = runs(1).run(LifecycleCase.class, SlowScorerCase.class);

        assertThat(LOG).containsExactly("after all");
        assertThat(run.names()).containsExactly("blocks[a]", "answers[a]");
    }

    // ---- scorers

    @EvalSuite
    @Timeout(value = 200, unit = TimeUnit.MILLISECONDS)
    @Dataset(rows = """
            {"id": "a", "input": "a"}
            """)
    static class SlowScorerCase {
        @Eval
        String answers(String input) {
            return "ok";
        }

        @Scorer
        boolean asleep(String output) throws InterruptedException {
            Thread.sleep(3_600_000);
            return true;
        }

        @Scorer
        boolean next(String output) {
            LOG.add("next");
            return true;
        }
    }

    @Test
    void the_deadline_covers_the_scorers_and_the_answer_is_kept() throws Exception {
        EvalRuns runs = runs(1);

        EvalRuns.Finished run = runs.run(SlowScorerCase.class);

        assertThat(run.message("answers[a]")).contains("timed out after 200 ms in @Scorer asleep");
        assertThat(LOG).isEmpty();
        assertThat(entries(runs)).hasSize(1);
    }

    @EvalSuite
    @Timeout(value = 200, unit = TimeUnit.MILLISECONDS)
    @Dataset(rows = """
            {"id": "a", "input": "a"}
            """)
    static class LateJudgeCase {
        @Eval
        String answers(String input) {
            return "ok";
        }

        @Scorer(cached = true, runs = 3)
        boolean judge(String output) {
            LOG.add("judged");
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            return true;
        }
    }

    @Test
    void the_score_of_a_cached_scorer_that_comes_too_late_is_not_stored_and_it_is_not_asked_again() throws Exception {
        EvalRuns runs = runs(1);

        EvalRuns.Finished run = runs.run(LateJudgeCase.class);

        assertThat(run.message("answers[a]")).contains("timed out after 200 ms in @Scorer judge");
        assertThat(LOG).containsExactly("judged");
        assertThat(entries(runs)).as("the answer alone").hasSize(1);
    }

    /** Can be told apart by its class and by nothing else. */
    static class NeverPrinted extends RuntimeException {
        private static final long serialVersionUID = 1;

        @Override
        public void printStackTrace(PrintWriter writer) {
            hang();
        }

        @Override
        public void printStackTrace(PrintStream stream) {
            hang();
        }
    }

    /** As a value that asks a server when it is looked at. */
    static class NeverRead {
        public String getText() {
            hang();
            return "";
        }
    }

    private static void hang() {
        THREADS.add(Thread.currentThread());
        awaitUninterruptibly(over);
    }

    @EvalSuite
    @Timeout(value = 200, unit = TimeUnit.MILLISECONDS)
    @Dataset(rows = """
            {"id": "trace", "input": "trace"}
            {"id": "detail", "input": "detail"}
            {"id": "patient", "input": "patient"}
            {"id": "last", "input": "last"}
            """)
    static class NeverToldCase {
        @Eval
        String answers(String how) {
            if (how.equals("trace")) {
                throw new NeverPrinted();
            }
            return how;
        }

        @Scorer
        Score scores(String output) {
            return switch (output) {
                case "detail" -> Score.of(1).detail("by", new NeverRead());
                case "patient" ->
                    Score.of(1).detail("by", new Object() {
                        @SuppressWarnings("unused")
                        public String getText() throws InterruptedException {
                            over.await();
                            return "";
                        }
                    });
                default -> Score.of(true, "");
            };
        }
    }

    @Test
    void the_deadline_covers_what_is_told_of_a_sample() {
        EvalRuns.Finished run = runs(1).run(NeverToldCase.class);

        assertThat(run.message("answers[trace]"))
                .contains("timed out after 200 ms in telling that @Eval answers threw " + NeverPrinted.class.getName())
                .contains("NeverPrinted.printStackTrace");
        assertThat(run.message("answers[detail]"))
                .contains("timed out after 200 ms in telling what came of the sample")
                .contains("NeverRead.getText");
        assertThat(run.message("answers[patient]"))
                .contains("timed out after 200 ms in telling what came of the sample")
                .doesNotContain("given up");
        assertThat(run.status("answers[last]")).isEqualTo(SUCCESSFUL);
    }

    // ---- the key, and what is nearer

    @EvalSuite
    @Dataset(rows = """
            {"id": "a", "input": "a"}
            """)
    static class ByKeyCase {
        @Eval
        String byKey(String input) throws InterruptedException {
            Thread.sleep(3_600_000);
            return "";
        }

        @Eval
        @Timeout(value = 100, unit = TimeUnit.MILLISECONDS)
        String nearer(String input) throws InterruptedException {
            Thread.sleep(3_600_000);
            return "";
        }

        @Eval
        @Timeout(value = Long.MAX_VALUE, unit = TimeUnit.SECONDS)
        String farAway(String input) {
            return "";
        }

        @Scorer
        boolean ok(String output) {
            return true;
        }
    }

    @Test
    void a_timeout_of_the_eval_is_nearer_than_the_key() {
        EvalRuns.Finished run = runs(3).with(Settings.TIMEOUT, "150ms").run(ByKeyCase.class);

        assertThat(run.message("byKey[a]")).contains("timed out after 150 ms");
        assertThat(run.message("nearer[a]")).contains("timed out after 100 ms");
        assertThat(run.status("farAway[a]")).isEqualTo(SUCCESSFUL);
    }

    // ---- promises

    @EvalSuite
    @Dataset(rows = """
            {"id": "kept", "input": "kept"}
            {"id": "broken", "input": "broken"}
            {"id": "forgotten", "input": "forgotten"}
            """)
    static class PromiseCase {
        @Eval
        @Timeout(value = 200, unit = TimeUnit.MILLISECONDS)
        CompletionStage<String> promises(String how) {
            return switch (how) {
                case "kept" -> CompletableFuture.completedFuture("ok");
                case "broken" -> CompletableFuture.failedFuture(new IOException("no route to the model"));
                default -> never;
            };
        }

        @Scorer
        boolean ok(String output) {
            return output.equals("ok");
        }
    }

    @Test
    void a_promise_is_waited_for_to_the_deadline_and_then_cancelled() {
        EvalRuns.Finished run = runs(1).run(PromiseCase.class);

        assertThat(run.message("promises[broken]"))
                .contains("@Eval promises threw java.io.IOException: no route to the model");
        assertThat(run.message("promises[forgotten]"))
                .contains("timed out after 200 ms in @Eval promises")
                .doesNotContain("given up");
        assertThat(never).isCancelled();
    }
}
