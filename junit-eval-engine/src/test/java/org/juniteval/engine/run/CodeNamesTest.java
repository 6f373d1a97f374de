package org.juniteval.engine.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.juniteval.engine.slice.Workspace.Compiler.ECJ;
import static org.juniteval.engine.slice.Workspace.Compiler.JAVAC;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.juniteval.engine.cache.Archive;
import org.juniteval.engine.cache.CacheMode;
import org.juniteval.engine.cache.FileStore;
import org.juniteval.engine.slice.Slice;
import org.juniteval.engine.slice.Workspace;
import org.juniteval.engine.slice.Workspace.Compiler;

/** Compilers share answers, and none of them is served what another source gave. */
class CodeNamesTest {

    private static final String PROMPTS = "src/main/java/demo/Prompts.java";
    private static final String CONSTANTS = "src/main/java/demo/Constants.java";
    private static final String SUITE = "src/main/java/demo/CapitalsEval.java";

    @TempDir
    Path folder;

    private Workspace workspace;

    @BeforeEach
    void a_project_whose_compilers_make_different_class_files() {
        workspace = new Workspace(folder.resolve("app"))
                .source("demo/CapitalsEval.java", """
                        package demo;
                        import org.juniteval.*;
                        @EvalSuite
                        class CapitalsEval {
                            @Eval
                            String capital(String country) {
                                return Prompts.render(country, Tone.CALM);
                            }
                            @Scorer
                            boolean exact(String answer) {
                                return answer.equals("Lima");
                            }
                        }
                        """)
                .source("demo/Tone.java", """
                        package demo;
                        enum Tone { CALM, HARSH }
                        """)
                .source("demo/Prompts.java", """
                        package demo;
                        class Prompts {
                            static String render(String country, Tone tone) {
                                String text = Constants.ASK;
                                switch (tone) {
                                    case CALM: return text + country;
                                    default: return country + text;
                                }
                            }
                        }
                        """)
                .source("demo/Constants.java", """
                        package demo;
                        class Constants {
                            static final String ASK = "capital of ";
                            static int unused() { return 1; }
                        }
                        """);
    }

    private String code() {
        return code(CacheMode.AUTO);
    }

    private String code(CacheMode mode) {
        try (var store = mode.apply(
                FileStore.open(folder.resolve("cache")), Archive.of(folder.resolve("cache"), Instant.now()))) {
            return new CodeNames(store, "demo.CapitalsEval", "capital")
                    .of(workspace.slice("demo.CapitalsEval", "capital"));
        }
    }

    private static Compiler other(Compiler compiler) {
        return compiler == JAVAC ? ECJ : JAVAC;
    }

    @Test
    void the_compilers_make_different_bytecode_of_this_project() {
        String javac =
                workspace.compile(JAVAC).slice("demo.CapitalsEval", "capital").code();

        assertThat(workspace.compile(ECJ).slice("demo.CapitalsEval", "capital").code())
                .isNotEqualTo(javac);
    }

    @Nested
    class Shares {

        @ParameterizedTest
        @EnumSource
        void answers_between_compilers(Compiler first) {
            workspace.compile(first);
            String code = code();

            workspace.compile(other(first));

            assertThat(code()).isEqualTo(code);
            workspace.compile(first);
            assertThat(code()).isEqualTo(code);
        }

        @ParameterizedTest
        @EnumSource
        void answers_after_an_edit_that_no_slice_sees_whoever_compiles_it_first(Compiler first) {
            workspace.compile(JAVAC);
            String code = code();
            workspace.compile(ECJ);
            code();

            workspace.edit(SUITE, "Lima", "Quito").compile(first);

            assertThat(code()).isEqualTo(code);
            workspace.compile(other(first));
            assertThat(code()).isEqualTo(code);
        }

        @Test
        void answers_with_a_compiler_that_only_sees_the_source_after_such_an_edit() {
            workspace.compile(JAVAC);
            String code = code();
            workspace.edit(SUITE, "Lima", "Quito").compile(JAVAC);
            code();

            workspace.compile(ECJ);

            assertThat(code()).isEqualTo(code);
        }

