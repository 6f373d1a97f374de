package org.juniteval.engine.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.TestExecutionResult.Status.FAILED;
import static org.junit.platform.engine.TestExecutionResult.Status.SUCCESSFUL;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectUniqueId;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Fingerprint;
import org.juniteval.Gate;
import org.juniteval.Score;
import org.juniteval.Scorer;
import org.juniteval.engine.platform.EvalRuns.Finished;
import org.juniteval.engine.run.Settings;

/** Scorers that ask a model: stored like answers, asked several times, averaged. */
class CachedScorersTest {

    static final List<String> JUDGED = new CopyOnWriteArrayList<>();
    static final AtomicInteger CALLS = new AtomicInteger();

    /** What the judges say, by the number of the question. */
    static volatile Function<Integer, Double> opinions;

    static volatile Function<String, String> answers;

    private static double opinion(String answer) {
        JUDGED.add(answer);
        return opinions.apply(JUDGED.size());
    }

    abstract static class Judged {
        @Eval
        String answers(String country) {
            CALLS.incrementAndGet();
            return answers.apply(country);
        }

        /** So that an edited answer is told from the same answer. */
        @Fingerprint
        String version() {
            return answers.apply("version");
        }
    }

    @EvalSuite
    @Dataset(rows = "{\"id\": \"peru\", \"input\": \"Peru\"}")
    static class YesOrNo extends Judged {
        @Scorer(cached = true, runs = 3)
        boolean judged(String answer) {
            return opinion(answer) == 1;
        }
    }

    @EvalSuite
    @Dataset(rows = "{\"id\": \"peru\", \"input\": \"Peru\"}")
    static class Graded extends Judged {
        @Scorer(cached = true, runs = 3, threshold = 0.6)
        Score judged(String answer) {
            return Score.of(opinion(answer), "opinion");
        }
    }

    @EvalSuite
    @Dataset(rows = "{\"id\": \"peru\", \"input\": \"Peru\"}")
    static class Detailed extends Judged {
        @Scorer(cached = true, runs = 3)
        Score judged(String answer) {
            double opinion = opinion(answer);
            Score score = Score.of(opinion, "opinion").detail("said", Map.of("grade", opinion));
            return opinion > 0.6 ? score : score.detail("missing", List.of("the country"));
        }
    }

    @EvalSuite
    @Dataset(rows = "{\"id\": \"peru\", \"input\": \"Peru\"}")
    static class InParts extends Judged {
        @Scorer(cached = true, runs = 3)
        Map<String, Boolean> judged(String answer) {
            double opinion = opinion(answer);
            return Map.of("always", true, "mostly", opinion == 1);
        }

        @Scorer
        boolean exact(String answer) {
            return true;
        }
    }

    @EvalSuite
    @Dataset(rows = "{\"id\": \"peru\", \"input\": \"Peru\"}")
    @Gate(scorer = "judged", atLeast = 0.5)
    static class Broken extends Judged {
        @Scorer(cached = true)
        double judged(String answer) {
            return opinion(answer);
        }
    }

    @TempDir
    Path folder;

    private EvalRuns runs;

    @BeforeEach
    void fresh() {
        JUDGED.clear();
        CALLS.set(0);
        answers = country -> "Lima";
        opinions = question -> 1.0;
        runs = EvalRuns.in(folder);
    }

