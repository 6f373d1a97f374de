package org.juniteval.engine.slice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.io.TempDir;

class SliceTest {

    @TempDir
    Path folder;

    private Project project(String... sources) {
        Project project = new Project(folder.resolve("app"));
        for (String source : sources) {
            project.source("package demo; import java.util.*; import org.juniteval.*; " + source);
        }
        return project;
    }

    private static Slice slice(Project project) {
        return project.slice("demo.AnEval", "answer");
    }

    private static boolean changes(Project project, String from, String to) {
        Slice before = slice(project);
        Slice after = slice(project.edit(from, to));
        return !before.code().equals(after.code()) || !before.resources().equals(after.resources());
    }

    @Nested
    class Tells_what_a_stored_answer_stands_on {

        @Test
        void by_the_number_of_methods_and_the_names_of_files() {
            Project project = project(
                            "class AnEval { @Eval String answer(String in) { return Help.load(\"capital.md\") + in; } }",
                            "class Help { static String load(String name) { return name; } static void not() {} }")
                    .resource("prompts/capital.md", "What is the capital?");
            assertThat(slice(project).covers()).isEqualTo("3 methods, prompts/capital.md"); // one is the constructor
            assertThat(slice(project).whole()).isFalse();
        }

        @Test
        void by_the_name_of_each_part() {
            Project project = project(
                    "class AnEval { private final String start = \"x\".trim(); @Eval String answer(String in) {"
                            + " return Help.join(start, new int[0], List.of()); } }",
                    "class Help { static final Object LOCK = new Object();"
                            + " static String join(String a, int[] b, List<Map.Entry<String, String>> c) { return a + LOCK; } }");
            assertThat(slice(project).parts())
                    .containsOnlyKeys(
                            "demo.AnEval",
                            "demo.AnEval()",
                            "demo.AnEval.answer(String)",
                            "demo.AnEval.start",
                            "demo.Help",
                            "demo.Help.LOCK",
                            "demo.Help.join(String, int[], List)");
        }

        @Test
        void by_the_jars_that_its_code_mentions() {
            Project project = project("class AnEval { @Eval String answer(String in) { return lib.Text.of(in); } }")
                    .librarySource(
                            "package lib; public class Text { public static String of(String s) { return s; } }");
            assertThat(slice(project).parts()).containsKey("library-1.0.jar");
        }

        @Test
        void and_a_change_by_the_parts_that_differ() {
            Project project = project(
                    "class AnEval { @Eval String answer(String in) { return Help.a(in); } }",
                    "class Help { static String a(String s) { return b(s) + 1; } static String b(String s) { return s + 2; } }");
            Slice before = slice(project);
            Slice after = slice(project.edit("s + 2", "s + 3"));
            assertThat(after.parts().keySet()).isEqualTo(before.parts().keySet());
            assertThat(after.parts().entrySet().stream()
                            .filter(part ->
                                    !part.getValue().equals(before.parts().get(part.getKey())))
                            .map(part -> part.getKey()))
                    .containsExactly("demo.Help.b(String)");
        }
    }

    @Nested
    class Looks_below_the_base_directory {

        @Test
        void for_files_in_folders_that_are_named_one_after_the_other() {
            Project project = project("class AnEval { @Eval String answer(String in) {"
                            + " return java.nio.file.Path.of(\"data\", \"texts\").resolve(\"en.txt\") + in; } }")
                    .file("data/texts/en.txt", "hello");
            assertThat(slice(project).resources()).containsOnlyKeys("data/texts/en.txt");
        }

        @Test
        void once_also_where_constants_lead_in_circles_out_of_it_and_everywhere() {
            StringBuilder words = new StringBuilder();
            for (String word :
                    List.of(".", "..", "../..", "./.", "/", "a", "b", "c", "d", "a/b", "../a", "%s.txt", "*")) {
                words.append("+ \"").append(word).append("\".trim()");
            }
            Project project = project("class AnEval { @Eval String answer(String in) { return in" + words + "; } }");
            for (String folder : List.of("a/b/c/d", "a/a/a/a", "b/a/d/c", "d/c/b/a", "c/c/c/c")) {
                project.file(folder + "/own.md", "x");
            }
            assertThat(slice(project).resources()).isEmpty();
        }

        @Test
        void but_not_at_what_builds_and_tools_leave_there() {
            Project project = project(
                            "class AnEval { @Eval String answer(String in) { return \"target/out.json\".trim()"
                                    + " + \".cache/out.json\".trim() + in; } }")
                    .file("target/out.json", "{}")
                    .file(".cache/out.json", "{}");
            assertThat(slice(project).resources()).isEmpty();
        }

        @Test
        void nor_where_runs_write() {
            Project project = project(
                            "class AnEval { @Eval String answer(String in) { return \"runs/out.json\".trim() + in; } }")
                    .file("runs/out.json", "{}");
            assertThat(slice(project).resources()).containsOnlyKeys("runs/out.json");
            assertThat(slice(project.leftOut("runs")).resources()).isEmpty();
        }
    }

    @Nested
    class Says_what_it_does_not_see {

        private List<NotSeen> notSeen(String body) {
            return slice(project(
                            "class AnEval {\n @Eval String answer(String in) throws Exception {\n" + body + "\n} }"))
                    .notSeen();
        }

