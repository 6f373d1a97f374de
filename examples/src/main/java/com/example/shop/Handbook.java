package com.example.shop;

import dev.langchain4j.data.embedding.Embedding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What the shop promises its customers, in passages that can be searched by meaning. */
public final class Handbook {

    /** One passage; its id is the chapter and the section, such as {@code returns#deadline}. */
    public record Passage(String id, String text) {}

    /** A passage that was found, and how near it is to the question. */
    public record Hit(String passage, double similarity) {}

    private static final List<String> CHAPTERS = List.of(
            "handbook/account.md",
            "handbook/delivery.md",
            "handbook/orders.md",
            "handbook/payment.md",
            "handbook/returns.md",
            "handbook/warranty.md");

    private final Meaning meaning;
    private final List<Passage> passages = new ArrayList<>();

    public Handbook(Meaning meaning) {
        this.meaning = meaning;
        for (String file : CHAPTERS) {
            String chapter = file.substring("handbook/".length(), file.length() - ".md".length());
            Sections.of(file).forEach((section, text) -> passages.add(new Passage(chapter + "#" + section, text)));
        }
    }

    /** The passages nearest to the question, nearest first. */
    public List<Hit> search(String question, int count) {
        Embedding asked = meaning.of(question);
        return passages.stream()
                .map(passage -> new Hit(passage.id(), meaning.similarity(asked, searchable(passage))))
                .sorted(Comparator.comparingDouble(Hit::similarity).reversed())
                .limit(count)
                .toList();
    }

    /** The text of a passage. */
    public String text(String id) {
        return passages.stream()
                .filter(p -> p.id().equals(id))
                .findFirst()
                .orElseThrow()
                .text();
    }

    /** Chapter and section say what a short passage is about. */
    private static String searchable(Passage passage) {
        return passage.id().replace('#', ' ').replace('-', ' ') + ": " + passage.text();
    }
}