        @Test
        void answers_over_comments_and_white_space() {
            workspace.compile(JAVAC);
            String code = code();

            workspace
                    .edit(PROMPTS, "class Prompts {", "/** Renders. */\nclass Prompts\n{")
                    .compile(ECJ);

            assertThat(code()).isEqualTo(code);
        }

        @ParameterizedTest
        @EnumSource
        void answers_after_an_edit_that_an_IDE_compiled_alone(Compiler first) {
            workspace.compile(first);
            String before = code();

            workspace.edit(PROMPTS, "text + country", "text + \": \" + country");
            workspace.compileOnly(first, "demo/Prompts.java");
            String edited = code();

            assertThat(edited).isNotEqualTo(before);
            workspace.compile(other(first));
            assertThat(code()).isEqualTo(edited);
        }

        @Test
        void answers_after_edits_of_scorers_and_prompts_that_an_IDE_compiled_one_by_one() {
            workspace.compile(ECJ);
            String before = code();
            workspace.edit(SUITE, "Lima", "Quito").compileOnly(ECJ, "demo/CapitalsEval.java");
            assertThat(code()).isEqualTo(before);
            workspace.edit(PROMPTS, "text + country", "text + \": \" + country").compileOnly(ECJ, "demo/Prompts.java");
            String edited = code();

            workspace.compile(JAVAC);

            assertThat(edited).isNotEqualTo(before);
            assertThat(code()).isEqualTo(edited);
        }

        @Test
        void answers_where_only_one_of_them_writes_names_of_parameters_that_nothing_asks_for() {
            workspace.compile(JAVAC);
            String code = code();

            workspace.compile(ECJ, "-parameters");

            assertThat(code()).isEqualTo(code);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "<properties><maven.compiler.release>17</maven.compiler.release></properties>",
                    "<!-- compiled by Eclipse -->",
                    "<build><plugins><plugin><artifactId>maven-surefire-plugin</artifactId></plugin></plugins></build>"
                })
        void answers_where_the_build_only_chooses_another_compiler(String choice) {
            workspace.compile(JAVAC);
            String code = code();

            workspace.edit("pom.xml", "</groupId>", "</groupId>" + choice).compile(ECJ);

            assertThat(code()).isEqualTo(code);
        }

        @Test
        void answers_where_the_build_s_own_plugin_brings_another_compiler() {
            workspace.edit("pom.xml", "</groupId>", """
                    </groupId><build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId>
                    <version>3.13.0</version></plugin></plugins></build>""").compile(JAVAC);
            String code = code();

            workspace.edit("pom.xml", "<version>3.13.0</version>", """
                    <version>3.14.0</version><configuration><compilerId>eclipse</compilerId></configuration>
                    <dependencies><dependency><artifactId>plexus-compiler-eclipse</artifactId><version>2.15.0</version>
                    </dependency></dependencies>""").compile(ECJ);

            assertThat(code()).isEqualTo(code);
        }

        @Test
        void answers_where_the_build_packs_another_module_into_a_jar() {
            workspace
                    .modules("eval", "texts")
                    .write("eval/pom.xml", "<project><groupId>demo</groupId></project>")
                    .write("texts/pom.xml", "<project><groupId>demo</groupId></project>");
            for (String file : new String[] {"CapitalsEval", "Prompts", "Tone"}) {
                workspace.move("src/main/java/demo/" + file + ".java", "eval/src/main/java/demo/" + file + ".java");
            }
            workspace.move(CONSTANTS, "texts/" + CONSTANTS);
            workspace.edit("eval/" + PROMPTS, "country + text", "country + text + Constants.unused()");
            workspace.compile(ECJ);
            String code = code();

            workspace.compile(JAVAC).pack("texts");

            assertThat(code()).isEqualTo(code);
            workspace
                    .modules("eval", "texts")
                    .edit("texts/" + CONSTANTS, "return 1", "return 2")
                    .compile(ECJ);
            String edited = code();
            assertThat(edited).isNotEqualTo(code);
            workspace.compile(JAVAC).pack("texts");
            assertThat(code()).isEqualTo(edited);
        }

