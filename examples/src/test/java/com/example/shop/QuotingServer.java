package com.example.shop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Speaks enough of OpenAI's chat protocol to stand in for a provider: it answers with a sentence of the system prompt
 * that shares most words with the question. Like a model at a temperature above zero it does not always say the same:
 * the request's seed picks the wording, and now and then the second-best sentence. Asked to grade, it does that too.
 */
final class QuotingServer implements AutoCloseable {

    static final String MODEL = "quoting-server-1";

    private static final List<String> WORDINGS =
            List.of("%s", "Thank you for asking. %s", "%s Is there anything else?");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    QuotingServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/v1/chat/completions", this::complete);
        server.start();
    }

    String baseUrl() {
        return "http://" + server.getAddress().getHostString() + ":"
                + server.getAddress().getPort() + "/v1";
    }

    private void complete(HttpExchange exchange) throws IOException {
        JsonNode request = JSON.readTree(exchange.getRequestBody());
        String prompt = request.at("/messages/0/content").asText();
        String question = request.at("/messages/1/content").asText();
        String reply = prompt.startsWith("You grade")
                ? grade(question)
                : reply(
                        prompt,
                        question,
                        new SplittableRandom(request.path("seed").asLong()));
        int in = words(prompt).size() + words(question).size();
        int out = words(reply).size();
        String response = """
                {"id": "chatcmpl-1", "object": "chat.completion", "model": "%s",
                 "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": %s}}],
                 "usage": {"prompt_tokens": %d, "completion_tokens": %d, "total_tokens": %d}}
                """.formatted(MODEL, JSON.writeValueAsString(reply), in, out, in + out);
        byte[] body = response.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    static String reply(String prompt, String question, SplittableRandom random) {
        Set<String> asked = new HashSet<>(words(question));
        List<String> sentences = Arrays.stream(
                        prompt.substring(prompt.indexOf("Handbook:") + 9).split("(?<=[.])\\s+"))
                .map(sentence -> sentence.replaceFirst("^\\s*- ", "").strip())
                .sorted(Comparator.comparingDouble(sentence -> -overlap(asked, words(sentence))))
                .toList();
        String quote = sentences.get(random.nextInt(20) == 0 ? 1 : 0);
        return WORDINGS.get(random.nextInt(WORDINGS.size())).formatted(quote);
    }

    /** As a judge it counts how many longer words of the question come back in the reply. */
    static String grade(String questionAndReply) {
        String[] parts = questionAndReply.split("\nReply: ");
        List<String> asked = words(parts[0].replaceFirst("Question: ", "")).stream()
                .filter(word -> word.length() > 3)
                .toList();
        long taken = asked.stream().filter(words(parts[1])::contains).count();
        return Math.min(10, 20 * taken / asked.size()) + ". The reply takes up " + taken + " of " + asked.size()
                + " words of the question.";
    }

    private static double overlap(Set<String> asked, List<String> sentence) {
        return sentence.stream()
                        .distinct()
                        .filter(asked::contains)
                        .mapToInt(String::length)
                        .sum()
                / Math.sqrt(sentence.size());
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("\\W+"))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdown();
    }
}
