package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Expected;
import org.juniteval.Gate;
import org.juniteval.Input;
import org.juniteval.SampleContext;
import org.juniteval.Samples;
import org.juniteval.Scorer;

/**
 * What red looks like: every way in which a case can fail, on purpose. The tag keeps it out of the build; to see it run
 * {@code mvn -pl examples -am verify -DskipTests -Pred}.
 */
@EvalSuite
@Tag("red")
class ReplyRedEval {

    /** Gives the replies that the row holds, one each sample; {@code 503} stands for a provider that is overloaded. */
    @Eval
    @Dataset("red-replies.jsonl")
    @Samples(value = 3, required = 2)
    String reply(@Input("replies") List<String> replies, SampleContext sample) {
        String reply = replies.get(sample.sample() - 1);
        if (reply.equals("503")) {
            throw new IllegalStateException("503 from the provider: the model is overloaded");
        }
        return reply;
    }

    /** Never called: its dataset is broken, and that is found before anything is spent. */
    @Eval
    @Dataset("red-broken.jsonl")
    Topic classify(String message) {
        return Topic.ORDER_STATUS;
    }

    @Scorer(evals = "reply")
    boolean saysSo(String reply, @Expected String fact) {
        return reply.toLowerCase(Locale.ROOT).contains(fact);
    }

    @Scorer(evals = "reply", must = true)
    void polite(String reply) {
        assertThat(reply).doesNotContainIgnoringCase("obviously");
    }

    @Scorer(evals = "reply")
    @Gate(atLeast = 0.97)
    double brief(String reply) {
        return Math.min(1, 30.0 / reply.length());
    }

    @Scorer(evals = "classify")
    boolean exact(Topic topic, @Expected Topic expected) {
        return topic == expected;
    }
}
