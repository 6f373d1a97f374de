package com.example.shop;

import java.util.EnumMap;
import java.util.Map;

/** What a classifier without examples is told about each topic; one file of {@code prompts/} each. */
public record LabelPrompt(Map<Topic, String> labels) {

    public static LabelPrompt of(String resource) {
        Map<Topic, String> labels = new EnumMap<>(Topic.class);
        Sections.of(resource).forEach((topic, text) -> labels.put(Topic.valueOf(topic), text));
        return new LabelPrompt(labels);
    }
}