        @Test
        void environment_and_properties_with_file_and_line() {
            assertThat(notSeen("String name = in;\nreturn System.getProperty(\"temperature\") + System.getenv(name);"))
                    .containsExactly(
                            new NotSeen("System.getProperty(\"temperature\")", "AnEval.java:4"),
                            new NotSeen("System.getenv(…)", "AnEval.java:4"));
        }

        @Test
        void reflection() {
            assertThat(notSeen("return (String) Class.forName(in).getMethod(\"x\").invoke(null);"))
                    .extracting(NotSeen::what)
                    .containsExactly("Class.forName(…)", "Class.getMethod(\"x\")", "Method.invoke(…)");
        }

        @Test
        void but_a_class_that_a_constant_names_is_followed() {
            Project project = project(
                    "class AnEval { @Eval Object answer(String in) throws Exception { return Class.forName(\"demo.Hidden\"); } }",
                    "class Hidden { String text() { return \"a\"; } }");
            assertThat(slice(project).notSeen()).isEmpty();
            assertThat(changes(project, "\"a\"", "\"b\"")).isTrue();
        }

        @Test
        void files_that_are_named_at_run_time() {
            assertThat(notSeen("return java.nio.file.Files.readString(java.nio.file.Path.of(in));"))
                    .containsExactly(new NotSeen("Files.readString(…)", "AnEval.java:3"));
            assertThat(notSeen("return java.nio.file.Files.readString(java.nio.file.Path.of(\"a.txt\"));"))
                    .isEmpty();
        }

        @Test
        void also_where_another_file_is_named() {
            Project project = project(
                            "class AnEval { @Eval String answer(String in) { return Help.load(\"a.md\") + Help.load(in); } }",
                            "class Help { static String load(String name) { try { return java.nio.file.Files.readString("
                                    + "java.nio.file.Path.of(name)); } catch (java.io.IOException e) { return null; } } }")
                    .resource("p/a.md", "a");
            assertThat(slice(project).notSeen()).containsExactly(new NotSeen("Files.readString(…)", "Help.java:1"));
            assertThat(slice(project.edit("+ Help.load(in)", "")).notSeen()).isEmpty();
            assertThat(slice(project.edit("Help.load(\"a.md\")", "Help.load(\"p/\" + in)"))
                            .notSeen())
                    .isEmpty();
            assertThat(slice(project.edit("\"p/\" + in", "\"q/\" + in")).notSeen())
                    .hasSize(1);
        }

        @Test
        void folders_that_are_listed() {
            assertThat(notSeen("return \"\" + java.nio.file.Files.list(java.nio.file.Path.of(\"prompts\")).count();"))
                    .containsExactly(new NotSeen("Files.list(\"prompts\")", "AnEval.java:3"));
        }

        @Test
        void only_where_the_eval_can_get() {
            Project project = project(
                    "class AnEval { String unread = System.getProperty(\"x\"); @Eval String answer(String in) { return in; }"
                            + " @Scorer boolean ok(String out) { return System.getenv(out) == null; } }");
            assertThat(slice(project).notSeen()).isEmpty();
        }
    }

    @Nested
    class Finds_what_one_sample_leaves_for_another {

        private List<FieldWrite> writes(String members) {
            return slice(project(
                            "class AnEval extends Base {\n" + members + "\n}", "class Base { protected int count; }"))
                    .writes();
        }

        @Test
        void a_field_of_the_suite_that_the_eval_assigns() {
            assertThat(
                            writes(
                                    "private String memory;\n@Eval String answer(String in) {\n memory += in;\n return memory; }"))
                    .containsExactly(new FieldWrite("memory", "AnEval.java:4"));
        }

        @Test
        void also_deep_in_its_calls_lambdas_and_superclasses() {
            assertThat(writes("static Object last; @Eval String answer(String in) {\n return help(() -> last = in); }\n"
                            + "String help(Runnable r) { r.run();\n count++; return \"\"; }"))
                    .containsExactly(new FieldWrite("last", "AnEval.java:3"), new FieldWrite("count", "AnEval.java:5"));
        }

        @Test
        void but_not_what_is_assigned_before_the_first_sample() {
            assertThat(writes("private String model; private static String shared = \"s\"; private final String own;\n"
                            + "AnEval() { own = \"o\"; model = \"m\"; }\n"
                            + "@org.junit.jupiter.api.BeforeAll static void prepare() { set(); }\n"
                            + "static void set() { shared = \"t\"; }\n"
                            + "@Eval String answer(String in) { return model + shared + own; }"))
                    .isEmpty();
        }

        @Test
        void nor_fields_of_other_classes() {
            assertThat(writes("@Eval String answer(String in) { Box b = new Box(); b.text = in; return b.text; }"
                            + " static class Box { String text; }"))
                    .isEmpty();
        }
    }

    @Nested
    class Names_sources_that_are_newer_than_what_runs {

        private Project helped() {
            return project(
                            "class AnEval { @Eval String answer(String in) { return Help.load(\"capital.md\"); } }",
                            "class Help { static String load(String name) { return name; } }",
                            "class Other {}")
                    .resource("prompts/capital.md", "old");
        }

