package org.juniteval.engine.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class IdSetTest {

    private static IdSet of(Iterable<String> ids) {
        IdSet.Builder builder = new IdSet.Builder();
        ids.forEach(builder::add);
        return builder.build();
    }

    @Test
    void knows_its_ids_and_no_others() {
        IdSet ids = of(List.of("peru", "", "Peru", "ein Fjörd", "\uD83D\uDE00", "peru "));

        assertThat(List.of("peru", "", "Peru", "ein Fjörd", "\uD83D\uDE00", "peru "))
                .allMatch(ids::contains);
        assertThat(List.of("per", "perv", "eru", " peru", "\uD83D", "\uDE00\uD83D", "\u0000"))
                .noneMatch(ids::contains);
    }

    @Test
    void knows_what_repeats() {
        IdSet ids = of(List.of("a", "b", "a", "c", "a", "b"));

        assertThat(ids.size()).isEqualTo(6);
        assertThat(ids.repetitions()).isEqualTo(3);
        assertThat(ids.repeats("a")).isTrue();
        assertThat(ids.repeats("b")).isTrue();
        assertThat(ids.repeats("c")).isFalse();
        assertThat(ids.repeats("d")).isFalse();
    }

    @Test
    void tells_ids_apart_that_differ_little() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 500_000; i++) {
            ids.add("case-" + i);
            ids.add(Integer.toHexString(i) + "-case");
        }
        for (int length = 0; length < 2_000; length++) {
            ids.add("a".repeat(length));
            ids.add("\u0000".repeat(length + 1));
        }
        for (char c = 0; c < Character.MAX_VALUE; c++) {
            ids.add("x" + c + "yz");
            ids.add("xy" + c + "z");
        }
        Set<String> different = new HashSet<>(ids);

        assertThat(of(different).repetitions()).isZero();
        assertThat(of(ids).repetitions()).isEqualTo(ids.size() - different.size());
    }
}
