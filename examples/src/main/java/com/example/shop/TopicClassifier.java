package com.example.shop;

import com.example.shop.Examples.Example;
import dev.langchain4j.data.embedding.Embedding;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Finds a message's topic from a few examples: that topic whose three nearest examples are nearest on average. */
public final class TopicClassifier {

    /** A topic, and how clearly it stands out from the others, in [0, 1]. */
    public record Answer(Topic topic, double confidence) {}

    private static final int NEAREST = 3;

    /** The smaller, the more a small lead in similarity counts as confidence. */
    private static final double TEMPERATURE = 0.05;

    private final Meaning meaning;

    public TopicClassifier(Meaning meaning) {
        this.meaning = meaning;
    }

    public Answer classify(String message, List<Example> examples) {
        Embedding asked = meaning.of(message);
        Map<Topic, Double> weights = new EnumMap<>(Topic.class);
        for (Topic topic : Topic.values()) {
            weights.put(topic, Math.exp(nearness(asked, topic, examples) / TEMPERATURE));
        }
        Map.Entry<Topic, Double> best =
                weights.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow();
        double all = weights.values().stream().mapToDouble(Double::doubleValue).sum();
        return new Answer(best.getKey(), best.getValue() / all);
    }

    private double nearness(Embedding message, Topic topic, List<Example> examples) {
        return examples.stream()
                .filter(example -> example.topic() == topic)
                .map(example -> meaning.similarity(message, example.text()))
                .sorted(Comparator.reverseOrder())
                .limit(NEAREST)
                .mapToDouble(Double::doubleValue)
                .average()
                .orElse(-1);
    }
}