        private List<String> outdated(String path, String text, int seconds) {
            return helped().with("demo.AnEval", (code, type) -> {
                Path source = folder.resolve("app").resolve(path);
                try {
                    Files.createDirectories(source.getParent());
                    Files.writeString(source, text);
                    Files.setLastModifiedTime(
                            source, FileTime.from(Instant.now().plusSeconds(seconds)));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
                return code.slice(Project.roots(type, "answer")).outdated();
            });
        }

        @Test
        void an_edited_prompt() {
            assertThat(outdated("src/main/resources/prompts/capital.md", "new", 60))
                    .containsExactly("src/main/resources/prompts/capital.md");
            assertThat(outdated("src/main/resources/prompts/capital.md", "new", -60))
                    .isEmpty();
        }

        @Test
        void an_edited_class_of_the_slice() {
            assertThat(outdated("src/test/java/demo/Help.java", "new", 60))
                    .containsExactly("src/test/java/demo/Help.java");
            assertThat(outdated("src/test/java/demo/Other.java", "new", 60)).isEmpty();
        }

        @Test
        void but_no_prompt_that_only_has_a_new_date() {
            assertThat(outdated("src/main/resources/prompts/capital.md", "old", 60))
                    .isEmpty();
        }
    }

    @Nested
    class Is_the_whole_project_where_a_framework_makes_the_objects {

        private static final String INJECT =
                "package lib; import java.lang.annotation.*; @Retention(RetentionPolicy.RUNTIME) public @interface Inject {}";

        @Test
        void for_injected_fields() {
            Project project = project(
                            "class AnEval { @lib.Inject Service service; @Eval String answer(String in) { return service.run(in); }"
                                    + " @Scorer boolean ok(String out) { return out.length() > 3; } }",
                            "interface Service { String run(String in); }",
                            "class Bean { String text() { return \"configured\"; } }")
                    .librarySource(INJECT)
                    .resource("application.yml", "model: small")
                    .resource("readme.md", "nothing");
            Slice slice = slice(project);
            assertThat(slice.whole()).isTrue();
            assertThat(slice.covers()).matches("\\d+ classes, application.yml");
            assertThat(changes(project, "configured", "arranged")).isTrue();
            assertThat(changes(project, "small", "large")).isTrue();
            assertThat(changes(project, "> 3", "> 4")).isFalse();
        }

        @Test
        void for_setters_that_a_framework_calls() {
            Project project = project(
                            "class AnEval { private Service service; @lib.Inject void set(Service s) { service = s; }"
                                    + " @Eval String answer(String in) { return service.run(in); } }",
                            "interface Service { String run(String in); }")
                    .librarySource(INJECT);
            assertThat(slice(project).whole()).isTrue();
        }

        @Test
        void for_a_suite_that_nobody_but_a_factory_can_make() {
            assertThat(slice(
                                    project(
                                            "class AnEval { AnEval(String s) {} @Eval String answer(String in) { return in; } }"))
                            .whole())
                    .isTrue();
        }

        @Test
        void for_a_framework_that_scans_the_class_path() {
            Project project = project(
                            "class AnEval { @Eval String answer(String in) { return lib.Run.run(App.class); } }",
                            "@lib.ComponentScan class App {}",
                            "class Bean { String text() { return \"configured\"; } }")
                    .librarySource("package lib; import java.lang.annotation.*;"
                            + " @Retention(RetentionPolicy.RUNTIME) public @interface ComponentScan {}")
                    .librarySource(
                            "package lib; public class Run { public static String run(Class<?> type) { return \"\"; } }");
            assertThat(slice(project).whole()).isTrue();
            assertThat(changes(project, "configured", "arranged")).isTrue();
        }

        @Test
        void and_where_the_caller_knows_of_one() {
            Slice whole = project("class AnEval { @Eval String answer(String in) { return in; } }", "class Other {}")
                    .with("demo.AnEval", (code, type) -> code.whole(Project.roots(type, "answer")));
            assertThat(whole.parts()).containsKey("demo.Other");
        }

        @Test
        void but_not_for_an_annotated_field_that_the_suite_fills_itself() {
            assertThat(slice(project(
                                            "class AnEval { @lib.Inject String s = \"x\"; @Eval String answer(String in) { return s; } }")
                                    .librarySource(INJECT))
                            .whole())
                    .isFalse();
        }
    }

    @Nested
    class Finds_files {

        private SortedMap<String, String> files(String expression, String... paths) {
            Project project = project("class AnEval { @Eval Object answer(String in) { return " + expression + "; } }");
            for (String path : paths) {
                if (path.startsWith("base:")) {
                    project.file(path.substring(5), path);
                } else {
                    project.resource(path, path);
                }
            }
            return slice(project).resources();
        }

        @Test
        void by_a_path_from_the_root_with_or_without_a_scheme() {
            for (String name : List.of("p/a.md", "/p/a.md", "classpath:p/a.md", "classpath:/p/a.md", "./p/a.md")) {
                assertThat(files('"' + name + '"', "p/a.md", "p/b.md")).as(name).containsOnlyKeys("p/a.md");
            }
        }

