package org.juniteval.engine.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.juniteval.engine.fingerprint.Fingerprint;

/** Why a stored answer does not serve any more. */
class ChangesTest {

    private static final String HASH = "0123456789abcdef";

    @TempDir
    Path folder;

    private Store store() {
        return FileStore.open(folder.resolve("cache"));
    }

    private static SortedMap<String, String> parts(String... names) {
        SortedMap<String, String> parts = new TreeMap<>();
        Stream.of(names).forEach(name -> {
            String[] versioned = name.split("=");
            String version = versioned.length == 1 ? "1" : versioned[1];
            parts.put(versioned[0], (version + HASH.repeat(4)).substring(0, 64));
        });
        return parts;
    }

    private static Changes changes(Store store, SortedMap<String, String> code, SortedMap<String, String> resources) {
        return new Changes(store, "demo.CapitalsEval", "capital", Map.of("code", code, "resources", resources));
    }

    private static EntryKey key(SortedMap<String, String> code, SortedMap<String, String> resources, String input) {
        Fingerprint fingerprint = Fingerprint.empty()
                .with("code", text(code))
                .with("resources", text(resources))
                .with("input", input);
        return new EntryKey("demo.CapitalsEval", "capital", "peru", "1", fingerprint.value(), fingerprint.components());
    }

    private static String text(SortedMap<String, String> parts) {
        return parts.isEmpty() ? "" : parts.toString();
    }

    private String between(
            SortedMap<String, String> code,
            SortedMap<String, String> resources,
            SortedMap<String, String> codeNow,
            SortedMap<String, String> resourcesNow) {
        EntryKey before = key(code, resources, "Peru");
        changes(store(), code, resources).keep(before);
        return changes(store(), codeNow, resourcesNow).between(before, key(codeNow, resourcesNow, "Peru"));
    }

    @Test
    void what_another_compiler_makes_of_the_same_sources_is_no_change() {
        EntryKey before = key(parts("demo.Prompts.render(String)=javac", "demo.Tone=javac"), parts(), "Peru");
        changes(store(), parts("demo.Prompts.render(String)=javac", "demo.Tone=javac"), parts())
                .keep(before);
        SortedMap<String, String> others = parts("demo.Prompts.render(String)=ecj", "demo.Tone=ecj");
        changes(store(), others, parts())
                .keepAlso(
                        before.components().get("code"),
                        key(others, parts(), "Peru").components().get("code"));

        SortedMap<String, String> now = parts("demo.Prompts.render(String)=edited", "demo.Tone=ecj");
        assertThat(changes(store(), now, parts()).between(before, key(now, parts(), "Peru")))
                .isEqualTo("code changed: Prompts.render(String)");
    }

    @Test
    void a_method_is_named_without_its_package() {
        assertThat(between(
                        parts("demo.Prompts.render(String, Object)", "demo.Prompts"),
                        parts(),
                        parts("demo.Prompts.render(String, Object)=2", "demo.Prompts"),
                        parts()))
                .isEqualTo("code changed: Prompts.render(String, Object)");
    }

    @Test
    void a_file_is_named_by_its_path() {
        assertThat(between(
                        parts(),
                        parts("prompts/Capital.md", "prompts/tone.md"),
                        parts(),
                        parts("prompts/Capital.md=2", "prompts/tone.md")))
                .isEqualTo("resources changed: prompts/Capital.md");
    }

    @Test
    void what_is_new_and_what_is_gone_comes_after_what_was_edited() {
        assertThat(between(
                        parts("demo.A.a()", "demo.B.b()"),
                        parts(),
                        parts("demo.A.c()", "demo.B.b()=2"),
                        parts("tone.md")))
                .isEqualTo("code changed: B.b(), A.c() (new), A.a() (gone); resources changed: tone.md (new)");
    }

