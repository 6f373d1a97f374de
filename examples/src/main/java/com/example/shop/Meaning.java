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
    private final Map<String, Embedding> embeddings = new ConcurrentHashMap<>();

    /** The cosine of the angle between the two texts' embeddings: 1 for the same meaning, about 0 for unrelated texts. */
    public double similarity(String a, String b) {
        return CosineSimilarity.between(embed(a), embed(b));
    }

    private Embedding embed(String text) {
        return embeddings.computeIfAbsent(text, t -> model.embed(t).content());
    }
}
