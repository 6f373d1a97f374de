package com.example.shop;

import dev.langchain4j.data.embedding.Embedding;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/** Finds a message's topic from one text about each topic, in one of two ways. */
public enum LabelMatcher {

    /** By the words that both have in common, those of few labels counting more. */
    WORDS {
        @Override
        ToDoubleFunction<String> nearness(String message, LabelPrompt prompt, Meaning meaning) {
            Set<String> asked = words(message);
            List<Set<String>> labels =
                    prompt.labels().values().stream().map(LabelMatcher::words).toList();
            return label -> {
                Set<String> words = words(label);
                double shared = words.stream()
                        .filter(asked::contains)
                        .mapToDouble(word -> 1.0 / holding(word, labels))
                        .sum();
                return shared / Math.sqrt(words.size());
            };
        }
    },

    /** By their embeddings. */
    MEANING {
        @Override
        ToDoubleFunction<String> nearness(String message, LabelPrompt prompt, Meaning meaning) {
            Embedding asked = meaning.of(message);
            return label -> meaning.similarity(asked, label);
        }
    };

    /** How near each label is to the message. */
    abstract ToDoubleFunction<String> nearness(String message, LabelPrompt prompt, Meaning meaning);

    public Topic classify(String message, LabelPrompt prompt, Meaning meaning) {
        ToDoubleFunction<String> nearness = nearness(message, prompt, meaning);
        return prompt.labels().entrySet().stream()
                .max(Comparator.comparingDouble(label -> nearness.applyAsDouble(label.getValue())))
                .map(Map.Entry::getKey)
                .orElseThrow();
    }

    private static long holding(String word, List<Set<String>> labels) {
        return labels.stream().filter(label -> label.contains(word)).count();
    }

    private static Set<String> words(String text) {
        Set<String> words = new TreeSet<>(List.of(text.toLowerCase(Locale.ROOT).split("\\W+")));
        words.remove("");
        return words;
    }
}