        @Test
        void beside_a_class_and_by_the_end_of_a_path() {
            assertThat(files("\"local\"", "demo/local", "other/local")).containsOnlyKeys("demo/local");
            assertThat(files("\"a.md\"", "p/a.md", "q/r/a.md", "p/ba.md")).containsOnlyKeys("p/a.md", "q/r/a.md");
            assertThat(files("\"../q/local\"", "q/local")).containsOnlyKeys("q/local");
        }

        @Test
        void under_the_base_directory() {
            assertThat(files("\"src/main/prompts/a.md\"", "base:src/main/prompts/a.md"))
                    .containsOnlyKeys("src/main/prompts/a.md");
            assertThat(files("\"prompts/\" + in", "base:prompts/a.md", "base:prompts/b.md", "base:other/c.md"))
                    .containsOnlyKeys("prompts/a.md", "prompts/b.md");
        }

        @Test
        void by_folders_and_a_name_that_are_joined() {
            assertThat(files(
                            "java.nio.file.Path.of(\"src\", \"data\").resolve(\"a.md\")",
                            "base:src/data/a.md",
                            "base:src/a.txt"))
                    .containsOnlyKeys("src/data/a.md");
            assertThat(files(
                            "new java.io.File(\"src/data/\", in + \".md\")",
                            "base:src/data/a.md",
                            "base:src/data/b.txt"))
                    .containsOnlyKeys("src/data/a.md");
        }

        @Test
        void by_a_name_with_gaps() {
            assertThat(files("\"p/\" + in + \".md\"", "p/a.md", "p/b.md", "p/c.txt"))
                    .containsOnlyKeys("p/a.md", "p/b.md");
            assertThat(files("String.format(\"p/%s.md\", in)", "p/a.md", "p/b.txt"))
                    .containsOnlyKeys("p/a.md");
            assertThat(files("\"p/{}.md\"", "p/a.md")).containsOnlyKeys("p/a.md");
            assertThat(files("in + \".md\"", "p/a.md", "c.md", "d.txt")).containsOnlyKeys("p/a.md", "c.md");
        }

        private SortedMap<String, String> filesOfLoader(String expression) {
            return slice(project(
                                    "class AnEval { @Eval Object answer(String in) { return " + expression + "; } }",
                                    "record Country(String name) {}",
                                    "interface Loader { String load(String name); }",
                                    "class Prompts implements Loader {"
                                            + " public String load(String name) { return \"p/\" + name + \".md\"; }"
                                            + " static String format(String name) { return \"p/%s.md\".formatted(name); }"
                                            + " static String known(String name) { return name.isEmpty() ? \"a\" : name.equals(\"x\") ? name : \"a\"; }"
                                            + " static String all(Object... names) { List<String> known = List.of(\"a\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\", \"i\", \"j\", \"k\", \"l\");"
                                            + " return String.format(\"p/%s.md\", names) + known; }"
                                            + " static String render(String name, Object values) {"
                                            + " return (\"p/\" + name + \".md\").replace(\"x\", values.toString()); } }")
                            .resource("p/a.md", "a")
                            .resource("p/b.md", "b"))
                    .resources();
        }

        @Test
        void by_a_name_with_gaps_narrowed_by_another_constant_where_one_fits() {
            assertThat(filesOfLoader("new Prompts().load(\"a\")")).containsOnlyKeys("p/a.md");
            assertThat(filesOfLoader("Prompts.format(\"a\")")).containsOnlyKeys("p/a.md");
            assertThat(filesOfLoader("new Prompts().load(in)")).containsOnlyKeys("p/a.md", "p/b.md");
        }

        @Test
        void by_a_name_whose_gaps_a_row_may_fill_whatever_constants_fit() {
            assertThat(filesOfLoader("new Prompts().load(\"a\") + new Prompts().load(in)"))
                    .containsOnlyKeys("p/a.md", "p/b.md");
            assertThat(filesOfLoader("Prompts.format(\"a\") + Prompts.format(in.strip())"))
                    .containsOnlyKeys("p/a.md", "p/b.md");
            assertThat(filesOfLoader("new Prompts().load(\"a\") + ((Loader) new Prompts()).load(in.toLowerCase())"))
                    .containsOnlyKeys("p/a.md", "p/b.md");
            assertThat(files("List.of(\"a\", \"p/\" + in + \".md\")", "p/a.md", "p/b.md"))
                    .containsOnlyKeys("p/a.md", "p/b.md");
        }

        @Test
        void by_a_name_that_is_one_of_two_whatever_constants_fit() {
            assertThat(filesOfLoader("new Prompts().load(in.isEmpty() ? in : \"a\")"))
                    .containsOnlyKeys("p/a.md", "p/b.md");
            assertThat(filesOfLoader("new Prompts().load(Prompts.known(in))")).containsOnlyKeys("p/a.md", "p/b.md");
            assertThat(filesOfLoader("new Prompts().load(in.isEmpty() ? \"a\" : \"other\")"))
                    .containsOnlyKeys("p/a.md");
        }

        @Test
        void by_a_name_in_an_array_that_was_made_elsewhere_whatever_constants_fit() {
            assertThat(filesOfLoader("Prompts.all(in)")).containsOnlyKeys("p/a.md", "p/b.md");
        }

