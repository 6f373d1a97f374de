package com.example.shop;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds a message's topic from one sentence about each topic, in one of two ways. */
public enum LabelMatcher {

    /** By the words that both have in common, rare ones counting more. */
    WORDS {
        @Override
        double nearness(String message, String label, List<String> labels, Meaning meaning) {
            Set<String> shared = words(message);
            shared.retainAll(words(label));
            return shared.stream()
                            .mapToDouble(word -> 1.0
                                    / labels.stream()
                                            .filter(l -> words(l).contains(word))
                                            .count())
                            .sum()
                    / Math.sqrt(words(label).size());
        }
    },

    /** By the nearness of their embeddings. */
    MEANING {
        @Override
        double nearness(String message, String label, List<String> labels, Meaning meaning) {
            return meaning.similarity(message, label);
        }
    };

    abstract double nearness(String message, String label, List<String> labels, Meaning meaning);

    public Topic classify(String message, LabelPrompt prompt, Meaning meaning) {
        List<String> labels = List.copyOf(prompt.labels().values());
        return prompt.labels().entrySet().stream()
                .max(Comparator.comparingDouble(label -> nearness(message, label.getValue(), labels, meaning)))
                .map(Map.Entry::getKey)
                .orElseThrow();
    }

    private static Set<String> words(String text) {
        Set<String> words = new HashSet<>(List.of(text.toLowerCase().split("\\W+")));
        words.remove("");
        return words;
    }
}
