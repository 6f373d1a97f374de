package com.example.shop;

import com.example.shop.TopicClassifier.Answer;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Expected;
import org.juniteval.Fingerprint;
import org.juniteval.Gate;
import org.juniteval.SampleContext;
import org.juniteval.Samples;
import org.juniteval.Score;
import org.juniteval.Scorer;
import org.juniteval.Statistic;

/**
 * Does the classifier send a customer's message to the right topic? Every sample draws other examples for the
 * classifier, so five samples show how much luck there is in that draw.
 *
 * <p>A case should pass four times of five. Nobody expects that of the hard rows, so the gates say how much of the
 * whole must succeed, and single misses are shown without failing the build.
 */
@EvalSuite
@Dataset("topics.jsonl")
@Samples(value = 5, required = 4)
@Gate(statistic = Statistic.CASE_PASS_RATE, atLeast = 0.6)
class TopicEval {

    private static final int EXAMPLES_OF_EACH_TOPIC = 10;

    private final Examples examples = new Examples();
    private final TopicClassifier classifier = new TopicClassifier(new Meaning());

    @Fingerprint
    String model() {
        return Meaning.MODEL;
    }

    @Eval
    Answer classify(String message, SampleContext sample) {
        Answer answer = classifier.classify(message, examples.draw(EXAMPLES_OF_EACH_TOPIC, sample.random()));
        sample.confidence(answer.confidence());
        return answer;
    }

    @Scorer
    @Gate(atLeast = 0.7)
    boolean exact(Answer answer, @Expected Topic topic) {
        return answer.topic() == topic;
    }

    /** Without a threshold: a number to watch, which cannot fail. */
    @Scorer
    Score desk(Answer answer, @Expected Topic topic) {
        if (answer.topic() == topic) {
            return Score.of(1);
        }
        return answer.topic().desk() == topic.desk()
                ? Score.of(0.5, "the right people, who will have to read on: " + topic.desk())
                : Score.of(0, answer.topic().desk() + " will have to pass it on to " + topic.desk());
    }
}
