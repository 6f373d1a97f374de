package com.example.shop;

import java.util.LinkedHashMap;
import java.util.Map;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Expected;
import org.juniteval.Fingerprint;
import org.juniteval.Gate;
import org.juniteval.Samples;
import org.juniteval.Scorer;
import org.juniteval.Variants;

/**
 * Which way of matching and which wording of the labels finds the topic best, where there are no examples? Two ways
 * and three wordings make six variants. Nothing is required of a single case; the gate holds the pair that is in use.
 */
@EvalSuite
@Dataset("topics.jsonl")
@Samples(value = 1, required = 0)
class LabelPromptEval {

    private final Meaning meaning = new Meaning();

    static Map<String, LabelPrompt> labels() {
        Map<String, LabelPrompt> labels = new LinkedHashMap<>();
        labels.put("by-name", LabelPrompt.of("prompts/labels-by-name.md"));
        labels.put("described", LabelPrompt.of("prompts/labels-described.md"));
        labels.put("in-customers-words", LabelPrompt.of("prompts/labels-in-customers-words.md"));
        return labels;
    }

    @Fingerprint
    String model() {
        return Meaning.MODEL;
    }

    @Eval
    Topic classify(String message, @Variants LabelMatcher matcher, @Variants("labels") LabelPrompt labels) {
        return matcher.classify(message, labels, meaning);
    }

    @Scorer
    @Gate(variant = "MEANING+in-customers-words", atLeast = 0.5)
    boolean exact(Topic topic, @Expected Topic expected) {
        return topic == expected;
    }
}