        @Test
        void of_the_prompt_that_is_named_whatever_a_row_fills_into_its_text() {
            assertThat(filesOfLoader("Prompts.render(\"a\", Map.of(\"ticket\", in))"))
                    .containsOnlyKeys("p/a.md");
            assertThat(filesOfLoader("Prompts.render(\"a\", in)")).containsOnlyKeys("p/a.md");
        }

        @Test
        void by_a_pattern_whatever_constants_fit() {
            assertThat(files("List.of(\"a\", \"classpath*:/p/*.st\")", "p/a.st", "p/b.st", "q/a.st"))
                    .containsOnlyKeys("p/a.st", "p/b.st");
            assertThat(files("\"p/**/*.st\"", "p/a.st", "p/q/b.st", "c.st")).containsOnlyKeys("p/a.st", "p/q/b.st");
        }

        @Test
        void by_a_name_that_a_string_builder_puts_together() {
            assertThat(files("new StringBuilder(\"p/\").append(in).append(\".md\").toString()", "p/a.md", "q/b.md"))
                    .containsOnlyKeys("p/a.md");
        }

        @Test
        void but_never_by_a_sentence_a_folder_or_a_guess() {
            assertThat(files("\"Tell me about \" + in + \", and/or \" + in", "p/a.md", "application.properties"))
                    .isEmpty();
            assertThat(files("List.of(\"p\", \"p/\", in + in, \"/\", \"\", in + \"/\" + in)", "p/a.md"))
                    .isEmpty();
        }

        @Test
        void of_a_service_that_code_asks_for() {
            Project project = project(
                            "class AnEval { @Eval String answer(String in) {"
                                    + " return ServiceLoader.load(Greeter.class).findFirst().get().greet(); } }",
                            "interface Greeter { String greet(); }",
                            "class Polite implements Greeter { public String greet() { return \"good day\"; } }",
                            "class Fake implements Greeter { public String greet() { return \"fake\"; } }")
                    .resource("META-INF/services/demo.Greeter", "# ours\ndemo.Polite # the polite one\n");
            assertThat(slice(project).resources()).containsOnlyKeys("META-INF/services/demo.Greeter");
            assertThat(changes(project, "good day", "good morning")).isTrue();
            assertThat(changes(project, "\"fake\"", "\"faked\"")).isFalse();
        }
    }

    @Nested
    class Follows {

        @Test
        void every_class_below_a_type_of_which_it_makes_no_object() {
            Project project = project(
                    "class AnEval { @Eval String answer(String in) { Shop s = lib.Lookup.find(); return s.open(); } }",
                    "public interface Shop { String open(); }",
                    "class Kiosk implements Shop { public String open() { return \"kiosk\"; } }");
            project.librarySource("package lib; public class Lookup { public static <T> T find() { return null; } }");
            assertThat(changes(project, "\"kiosk\"", "\"stall\"")).isTrue();
        }

        @Test
        void a_lambda_instead_of_every_class_below_a_functional_interface() {
            Project project = project(
                    "class AnEval { @Eval String answer(String in) { Shop s = () -> \"lambda\"; return s.open(); } }",
                    "interface Shop { String open(); }",
                    "class Kiosk implements Shop { public String open() { return \"kiosk\"; } }");
            assertThat(changes(project, "\"kiosk\"", "\"stall\"")).isFalse();
            assertThat(changes(project, "\"lambda\"", "\"function\"")).isTrue();
        }

        @Test
        void an_initial_value_that_assigns_another_field_on_its_way() {
            Project project =
                    project("class AnEval { private String prompt; private final boolean ready = setUp(\"one\");"
                            + " private boolean setUp(String s) { prompt = s; return true; }"
                            + " @Eval String answer(String in) { return prompt + in; } }");
            assertThat(changes(project, "\"one\"", "\"two\"")).isTrue();
        }

        @Test
        @EnabledForJreRange(minVersion = 25)
        void what_a_constructor_assigns_before_that_of_its_superclass_runs() {
            Project project = project(
                    "class AnEval { @Eval String answer(String in) { return new Bot(in).text; } }",
                    "class Base { final String text = \"Be \" + tone(); String tone() { return \"\"; } }",
                    "class Bot extends Base { private final String tone; Bot(String t) { this.tone = t; super(); }"
                            + " @Override String tone() { return tone; } }");
            assertThat(changes(project, "this.tone = t; super();", "super(); this.tone = t;"))
                    .isTrue();
        }

        @Test
        void static_blocks_and_loops_of_a_class_that_is_used() {
            Project project = project(
                    "class AnEval { @Eval String answer(String in) { return Table.of(in); } }",
                    "class Table { private static final Map<String, String> MAP = new HashMap<>();"
                            + " static { for (int i = 0; i < 3; i++) { MAP.put(\"k\" + i, \"value\"); } }"
                            + " static String of(String key) { return MAP.get(key); } }");
            assertThat(changes(project, "i < 3", "i < 4")).isTrue();
            assertThat(changes(project, "\"value\"", "\"content\"")).isTrue();
        }