        @Test
        void answers_where_reached_code_of_the_project_lies_in_a_jar_that_was_built_elsewhere() {
            String source = "package acme; public class Asking { public static String ask() { return \"asked\"; } }";
            workspace
                    .edit("pom.xml", "demo", "acme") // the jar's group
                    .library("asking", "acme/Asking.java", source)
                    .edit(PROMPTS, "Constants.ASK", "acme.Asking.ask()")
                    .compile(JAVAC);
            String code = code();

            workspace.compile(ECJ);

            assertThat(code()).isEqualTo(code);
            workspace
                    .library("asking", "acme/Asking.java", source.replace("\"asked\"", "\"was asked\""))
                    .compile(JAVAC);
            assertThat(code()).isNotEqualTo(code);
        }

        @Test
        void the_name_that_the_code_had_where_all_is_asked_again() {
            workspace.compile(JAVAC);
            String code = code();

            workspace.compile(ECJ);

            assertThat(code(CacheMode.REFRESH)).isEqualTo(code);
        }
    }

    /** What must not be served is compiled by the other compiler, which has nothing but the sources to know it by. */
    @Nested
    class Asks_again_after {

        private void isNoticed(Runnable edit) {
            workspace.compile(JAVAC);
            String before = code();
            edit.run();
            workspace.compile(ECJ);
            String after = code();
            assertThat(after).isNotEqualTo(before);
            workspace.compile(JAVAC);
            assertThat(code()).isEqualTo(after);
        }

        @Test
        void an_edit_of_what_is_reached() {
            isNoticed(() -> workspace.edit(PROMPTS, "country + text", "country"));
        }

        @Test
        void an_edit_of_a_constant_that_was_copied() {
            isNoticed(() -> workspace.edit(CONSTANTS, "capital of", "capital city of"));
        }

        @Test
        void an_edit_of_a_constant_that_went_through_two_classes() {
            workspace
                    .edit(CONSTANTS, "\"capital of \"", "More.ASK + Numbers.ONE")
                    .source("demo/More.java", "package demo; class More { static final String ASK = \"capital of \"; }")
                    .source("demo/Numbers.java", "package demo; class Numbers { static final int ONE = 1; }");
            isNoticed(() -> workspace.edit("src/main/java/demo/Numbers.java", "1", "2"));
        }

        @Test
        void an_edit_of_a_constant_that_is_imported_by_its_own_name() {
            workspace
                    .source(
                            "demo/text/Words.java",
                            "package demo.text; public class Words { public static final String ASKED = \"asked\"; }")
                    .edit(PROMPTS, "package demo;", "package demo; import static demo.text.Words.ASKED;")
                    .edit(PROMPTS, "Constants.ASK", "ASKED");
            isNoticed(() -> workspace.edit("src/main/java/demo/text/Words.java", "\"asked\"", "\"was asked\""));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"import static demo.text.Words.*; ", "import demo.text.*; ", "import demo.text . Words;"})
        void an_edit_of_a_constant_that_is_imported_in_another_way(String imported) {
            workspace
                    .source(
                            "demo/text/Words.java",
                            "package demo.text; public class Words { public static final String ASKED = \"asked\"; }")
                    .edit(PROMPTS, "package demo;", "package demo; " + imported)
                    .edit(PROMPTS, "Constants.ASK", imported.contains("static") ? "ASKED" : "Words.ASKED");
            isNoticed(() -> workspace.edit("src/main/java/demo/text/Words.java", "\"asked\"", "\"was asked\""));
        }

        @Test
        void an_edit_of_a_constant_that_is_inherited_of_an_interface_s_interface() {
            workspace
                    .source("demo/Asks.java", "package demo; interface Asks extends Words {}")
                    .source("demo/Words.java", "package demo; interface Words { String ASKED = \"asked\"; }")
                    .edit(PROMPTS, "class Prompts", "class Prompts implements Asks")
                    .edit(PROMPTS, "Constants.ASK", "ASKED");
            isNoticed(() -> workspace.edit("src/main/java/demo/Words.java", "\"asked\"", "\"was asked\""));
        }

        @Test
        void an_edit_of_a_constant_behind_a_name_with_escaped_letters() {
            workspace.edit(PROMPTS, "Constants.ASK", "\\u0043onst\\uu0061nts.ASK");
            isNoticed(() -> workspace.edit(CONSTANTS, "capital of", "capital city of"));
        }

        @Test
        void an_edit_of_a_constant_behind_a_name_that_comments_and_lines_take_apart() {
            workspace.edit(PROMPTS, "Constants.ASK", "demo/* \" */.// '\nConstants\n.ASK");
            isNoticed(() -> workspace.edit(CONSTANTS, "capital of", "capital city of"));
        }

        @Test
        void an_edit_of_a_constant_in_a_source_with_several_types() {
            workspace
                    .edit(
                            CONSTANTS,
                            "class Constants {",
                            "class Other {} class Words { static final String ASKED = \"asked\"; } class Constants {")
                    .edit(PROMPTS, "Constants.ASK", "Words.ASKED");
            isNoticed(() -> workspace.edit(CONSTANTS, "\"asked\"", "\"was asked\""));
        }

        @Test
        void an_edit_of_a_constant_of_a_nested_type() {
            workspace
                    .edit(
                            CONSTANTS,
                            "class Constants {",
                            "class Constants { interface Words { String ASKED = \"asked\"; }")
                    .edit(PROMPTS, "package demo;", "package demo; import static demo.Constants.Words;")
                    .edit(PROMPTS, "Constants.ASK", "Words.ASKED");
            isNoticed(() -> workspace.edit(CONSTANTS, "\"asked\"", "\"was asked\""));
        }

        @Test
        void an_edit_of_a_constant_of_a_type_that_is_never_named_but_returned() {
            workspace
                    .source("demo/Words.java", "package demo; class Words { static final String ASKED = \"asked\"; }")
                    .edit(CONSTANTS, "class Constants {", "class Constants { static Words words() { return null; }")
                    .edit(PROMPTS, "Constants.ASK", "Constants.words().ASKED");
            isNoticed(() -> workspace.edit("src/main/java/demo/Words.java", "\"asked\"", "\"was asked\""));
        }

        @Test
        void white_space_in_a_literal_and_in_a_text_block() {
            workspace.edit(CONSTANTS, "\"capital of \"", "\"\"\"\n    capital\n      of\\u0020\"\"\"");
            isNoticed(() -> workspace.edit(CONSTANTS, "      of", "     of"));
        }

        @Test
        void a_sign_that_white_space_takes_apart() {
            workspace.edit(CONSTANTS, "\"capital of \"", "\"\" + (1 - -1)");
            isNoticed(() -> workspace.edit(CONSTANTS, "(1 - -1)", "(1 + +1 - 1)"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "acme.Words.ASKED",
                    "import acme.Words; Words.ASKED",
                    "import acme.*; Words.ASKED",
                    "import static acme.Words.ASKED; ASKED",
                    "import static acme.Words.*; ASKED"
                })
        void a_constant_of_a_library_that_was_replaced(String use) {
            String source = "package acme; public class Words { public static final String ASKED = \"asked\"; }";
            int at = use.lastIndexOf(' ') + 1;
            workspace
                    .library("words", "acme/Words.java", source)
                    .edit(PROMPTS, "package demo;", "package demo; " + use.substring(0, at))
                    .edit(PROMPTS, "Constants.ASK", use.substring(at));
            isNoticed(
                    () -> workspace.library("words", "acme/Words.java", source.replace("\"asked\"", "\"was asked\"")));
        }

        @Test
        void a_constant_that_a_library_inherits_of_another_one_that_was_replaced() {
            String source = "package acme; public interface Words { String ASKED = \"asked\"; }";
            workspace
                    .library("words", "acme/Words.java", source)
                    .library(
                            "base",
                            "acme/base/Base.java",
                            "package acme.base; public class Base implements acme.Words {}")
                    .edit(PROMPTS, "class Prompts", "class Prompts extends acme.base.Base")
                    .edit(PROMPTS, "Constants.ASK", "ASKED");
            isNoticed(
                    () -> workspace.library("words", "acme/Words.java", source.replace("\"asked\"", "\"was asked\"")));
        }

        @Test
        void parameters_whose_names_the_class_files_have_now_where_a_library_may_ask_for_them() {
            workspace
                    .edit(
                            SUITE,
                            "return Prompts",
                            "Object tools = java.util.List.of(Tools.class);\n        return Prompts")
                    .source("demo/Tools.java", "package demo; class Tools { void add(int a, Tone b) {} }")
                    .compile(JAVAC);
            String before = code();

            workspace.compile(ECJ, "-parameters");

            assertThat(code()).isNotEqualTo(before);
        }

        @Test
        void processors_that_are_let_run() {
            workspace.edit("pom.xml", "</groupId>", """
                    </groupId><properties><maven.compiler.proc>none</maven.compiler.proc></properties>""").compile(JAVAC);
            String before = code();

            workspace.edit("pom.xml", ">none<", ">full<").compile(ECJ);

            assertThat(code()).isNotEqualTo(before);
        }

        @Test
        void another_version_of_a_processor() {
            workspace.edit("pom.xml", "</groupId>", """
                    </groupId><build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><configuration>
                    <annotationProcessorPaths><path><artifactId>writer</artifactId><version>1.0</version></path>
                    </annotationProcessorPaths></configuration></plugin></plugins></build>""").compile(JAVAC);
            String before = code();

            workspace.edit("pom.xml", "<version>1.0<", "<version>1.1<").compile(ECJ);

            assertThat(code()).isNotEqualTo(before);
        }

        @Test
        void an_argument_for_a_processor() {
            workspace.compile(JAVAC);
            String before = code();
            workspace.edit("pom.xml", "</groupId>", """
                    </groupId><build><plugins><plugin><artifactId>maven-compiler-plugin</artifactId><configuration>
                    <compilerArgs><arg>-Alanguage=es</arg></compilerArgs></configuration></plugin></plugins></build>""");

            workspace.compile(ECJ);

            assertThat(code()).isNotEqualTo(before);
        }
    }

    @Nested
    class Trusts_no_source {

        /** The class files are those of an edited source, which other bytecode has not been seen of; the source is not. */
        private void isNotTrusted(Runnable restore) {
            workspace.compile(JAVAC);
            String before = code();
            workspace.edit(CONSTANTS, "capital of", "capital city of").compile(ECJ);
            restore.run();
            assertThat(code()).isNotEqualTo(before);
        }

        private void restore() {
            workspace.edit(CONSTANTS, "capital city of", "capital of");
        }

        @Test
        void that_is_newer_than_what_was_compiled_of_it() {
            isNotTrusted(this::restore);
        }

        @Test
        void that_was_restored_with_its_old_date() {
            isNotTrusted(() -> {
                restore();
                age(workspace.path(CONSTANTS));
            });
        }

        @Test
        void that_was_moved_back_with_its_old_date() throws IOException {
            Path old = folder.resolve("old");
            Files.copy(workspace.path(CONSTANTS), old, StandardCopyOption.COPY_ATTRIBUTES);
            isNotTrusted(() -> {
                try {
                    Files.move(old, workspace.path(CONSTANTS), StandardCopyOption.REPLACE_EXISTING);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }

        private void age(Path file) {
            try {
                Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Test
        void of_which_only_a_part_was_compiled_so_that_old_constants_are_still_in_the_rest() {
            workspace.compile(JAVAC);
            workspace.edit(CONSTANTS, "capital of", "capital city of").compileOnly(JAVAC, "demo/Constants.java");
            String stale = code();

            workspace.compile(ECJ);

            assertThat(code()).isNotEqualTo(stale);
        }

        @Test
        void of_which_only_a_part_was_compiled_so_that_old_constants_are_still_in_the_rest_at_the_first_run() {
            workspace.compile(JAVAC);
            workspace
                    .edit(CONSTANTS, "capital of", "capital city of")
                    .edit(SUITE, "Lima", "Quito")
                    .compileOnly(JAVAC, "demo/Constants.java");
            workspace.compileOnly(JAVAC, "demo/CapitalsEval.java");
            String stale = code();

            workspace.compile(ECJ);

            assertThat(code()).isNotEqualTo(stale);
        }

        @Test
        void of_a_build_file_that_says_something_else_since_then() {
            workspace.compile(JAVAC);
            workspace.edit("pom.xml", "</groupId>", "</groupId><dependencies/>");
            String old = code();

            workspace.compile(ECJ);

            assertThat(code()).isNotEqualTo(old);
        }

        @Test
        void of_which_only_a_part_was_compiled_so_that_another_method_would_be_called_now() {
            workspace.compile(JAVAC);
            code();
            workspace.edit(
                    PROMPTS,
                    "class Prompts {",
                    "class Prompts { static String render(Object country, Tone tone) { return \"\"; }");
            workspace.edit(PROMPTS, "render(String", "render(CharSequence").compileOnly(JAVAC, "demo/Prompts.java");
            assertThat(workspace.slice("demo.CapitalsEval", "capital").sources().name(Set.of()))
                    .isEmpty();
        }

        @Test
        void where_a_class_has_none_any_more() throws IOException {
            workspace.compile(JAVAC);
            Files.delete(workspace.path(CONSTANTS));
            String code = code();

            assertThat(code)
                    .isEqualTo(workspace.slice("demo.CapitalsEval", "capital").code());
            assertThat(workspace.slice("demo.CapitalsEval", "capital").sources().name(Set.of()))
                    .isEmpty();
        }

        @Test
        void where_two_modules_have_classes_of_one_name_and_their_order_decides() {
            workspace
                    .modules("eval", "one", "two")
                    .write("eval/pom.xml", "<project/>")
                    .write("one/pom.xml", "<project/>")
                    .write("two/pom.xml", "<project/>");
            for (String file : new String[] {"CapitalsEval", "Prompts", "Tone"}) {
                workspace.move("src/main/java/demo/" + file + ".java", "eval/src/main/java/demo/" + file + ".java");
            }
            workspace.move(CONSTANTS, "one/" + CONSTANTS);
            workspace.write("two/" + CONSTANTS, "package demo; class Constants { static final String ASK = \"two\"; }");
            workspace.compile(JAVAC);
            String one = code();

            workspace.modules("eval", "two", "one").compile(ECJ);

            assertThat(code()).isNotEqualTo(one);
        }
    }

    @Nested
    class Remembers {

        @Test
        void nothing_where_nothing_is_written() {
            workspace.compile(JAVAC);
            code(CacheMode.READ_ONLY);
            assertThat(folder.resolve("cache")).doesNotExist();
        }

        @Test
        void a_name_that_a_replay_is_served_by() {
            workspace.compile(JAVAC);
            String code = code();
            workspace.compile(ECJ);

            assertThat(code(CacheMode.REPLAY)).isEqualTo(code);
        }

        @Test
        void one_name_where_two_compilers_meet_a_source_at_once() throws Exception {
            Slice javac = workspace.compile(JAVAC).slice("demo.CapitalsEval", "capital");
            javac.sources().classFiles();
            Slice ecj = new Workspace(folder.resolve("copy"))
                    .copyOf(workspace)
                    .compile(ECJ)
                    .slice("demo.CapitalsEval", "capital");
            CyclicBarrier start = new CyclicBarrier(2);
            ExecutorService both = Executors.newFixedThreadPool(2);
            List<Future<String>> names = new ArrayList<>();
            for (Slice slice : List.of(javac, ecj)) {
                names.add(both.submit(() -> {
                    try (var store = FileStore.open(folder.resolve("cache"))) {
                        start.await();
                        return new CodeNames(store, "demo.CapitalsEval", "capital").of(slice);
                    }
                }));
            }

            assertThat(names.get(0).get()).isEqualTo(names.get(1).get());
            both.shutdown();
        }

        @Test
        void names_without_being_harmed_by_what_others_write_there() throws IOException {
            workspace.compile(JAVAC);
            String code = code();
            try (Stream<Path> files = Files.walk(folder.resolve("cache"))) {
                for (Path file :
                        files.filter(file -> file.toString().endsWith(".json")).toList()) {
                    Files.writeString(
                            file, "{ \"format\": 1, \"crc32c\": \"00000000\",\n\"payload\": {\"code\": \"../..\"}}");
                }
            }

            assertThat(code()).isEqualTo(code);
        }
    }
}
