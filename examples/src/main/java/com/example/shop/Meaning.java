package com.example.shop;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.store.embedding.CosineSimilarity;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How near two texts are in meaning, by an embedding model that runs inside this JVM and needs no network. */
public final class Meaning {

    /** The name of the model; it stands in no code that a cache could look at, so the evals declare it. */
    public static final String MODEL = "all-minilm-l6-v2-q";

    private final EmbeddingModel model = new AllMiniLmL6V2QuantizedEmbeddingModel();
    private final Map<String, Embedding> known = new ConcurrentHashMap<>();

    /** The direction of a text's meaning. */
    public Embedding of(String text) {
        return model.embed(text).content();
    }

    /**
     * The cosine of the angle between a meaning and that of a text: 1 for the same, about 0 for unrelated ones. The
     * text's meaning is kept, so it should be one of a few that come again: an example, a passage, a label.
     */
    public double similarity(Embedding meaning, String text) {
        return CosineSimilarity.between(meaning, known.computeIfAbsent(text, this::of));
    }
}
