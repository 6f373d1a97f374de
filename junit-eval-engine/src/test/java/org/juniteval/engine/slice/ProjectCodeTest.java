package org.juniteval.engine.slice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.juniteval.engine.fingerprint.Sha256;

class ProjectCodeTest {

    @TempDir
    Path folder;

    private Project project;

    @BeforeEach
    void a_small_project() {
        project = new Project(folder.resolve("app"))
                .source("""
                        package demo;
                        import org.juniteval.*;
                        @EvalSuite
                        @Dataset("capitals.jsonl")
                        class CapitalsEval {
                            @Eval
                            String answersCapital(String country) {
                                return new Model().chat(Prompts.render("capital.md", country));
                            }
                            @Scorer
                            boolean exact(String answer, @Expected String capital) {
                                return normal(answer).equals(capital) && check(a -> a.length() < 7);
                            }
                            private static boolean check(java.util.function.Predicate<String> p) {
                                return p.test("x") && Judging.lenient();
                            }
                            private static String normal(String answer) {
                                return answer.trim();
                            }
                        }
                        """)
                .source("""
                        package demo;
                        class Model {
                            String chat(String prompt) {
                                return "Lima " + prompt;
                            }
                        }
                        """)
                .source("""
                        package demo;
                        class Prompts {
                            static String render(String name, Object value) {
                                return name + " for " + value;
                            }
                        }
                        """)
                .source("""
                        package demo;
                        class Judging {
                            static boolean lenient() {
                                return 1 > 0;
                            }
                        }
                        """)
                .source("""
                        package demo;
                        class Unrelated {
                            int number = 1;
                        }
                        """)
                .resource("demo/capitals.jsonl", "{\"input\":\"Peru\"}")
                .resource("prompts/capital.md", "What is the capital of %s?")
                .resource("prompts/other.md", "other");
    }

    private Slice slice() {
        return project.slice("demo.CapitalsEval", "answersCapital");
    }

    private Slice after(String from, String to) {
        project.edit(from, to);
        return slice();
    }

    @Test
    void covers_the_code_and_the_files_that_it_names() {
        assertThat(slice().resources()).containsOnlyKeys("prompts/capital.md");
        assertThat(slice().covers()).endsWith(", prompts/capital.md");
        assertThat(slice().resourcesText())
                .isEqualTo(Sha256.of("What is the capital of %s?") + " prompts/capital.md\n");
    }

    @Test
    void is_the_same_in_another_folder() {
        Slice before = slice();
        project = null;
        a_small_project(folder.resolve("elsewhere/app"));
        assertThat(slice()).isEqualTo(before);
    }

    private void a_small_project(Path elsewhere) {
        folder = elsewhere;
        a_small_project();
    }

    @Test
    void an_edit_of_what_the_eval_calls_changes_the_code() {
        Slice before = slice();
        assertThat(after("\" for \"", "\" about \"").code()).isNotEqualTo(before.code());
    }

    @Test
    void an_edit_of_a_named_file_changes_the_resources_only() {
        Slice before = slice();
        Slice edited = after("What is the capital", "Which is the capital");
        assertThat(edited.code()).isEqualTo(before.code());
        assertThat(edited.resources()).isNotEqualTo(before.resources());
    }

    @Test
    void an_edit_of_a_scorer_its_lambdas_and_what_only_it_calls_changes_nothing() {
        Slice before = slice();
        assertThat(after("a.length() < 7", "a.length() < 8 || a.isEmpty()")).isEqualTo(before);
        assertThat(after("answer.trim()", "answer.strip()")).isEqualTo(before);
        assertThat(after("1 > 0", "2 > System.nanoTime()")).isEqualTo(before);
    }

    @Test
    void an_edit_of_layout_changes_nothing() {
        Slice before = slice();
        assertThat(after(
                        "static String render(String name, Object value) {",
                        "/** Renders. */\n\n static String render(String name, Object value)\n{"))
                .isEqualTo(before);
    }

    @Test
    void an_edit_of_the_dataset_its_name_or_of_what_is_not_reached_changes_nothing() {
        Slice before = slice();
        assertThat(after("\"Peru\"", "\"Chile\"")).isEqualTo(before);
        assertThat(after("number = 1", "number = 2")).isEqualTo(before);
        assertThat(after("other", "another")).isEqualTo(before);
        assertThat(after("capitals.jsonl", "countries.jsonl")).isEqualTo(before);
    }

    @Test
    void of_a_service_all_files_count_wherever_they_lie() throws IOException {
        Set<Path> entries = new LinkedHashSet<>();
        for (String provider : List.of("demo.Polite", "demo.Curt")) {
            Path services = Files.createDirectories(folder.resolve(provider).resolve("META-INF/services"));
            Files.writeString(services.resolve("demo.Greeter"), provider);
            entries.add(folder.resolve(provider));
        }

        byte[] all = ProjectFiles.of(entries, Set.of(), folder, List.of(), Set.of())
                .resources()
                .get("META-INF/services/demo.Greeter")
                .read();

        assertThat(new String(all, UTF_8).lines()).containsExactly("demo.Polite", "demo.Curt");
    }
}
