package org.juniteval.engine.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Fingerprint;
import org.juniteval.Gate;
import org.juniteval.Samples;
import org.juniteval.Scorer;
import org.juniteval.Variants;
import org.juniteval.engine.cli.Cli.Done;
import org.juniteval.engine.platform.EvalRuns;
import org.juniteval.engine.run.Settings;

/** What real runs leave, as the command line tells it. */
class ExplainedRunsTest {

    private static volatile String model;
    private static volatile String reply;

    @TempDir
    Path folder;

    private EvalRuns runs;
    private Cli cli;

    @EvalSuite
    @Samples(value = 2, required = 1)
    @Dataset(rows = """
            {"id": "a/b: [c] 100%+", "input": "x"}
            {"id": "peru", "input": "y"}
            """)
    static class WordsCase {

        enum Tone {
            FORMAL,
            FRIENDLY
        }

        @Eval
        String answers(String input, @Variants Tone tone) {
            if (reply.isEmpty()) {
                throw new IllegalStateException("429 Too Many Requests");
            }
            return tone + input + reply;
        }

        @Scorer
        @Gate(atLeast = 0.1)
        boolean ok(String answer) {
            return true;
        }

        @Scorer(cached = true)
        boolean judged(String answer) {
            return true;
        }

        @Fingerprint
        String model() {
            return model;
        }
    }

    @BeforeEach
    void begin() {
        model = "model-1";
        reply = ".";
        runs = EvalRuns.in(folder);
        cli = Cli.in(folder).with("EVAL_CACHE_DIR", runs.cacheDir().toString());
    }

    @Test
    void every_node_s_id_names_the_answers_below_it() {
        Map<String, String> ids = runs.run(WordsCase.class).uniqueIds();

        assertThat(ids).hasSizeGreaterThan(20);
        ids.forEach((name, id) -> {
            Done done = cli.run("cache", "explain", "--json", id);
            long samples = name.matches(".*\\]\\[\\d]") ? 1 : name.matches(".*\\[(FORMAL|FRIENDLY)]\\[[^g].*") ? 2 : 4;
            if (name.matches(".*WordsCase|answers\\(.*")) {
                samples = 8;
            }
            assertThat(done.lines()).as(id + done.err()).hasSize((int) samples);
        });
    }

    @Test
    void what_changed_is_told_in_the_words_of_the_run() {
        runs.run(WordsCase.class);
        model = "model-2";
        EvalRuns.Finished second = runs.inAnotherJvm().run(WordsCase.class);
        assertThat(second.out()).contains("called: declared changed: model");

        Done done = cli.run("cache", "explain", second.uniqueIds().get("answers[FORMAL][peru][2]"));

        assertThat(done.out())
                .startsWith("WordsCase.answers[FORMAL][peru][2]\n")
                .contains("  declared   model\n")
                .contains("WordsCase.answers(String, ExplainedRunsTest$WordsCase$Tone)")
                .endsWith("  declared changed: model\n");
    }

    @Test
    void what_a_fresh_start_archives_is_no_answer_and_goes_when_it_is_old_or_with_all() {
        runs.run(WordsCase.class);
        String before = cli.run("cache", "ls").out();
        reply = "!";
        runs.inAnotherJvm().with(Settings.CACHE_MODE, "refresh").run(WordsCase.class);
        assertThat(runs.cacheDir().resolve(".archive")).isDirectory();

        assertThat(cli.run("cache", "verify").exitCode()).isZero();
        assertThat(cli.run("cache", "ls").lines())
                .hasSizeGreaterThanOrEqualTo(before.lines().toList().size());
        assertThat(cli.run("cache", "prune", "--older-than", "52w", "--yes").exitCode())
                .isZero();
        assertThat(runs.cacheDir().resolve(".archive")).isDirectory();
        assertThat(cli.run("cache", "rm", "--all", "--yes").exitCode()).isZero();
        assertThat(runs.cacheDir())
                .isDirectoryNotContaining(file -> !file.getFileName().toString().matches("\\.gitignore|leases"));
    }

    @Test
    void a_mark_of_a_fault_is_no_answer() {
        reply = "";
        runs.run(WordsCase.class);

        assertThat(cli.run("cache", "ls").exitCode()).isEqualTo(1);
        assertThat(cli.run("cache", "verify").out()).endsWith(" whole, none is not\n");
        assertThat(cli.run("cache", "rm", "--all", "--yes").out()).contains("Removed 8 files.");
    }

    @Test
    void scores_of_cached_scorers_are_listed_shown_and_removed_as_answers_are() {
        runs.run(WordsCase.class);

        assertThat(cli.run("cache", "ls").lines()).hasSize(1 + 8 + 8);
        assertThat(cli.run("cache", "ls").out()).contains("\tjudged\t1\t");
        assertThat(cli.run("cache", "verify").exitCode()).isZero();
        assertThat(cli.run("cache", "rm", "--case", "peru", "--yes").out()).contains("Removed 8 files.");

        assertThat(runs.inAnotherJvm().run(WordsCase.class).out()).contains("2 cached · 2 called");
    }
}
