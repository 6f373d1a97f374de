package org.juniteval.engine.cache;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A server of Gradle's HTTP build cache protocol on this machine, well-behaved until it is told otherwise. */
public final class CacheServer implements AutoCloseable {

    /** What a server does with a request. */
    @FunctionalInterface
    public interface Behaviour {
        void answer(HttpExchange exchange, byte[] body) throws IOException, InterruptedException;
    }

    /** What was asked for. */
    public record Asked(String method, String path, Map<String, List<String>> headers) {

        Optional<String> header(String name) {
            return headers.getOrDefault(name, List.of()).stream().findFirst();
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, byte[]> entries = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile Behaviour behaviour = this::serve;

    private CacheServer(HttpServer server) {
        this.server = server;
    }

    public static CacheServer start() throws IOException {
        var server = new CacheServer(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        server.server.setExecutor(server.threads);
        server.server.createContext("/", server::handle);
        server.server.start();
        return server;
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/evals/");
    }

    /** From now on. */
    public void behave(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    /** Answers everything with this status. */
    public void behave(int status) {
        behave((exchange, body) -> exchange.sendResponseHeaders(status, -1));
    }

    /** As a good server does. */
    public void serve(HttpExchange exchange, byte[] body) throws IOException {
        var path = exchange.getRequestURI().getPath();
        if (exchange.getRequestMethod().equals("PUT")) {
            exchange.sendResponseHeaders(entries.put(path, body) == null ? 201 : 204, -1);
        } else if (entries.containsKey(path) && exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", "" + entries.get(path).length);
            exchange.sendResponseHeaders(200, -1);
        } else if (entries.containsKey(path)) {
            exchange.sendResponseHeaders(200, entries.get(path).length);
            exchange.getResponseBody().write(entries.get(path));
        } else {
            exchange.sendResponseHeaders(404, -1);
        }
    }

    /** Until the test has ended. */
    public void hang() throws InterruptedException {
        closed.await();
    }

    /** As a server takes its time; no longer than the test. */
    public void delay(Duration time) throws InterruptedException {
        if (closed.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new InterruptedException();
        }
    }

    /** What it keeps, by path. */
    public Map<String, byte[]> entries() {
        return entries;
    }

    public List<Asked> asked() {
        return asked;
    }

    public List<String> methods() {
        return asked.stream().map(Asked::method).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            asked.add(new Asked(
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().getPath(),
                    Map.copyOf(exchange.getRequestHeaders())));
            behaviour.answer(exchange, exchange.getRequestBody().readAllBytes());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
