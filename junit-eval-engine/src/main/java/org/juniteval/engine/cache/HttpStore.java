package org.juniteval.engine.cache;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.juniteval.engine.cache.EntryFormat.Content;

/**
 * A store behind the protocol of Gradle's HTTP build cache: {@code GET}, {@code PUT} and {@code HEAD} of {@code
 * <address>/<64 hex digits of the fingerprint>}. 200 is a hit and 404 a miss, any 2xx says that an entry was taken, 413
 * that it is too large. Anything else is a server to leave alone for the rest of the run: the first failure is told, and from then on
 * everything is a miss at once. So a server in trouble costs one time-out, not one a sample.
 *
 * <p>Has neither leases nor near entries: the protocol can neither lock nor list.
 */
final class HttpStore implements Store {

    /** Entries are a few kilobytes: a server that takes longer for one is no gain to the run. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** The slowest line that large entries are sent over. */
    private static final int BYTES_PER_SECOND = 100_000;

    /**
     * Before a larger answer is sent, {@code HEAD} asks whether another machine has stored one while it was made: as
     * many do when a build's jobs start at the same time. The first answer then stands; it is as good. Of a smaller one
     * the question would cost as much time as the sending, and a hit costs no question at all.
     */
    private static final int WORTH_ASKING = 64 << 10;

    /** Of so many misses it is known that a question may save the sending; memory stays flat over any number. */
    private static final int REMEMBERED = 10_000;

    /** So many misses, one after another, a server should find in the time in which it has to give one answer. */
    private static final int MISSES_IN_PATIENCE = 5;

    private static final int MAX_REDIRECTS = 5;

    /** Some servers of this protocol refuse every other type. */
    private static final String CONTENT_TYPE = "application/vnd.gradle.build-cache-artifact.v2";

    private final URI address;
    private final Optional<String> authorization;
    private final Duration patience;
    private final Warnings warnings = new Warnings();
    private final Set<String> ofNewerFormat = ConcurrentHashMap.newKeySet();
    private final Set<String> missed = ConcurrentHashMap.newKeySet();
    private HttpClient client;
    private volatile boolean answers = true;
    private volatile boolean takes = true;
    private volatile boolean knowsHead = true;

    /** The {@link System#nanoTime()} since which the server has taken long for each miss; null where it does not. */
    private final AtomicReference<Long> slowSince = new AtomicReference<>();

    HttpStore(URI address, Optional<Credentials> credentials) {
        this(address, credentials, PATIENCE);
    }

    /** @param patience how long a whole exchange may take, redirects included, and without what a large body needs */
    HttpStore(URI address, Optional<Credentials> credentials, Duration patience) {
        this.address = address.getRawPath().endsWith("/") ? address : URI.create(address + "/");
        this.authorization = credentials.map(HttpStore::basic);
        this.patience = patience;
    }