        @Test
        void a_conditional_initial_value_and_leaves_out_another() {
            Project project = project(
                    "class AnEval { @Eval String answer(String in) { return Two.A; } }",
                    "class Two { static final String A = System.nanoTime() > 3 ? \"yes\" : \"no\";"
                            + " static final String B = System.nanoTime() > 4 ? \"oui\" : \"non\"; }");
            assertThat(changes(project, "\"no\"", "\"nope\"")).isTrue();
            assertThat(changes(project, "\"oui\"", "\"si\"")).isFalse();
        }

        @Test
        void the_input_and_output_types_that_the_engine_reads_and_writes() {
            Project project = project(
                    "class AnEval { @Eval List<Out> answer(Question in) { return Make.of(in.text()); } }",
                    "record Question(String text) { Question { text = text.trim(); } }",
                    "class Out { String t; public String getText() { return \"out \" + t; } void other() { t = \"other\"; } }",
                    "class Make { static List<Out> of(String s) { return null; } }");
            assertThat(changes(project, "text.trim()", "text.strip()")).isTrue();
            assertThat(changes(project, "\"out \"", "\"output \"")).isTrue();
            assertThat(changes(project, "\"other\"", "\"another\"")).isFalse();
        }

        @Test
        void the_enum_of_a_variant() {
            Project project = project(
                    "class AnEval { @Eval String answer(String in, @Variants Style style) { return style.text(); } }",
                    "enum Style { BRIEF { String text() { return \"brief\"; } }, LONG { String text() { return \"long\"; } };"
                            + " abstract String text(); }");
            assertThat(changes(project, "\"long\"", "\"lengthy\"")).isTrue();
        }

        @Test
        void a_cached_scorer_that_is_a_root_itself() {
            Project project = project(
                    "class AnEval { @Eval String answer(String in) { return \"eval\"; }"
                            + " @Scorer(cached = true) double judged(String out) { return Judge.ask(out); } }",
                    "class Judge { static double ask(String out) { return 0.25; } }");
            var judged = (Function<Project, String>) p -> p.with(
                    "demo.AnEval",
                    (code, type) -> code.slice(new Roots(type, List.of(Project.declared(type, "judged"))))
                            .code());
            String before = judged.apply(project);
            assertThat(judged.apply(project.edit("\"eval\"", "\"other\""))).isEqualTo(before);
            assertThat(judged.apply(project.edit("0.25", "0.5"))).isNotEqualTo(before);
        }

        @Test
        void private_fields_for_a_library_that_writes_them() {
            Project project = project(
                            "class AnEval { @Eval String answer(String in) { return new com.google.gson.Gson().toJson(new Ask()); } }",
                            "class Ask { private final Object text = List.of(\"private\"); }")
                    .librarySource(
                            "package com.google.gson; public class Gson { public String toJson(Object o) { return \"\"; } }");
            assertThat(changes(project, "\"private\"", "\"secret\"")).isTrue();
        }

        @Test
        void private_fields_for_jackson_where_it_is_told_to_write_them() {
            String ask = "class Ask { private final Object text = List.of(\"private\"); }";
            Project told = project(
                    "class AnEval { @Eval String answer(String in) { return lib.Json.write(new Ask()); } }",
                    "@com.fasterxml.jackson.annotation.JsonAutoDetect(fieldVisibility ="
                            + " com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility.ANY) " + ask);
            String json =
                    "package lib; public class Json { public static String write(Object o, Object... how) { return \"\"; } }";
            assertThat(changes(told.librarySource(json), "\"private\"", "\"secret\""))
                    .isTrue();
            Project asked = project(
                    "class AnEval { @Eval String answer(String in) { return lib.Json.write(new Ask(),"
                            + " com.fasterxml.jackson.annotation.PropertyAccessor.FIELD); } }",
                    ask);
            assertThat(changes(asked.librarySource(json), "\"private\"", "\"secret\""))
                    .isTrue();
        }

        @Test
        void getters_of_a_record_beside_its_components() {
            Project project = project(
                    "class AnEval { @Eval String answer(String in) { return lib.Json.write(new Ask(in)); } }",
                    "record Ask(String text) { public Object getTone() { return List.of(\"calm\"); } }");
            project.librarySource(
                    "package lib; public class Json { public static String write(Object o) { return \"\"; } }");
            assertThat(changes(project, "\"calm\"", "\"warm\"")).isTrue();
        }

        @Test
        void no_interface_that_is_there_for_its_scorers() {
            Project project = project(
                    "class AnEval implements Runnable { public void run() {} @Eval String answer(String in) { return in; } }",
                    "interface Scoring { int MOST = new Object().hashCode();"
                            + " @Scorer default boolean ok(String out) { return out.length() < MOST; } }");
            assertThat(changes(project, "implements Runnable", "implements Runnable, Scoring"))
                    .isFalse();
        }

        @Test
        void classes_whose_names_are_put_together() {
            Project project = project(
                    "class AnEval { @Eval Object answer(String in) throws Exception { return Class.forName(\"demo.P\" + in); } }",
                    "class Pa { String text() { return \"a\"; } }",
                    "class Qa { String text() { return \"q\"; } }");
            assertThat(changes(project, "\"a\"", "\"b\"")).isTrue();
            assertThat(changes(project, "\"q\"", "\"r\"")).isFalse();
        }

