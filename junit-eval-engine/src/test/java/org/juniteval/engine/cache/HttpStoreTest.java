package org.juniteval.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.juniteval.engine.cache.Keys.key;
import static org.juniteval.engine.cache.Keys.payload;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.juniteval.engine.cache.CacheServer.Asked;
import org.juniteval.engine.cache.CacheServer.Behaviour;

@Timeout(60)
class HttpStoreTest {

    private static final Entry ENTRY = new Entry(key("1"), Instant.parse("2026-11-20T09:30:00Z"), payload("Lima"));
    private static final String PATH = "/evals/" + ENTRY.key().fingerprint();

    private CacheServer server;
    private HttpStore store;

    @BeforeEach
    void start() throws IOException {
        server = CacheServer.start();
        store = store(Optional.empty());
    }

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    /** Patient enough for any machine. */
    private HttpStore store(Optional<Credentials> credentials) {
        return new HttpStore(server.address(), credentials, Duration.ofSeconds(50));
    }

    private HttpStore impatientStore() {
        return new HttpStore(server.address(), Optional.empty(), Duration.ofMillis(300));
    }

    private void keep(byte[] bytes) {
        server.entries().put(PATH, bytes);
    }

    private static void hits(Lookup lookup) {
        assertThat(lookup)
                .isInstanceOfSatisfying(
                        Lookup.Hit.class, hit -> assertThat(hit.entry()).isEqualTo(ENTRY));
    }

    private static void misses(Lookup lookup) {
        assertThat(lookup).isEqualTo(new Lookup.Miss());
    }

    @Nested
    class Entries {

        @Test
        void are_kept_under_the_address_and_the_fingerprint() {
            store.copy(ENTRY);

            assertThat(server.entries()).containsOnlyKeys(PATH);
            hits(store.get(ENTRY.key()));
            assertThat(store.warnings()).isEmpty();
        }

        @Test
        void are_the_text_of_a_file_entry() throws IOException {
            store.copy(ENTRY);

            assertThat(server.entries().get(PATH)).isEqualTo(EntryFormat.write(ENTRY));
        }

        @Test
        void keep_their_numbers_exactly() {
            var payload = payload("x").put("score", new BigDecimal("0.1000000000000000055511151231257827"));

            store.put(ENTRY.key(), payload);

            assertThat(((Lookup.Hit) store.get(ENTRY.key())).entry().payload()).isEqualTo(payload);
        }

        @Test
        void that_are_not_there_are_missed() {
            misses(store.get(ENTRY.key()));
            server.behave(410);
            misses(store.get(ENTRY.key()));

            assertThat(store.warnings()).isEmpty();
        }

        @Test
        void are_sent_with_the_type_that_servers_of_this_protocol_ask_for() {
            store.copy(ENTRY);
            store.get(ENTRY.key());

            var type = "application/vnd.gradle.build-cache-artifact.v2";
            assertThat(server.asked().get(0).header("Content-type")).hasValue(type);
            assertThat(server.asked().get(1).header("Accept"))
                    .hasValueSatisfying(accept -> assertThat(accept).contains(type, "*/*"));
        }

        @Test
        void are_found_by_an_address_without_a_slash_at_its_end_too() {
            store.copy(ENTRY);
            var text = server.address().toString();

            hits(new HttpStore(URI.create(text.substring(0, text.length() - 1)), Optional.empty()).get(ENTRY.key()));
        }

        @Test
        void have_neither_leases_nor_near_ones() {
            store.copy(ENTRY);

            assertThat(store.lease(ENTRY.key())).isPresent();
            assertThat(store.near(key("1", "edited"))).isEmpty();
        }
    }

    @Nested
    class What_a_server_keeps {

        private void isBroken(String why) {
            assertThat(store.get(ENTRY.key()))
                    .isInstanceOfSatisfying(
                            Lookup.Broken.class,
                            broken -> assertThat(broken.why()).contains(PATH, why));
            assertThat(store.warnings()).singleElement().asString().contains(why);
        }

