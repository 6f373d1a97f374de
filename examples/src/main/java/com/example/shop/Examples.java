package com.example.shop;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Messages whose topic is known, from {@code examples.md}. */
public final class Examples {

    /** A message and its topic. */
    public record Example(String text, Topic topic) {}

    private final Map<Topic, List<String>> texts = new EnumMap<>(Topic.class);

    public Examples() {
        Sections.of("examples.md")
                .forEach((topic, list) -> texts.put(
                        Topic.valueOf(topic),
                        list.lines().map(line -> line.substring("- ".length())).toList()));
    }

    /** Draws some examples of every topic, without putting back. */
    public List<Example> draw(int ofEachTopic, RandomGenerator random) {
        List<Example> drawn = new ArrayList<>();
        texts.forEach((topic, all) -> {
            List<String> left = new ArrayList<>(all);
            for (int i = 0; i < ofEachTopic; i++) {
                drawn.add(new Example(left.remove(random.nextInt(left.size())), topic));
            }
        });
        return drawn;
    }
}
