package org.juniteval.engine.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Expected;
import org.juniteval.Gate;
import org.juniteval.SampleContext;
import org.juniteval.Samples;
import org.juniteval.Score;
import org.juniteval.Scorer;
import org.juniteval.Statistic;
import org.juniteval.Variants;
import org.juniteval.engine.dataset.Row;

/** One suite that says all there is to say, from its class to a score. */
class WholePathTest {

    enum Tone {
        CURT,
        KIND
    }

    @EvalSuite
    @Dataset("capitals.jsonl")
    @Samples(value = 5, required = 4)
    @Tag("geo")
    static class CapitalsCase {

        @Eval
        @Tag("slow")
        @Timeout(3)
        String answersCapital(String country, @Variants Tone tone, SampleContext context) {
            return tone == Tone.CURT ? country + "!" : "The capital of " + country;
        }

        @Scorer
        @Gate(atLeast = 0.8)
        boolean exact(String answer, @Expected String capital) {
            return answer.equals(capital);
        }

        @Scorer(must = true)
        void polite(String answer) {
            assertThat(answer).doesNotContain("!");
        }
    }

    private final SuiteDefinition suite = SuiteDefinition.of(CapitalsCase.class);
    private final EvalDefinition eval = suite.evals().get(0);

    @Test
    void nothing_is_wrong_with_it() {
        assertThat(Suites.faults(CapitalsCase.class)).isEmpty();
    }

    @Test
    void its_class_is_read() {
        assertThat(SuiteDefinition.isSuite(CapitalsCase.class)).isTrue();
        assertThat(suite.displayName()).isEqualTo("CapitalsCase");
        assertThat(suite.tags()).containsExactlyInAnyOrder("geo", "eval");
        assertThat(eval.tags()).containsExactlyInAnyOrder("geo", "eval", "slow");
        assertThat(eval.samples()).isEqualTo(5);
        assertThat(eval.required()).isEqualTo(4);
        assertThat(eval.timeout()).contains(Duration.ofSeconds(3));
        assertThat(eval.dataset().orElseThrow().locations()).containsExactly("capitals.jsonl");
        assertThat(eval.datasetAnchor()).isEqualTo(CapitalsCase.class);
        assertThat(eval.scorers()).extracting(ScorerDefinition::name).containsExactly("exact", "polite");
        assertThat(eval.gates())
                .containsExactly(new GateDefinition(
                        "mean(exact)", "exact", Statistic.MEAN, OptionalDouble.of(0.8), OptionalDouble.empty(), ""));
    }

    @Test
    void a_row_becomes_an_answer_and_the_answer_scores() throws Throwable {
        Row row = Suites.row("{'input': 'Peru', 'expected': 'The capital of Peru'}".replace('\'', '"'));
        SuiteInstance instance = suite.open();
        List<Variant> variants = eval.variants(instance.object());
        assertThat(variants).extracting(Variant::name).containsExactly("CURT", "KIND");
        assertThat(eval.check(row)).isEmpty();

        Object curt = eval.call(instance.object(), row, variants.get(0), Suites.context());
        Object kind = eval.call(instance.object(), row, variants.get(1), Suites.context());

        assertThat(score("exact", instance, kind, row)).isEqualTo(Map.of("exact", Score.of(true, "")));
        assertThat(score("exact", instance, curt, row)).isEqualTo(Map.of("exact", Score.of(false, "")));
        assertThat(score("polite", instance, kind, row)).isEqualTo(Map.of("polite", Score.of(true, "")));
        assertThat(score("polite", instance, curt, row).get("polite").value()).hasValue(0);
    }

    private Map<String, Score> score(String scorer, SuiteInstance suite, Object output, Row row) throws Throwable {
        Object restored = eval.restore(eval.store(output, json -> json));
        return Suites.scorer(CapitalsCase.class, scorer)
                .score(suite.object(), restored, row, Variant.NONE, Suites.context())
                .scores();
    }

    @Test
    void a_scorer_knows_its_first_line() {
        StackTraceElement location = Suites.scorer(CapitalsCase.class, "polite").location();
        assertThat(Optional.ofNullable(location.getFileName())).contains("WholePathTest.java");
        assertThat(location.getLineNumber()).isPositive();
        assertThat(location.getMethodName()).isEqualTo("polite");
    }
}