        @Test
        void in_part_is_not_used_and_replaced() throws IOException {
            byte[] whole = EntryFormat.write(ENTRY);
            keep(Arrays.copyOf(whole, whole.length - 10));
            isBroken("checksum");

            store.copy(ENTRY);

            hits(store.get(ENTRY.key()));
        }

        @Test
        void of_something_else_is_not_used() {
            keep("<html>Welcome!</html>".getBytes(StandardCharsets.UTF_8));
            isBroken("it is not an entry");
        }

        @Test
        void of_another_fingerprint_is_not_used() throws IOException {
            keep(EntryFormat.write(new Entry(key("2"), ENTRY.created(), ENTRY.payload())));
            isBroken("another fingerprint");
        }

        @Test
        void of_a_newer_format_stays_as_it_is() {
            byte[] newer = "{ \"format\": 7, \"sha\": 1 }".getBytes(StandardCharsets.UTF_8);
            keep(newer);
            isBroken("format 7");

            store.copy(ENTRY);

            assertThat(server.entries().get(PATH)).isEqualTo(newer);
        }

        @Test
        void that_says_it_is_larger_than_any_entry_is_not_read_at_all() {
            store = impatientStore();
            server.behave((exchange, body) -> {
                exchange.sendResponseHeaders(200, 1L << 30);
                exchange.getResponseBody().write(new byte[1_000]);
                exchange.getResponseBody().flush();
                server.hang();
            });

            assertThat(store.get(ENTRY.key())).isInstanceOf(Lookup.Broken.class);
        }

        @Test
        void beyond_the_size_of_any_entry_is_read_no_further() {
            server.behave((exchange, body) -> {
                exchange.sendResponseHeaders(200, 0);
                try (var out = exchange.getResponseBody()) {
                    byte[] megabyte = new byte[1 << 20];
                    for (int i = 0; i < 1_000; i++) {
                        out.write(megabyte);
                    }
                }
            });

            isBroken("it is not an entry");
        }
    }

    @Nested
    class Credentials_ {

        private static final String BASIC =
                "Basic " + Base64.getEncoder().encodeToString("ci:täglich:geheim".getBytes(StandardCharsets.UTF_8));

        @BeforeEach
        void known() {
            store = store(Optional.of(new Credentials("ci", "täglich:geheim")));
        }

        @Test
        void are_sent_with_the_first_request() {
            store.get(ENTRY.key());
            store.copy(ENTRY);

            assertThat(server.asked())
                    .extracting(asked -> asked.header("Authorization"))
                    .containsExactly(Optional.of(BASIC), Optional.of(BASIC));
        }

        @Test
        void stay_with_the_server_that_they_are_for() throws IOException {
            try (var other = CacheServer.start()) {
                server.behave((exchange, body) -> redirect(exchange, 307, other.address() + "elsewhere"));
                store.get(ENTRY.key());
                store.copy(ENTRY);

                assertThat(other.methods()).containsExactly("GET", "PUT");
                assertThat(other.asked())
                        .extracting(asked -> asked.header("Authorization"))
                        .containsOnly(Optional.empty());
            }
        }

        @Test
        void are_in_no_text() {
            var credentials = new Credentials("ci", "täglich:geheim");
            server.behave(401);
            store.get(ENTRY.key());

            assertThat(credentials.toString()).contains("ci").doesNotContain("geheim");
            assertThat(store.warnings())
                    .singleElement()
                    .asString()
                    .contains("401", "with the credentials of EVAL_CACHE_USER and EVAL_CACHE_PASSWORD")
                    .doesNotContain("geheim", BASIC.substring(6));
        }
    }

    private static void redirect(com.sun.net.httpserver.HttpExchange exchange, int status, String to)
            throws IOException {
        exchange.getResponseHeaders().set("Location", to);
        exchange.sendResponseHeaders(status, -1);
    }

    @Nested
    class A_redirect {

        private void to(String place, int status) {
            server.behave((exchange, body) -> {
                if (exchange.getRequestURI().getPath().startsWith("/evals/")) {
                    redirect(exchange, status, place);
                } else {
                    server.serve(exchange, body);
                }
            });
        }