        @Test
        void nothing_of_a_method_that_a_composed_annotation_makes_a_scorer() {
            Project project = project(
                    "class AnEval { @Eval String answer(String in) { return in; }"
                            + " @Strict boolean ok(String out) { return out.length() > 3; } }",
                    "@Scorer @Gate(atLeast = 0.5) @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)"
                            + " @interface Strict {}");
            assertThat(changes(project, "> 3", "> 4")).isFalse();
            assertThat(changes(project, "0.5", "0.6")).isFalse();
        }

        @Test
        void not_all_members_of_a_class_for_its_logger() {
            Project project = project(
                    "class AnEval { @Eval String answer(String in) { return Help.a(); } }",
                    "class Help { static final lib.Logger LOG = lib.Logger.of(Help.class);"
                            + " static String a() { LOG.log(); return \"\"; } static String b() { return \"unrelated\"; } }");
            project.librarySource(
                    "package lib; public interface Logger { void log(); static Logger of(Class<?> c) { return null; } }");
            assertThat(changes(project, "unrelated", "related")).isFalse();
        }
    }

    /** Ways to keep prompts that users of LLM libraries have, each with an edit that must not be missed. */
    @Nested
    class Sees_prompts_that_are_kept {

        @Test
        void in_a_bean_method_of_a_configuration() {
            Project project = project(
                            "class AnEval { @Eval String answer(String in) {"
                                    + " return lib.Context.of(Config.class).get(Prompter.class).ask(in); } }",
                            "class Config { @lib.Bean Prompter prompter(Tone tone) { return new Prompter(\"ask \" + tone.text()); } }",
                            "class Tone { String text() { return \"kindly\"; } }",
                            "class Prompter { private final String prompt; Prompter(String p) { prompt = p; }"
                                    + " String ask(String in) { return prompt + in; } }")
                    .librarySource("package lib; import java.lang.annotation.*;"
                            + " @Retention(RetentionPolicy.RUNTIME) public @interface Bean {}")
                    .librarySource(
                            "package lib; public class Context { public static Context of(Class<?> c) { return null; }"
                                    + " public <T> T get(Class<T> c) { return null; } }");
            assertThat(changes(project, "\"ask \"", "\"beg \"")).isTrue();
            assertThat(changes(project, "kindly", "firmly")).isTrue();
            assertThat(changes(project, "prompt + in", "in + prompt")).isTrue();
        }

        @Test
        void in_a_builder() {
            Project project = project(
                    "class AnEval { private final Client client = new Client.Builder().system(\"be brief\").build();"
                            + " @Eval String answer(String in) { return client.call(in); } }",
                    "class Client { final String system; Client(Builder b) { system = b.system; }"
                            + " String call(String in) { return system + in; }"
                            + " static class Builder { String system = \"none\"; Builder system(String s) { system = s; return this; }"
                            + " Client build() { return new Client(this); } } }");
            assertThat(changes(project, "be brief", "be long")).isTrue();
            assertThat(changes(project, "\"none\"", "\"nothing\"")).isTrue();
        }

        @Test
        void in_a_constant_of_another_class_and_in_a_text_block() {
            Project project = project(
                    "class AnEval { @Eval String answer(String in) { return Texts.PROMPT + in; } }",
                    "class Texts { static final String PROMPT = \"\"\"\n  Answer\n  briefly.\n  \"\"\"; }");
            assertThat(changes(project, "briefly", "at length")).isTrue();
        }

        @Test
        void in_an_annotation_of_a_record_that_is_a_prompt() {
            Project project = project(
                            "class AnEval { @Eval String answer(String in) { return lib.Processor.toPrompt(new Ask(in)); } }",
                            "@lib.StructuredPrompt({\"Tell {{about}}\", \"in one line\"}) record Ask(String about) {}")
                    .librarySource(
                            "package lib; import java.lang.annotation.*;"
                                    + " @Retention(RetentionPolicy.RUNTIME) public @interface StructuredPrompt { String[] value(); }")
                    .librarySource(
                            "package lib; public class Processor { public static String toPrompt(Object o) { return \"\"; } }");
            assertThat(changes(project, "in one line", "in two lines")).isTrue();
        }

        @Test
        void in_a_list_that_a_static_block_fills() {
            Project project = project(
                    "class AnEval { @Eval String answer(String in) { return Shots.all() + in; } }",
                    "class Shots { private static final List<String> ALL = new ArrayList<>();"
                            + " static { ALL.add(\"first shot\"); Collections.sort(ALL); } static List<String> all() { return ALL; } }");
            assertThat(changes(project, "first shot", "another shot")).isTrue();
        }

        @Test
        void in_a_properties_file_that_code_names() {
            Project project = project(
                            "class AnEval { private final String model = Config.get(\"model\");"
                                    + " @Eval String answer(String in) { return model + in; } }",
                            "class Config { static String get(String key) {"
                                    + " return ResourceBundle.getBundle(\"evals\").getString(key); } }")
                    .resource("evals.properties", "model=small");
            assertThat(changes(project, "small", "large")).isTrue();
        }

        @Test
        void in_what_a_superclass_of_the_suite_prepares() {
            Project project = project(
                    "class AnEval extends Base { @Override String tone() { return \"kind\"; }"
                            + " @Eval String answer(String in) { return prompt + in; } }",
                    "abstract class Base { protected final String prompt; Base() { prompt = \"be \" + tone(); }"
                            + " abstract String tone(); }");
            assertThat(changes(project, "\"kind\"", "\"curt\"")).isTrue();
            assertThat(changes(project, "\"be \"", "\"stay \"")).isTrue();
        }

