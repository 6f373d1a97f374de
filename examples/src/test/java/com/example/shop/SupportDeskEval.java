package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Expected;
import org.juniteval.Fingerprint;
import org.juniteval.Gate;
import org.juniteval.Input;
import org.juniteval.SampleContext;
import org.juniteval.Samples;
import org.juniteval.Score;
import org.juniteval.Scorer;
import org.juniteval.Statistic;

/**
 * Does the support desk answer from the handbook, briefly and politely? Any endpoint that speaks OpenAI's protocol
 * will do: name its model in {@code OPENAI_MODEL}, and where needed its address in {@code OPENAI_BASE_URL} and a key in
 * {@code OPENAI_API_KEY}. Without a model's name a server in this JVM answers, so that the example costs nothing.
 */
@EvalSuite
@Dataset("support.jsonl")
@Samples(value = 3, required = 2)
@Gate(statistic = Statistic.CASE_PASS_RATE, atLeast = 0.7)
class SupportDeskEval implements AutoCloseable {

    private static final double TEMPERATURE = 0.7;

    private final Map<String, String> env = System.getenv();
    private final String modelName = env.getOrDefault("OPENAI_MODEL", QuotingServer.MODEL);
    private final QuotingServer server = new QuotingServer();
    private final Meaning meaning = new Meaning();
    private final SupportDesk desk = new SupportDesk(model(TEMPERATURE), new Handbook(meaning));
    private final Judge judge = new Judge(model(0));

    SupportDeskEval() throws IOException {}

    private ChatModel model(double temperature) {
        boolean real = env.containsKey("OPENAI_MODEL");
        return OpenAiChatModel.builder()
                .baseUrl(real ? env.getOrDefault("OPENAI_BASE_URL", "https://api.openai.com/v1") : server.baseUrl())
                .apiKey(real ? env.getOrDefault("OPENAI_API_KEY", "none") : "none")
                .modelName(modelName)
                .temperature(temperature)
                .build();
    }

    /** What the environment decides joins the cache's key; the address and the key to it do not. */
    @Fingerprint
    Map<String, Object> model_and_temperature() {
        return Map.of("model", modelName, "temperature", TEMPERATURE, "embeddings", Meaning.MODEL);
    }

    @Eval
    String answer(@Input("question") String question, SampleContext sample) {
        ChatResponse response = desk.answer(question, sample.random().nextInt(1_000_000));
        sample.usage(
                response.tokenUsage().inputTokenCount(), response.tokenUsage().outputTokenCount());
        return response.aiMessage().text();
    }

    @Scorer(threshold = 1)
    @Gate(atLeast = 0.7)
    Score facts(String reply, @Expected("facts") List<String> facts) {
        List<String> missing = facts.stream()
                .filter(fact -> !reply.toLowerCase(Locale.ROOT).contains(fact.toLowerCase(Locale.ROOT)))
                .toList();
        double said = 1 - (double) missing.size() / facts.size();
        return missing.isEmpty() ? Score.of(said) : Score.of(said, "not said: " + missing);
    }

    @Scorer
    @Gate(atLeast = 0.5)
    double closeToReference(String reply, @Expected("reply") String reference) {
        return Math.max(0, meaning.similarity(meaning.of(reply), reference));
    }

    /** A judge is a model too: what it says is kept like an answer, under a key of its own. */
    @Scorer(cached = true)
    @Gate(atLeast = 0.5)
    Score helpful(String reply, @Input("question") String question) {
        return judge.grade(question, reply);
    }

    @Scorer(must = true)
    void polite(String reply) {
        assertThat(reply).doesNotContainIgnoringCase("stupid").doesNotContainIgnoringCase("obviously");
    }

    @Scorer(must = true)
    void brief(String reply) {
        assertThat(reply.split("[.!?](\\s|$)")).hasSizeLessThanOrEqualTo(3);
    }

    @Override
    public void close() {
        server.close();
    }
}