        @ParameterizedTest
        @ValueSource(ints = {301, 302, 303, 307, 308})
        void of_a_question_is_followed(int status) throws IOException {
            server.entries().put("/moved", EntryFormat.write(ENTRY));
            to("/moved", status);

            hits(store.get(ENTRY.key()));
        }

        @ParameterizedTest
        @ValueSource(ints = {307, 308})
        void of_an_answer_is_followed_where_it_keeps_the_body(int status) throws IOException {
            to("/moved", status);

            store.copy(ENTRY);

            assertThat(server.entries().get("/moved")).isEqualTo(EntryFormat.write(ENTRY));
        }

        @Test
        void of_an_answer_that_drops_the_body_ends_the_sending() {
            to("/moved", 301);

            store.copy(ENTRY);

            assertThat(server.methods()).containsExactly("PUT");
            assertThat(store.warnings()).singleElement().asString().contains("301", "only 307 and 308");
        }

        @ParameterizedTest
        @ValueSource(strings = {"/evals/a/../x", "", "ftp://127.0.0.1/x", "http://", "no address"})
        void that_leads_nowhere_ends_the_asking(String place) {
            to(place, 302);

            misses(store.get(ENTRY.key()));

            assertThat(store.warnings()).singleElement().asString().contains("redirect");
        }
    }

    @Nested
    class A_server_in_trouble {

        private int requests = 1;

