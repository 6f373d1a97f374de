package org.juniteval.engine.fingerprint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class FingerprintTest {

    private final Fingerprint fingerprint =
            Fingerprint.empty().with("eval", "CapitalsEval").with("case", "peru");

    @Test
    void each_component_is_hashed_on_its_own() {
        assertThat(fingerprint.components())
                .containsEntry("eval", Sha256.of("CapitalsEval"))
                .containsEntry("case", Sha256.of("peru"))
                .hasSize(2);
        assertThat(Fingerprint.empty().with("input", "abc").components())
                .containsEntry("input", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void the_value_is_64_hexadecimal_digits_and_stays_what_it_was() {
        assertThat(fingerprint.value())
                .matches("[0-9a-f]{64}")
                .isEqualTo(Sha256.of("case " + Sha256.of("peru") + "\neval " + Sha256.of("CapitalsEval") + "\n"));
    }

    @Test
    void the_order_of_components_does_not_matter() {
        assertThat(Fingerprint.empty().with("case", "peru").with("eval", "CapitalsEval"))
                .isEqualTo(fingerprint)
                .hasSameHashCodeAs(fingerprint)
                .hasToString(fingerprint.value());
    }

    @Test
    void extending_leaves_the_original_as_it_was() {
        String before = fingerprint.value();
        Fingerprint first = fingerprint.with("sample", "1");
        Fingerprint second = fingerprint.with("sample", "2");
        assertThat(fingerprint.value()).isEqualTo(before);
        assertThat(first.value()).isNotEqualTo(second.value()).isNotEqualTo(before);
    }

    @Test
    void text_never_moves_from_one_component_to_another() {
        assertThat(Fingerprint.empty().with("a", "xy").with("b", "z").value())
                .isNotEqualTo(Fingerprint.empty().with("a", "x").with("b", "yz").value())
                .isNotEqualTo(Fingerprint.empty().with("a", "z").with("b", "xy").value());
    }

    @Test
    void a_label_that_is_taken_or_malformed_is_refused() {
        assertThatThrownBy(() -> fingerprint.with("case", "other"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'case'");
        assertThatThrownBy(() -> fingerprint.with("a b", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> fingerprint.with("", "x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_text_without_bytes_is_refused_and_named() {
        assertThatThrownBy(() -> fingerprint.with("declared", "v\ud83d"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'declared'")
                .hasMessageContaining("index 1");
    }
}
