package org.juniteval.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.juniteval.engine.record.Measures;

class TellingTest {

    private final Telling telling = new Telling("a.Suite", "peru", 1, Instant.EPOCH);

    @Test
    void nothing_told_is_nothing_known() {
        assertThat(telling.measures()).isEqualTo(Measures.NONE);
        assertThat(telling.traces()).isEmpty();
    }

    @Test
    void what_is_told_is_added_up_whichever_thread_tells_it() {
        CompletableFuture.allOf(IntStream.range(0, 8)
                        .mapToObj(i -> CompletableFuture.runAsync(() -> {
                            for (int j = 0; j < 1_000; j++) {
                                telling.usage(1, 2);
                                telling.cost(0.5);
                                telling.logLikelihood(0.25, 3);
                            }
                        }))
                        .toArray(CompletableFuture[]::new))
                .join();

        assertThat(telling.measures())
                .isEqualTo(new Measures(
                        OptionalLong.of(8_000),
                        OptionalLong.of(16_000),
                        OptionalDouble.of(4_000),
                        OptionalDouble.empty(),
                        OptionalDouble.of(2_000),
                        OptionalLong.of(24_000)));
    }

    @Test
    void of_confidences_the_last_counts() {
        telling.confidence(0.2);
        telling.confidence(0.9);

        assertThat(telling.measures().confidence()).hasValue(0.9);
    }

    @Test
    void a_trace_is_kept_as_it_was_when_it_was_told() {
        StringBuilder changing = new StringBuilder("first");
        telling.trace(new Object() {
            public String getStep() {
                return changing.toString();
            }
        });
        changing.append(" and second");

        assertThat(telling.traces()).singleElement().hasToString("{\"step\":\"first\"}");
    }

    @Test
    void what_cannot_be_is_refused() {
        assertThatThrownBy(() -> telling.usage(-1, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> telling.cost(Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> telling.cost(Double.POSITIVE_INFINITY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> telling.confidence(1.1)).hasMessageContaining("[0, 1]");
        assertThatThrownBy(() -> telling.logLikelihood(-1, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> telling.logLikelihood(1, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(telling.measures()).isEqualTo(Measures.NONE);
    }

    @Test
    void random_numbers_are_the_same_on_every_run_and_others_in_every_case_sample_and_suite() {
        long first = telling.random().nextLong();

        assertThat(new Telling("a.Suite", "peru", 1, Instant.MAX).random().nextLong())
                .isEqualTo(first)
                .as(
                        "java.util.Random seeded with the first 8 bytes of the SHA-256 of suite, case and sample, by Python")
                .isEqualTo(1524765591497664620L);
        assertThat(new Telling("a.Suite", "chile", 1, Instant.EPOCH).random().nextLong())
                .isNotEqualTo(first);
        assertThat(new Telling("a.Suite", "peru", 2, Instant.EPOCH).random().nextLong())
                .isNotEqualTo(first);
        assertThat(new Telling("b.Suite", "peru", 1, Instant.EPOCH).random().nextLong())
                .isNotEqualTo(first);
        assertThat(telling.random().nextLong()).as("one generator a sample").isNotEqualTo(first);
    }
}