    @Test
    void of_many_some_are_named_and_the_others_counted() {
        assertThat(between(parts(), parts("a", "b", "c", "d", "e"), parts(), parts("a=2", "b=2", "c=2", "d=2", "e=2")))
                .isEqualTo("resources changed: a, b, c and 2 more");
    }

    @Test
    void what_belongs_to_a_sample_alone_is_not_taken_apart() {
        Changes changes = changes(store(), parts(), parts());

        assertThat(changes.between(key(parts(), parts(), "Peru"), key(parts(), parts(), "Perú")))
                .isEqualTo("input changed");
    }

    @Test
    void an_answer_that_nothing_was_kept_for_is_explained_by_the_component_alone() {
        assertThat(changes(store(), parts("demo.A.a()=2"), parts())
                        .between(key(parts("demo.A.a()"), parts(), ""), key(parts("demo.A.a()=2"), parts(), "")))
                .isEqualTo("code changed");
    }

    @Test
    void a_damaged_file_explains_nothing_and_breaks_nothing() throws IOException {
        EntryKey before = key(parts("demo.A.a()"), parts(), "");
        changes(store(), parts("demo.A.a()"), parts()).keep(before);
        for (Path file : files()) {
            Files.writeString(file, "{\"torn");
        }

        assertThat(changes(store(), parts("demo.A.a()=2"), parts())
                        .between(before, key(parts("demo.A.a()=2"), parts(), "")))
                .isEqualTo("code changed");
    }

    @Test
    void a_component_that_is_no_hash_explains_nothing_and_breaks_nothing() {
        EntryKey now = key(parts("demo.A.a()"), parts(), "");
        TreeMap<String, String> hostile = new TreeMap<>(now.components());
        hostile.put("code", "../../etc");
        EntryKey before = new EntryKey(now.suite(), now.eval(), now.caseId(), now.part(), now.fingerprint(), hostile);

        assertThat(changes(store(), parts("demo.A.a()"), parts()).between(before, now))
                .isEqualTo("code changed");
    }

    @Test
    void what_was_kept_of_both_is_enough_to_tell() {
        EntryKey before = key(parts("demo.A.a()", "demo.B.b()"), parts(), "");
        EntryKey now = key(parts("demo.A.a()=2", "demo.B.b()"), parts("tone.md"), "");
        changes(store(), parts("demo.A.a()", "demo.B.b()"), parts()).keep(before);
        changes(store(), parts("demo.A.a()=2", "demo.B.b()"), parts("tone.md")).keep(now);

        Changes kept = Changes.kept(store(), now);

        assertThat(kept.between(before, now)).isEqualTo("code changed: A.a(); resources changed: tone.md (new)");
        assertThat(kept.parts().get("code")).containsOnlyKeys("demo.A.a()", "demo.B.b()");
    }

    @Test
    void what_is_kept_is_written_once_and_only_where_there_is_something() throws IOException {
        EntryKey key = key(parts("demo.A.a()"), parts(), "");
        changes(store(), parts("demo.A.a()"), parts()).keep(key);
        assertThat(files()).singleElement().asString().matches(".*slice-\\p{XDigit}{8}.code-\\p{XDigit}{32}\\.json");
        long written = Files.getLastModifiedTime(files().get(0)).toMillis();

        changes(store(), parts("demo.A.a()"), parts()).keep(key);

        assertThat(files()).hasSize(1);
        assertThat(Files.getLastModifiedTime(files().get(0)).toMillis()).isEqualTo(written);
    }

    @Test
    void a_cache_that_is_only_read_stays_as_it_is() throws IOException {
        Store store = CacheMode.READ_ONLY.apply(store(), Archive.of(folder, Instant.now()));

        changes(store, parts("demo.A.a()"), parts()).keep(key(parts("demo.A.a()"), parts(), ""));

        assertThat(files()).isEmpty();
    }

    private List<Path> files() throws IOException {
        if (!Files.exists(folder.resolve("cache"))) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
            return files.filter(file -> file.toString().endsWith(".json")).toList();
        }
    }
}