        /** One lookup fails; the next ones do not even ask. */
        private void isLeftAlone(String why) {
            misses(store.get(ENTRY.key()));
            misses(store.get(ENTRY.key()));
            store.copy(ENTRY);

            assertThat(server.methods()).isSubsetOf("GET").hasSizeLessThanOrEqualTo(requests);
            assertThat(store.warnings())
                    .singleElement()
                    .asString()
                    .contains(server.address().toString(), "left alone for the rest of the run", why);
            assertThat(store.warnings()).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(ints = {204, 400, 401, 403, 405, 413, 429, 500, 502, 503})
        void is_left_alone(int status) {
            server.behave(status);
            isLeftAlone("GET was answered " + status);
        }

        @Test
        void is_left_alone_when_it_does_not_answer() {
            store = impatientStore();
            server.behave((exchange, body) -> server.hang());
            isLeftAlone("no whole answer in time");
        }

        @Test
        void is_left_alone_when_it_does_not_come_to_an_end() {
            store = impatientStore();
            server.behave((exchange, body) -> {
                exchange.sendResponseHeaders(200, 1_000);
                exchange.getResponseBody().write("{ \"for".getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
                server.hang();
            });
            isLeftAlone("no whole answer in time");
        }

        @Test
        void is_left_alone_when_it_always_takes_long_to_find_nothing() {
            store = impatientStore();
            server.behave((exchange, body) -> {
                server.delay(Duration.ofMillis(100));
                exchange.sendResponseHeaders(404, -1);
            });

            for (int i = 0; i < 50; i++) {
                misses(store.get(key("" + i)));
            }

            assertThat(server.methods()).hasSizeLessThanOrEqualTo(4);
            assertThat(store.warnings()).singleElement().asString().contains("left alone for the rest of the run");
        }

        @Test
        void is_not_left_alone_when_it_takes_long_now_and_then() {
            store = new HttpStore(server.address(), Optional.empty(), Duration.ofSeconds(5));
            var slow = new AtomicBoolean();
            server.behave((exchange, body) -> {
                server.delay(slow.getAndSet(!slow.get()) ? Duration.ofMillis(1_100) : Duration.ZERO);
                exchange.sendResponseHeaders(404, -1);
            });

            for (int i = 0; i < 12; i++) {
                misses(store.get(key("" + i)));
            }

            assertThat(server.methods()).hasSize(12);
            assertThat(store.warnings()).isEmpty();
        }

        @Test
        void is_left_alone_when_nobody_listens() {
            server.close();
            isLeftAlone("ConnectException");
        }

        @Test
        void is_left_alone_when_its_name_is_unknown() {
            store = new HttpStore(URI.create("http://cache.invalid/evals/"), Optional.empty(), Duration.ofSeconds(50));

            misses(store.get(ENTRY.key()));
            store.copy(ENTRY);

            assertThat(store.warnings()).singleElement().asString().contains("http://cache.invalid/evals/");
        }

        @Test
        void is_left_alone_when_it_hangs_up_half_way_twice() {
            server.behave(this::halfABody);
            requests = 2;
            isLeftAlone("IOException");
        }

        @Test
        void is_asked_once_more_when_it_hangs_up_half_way() throws IOException {
            keep(EntryFormat.write(ENTRY));
            var first = new AtomicBoolean(true);
            server.behave((exchange, body) -> {
                Behaviour behaviour = first.getAndSet(false) ? this::halfABody : server::serve;
                behaviour.answer(exchange, body);
            });

            hits(store.get(ENTRY.key()));
            assertThat(store.warnings()).isEmpty();
        }

        private void halfABody(com.sun.net.httpserver.HttpExchange exchange, byte[] body) throws IOException {
            byte[] whole = EntryFormat.write(ENTRY);
            exchange.sendResponseHeaders(200, whole.length);
            exchange.getResponseBody().write(whole, 0, whole.length / 2);
            exchange.getResponseBody().flush();
        }

        @Test
        void is_left_alone_when_it_cannot_keep_what_it_is_sent() {
            server.behave(507);

            store.copy(ENTRY);
            store.copy(ENTRY);
            misses(store.get(ENTRY.key()));

            assertThat(server.methods()).containsExactly("PUT");
            assertThat(store.warnings()).singleElement().asString().contains("PUT was answered 507");
        }
    }

    @Nested
    class A_server_that_does_not_take {

        private void refusesToTake(int status) {
            server.behave((exchange, body) -> {
                if (exchange.getRequestMethod().equals("PUT")) {
                    exchange.sendResponseHeaders(status, -1);
                } else {
                    server.serve(exchange, body);
                }
            });
        }

        @ParameterizedTest
        @ValueSource(ints = {400, 401, 403, 404, 405, 409})
        void anything_is_sent_nothing_more_and_still_asked(int status) throws IOException {
            keep(EntryFormat.write(ENTRY));
            refusesToTake(status);

            store.copy(ENTRY);
            store.copy(ENTRY);

            hits(store.get(ENTRY.key()));
            assertThat(server.methods()).containsExactly("PUT", "GET");
            assertThat(store.warnings())
                    .singleElement()
                    .asString()
                    .contains("takes no answers", "PUT was answered " + status, "eval.cache.push = off");
        }

        @Test
        void what_is_too_large_is_sent_the_rest() {
            refusesToTake(413);

            store.copy(ENTRY);
            store.put(key("2"), payload("x"));
            server.behave(server::serve);
            store.put(key("3"), payload("y"));

            assertThat(server.entries()).hasSize(1);
            assertThat(store.warnings())
                    .singleElement()
                    .asString()
                    .contains("case peru, 1 (1 kB)", "kept locally only", "413", "(and 1 more like this)");
        }

        @Test
        void what_is_too_large_and_hangs_up_is_sent_the_rest() {
            server.behave((exchange, body) -> exchange.close());
            store.copy(ENTRY);
            server.behave(server::serve);
            store.put(key("3"), payload("y"));

            assertThat(server.entries()).hasSize(1);
            assertThat(store.warnings()).singleElement().asString().contains("hung up", "kept locally only");
        }
    }

    @Nested
    class A_large_answer {

        private static final Entry LARGE = new Entry(ENTRY.key(), ENTRY.created(), payload("Lima".repeat(100_000)));
        private static final Entry FIRST = new Entry(ENTRY.key(), ENTRY.created(), payload("Cusco"));

        private void miss() {
            misses(store.get(LARGE.key()));
        }

        @Test
        void that_was_missed_is_sent_when_it_is_still_missing() throws IOException {
            miss();
            store.copy(LARGE);

            assertThat(server.methods()).containsExactly("GET", "HEAD", "PUT");
            assertThat(server.entries().get(PATH)).isEqualTo(EntryFormat.write(LARGE));
        }

        @Test
        void that_another_machine_has_stored_meanwhile_is_not_sent_and_the_first_one_stands() throws IOException {
            miss();
            keep(EntryFormat.write(FIRST));
            store.copy(LARGE);

            assertThat(server.methods()).containsExactly("GET", "HEAD");
            assertThat(server.entries().get(PATH)).isEqualTo(EntryFormat.write(FIRST));
            assertThat(store.warnings()).isEmpty();
        }

        @Test
        void in_place_of_one_that_was_there_is_sent_without_a_question() throws IOException {
            keep(EntryFormat.write(FIRST));
            store.get(LARGE.key());
            store.copy(LARGE);

            assertThat(server.methods()).containsExactly("GET", "PUT");
            assertThat(server.entries().get(PATH)).isEqualTo(EntryFormat.write(LARGE));
        }

        @Test
        void that_is_there_costs_one_question() throws IOException {
            keep(EntryFormat.write(LARGE));
            store.get(LARGE.key());

            assertThat(server.methods()).containsExactly("GET");
        }

        @Test
        void is_asked_for_with_the_credentials_and_by_way_of_redirects() throws IOException {
            store = store(Optional.of(new Credentials("ci", "horse")));
            miss();
            keep(EntryFormat.write(FIRST));
            server.behave((exchange, body) -> {
                if (exchange.getRequestURI().getPath().startsWith("/evals/")) {
                    redirect(exchange, 302, "/moved" + PATH);
                } else {
                    exchange.sendResponseHeaders(200, -1);
                }
            });
            store.copy(LARGE);

            assertThat(server.methods()).containsExactly("GET", "HEAD", "HEAD");
            assertThat(server.asked())
                    .allMatch(asked -> asked.header("Authorization").isPresent());
        }

        @ParameterizedTest
        @ValueSource(ints = {400, 403, 405, 501})
        void is_sent_to_a_server_that_does_not_know_the_question_and_is_asked_it_once(int status) {
            server.behave((exchange, body) -> {
                if (exchange.getRequestMethod().equals("HEAD")) {
                    exchange.sendResponseHeaders(status, -1);
                } else {
                    server.serve(exchange, body);
                }
            });
            for (var part : new String[] {"1", "2"}) {
                misses(store.get(key(part)));
                store.put(key(part), LARGE.payload());
            }

            assertThat(server.methods()).containsExactly("GET", "HEAD", "PUT", "GET", "PUT");
            assertThat(server.entries()).hasSize(2);
            assertThat(store.warnings()).isEmpty();
        }

        @Test
        void is_sent_to_a_server_that_hangs_up_at_the_question() {
            server.behave((exchange, body) -> {
                if (exchange.getRequestMethod().equals("HEAD")) {
                    throw new IOException("hangs up");
                }
                server.serve(exchange, body);
            });
            miss();
            store.copy(LARGE);

            assertThat(server.methods()).contains("HEAD").endsWith("PUT");
            assertThat(server.entries()).hasSize(1);
            assertThat(store.warnings()).isEmpty();
        }

        @Test
        void is_not_sent_to_a_server_that_does_not_answer_the_question() {
            store = impatientStore();
            server.behave((exchange, body) -> {
                if (exchange.getRequestMethod().equals("HEAD")) {
                    server.hang();
                }
                server.serve(exchange, body);
            });
            miss();
            store.copy(LARGE);

            assertThat(server.methods()).containsExactly("GET", "HEAD");
            assertThat(store.warnings()).singleElement().asString().contains("left alone", "HttpTimeoutException");
        }

        @Test
        void a_small_one_is_sent_without_a_question() {
            miss();
            store.copy(ENTRY);

            assertThat(server.methods()).containsExactly("GET", "PUT");
        }
    }

    @Test
    void an_interrupt_is_no_fault_of_the_server() throws IOException {
        keep(EntryFormat.write(ENTRY));
        Thread.currentThread().interrupt();

        misses(store.get(ENTRY.key()));

        assertThat(Thread.interrupted()).isTrue();
        hits(store.get(ENTRY.key()));
        assertThat(store.warnings()).isEmpty();
        assertThat(server.asked()).extracting(Asked::method).containsOnly("GET");
    }
}
