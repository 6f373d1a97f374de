package org.juniteval.engine.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.juniteval.engine.cache.Changes;
import org.juniteval.engine.cache.EntryKey;
import org.juniteval.engine.cache.FileStore;
import org.juniteval.engine.fingerprint.Fingerprint;
import org.juniteval.engine.report.Terminal;

/** The command line in a project's folder, at noon of a day, with a cache that the real store writes. */
record Cli(
        Path project,
        boolean terminal,
        boolean unicode,
        String typed,
        Map<String, String> environment,
        Optional<String> refusal) {

    static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    /** What a command did. */
    record Done(int exitCode, String out, String err) {

        List<String> lines() {
            return out.lines().toList();
        }

        JsonNode json() {
            try {
                return new ObjectMapper().readTree(out);
            } catch (IOException e) {
                throw new UncheckedIOException(out, e);
            }
        }
    }

    /** In a pipe. */
    static Cli in(Path folder) {
        try {
            Files.writeString(folder.resolve("pom.xml"), "<project/>");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Cli(folder, false, true, "", Map.of(), Optional.empty());
    }

    /** On a terminal without colours, where somebody types this. */
    Cli onTerminal(String types) {
        return new Cli(project, true, unicode, types, environment, refusal);
    }

    /** On a terminal whose locale has ASCII alone. */
    Cli onPlainTerminal() {
        return new Cli(project, true, false, typed, environment, refusal);
    }

    /** Into something that takes nothing, and says why. */
    Cli refusing(String why) {
        return new Cli(project, terminal, unicode, typed, environment, Optional.of(why));
    }

    Cli with(String variable, String value) {
        return new Cli(project, terminal, unicode, typed, Map.of(variable, value), refusal);
    }

    Done run(String... arguments) {
        return runIn(project, arguments);
    }

    Done runIn(Path directory, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Commands.run(
                new Surroundings(
                        directory,
                        environment,
                        new Terminal(terminal, terminal, terminal, false, 80, unicode),
                        terminal,
                        new BufferedReader(new StringReader(typed)),
                        Output.to(refusal.isPresent() ? new Refusing(refusal.get()) : out),
                        new PrintWriter(err),
                        Clock.fixed(NOON, ZoneOffset.UTC)),
                arguments);
        return new Done(exitCode, out.toString(), err.toString());
    }

    private static final class Refusing extends Writer {

        private final String why;

        Refusing(String why) {
            this.why = why;
        }

        @Override
        public void write(char[] text, int from, int length) throws IOException {
            throw new IOException(why);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    // ---- the cache

    Path cache() {
        return project.resolve(".eval/cache");
    }

    /** Every file below the cache's folder, without what each cache has. */
    List<String> files() {
        if (!Files.exists(cache())) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(cache())) {
            return files.filter(file -> !Files.isDirectory(file))
                    .map(file -> cache().relativize(file).toString().replace('\\', '/'))
                    .filter(file -> !file.equals(".gitignore"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stores an answer of {@code com.acme.CapitalsEval.capital}. */
    EntryKey answer(String caseId, int sample, String code, Duration age, String output) {
        return answer("com.acme.CapitalsEval", "capital", "", caseId, sample, code, age, output);
    }

    EntryKey answer(
            String suite,
            String eval,
            String variant,
            String caseId,
            int sample,
            String code,
            Duration age,
            String output) {
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        if (!variant.isEmpty()) {
            payload.put("variant", variant);
        }
        payload.put("input", caseId + "?")
                .put("output", output)
                .put("latency", 0.25)
                .put("cost", 2.5168E-5)
                .put("scale", 1E10)
                .put("share", 0.1f);
        EntryKey key = key(suite, eval, variant, caseId, Integer.toString(sample), code);
        try (FileStore store = store(age)) {
            new Changes(store, suite, eval, Map.of("code", parts(code))).keep(key);
            store.put(key, payload);
        }
        return key;
    }

    /** Stores what a cached scorer said. */
    EntryKey score(String caseId, int sample, String scorer, Duration age) {
        EntryKey key = key("com.acme.CapitalsEval", "capital", "", caseId, sample + "-" + scorer + "-1", "judge");
        try (FileStore store = store(age)) {
            store.put(key, JsonNodeFactory.instance.objectNode());
        }
        return key;
    }

    /** Stores what a run knows of the code besides what it consists of. */
    void aboutTheCode(String part, String hash) {
        EntryKey key = new EntryKey("com.acme.CapitalsEval", "capital", "slice", part, hash, new TreeMap<>());
        try (FileStore store = store(Duration.ofDays(1))) {
            store.put(key, JsonNodeFactory.instance.objectNode().put(hash, ""));
        }
    }

    private FileStore store(Duration age) {
        return FileStore.open(cache(), Clock.fixed(NOON.minus(age), ZoneOffset.UTC));
    }

    private static SortedMap<String, String> parts(String code) {
        return new TreeMap<>(Map.of(
                "com.acme.CapitalsEval.capital(String)", "0".repeat(64),
                "com.acme.Prompts.render(String)",
                        Fingerprint.empty().with("code", code).value()));
    }

    private static EntryKey key(String suite, String eval, String variant, String caseId, String part, String code) {
        Fingerprint fingerprint = Fingerprint.empty()
                .with("case", caseId)
                .with("code", parts(code).toString())
                .with("sample", part)
                .with("variant", variant);
        return new EntryKey(suite, eval, caseId, part, fingerprint.value(), fingerprint.components());
    }
}
