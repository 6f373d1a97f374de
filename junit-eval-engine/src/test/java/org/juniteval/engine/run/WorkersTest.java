package org.juniteval.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {

    private static final Duration SHORT = Duration.ofMillis(30);
    private static final Duration LONG = Duration.ofMinutes(5);

    /** Opened behind each test, so that no thread stays behind. */
    private final CountDownLatch over = new CountDownLatch(1);

    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger abandoned = new AtomicInteger();
    private Workers workers;

    @AfterEach
    void end_what_was_given_up() {
        over.countDown();
        await().until(() -> workers.alive().isEmpty());
    }

    private interface Drain {
        void drain() throws Exception;
    }

    private void run(int count, Drain drain) {
        CountDownLatch ended = new CountDownLatch(1);
        workers = new Workers(new Threads(false), new Workers.Work() {
            @Override
            public void drain() {
                try {
                    drain.drain();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public void failed(Throwable error) {
                failures.add(error);
            }

            @Override
            public void abandoned(List<Thread> alive) {
                abandoned.set(alive.size());
            }

            @Override
            public void ended() {
                ended.countDown();
            }
        });
        workers.start(count, () -> false, () -> {});
        await().until(() -> ended.getCount() == 0);
    }

    /** As {@code join()} does it. */
    private void blockWhateverComes() {
        while (over.getCount() > 0) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            Thread.interrupted();
        }
    }

    @Test
    void so_many_threads_work_at_the_same_time_and_it_returns_when_all_are_through() {
        CyclicBarrier together = new CyclicBarrier(5);

        run(5, () -> {
            workers.another();
            together.await();
            log.add(Thread.currentThread().getName());
        });

        assertThat(log).containsExactlyInAnyOrder("eval-1", "eval-2", "eval-3", "eval-4", "eval-5");
        assertThat(failures).isEmpty();
    }

    @Test
    void a_thread_inherits_nothing_from_one_that_runs_samples() {
        InheritableThreadLocal<String> left = new InheritableThreadLocal<>();
        AtomicBoolean first = new AtomicBoolean(true);

        run(2, () -> {
            log.add(String.valueOf(left.get()));
            left.set("left behind");
            if (first.getAndSet(false)) {
                workers.another();
            }
        });

        assertThat(log).containsExactly("null", "null");
    }

    @Test
    void a_thread_that_breaks_is_told_and_does_not_hold_up_the_end() {
        AtomicBoolean first = new AtomicBoolean(true);

        run(2, () -> {
            if (first.getAndSet(false)) {
                workers.another();
            }
            throw new OutOfMemoryError("by hand");
        });

        assertThat(failures).hasSize(2).allMatch(OutOfMemoryError.class::isInstance);
    }

    @Test
    void what_blocks_and_listens_ends_by_an_interrupt_and_its_thread_goes_on() {
        AtomicBoolean interrupted = new AtomicBoolean();

        run(1, () -> {
            Attempt attempt = workers.begin(SHORT, () -> log.add("given up"));
            try {
                over.await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
            log.add("counts: " + workers.end(attempt) + ", " + attempt.cut().orElseThrow());
            log.add("interrupted later: " + Thread.currentThread().isInterrupted());
        });

        assertThat(interrupted).isTrue();
        assertThat(log).containsExactly("counts: true, DEADLINE", "interrupted later: false");
        assertThat(workers.inFlight()).isZero();
    }

    @Test
    void what_does_not_listen_is_given_up_and_another_thread_takes_its_place() {
        AtomicBoolean first = new AtomicBoolean(true);

        run(1, () -> {
            if (first.getAndSet(false)) {
                Attempt attempt = workers.begin(
                        SHORT, () -> log.add("told by " + Thread.currentThread().getName()));
                blockWhateverComes();
                log.add("counts: " + workers.end(attempt));
            } else {
                log.add("goes on in " + Thread.currentThread().getName());
            }
        });

        assertThat(log).as("told by the one that takes over").containsExactly("told by eval-2", "goes on in eval-2");
        assertThat(abandoned).hasValue(1);
        assertThat(workers.inFlight()).isZero();
        over.countDown();
        await().until(() -> log.contains("counts: false"));
    }

    @Test
    void an_error_in_telling_that_a_sample_was_given_up_is_passed_on() {
        AtomicBoolean first = new AtomicBoolean(true);

        run(1, () -> {
            if (first.getAndSet(false)) {
                workers.begin(SHORT, () -> {
                    throw new IllegalStateException("a listener");
                });
                blockWhateverComes();
            }
        });

        assertThat(failures).singleElement().hasToString("java.lang.IllegalStateException: a listener");
    }

    @Test
    void after_a_cancel_what_begins_is_interrupted_at_once() {
        run(1, () -> {
            workers.interruptAll();
            Attempt attempt = workers.begin(LONG, () -> {});
            log.add(attempt.cut() + " " + Thread.currentThread().isInterrupted());
            workers.end(attempt);
        });

        assertThat(log).containsExactly("Optional[CANCELLED] true");
    }

    @Test
    void an_interrupt_of_the_supervisor_is_kept_for_whoever_called() {
        Thread supervisor = Thread.currentThread();

        run(1, () -> {
            supervisor.interrupt();
            log.add("ran");
        });

        assertThat(log).containsExactly("ran");
        assertThat(Thread.interrupted()).isTrue();
    }
}
