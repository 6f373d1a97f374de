package org.juniteval.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class TextMetricsTest {

    private static final ReferenceValues REFERENCE = ReferenceValues.read();
    private static final Offset<Double> CLOSED_FORM = within(1e-12);

    /** Figures computed elsewhere; {@code reference-values.json} says where. */
    record ReferenceValues(String source, List<Squad> squad, List<Edit> levenshtein, List<Rouge> rougeL) {

        record Squad(String answer, String expected, boolean exactMatch, double tokenF1) {}

        record Edit(String answer, String expected, double similarity) {}

        record Rouge(String answer, String expected, double f) {}

        static ReferenceValues read() {
            try (InputStream file = TextMetricsTest.class.getResourceAsStream("reference-values.json")) {
                return JsonMapper.builder().build().readValue(file, ReferenceValues.class);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    static List<ReferenceValues.Squad> squad() {
        return REFERENCE.squad();
    }

    static List<ReferenceValues.Edit> levenshtein() {
        return REFERENCE.levenshtein();
    }

    static List<ReferenceValues.Rouge> rougeL() {
        return REFERENCE.rougeL();
    }

    @ParameterizedTest
    @MethodSource("squad")
    void exact_match_and_token_f1_agree_with_squad(ReferenceValues.Squad row) {
        assertThat(TextMetrics.exactMatch(row.answer(), row.expected())).isEqualTo(row.exactMatch());
        assertThat(TextMetrics.exactMatch(row.expected(), row.answer())).isEqualTo(row.exactMatch());
        assertThat(TextMetrics.tokenF1(row.answer(), row.expected())).isCloseTo(row.tokenF1(), CLOSED_FORM);
        assertThat(TextMetrics.tokenF1(row.expected(), row.answer())).isCloseTo(row.tokenF1(), CLOSED_FORM);
    }

    @ParameterizedTest
    @MethodSource("levenshtein")
    void levenshtein_similarity_agrees_with_the_reference_values(ReferenceValues.Edit row) {
        assertThat(TextMetrics.levenshteinSimilarity(row.answer(), row.expected()))
                .isCloseTo(row.similarity(), CLOSED_FORM);
        assertThat(TextMetrics.levenshteinSimilarity(row.expected(), row.answer()))
                .isCloseTo(row.similarity(), CLOSED_FORM);
    }

    @ParameterizedTest
    @MethodSource("rougeL")
    void rouge_l_agrees_with_the_reference_values(ReferenceValues.Rouge row) {
        assertThat(TextMetrics.rougeL(row.answer(), row.expected())).isCloseTo(row.f(), CLOSED_FORM);
        assertThat(TextMetrics.rougeL(row.expected(), row.answer())).isCloseTo(row.f(), CLOSED_FORM);
    }

    @Nested
    class Exact_match {

        @ParameterizedTest
        @CsvSource({"The U.S.A., USA", "An  apple a\tday, apple day", "-5, 5", "1.5, 15", "A.N. Other, other"})
        void looks_past_case_punctuation_articles_and_white_space(String answer, String expected) {
            assertThat(TextMetrics.exactMatch(answer, expected)).isTrue();
        }

        @ParameterizedTest
        @CsvSource({"theatre, atre", "thé, é", "éa, é", "a1, 1", "Lima, Quito"})
        void keeps_words_that_only_contain_an_article(String answer, String expected) {
            assertThat(TextMetrics.exactMatch(answer, expected)).isFalse();
        }

        @Test
        void sees_white_space_that_is_not_ascii() {
            assertThat(TextMetrics.exactMatch("\u00a0New\u3000York\u2028\u0085", "new york"))
                    .isTrue();
        }

        @Test
        void does_not_depend_on_the_machines_language() {
            Locale before = Locale.getDefault();
            try {
                Locale.setDefault(Locale.forLanguageTag("tr"));
                assertThat(TextMetrics.exactMatch("LIMA IS IT", "lima is it")).isTrue();
            } finally {
                Locale.setDefault(before);
            }
        }
    }

    @Nested
    class Token_f1 {

        @Test
        void counts_a_word_as_often_as_both_texts_hold_it() {
            assertThat(TextMetrics.tokenF1("x x x y", "x x z")).isCloseTo(4.0 / 7, CLOSED_FORM);
        }
    }

    @Nested
    class Levenshtein_similarity {

        @Test
        void is_0_where_nothing_is_common() {
            assertThat(TextMetrics.levenshteinSimilarity("abc", "xyz")).isZero();
            assertThat(TextMetrics.levenshteinSimilarity("", "xyz")).isZero();
        }

        @Test
        void needs_no_table_of_both_lengths() {
            String one = "ab".repeat(5_000);
            assertThat(TextMetrics.levenshteinSimilarity(one, "b" + one)).isCloseTo(1 - 1.0 / 10_001, CLOSED_FORM);
        }
    }

    @Nested
    class Rouge_l {

        @Test
        void counts_words_in_the_same_order_though_not_side_by_side() {
            assertThat(TextMetrics.rougeL("one two three", "one, then two; then three!"))
                    .isEqualTo(0.75);
            assertThat(TextMetrics.rougeL("three two one", "one two three")).isCloseTo(1.0 / 3, CLOSED_FORM);
        }

        @Test
        void is_0_where_neither_text_has_a_word() {
            assertThat(TextMetrics.rougeL("", "")).isZero();
            assertThat(TextMetrics.rougeL("東京", "東京")).isZero();
        }
    }

    @Nested
    class Refuses {

        static final List<BiConsumer<String, String>> MEASURES = List.of(
                TextMetrics::exactMatch, TextMetrics::tokenF1, TextMetrics::levenshteinSimilarity, TextMetrics::rougeL);

        @Test
        void null_by_name() {
            assertThat(MEASURES).allSatisfy(measure -> {
                assertThatNullPointerException()
                        .isThrownBy(() -> measure.accept(null, "x"))
                        .withMessage("answer is null");
                assertThatNullPointerException()
                        .isThrownBy(() -> measure.accept("x", null))
                        .withMessage("expected is null");
            });
        }
    }
}