        @Test
        void in_a_nested_generic_output_type() {
            Project project = project(
                            "class AnEval { @Eval String answer(String in) { return lib.Ai.make(Extractor.class).of(in).toString(); } }",
                            "interface Extractor { Map<String, List<Person>> of(String text); }",
                            "record Person(@lib.Description(\"full name\") String name, Address home) {}",
                            "class Address { @lib.Description(\"the street\") String street; }")
                    .librarySource("package lib; import java.lang.annotation.*;"
                            + " @Retention(RetentionPolicy.RUNTIME) public @interface Description { String value(); }")
                    .librarySource(
                            "package lib; public class Ai { public static <T> T make(Class<T> type) { return null; } }");
            assertThat(changes(project, "full name", "family name")).isTrue();
            assertThat(changes(project, "the street", "street and number")).isTrue();
        }

        @Test
        void in_the_names_of_an_enum_that_a_model_chooses_from() {
            Project project = project(
                            "class AnEval { @Eval Mood answer(String in) { return lib.Ai.choose(Mood.class, in); } }",
                            "enum Mood { GLAD, SAD }")
                    .librarySource(
                            "package lib; public class Ai { public static <T> T choose(Class<T> t, String s) { return null; } }");
            assertThat(changes(project, "SAD", "SAD, CALM")).isTrue();
        }

        @Test
        void in_an_anonymous_class_inside_a_lambda_of_a_field() {
            Project project = project(
                    "class AnEval { private final java.util.function.Supplier<Object> maker = () -> new Object() {"
                            + " @Override public String toString() { return Help.text(); } };"
                            + " @Eval String answer(String in) { return maker.get() + in; } }",
                    "class Help { static String text() { return \"deep\"; } }");
            assertThat(changes(project, "\"deep\"", "\"deeper\"")).isTrue();
        }
    }

    @Nested
    class Counts_as_the_project_s_own {

        private static final String TEXT =
                "package lib; public class Text { public static String of(String s) { return s + 1; } }";

        private Project project() {
            return SliceTest.this
                    .project("class AnEval { @Eval String answer(String in) { return lib.Text.of(in); } }")
                    .librarySource(TEXT);
        }

        @Test
        void no_library_although_the_local_repository_lies_in_the_build() {
            assertThat(slice(project()).parts()).containsKey("library-1.0.jar").doesNotContainKey("lib.Text");
        }

        @Test
        void a_jar_of_the_module_s_maven_group() {
            Project project = project().file("pom.xml", "<project><groupId>acme</groupId></project>");
            assertThat(slice(project).parts()).containsKey("lib.Text").doesNotContainKey("library-1.0.jar");
            project.file(
                    "pom.xml",
                    "<project><parent><artifactId>p</artifactId><groupId>acme</groupId></parent>"
                            + "<dependencies><dependency><groupId>x</groupId></dependency></dependencies></project>");
            assertThat(slice(project).parts()).containsKey("lib.Text");
        }

        @Test
        void packages_that_a_key_adds() {
            assertThat(slice(project().extraPackages("lib")).parts()).containsKey("lib.Text.of(String)");
        }

        @Test
        void a_suite_wherever_it_lies() {
            Project project = new Project(folder.resolve("app"))
                    .librarySource("package lib; import org.juniteval.*; public class JarEval {"
                            + " @Eval public String answer(String in) { return in + \"jar\"; } }");
            assertThat(project.slice("lib.JarEval", "answer").parts()).containsKey("lib.JarEval.answer(String)");
        }
    }

    @Nested
    class Is_the_same {

        @Test
        void whatever_debug_information_the_compiler_writes() {
            Project project = Shop.in(folder.resolve("shop"));
            Slice debug = project.slice(Shop.SUITE, "callbacks");
            assertThat(project.options("-g:none", "-parameters")
                            .slice(Shop.SUITE, "callbacks")
                            .parts())
                    .isEqualTo(debug.parts());
            assertThat(project.options("-g:source")
                            .slice(Shop.SUITE, "callbacks")
                            .parts())
                    .isEqualTo(debug.parts());
        }

        @Test
        void in_another_folder_and_locale() {
            Locale locale = Locale.getDefault();
            try {
                Slice here = Shop.in(folder.resolve("here")).slice(Shop.SUITE, "files");
                Locale.setDefault(Locale.forLanguageTag("tr-TR"));
                assertThat(Shop.in(folder.resolve("there/İ i")).slice(Shop.SUITE, "files"))
                        .isEqualTo(here);
            } finally {
                Locale.setDefault(locale);
            }
        }

        @Test
        void from_many_threads() {
            long different = Shop.in(folder.resolve("app")).with(Shop.SUITE, (code, type) -> {
                Roots roots = Project.roots(type, "tools");
                return IntStream.range(0, 64)
                        .parallel()
                        .mapToObj(i -> code.slice(roots))
                        .distinct()
                        .count();
            });
            assertThat(different).isEqualTo(1);
        }
    }
}
