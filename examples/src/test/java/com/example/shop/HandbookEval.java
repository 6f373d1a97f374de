package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.shop.Handbook.Hit;
import java.util.Comparator;
import java.util.List;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Expected;
import org.juniteval.Fingerprint;
import org.juniteval.Gate;
import org.juniteval.Scorer;

/** Does the search find the passages that answer a question, and how far up? */
@EvalSuite
@Dataset("handbook-questions.jsonl")
class HandbookEval {

    private final Handbook handbook = new Handbook(new Meaning());

    @Fingerprint
    String model() {
        return Meaning.MODEL;
    }

    @Eval
    List<Hit> search(String question) {
        return handbook.search(question, 3);
    }

    /** The share of the relevant passages that are among the three found. */
    @Scorer(threshold = 1)
    @Gate(atLeast = 0.85)
    double recallAt3(List<Hit> hits, @Expected List<String> relevant) {
        long found = relevant.stream().filter(passages(hits)::contains).count();
        return (double) found / relevant.size();
    }

    /** 1 where the first hit is relevant, 1/2 where the second is the first relevant one, … */
    @Scorer
    @Gate(atLeast = 0.8)
    double reciprocalRank(List<Hit> hits, @Expected List<String> relevant) {
        for (int rank = 1; rank <= hits.size(); rank++) {
            if (relevant.contains(hits.get(rank - 1).passage())) {
                return 1.0 / rank;
            }
        }
        return 0;
    }

    @Scorer(must = true)
    void nearestFirstAndNothingTwice(List<Hit> hits) {
        assertThat(hits)
                .isSortedAccordingTo(Comparator.comparingDouble(Hit::similarity).reversed());
        assertThat(passages(hits)).doesNotHaveDuplicates();
    }

    private static List<String> passages(List<Hit> hits) {
        return hits.stream().map(Hit::passage).toList();
    }
}
