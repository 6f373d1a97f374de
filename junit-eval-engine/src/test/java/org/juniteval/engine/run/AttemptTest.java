package org.juniteval.engine.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.juniteval.engine.run.Attempt.Cut;

/** The test's own thread is the one that a sample runs on. */
class AttemptTest {

    private static final long DEADLINE = 1_000;
    private static final long GRACE = 100;

    private final Attempt attempt = new Attempt(DEADLINE, () -> {});

    @AfterEach
    void no_interrupt_is_left() {
        Thread.interrupted();
    }

    @Test
    void before_its_deadline_it_is_let_be() {
        attempt.checkDeadline(DEADLINE - 1);

        assertThat(attempt.live()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(attempt.overdue(Long.MAX_VALUE / 2, GRACE)).isFalse();
    }

    @Test
    void at_its_deadline_its_thread_is_interrupted_and_what_it_returns_later_does_not_count() {
        attempt.checkDeadline(DEADLINE);

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
        assertThat(attempt.live()).isFalse();
        assertThat(attempt.cut()).contains(Cut.DEADLINE);
    }

    @Test
    void its_time_stands_still_while_it_waits_for_another_process() {
        attempt.waits(DEADLINE - 10);
        attempt.checkDeadline(DEADLINE + 500);
        assertThat(attempt.live()).isTrue();

        assertThat(attempt.goesOn(DEADLINE + 990)).isEqualTo(1_000);
        attempt.checkDeadline(DEADLINE + 999);
        assertThat(attempt.live()).isTrue();
        attempt.checkDeadline(DEADLINE + 1_000);
        assertThat(attempt.cut()).contains(Cut.DEADLINE);
    }

    @Test
    void a_cancel_ends_its_wait() {
        attempt.waits(DEADLINE - 10);

        attempt.interrupt(Cut.CANCELLED, DEADLINE);

        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void it_is_interrupted_once_and_for_the_first_reason() {
        attempt.checkDeadline(DEADLINE);
        Thread.interrupted();

        attempt.interrupt(Cut.CANCELLED, DEADLINE + 1);
        attempt.checkDeadline(DEADLINE + 2);

        assertThat(attempt.cut()).contains(Cut.DEADLINE);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void one_that_ends_within_the_grace_ends_by_itself_and_takes_its_interrupt_with_it() {
        attempt.checkDeadline(DEADLINE);

        assertThat(attempt.overdue(DEADLINE + GRACE - 1, GRACE)).isFalse();
        assertThat(attempt.end()).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(attempt.overdue(DEADLINE + GRACE, GRACE)).isFalse();
    }

    @Test
    void one_that_does_not_end_within_the_grace_is_given_up_once() {
        attempt.checkDeadline(DEADLINE);

        assertThat(attempt.overdue(DEADLINE + GRACE, GRACE)).isTrue();
        assertThat(attempt.overdue(DEADLINE + GRACE, GRACE)).isFalse();
        assertThat(attempt.end()).isFalse();
    }

    @Test
    void one_that_has_ended_is_not_interrupted() {
        assertThat(attempt.end()).isTrue();

        attempt.checkDeadline(DEADLINE);
        attempt.interrupt(Cut.CANCELLED, DEADLINE);

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(attempt.cut()).isEmpty();
    }

    @Test
    void the_clock_may_wrap_around() {
        Attempt atTheEnd = new Attempt(Long.MAX_VALUE - 1, () -> {});

        atTheEnd.checkDeadline(Long.MAX_VALUE - 2);
        assertThat(atTheEnd.live()).isTrue();
        atTheEnd.checkDeadline(Long.MIN_VALUE);
        assertThat(atTheEnd.live()).isFalse();
    }

    @Test
    void what_a_sample_does_to_its_thread_ends_with_it() {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try {
            Attempt hostile = new Attempt(DEADLINE, () -> {});
            Thread.currentThread().interrupt();
            Thread.currentThread().setContextClassLoader(null);

            hostile.end();

            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    @Test
    void an_interrupt_from_before_is_not_the_samples() {
        Thread.currentThread().interrupt();

        new Attempt(DEADLINE, () -> {});

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }
}