    private static String sample(Finished run, Class<?> suite) {
        return run.records(suite).stream()
                .filter(line -> line.contains("\"type\":\"sample\""))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void details_of_several_runs_are_lists_of_what_they_said_new_or_stored() {
        opinions = question -> question == 2 ? 0.5 : 0.75;

        for (Finished run :
                List.of(runs.run(Detailed.class), runs.inAnotherJvm().run(Detailed.class))) {
            assertThat(sample(run, Detailed.class)).contains("""
                    "details":{"said":[{"grade":0.75},{"grade":0.5},{"grade":0.75}],\
                    "missing":[null,["the country"],null]}""");
        }
        assertThat(JUDGED).hasSize(3);
    }

    @Test
    void a_number_is_the_mean_of_its_runs_and_their_spread_is_kept_beside_it() {
        opinions = question -> question / 4.0;

        Finished run = runs.run(Graded.class);

        assertThat(JUDGED).hasSize(3);
        assertThat(run.status("answers[peru]")).isEqualTo(FAILED);
        assertThat(run.message("answers[peru]")).startsWith("judged is 0.5, below its threshold 0.6: opinion");
        assertThat(sample(run, Graded.class)).contains("\"value\":0.5").contains("\"spread\":0.2041241452319315");
    }

    @Test
    void a_yes_or_no_is_met_by_the_majority_of_its_runs() {
        opinions = question -> question == 2 ? 0.0 : 1.0;
        assertThat(runs.run(YesOrNo.class).status("answers[peru]")).isEqualTo(SUCCESSFUL);

        opinions = question -> question == 5 ? 1.0 : 0.0;
        answers = country -> "Cusco";
        Finished run = runs.inAnotherJvm().run(YesOrNo.class);
        assertThat(run.status("answers[peru]")).isEqualTo(FAILED);
        assertThat(run.message("answers[peru]")).startsWith("judged missed");
    }

    @Test
    void each_part_of_a_map_is_met_by_the_majority_of_its_runs() {
        opinions = question -> question == 1 ? 1.0 : 0.0;

        Finished run = runs.run(InParts.class);

        assertThat(run.status("answers[peru]")).isEqualTo(FAILED);
        assertThat(run.message("answers[peru]"))
                .startsWith("judged.mostly missed")
                .doesNotContain("always");
    }

    @Test
    void the_same_output_is_not_judged_again_whatever_a_judge_would_say_now() {
        opinions = question -> question <= 3 ? 0.0 : 1.0;
        Finished first = runs.run(YesOrNo.class);
        Finished second = runs.inAnotherJvm().run(YesOrNo.class);

        assertThat(JUDGED).hasSize(3);
        assertThat(CALLS).hasValue(1);
        assertThat(second.status("answers[peru]"))
                .isEqualTo(first.status("answers[peru]"))
                .isEqualTo(FAILED);
    }

    @Test
    void an_output_that_is_called_anew_and_is_another_is_judged_again() {
        runs.run(YesOrNo.class);
        answers = country -> "Cusco";
        runs.inAnotherJvm().run(YesOrNo.class);

        assertThat(CALLS).hasValue(2);
        assertThat(JUDGED).containsExactly("Lima", "Lima", "Lima", "Cusco", "Cusco", "Cusco");
    }

    @Test
    void in_replay_neither_eval_nor_judge_is_entered() {
        runs.run(YesOrNo.class);
        opinions = question -> {
            throw new AssertionError("entered");
        };

        assertThat(runs.inAnotherJvm()
                        .with(Settings.CACHE_MODE, "replay")
                        .run(YesOrNo.class)
                        .status("answers[peru]"))
                .isEqualTo(SUCCESSFUL);
        assertThat(JUDGED).hasSize(3);
    }

    @Test
    void a_judge_that_breaks_is_asked_again_and_the_answer_is_not() {
        opinions = question -> {
            throw new IllegalStateException("429 slow down");
        };
        Finished first = runs.run(Broken.class);
        assertThat(first.status("answers[peru]")).isEqualTo(FAILED);
        assertThat(first.message("answers[peru]"))
                .startsWith("@Scorer judged threw")
                .contains("429 slow down");
        assertThat(first.message("answers[gate: mean(judged)]")).startsWith("undecided:");
        opinions = question -> 0.75;

        Finished again = runs.inAnotherJvm().run(Broken.class);

        assertThat(again.status("answers[peru]")).isEqualTo(SUCCESSFUL);
        assertThat(again.status("answers[gate: mean(judged)]")).isEqualTo(SUCCESSFUL);
        assertThat(CALLS).hasValue(1);
    }

    @Test
    void a_gate_by_its_own_id_asks_no_judge_and_fails_for_the_score_that_is_nowhere() {
        opinions = question -> {
            throw new IllegalStateException("429 slow down");
        };
        Finished first = runs.run(Broken.class);
        JUDGED.clear();
        opinions = question -> 0.75;

        Finished again =
                runs.inAnotherJvm().run(selectUniqueId(first.uniqueIds().get("answers[gate: mean(judged)]")));

        assertThat(JUDGED).isEmpty();
        assertThat(again.status("answers[gate: mean(judged)]")).isEqualTo(FAILED);
        assertThat(again.message("answers[gate: mean(judged)]"))
                .startsWith("not decided: 0 of 1 cases ran")
                .contains("surefire:test@evals");
    }
}
