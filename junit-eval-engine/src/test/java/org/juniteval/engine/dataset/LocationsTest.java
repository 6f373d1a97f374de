package org.juniteval.engine.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where rows are found, and what is said when they are not. */
class LocationsTest extends DatasetFixture {

    private static final String PACKAGE = "org/juniteval/engine/dataset/";
    private static final String ANCHOR = PACKAGE + "Anchor.class";

    @Nested
    class On_the_class_path {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "capitals.jsonl",
                    "./topics/../capitals.jsonl",
                    "../dataset/capitals.jsonl",
                    "/org/juniteval/engine/dataset/capitals.jsonl"
                })
        void a_file_stands_beside_the_class_or_is_named_from_the_root(String location) {
            Dataset dataset = dataset(location);

            assertThat(ids(dataset)).containsExactly("peru", "chile");
            assertThat(dataset.description()).isEqualTo("capitals.jsonl");
        }

        @Test
        void several_files_are_read_in_the_order_in_which_they_are_named() {
            assertThat(ids(dataset("topics/physics.jsonl", "capitals.jsonl")))
                    .containsExactly("tides", "peru", "chile");
        }

        @Test
        void the_link_shows_the_file_that_the_user_edits_and_not_its_copy() throws IOException {
            Path copy = Path.of("target/test-classes", PACKAGE, "capitals.jsonl");
            Dataset dataset = Dataset.of(at("capitals.jsonl"), DatasetFixture.class, Path.of(""));

            Position position = rows(dataset).get(1).position();

            assertThat(copy).exists();
            assertThat(position).hasToString("capitals.jsonl:2:1");
            assertThat(position.link())
                    .isEqualTo(Path.of("src/test/resources", PACKAGE, "capitals.jsonl")
                            .toUri()
                            .toString());
        }

        @Test
        void globs_match_folders_in_sorted_order() {
            Dataset dataset = dataset("topics/*.jsonl");

            assertThat(dataset.description()).isEqualTo("topics/*.jsonl");
            assertThat(ids(dataset)).containsExactly("cells", "tides");
            assertThat(dataset.description()).isEqualTo("2 files of topics/*.jsonl");
        }

        @Test
        void a_file_that_two_locations_name_is_read_once() {
            assertThat(ids(dataset("topics/physics.jsonl", "topics/*.jsonl"))).containsExactly("tides", "cells");
        }

        @Test
        void a_file_of_a_jar_is_read_and_linked() throws IOException {
            Path jar = jar("a.jar", PACKAGE + "capitals.jsonl", "{'id': 'x', 'input': 1}");
            try (Loaded anchor = new Loaded(jar)) {
                Row row = rows(anchor.dataset("capitals.jsonl")).get(0);

                assertThat(row.position()).hasToString("capitals.jsonl:1:1");
                assertThat(row.position().link())
                        .isEqualTo("jar:" + jar.toUri().toURL() + "!/" + PACKAGE + "capitals.jsonl");
            }
        }

        @Test
        void globs_match_in_jars_even_without_entries_for_folders_or_a_manifest() throws IOException {
            Path anchorJar = jar("a.jar", PACKAGE + "t/b.jsonl", "{'id': 'b', 'input': 1}");
            Path other = jar("with a blank.jar", PACKAGE + "t/a b.jsonl", "{'id': 'a', 'input': 1}");
            try (Loaded anchor = new Loaded(anchorJar, other)) {
                assertThat(ids(anchor.dataset("t/*.jsonl"))).containsExactly("a", "b");
                assertThat(ids(anchor.dataset("/" + PACKAGE + "**/b.jsonl"))).containsExactly("b");
            }
        }

        @Test
        void of_two_files_with_one_name_the_first_counts() throws IOException {
            Path first = jar("1.jar", PACKAGE + "x.jsonl", "{'id': 'first', 'input': 1}");
            Path second = jar("2.jar", PACKAGE + "x.jsonl", "{'id': 'second', 'input': 1}");
            try (Loaded anchor = new Loaded(first, second)) {
                assertThat(ids(anchor.dataset("*.jsonl"))).containsExactly("first");
            }
        }
    }

    @Nested
    class In_the_file_system {

        @Test
        void a_path_is_relative_to_the_base_directory_or_absolute() {
            Path file = write("data/x.jsonl", "{'id': 'x', 'input': 1}");

            assertThat(ids(dataset("file:data/x.jsonl"))).containsExactly("x");
            assertThat(ids(dataset("file:" + file))).containsExactly("x");
            assertThat(ids(dataset(file.toUri().toString()))).containsExactly("x");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "file:*.jsonl            | x10 x9",
                    "file:x?.jsonl           | x9",
                    "file:{x9,d/y}.jsonl     | y x9",
                    "file:**/*.jsonl         | z y x10 x9",
                    "file:**                 | z txt y x10 x9",
                    "file:d/**/z.jsonl       | z",
                    "file:d/**/y.jsonl       | y",
                    "file:d/*/*.{json,jsonl} | z",
                    "file:./d/../*9.jsonl    | x9"
                })
        void globs_match_in_sorted_order(String location, String ids) {
            for (String id : List.of("x9", "x10", "d/y", "d/e/z")) {
                write(id + ".jsonl", "{'id': '" + Locations.fileName(id) + "', 'input': 1}");
            }
            write("d/txt", "{'id': 'txt', 'input': 1}");

            assertThat(String.join(" ", ids(dataset(location)))).isEqualTo(ids);
        }

        @Test
        void globs_take_every_other_character_as_it_is() {
            write("a+(😀) [1].jsonl", "{'id': 'x', 'input': 1}");
            write("aa😀 1.jsonl", "{'id': 'y', 'input': 1}");

            assertThat(ids(dataset("file:a+(😀) [1].*"))).containsExactly("x");
            assertThat(ids(dataset("file:aa? 1.jsonl"))).containsExactly("y");
        }

        @Test
        void files_of_one_name_are_told_apart_by_their_folders() {
            write("a/x.jsonl", "{'input': 1}");
            write("b/x.jsonl", "{'input': 2}");
            write("b/y.jsonl", "{'input': 3}");

            assertThat(rows(dataset("file:**/*.jsonl")))
                    .extracting(row -> row.position().at())
                    .containsExactly("a/x.jsonl:1", "b/x.jsonl:1", "y.jsonl:1");
        }

        @Test
        void a_link_into_itself_is_followed_once() throws IOException {
            write("d/x.jsonl", "{'id': 'x', 'input': 1}");
            Files.createSymbolicLink(folder.resolve("d/again"), folder.resolve("d"));

            assertThat(ids(dataset("file:d/**/*.jsonl"))).containsExactly("x");
        }
    }

    @Nested
    class In_the_suite {

        @Test
        void rows_stand_in_lines_named_after_the_class() {
            Dataset dataset = inline("\n{'id': 'x', 'input': 1}\n");

            assertThat(rows(dataset).get(0).position()).hasToString("DatasetFixture rows:2:1");
            assertThat(dataset.description()).isEqualTo("DatasetFixture rows");
        }

        @Test
        void rows_have_faults_like_all_others() {
            assertThat(faults(inline("{'input': 1}\n{'inptu': 1}")))
                    .containsExactly(
                            "DatasetFixture rows:2:1 'input' is missing: every row has an input",
                            "DatasetFixture rows:2:2 unknown field 'inptu': did you mean 'input'?");
        }

        @Test
        void rows_and_a_location_exclude_each_other() {
            Dataset both = Dataset.of(
                    new DatasetSpec(List.of("x.jsonl"), "{}", "id", List.of("input"), "expected", "tags", "metadata"),
                    DatasetFixture.class,
                    folder);

            assertThat(faults(both)).containsExactly("@Dataset has both a location and rows: leave one of them out");
        }

        @Test
        void neither_rows_nor_a_location_is_a_fault() {
            assertThat(faults(dataset()))
                    .containsExactly("@Dataset names no rows: give it a location such as \"capitals.jsonl\", or rows");
        }

        private Dataset inline(String rows) {
            return Dataset.of(
                    new DatasetSpec(
                            List.of(), rows.replace('\'', '"'), "id", List.of("input"), "expected", "tags", "metadata"),
                    DatasetFixture.class,
                    folder);
        }
    }

    @Nested
    class A_missing_file {

        @Test
        void is_a_fault_that_names_where_it_was_looked_for() throws IOException {
            Path jar = jar("a.jar");
            Path classes = Files.createDirectories(folder.resolve("target/test-classes"));
            try (Loaded anchor = new Loaded(jar, classes)) {
                assertThat(faults(anchor.dataset("absent.jsonl")))
                        .singleElement()
                        .asString()
                        .startsWith("there is no 'absent.jsonl' on the class path: looked for " + PACKAGE
                                + "absent.jsonl in target/test-classes, ")
                        .containsPattern("and \\d+ jars$");
            }
        }

        @Test
        void that_another_package_has_is_shown() {
            assertThat(faults(dataset("/capitals.jsonl")))
                    .singleElement()
                    .asString()
                    .endsWith("did you mean '/org/juniteval/engine/dataset/capitals.jsonl'?");
        }

        @Test
        void that_differs_in_upper_and_lower_case_is_shown() {
            write("Capitals.jsonl");

            assertThat(faults(dataset("topics/Physics.jsonl")))
                    .singleElement()
                    .asString()
                    .endsWith("did you mean '/org/juniteval/engine/dataset/topics/physics.jsonl'?");
            assertThat(faults(dataset("file:capitals.jsonl")))
                    .containsExactly("there is no 'file:capitals.jsonl': looked in " + folder
                            + "; did you mean 'Capitals.jsonl'?");
        }

        @Test
        void whose_name_is_mistyped_is_shown() {
            write("capitals.jsonl");

            assertThat(faults(dataset("topics/phisics.jsonl")))
                    .singleElement()
                    .asString()
                    .endsWith("did you mean '/org/juniteval/engine/dataset/topics/physics.jsonl'?");
            assertThat(faults(dataset("file:capitels.json")))
                    .containsExactly("there is no 'file:capitels.json': looked in " + folder
                            + "; did you mean 'capitals.jsonl'?");
        }

        @Test
        void that_stands_beside_the_source_of_the_class_is_to_be_moved() {
            write("src/test/java/" + PACKAGE + "absent.jsonl", "{'input': 1}");

            assertThat(faults(dataset("absent.jsonl")))
                    .singleElement()
                    .asString()
                    .endsWith("; it stands in src/test/java, from where only classes are taken: move it to"
                            + " src/test/resources/" + PACKAGE + "absent.jsonl");
        }

        @Test
        void that_the_build_has_not_copied_yet_asks_for_a_build() {
            write("src/test/resources/" + PACKAGE + "absent/x.jsonl", "{'input': 1}");

            assertThat(faults(dataset("absent/*.jsonl")))
                    .singleElement()
                    .asString()
                    .startsWith("no file on the class path matches 'absent/*.jsonl': looked for ")
                    .endsWith("; it stands in src/test/resources but was not copied from there: build before you run,"
                            + " for instance by mvn test-compile");
        }

        @Test
        void in_a_missing_folder_is_told_with_the_folder() {
            assertThat(faults(dataset("file:a/b/*.jsonl")))
                    .containsExactly("no file matches 'file:a/b/*.jsonl': looked in " + folder.resolve("a/b")
                            + "; that folder does not exist");
        }

        @Test
        void does_not_hide_the_faults_of_others() {
            write("x.jsonl", "{}");

            assertThat(faults(dataset("file:absent.jsonl", "file:x.jsonl", "absent.jsonl")))
                    .hasSize(3)
                    .last()
                    .isEqualTo("x.jsonl:1:1 'input' is missing: every row has an input");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"classpath:x.jsonl", "https://example.org/x.jsonl", "", " ", "topics", "file:", "file:\u0000"
                })
        void that_no_location_could_name_is_a_fault(String location) {
            assertThat(faults(dataset(location))).hasSize(1);
        }
    }

    private static DatasetSpec at(String location) {
        return new DatasetSpec(List.of(location), "", "id", List.of("input"), "expected", "tags", "metadata");
    }

    /** A jar with the anchor's class, and one file where it is given. */
    private Path jar(String name, String... entryAndContent) throws IOException {
        Path jar = folder.resolve(name);
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out)) {
            entries.putNextEntry(new JarEntry(ANCHOR));
            try (InputStream anchor = Anchor.class.getResourceAsStream("/" + ANCHOR)) {
                anchor.transferTo(entries);
            }
            if (entryAndContent.length > 0) {
                entries.putNextEntry(new JarEntry(entryAndContent[0]));
                entries.write(entryAndContent[1].replace('\'', '"').getBytes(StandardCharsets.UTF_8));
            }
        }
        return jar;
    }

    /** The anchor as a loader sees it that knows these roots only. */
    private final class Loaded implements AutoCloseable {

        private final URLClassLoader loader;

        Loaded(Path... roots) throws IOException {
            URL[] urls = new URL[roots.length];
            for (int root = 0; root < roots.length; root++) {
                urls[root] = roots[root].toUri().toURL();
            }
            loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
        }

        Dataset dataset(String location) throws IOException {
            try {
                return Dataset.of(at(location), loader.loadClass(Anchor.class.getName()), folder);
            } catch (ClassNotFoundException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            loader.close();
        }
    }
}