    private static String basic(Credentials credentials) {
        var both = credentials.user() + ":" + credentials.password();
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Lookup get(EntryKey key) {
        if (!answers) {
            return new Lookup.Miss();
        }
        long began = System.nanoTime();
        try {
            var reply = ask("GET", key, BodyPublishers.noBody());
            return switch (reply.statusCode()) {
                case 200 -> read(key, reply.body());
                case 404, 410 -> {
                    remember(key);
                    weigh(began);
                    yield new Lookup.Miss();
                }
                default -> {
                    leaveAlone(answered("GET", reply));
                    yield new Lookup.Miss();
                }
            };
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            leaveAlone(reason(e));
        }
        return new Lookup.Miss();
    }

    /** A server that takes long for each miss costs more, in the end, than one that does not answer. */
    private void weigh(long began) {
        long now = System.nanoTime();
        if (now - began < patience.dividedBy(MISSES_IN_PATIENCE).toNanos()) {
            slowSince.set(null);
        } else if (now - slowSince.updateAndGet(since -> since == null ? began : since) > patience.toNanos()) {
            leaveAlone("it takes long to find nothing");
        }
    }

    private void remember(EntryKey key) {
        if (missed.size() >= REMEMBERED) {
            missed.clear();
        }
        missed.add(key.fingerprint());
    }

    private Lookup read(EntryKey key, byte[] body) {
        var content = EntryFormat.read(body, key);
        if (content instanceof Content.Whole whole) {
            return new Lookup.Hit(whole.entry());
        }
        String why;
        if (content instanceof Content.Newer newer) {
            ofNewerFormat.add(key.fingerprint());
            why = "is of format " + newer.format()
                    + ", which only a newer version of junit-eval reads, and is left as it is: update junit-eval.";
        } else {
            why = "is not used: " + ((Content.Damaged) content).why()
                    + ". It is replaced when the answer is stored again.";
        }
        var text = "The remote cache entry " + address.resolve(key.fingerprint()) + " " + why;
        warnings.of(content.getClass().getSimpleName(), key.fingerprint(), text);
        return new Lookup.Broken(text);
    }

    @Override
    public void put(EntryKey key, ObjectNode payload) {
        copy(new Entry(key, Instant.now(), payload));
    }

    @Override
    public void copy(Entry entry) {
        var key = entry.key();
        if (!takes || ofNewerFormat.contains(key.fingerprint())) {
            return;
        }
        try {
            byte[] bytes = EntryFormat.write(entry);
            if (bytes.length > EntryFormat.MAX_BYTES) {
                notTaken(key, bytes, "no entry is that large");
                return;
            }
            // What was there and is made anew, damaged or from before a fresh start, is replaced without a question.
            if (!missed.remove(key.fingerprint()) || bytes.length <= WORTH_ASKING || !isThereMeanwhile(key)) {
                send(key, bytes);
            }
        } catch (JsonProcessingException e) {
            // The local store has said so.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            leaveAlone(reason(e));
        }
    }

    /** A server that does not know the question is not asked it again, and sent the answer. */
    private boolean isThereMeanwhile(EntryKey key) throws IOException, InterruptedException {
        if (!knowsHead) {
            return false;
        }
        try {
            int status = ask("HEAD", key, BodyPublishers.noBody()).statusCode();
            knowsHead = status >= 200 && status < 300 || status == 404 || status == 410;
            return knowsHead && status < 300;
        } catch (HttpTimeoutException | ConnectException away) {
            throw away;
        } catch (IOException hungUp) {
            knowsHead = false;
            return false;
        }
    }

    private void send(EntryKey key, byte[] bytes) throws IOException, InterruptedException {
        HttpResponse<byte[]> reply;
        try {
            reply = ask("PUT", key, BodyPublishers.ofByteArray(bytes));
        } catch (HttpTimeoutException | ConnectException away) {
            throw away;
        } catch (IOException hungUp) {
            // Many servers hang up on what is too large for them, and nobody reads their answer any more.
            notTaken(key, bytes, "the server hung up while it was sent, " + reason(hungUp));
            return;
        }
        int status = reply.statusCode();
        if (status == 413) {
            notTaken(key, bytes, "it is larger than the server takes (413)");
        } else if (status >= 300 && status < 500) {
            takes = false;
            warnings.once(
                    "push",
                    "The remote cache " + address + " takes no answers (" + answered("PUT", reply)
                            + "): those of this run are kept locally only. eval.cache.push = off says that this is"
                            + " meant.");
        } else if (status < 200 || status >= 500) {
            leaveAlone(answered("PUT", reply));
        }
    }

    private void notTaken(EntryKey key, byte[] bytes, String why) {
        warnings.of(
                "not taken",
                key.fingerprint(),
                "The answer of " + key.eval() + ", case " + key.caseId() + ", " + key.part() + " ("
                        + (bytes.length + 1023) / 1024 + " kB) is kept locally only, not in the remote cache " + address
                        + ": " + why + ".");
    }

    private void leaveAlone(String why) {
        answers = false;
        takes = false;
        warnings.once(
                "left alone",
                "The remote cache " + address + " is left alone for the rest of the run (" + why
                        + "): answers come from the local cache, and new ones are kept there only.");
    }

    private String answered(String method, HttpResponse<byte[]> reply) {
        int status = reply.statusCode();
        var text = method + " was answered " + status;
        if (status == 401 || status == 403 || status == 407) {
            return text + (authorization.isPresent() ? ", with" : ", without")
                    + " the credentials of EVAL_CACHE_USER and EVAL_CACHE_PASSWORD";
        }
        return status >= 300 && status < 400 && method.equals("PUT")
                ? text + ", only 307 and 308 lead a PUT elsewhere"
                : text;
    }

    @Override
    public List<String> warnings() {
        return warnings.drain();
    }

    /** Connections end by themselves. */
    @Override
    public void close() {}

    /** Redirects are followed here, because the client would take the credentials along to any other host. */
    private HttpResponse<byte[]> ask(String method, EntryKey key, BodyPublisher body)
            throws IOException, InterruptedException {
        var limit = patience.plusSeconds(body.contentLength() / BYTES_PER_SECOND);
        long deadline = System.nanoTime() + limit.toNanos();
        var at = address.resolve(key.fingerprint());
        for (int hops = 0; hops <= MAX_REDIRECTS; hops++) {
            var reply = exchangeOrRetry(request(method, at, body), deadline);
            if (!leadsElsewhere(method, reply.statusCode())) {
                return reply;
            }
            at = elsewhere(at, reply);
        }
        throw new IOException("more than " + MAX_REDIRECTS + " redirects");
    }

    private static boolean leadsElsewhere(String method, int status) {
        return switch (status) {
            case 307, 308 -> true;
            case 301, 302, 303 -> !method.equals("PUT");
            default -> false;
        };
    }

    private static URI elsewhere(URI from, HttpResponse<byte[]> reply) throws IOException {
        try {
            var to = from.resolve(reply.headers().firstValue("Location").orElse(""));
            var scheme = String.valueOf(to.getScheme());
            boolean allowed = scheme.equals("https")
                    || scheme.equals("http") && from.getScheme().equalsIgnoreCase("http");
            if (allowed && to.getHost() != null && !to.equals(from)) {
                return to;
            }
        } catch (IllegalArgumentException noAddress) {
            // As good as none.
        }
        throw new IOException("a redirect (" + reply.statusCode() + ") that leads nowhere");
    }

    private HttpRequest request(String method, URI at, BodyPublisher body) {
        var request = HttpRequest.newBuilder(at).method(method, body);
        if (method.equals("PUT")) {
            request.header("Content-Type", CONTENT_TYPE);
        } else {
            request.header("Accept", CONTENT_TYPE + ", */*");
        }
        if (isOfSameServer(at)) {
            authorization.ifPresent(value -> request.header("Authorization", value));
        }
        return request.build();
    }

    private boolean isOfSameServer(URI at) {
        return at.getScheme().equalsIgnoreCase(address.getScheme())
                && at.getHost().equalsIgnoreCase(address.getHost())
                && at.getPort() == address.getPort();
    }

    /** Once more where a connection broke: most often it is one that the server had closed while it was idle. */
    private HttpResponse<byte[]> exchangeOrRetry(HttpRequest request, long deadline)
            throws IOException, InterruptedException {
        try {
            return exchange(request, deadline);
        } catch (HttpTimeoutException | ConnectException away) {
            throw away;
        } catch (IOException broken) {
            return exchange(request, deadline);
        }
    }

    /** The client's own time-out ends with the headers; this one holds for the body too. */
    private HttpResponse<byte[]> exchange(HttpRequest request, long deadline) throws IOException, InterruptedException {
        var exchange = client().sendAsync(
                        request,
                        head -> head.statusCode() == 200 && request.method().equals("GET")
                                ? new Bounded(head.headers()
                                        .firstValueAsLong("Content-Length")
                                        .orElse(0))
                                : BodySubscribers.replacing(new byte[0]));
        try {
            return exchange.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("no whole answer in time");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException inExchange) {
                throw inExchange;
            }
            throw new IOException(e.getCause());
        } finally {
            exchange.cancel(true);
        }
    }

    private synchronized HttpClient client() {
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(patience)
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
        }
        return client;
    }

    /** The messages of a client's errors are often missing. */
    private static String reason(Exception e) {
        return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
    }

    /**
     * A body up to the size of the largest entry; of a longer one the beginning, which no checksum fits, and nothing if
     * it says so itself.
     */
    private static final class Bounded implements BodySubscriber<byte[]> {

        private final long announced;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private final CompletableFuture<byte[]> whole = new CompletableFuture<>();
        private Flow.Subscription subscription;

        Bounded(long announced) {
            this.announced = announced;
        }

        @Override
        public CompletionStage<byte[]> getBody() {
            return whole;
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            this.subscription = subscription;
            if (announced > EntryFormat.MAX_BYTES) {
                subscription.cancel();
                onComplete();
            } else {
                subscription.request(Long.MAX_VALUE);
            }
        }

        @Override
        public void onNext(List<ByteBuffer> parts) {
            for (var part : parts) {
                byte[] bytes = new byte[part.remaining()];
                part.get(bytes);
                body.writeBytes(bytes);
            }
            if (body.size() > EntryFormat.MAX_BYTES) {
                subscription.cancel();
                onComplete();
            }
        }

        @Override
        public void onError(Throwable error) {
            whole.completeExceptionally(error);
        }

        @Override
        public void onComplete() {
            whole.complete(body.toByteArray());
        }
    }
}
