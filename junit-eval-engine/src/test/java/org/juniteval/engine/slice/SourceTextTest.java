package org.juniteval.engine.slice;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTextTest {

    private static SourceText text(String source) {
        return SourceText.of(source.getBytes(UTF_8)).orElseThrow();
    }

    @Nested
    class Its_hash {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "class A { int b = 1; } // a comment",
                    "class A { /* \" */ int b = 1; /** '\" */ }",
                    "class A\r\n{\r\n\tint b=1;\r\n}\r\n",
                    "cl\\u0061ss A { int b = 1; }",
                    "class A { // \\u000a int b = 1; }"
                })
        void is_the_same_where_a_compiler_sees_the_same(String source) {
            assertThat(text(source).hash())
                    .isEqualTo(text("class A { int b = 1; }").hash());
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "f(\"a b\") | f(\"a  b\")",
                    "f(\"//\", 1) | f(\"//\", 2)",
                    "f('\"', \"a\") | f('\"', \"b\")",
                    "f(\"\\\"/*\") | f(\"\\\"/**/\")",
                    "a - -b | a --b",
                    "a + +b | a ++b",
                    "int a | inta",
                    "f(\"\\\\u0041\") | f(\"A\")"
                })
        void differs_where_a_compiler_sees_something_else(String one, String other) {
            assertThat(text(one).hash()).isNotEqualTo(text(other).hash());
        }

        @Test
        void keeps_the_white_space_of_text_blocks_but_not_how_their_lines_end() {
            String block = "String a = \"\"\"\n  x \\\"\"\"\n y // z\n \"\"\";";

            assertThat(text(block).hash())
                    .isEqualTo(text(block.replace("\n", "\r\n")).hash());
            assertThat(text(block).hash())
                    .isNotEqualTo(text(block.replace("  x", " x")).hash());
            assertThat(text(block).hash())
                    .isNotEqualTo(text(block.replace("// z", "// y")).hash());
        }

        @Test
        void is_that_of_the_bytes_where_they_are_not_in_UTF_8() {
            assertThat(SourceText.of("class A { String b = \"ü\"; }".getBytes(ISO_8859_1))
                            .orElseThrow()
                            .hash())
                    .isNotEqualTo(SourceText.of("class A { String b = \"ä\"; }".getBytes(ISO_8859_1))
                            .orElseThrow()
                            .hash());
            assertThat(SourceText.of("class A {}".getBytes(UTF_16))).isEmpty();
        }
    }

    @Test
    void knows_what_is_imported_and_what_is_named() {
        SourceText text = text("""
                package demo;
                import a.b.C;
                import static a.b.D.*;
                import a . b // .
                    .e.*;
                class F { Object g = x.y.Z.W.v(); }
                """);

        assertThat(text.imports()).containsExactlyInAnyOrder("a.b.C", "a.b.D.*", "a.b.e.*");
        assertThat(text.names()).containsExactly("x.y.Z.W.v");
        assertThat(text.words()).contains("C", "D", "F", "Z", "W").doesNotContain("demo.F");
    }

    /** What other sources are compiled against. */
    @Nested
    class Its_interface {

        private static final String SOURCE = """
                package demo;
                @Kind(values = {"k1", "k2"}, of = Kind.class)
                public abstract class A<T extends Comparable<T>> extends B implements C {
                    static { System.out.println("s1"); }
                    { System.out.println("i1"); }
                    public static final String TEXT = "t1" + D.TEXT;
                    static final int[] NUMBERS = {11, 12};
                    final Runnable later = new Runnable() { public void run() { f("l1"); } };
                    A(int a) { super(a); if (a > 0) { f("c1"); } }
                    @Kind(values = {}) <S> S method(@Kind(values = "p1") S s) throws E { return s == "m1" ? new S() {} : null; }
                    abstract void nothing(int a1);
                    enum Colour { RED("r1"), GREEN { String x() { return "g1"; } }; Colour(String... s) { f("e1"); } }
                    record Pair(int left1) { Pair { f("r2"); } int sum() { return 1234; } static final int P = 31; }
                    interface Inner { String DEEP = "d1"; default void g() { f("x1"); } class Last { int h() { return 77; } } }
                    @interface Kind { String[] values() default {"v1"}; Class<?> of() default Object.class; }
                    int after = 99;
                }
                class Second { static final String MORE = "o1"; }
                """;

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "\"k1\"",
                    "\"t1\"",
                    "D.TEXT",
                    "11",
                    "\"p1\"",
                    "a1",
                    "\"r1\"",
                    "left1",
                    "31",
                    "\"d1\"",
                    "\"v1\"",
                    "99",
                    "\"o1\"",
                    "extends B",
                    "throws E",
                    "Comparable"
                })
        void changes_with_what_they_see(String seen) {
            assertThat(SOURCE).contains(seen);
            assertThat(text(SOURCE.replace(seen, "changed")).interfaceHash())
                    .isNotEqualTo(text(SOURCE).interfaceHash());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"\"s1\"", "\"i1\"", "\"c1\"", "\"m1\"", "\"g1\"", "\"e1\"", "\"r2\"", "1234", "\"x1\"", "77"
                })
        void does_not_change_with_what_they_do_not_see(String hidden) {
            assertThat(SOURCE).contains(hidden);
            assertThat(text(SOURCE.replace(hidden, "changed")).interfaceHash())
                    .isEqualTo(text(SOURCE).interfaceHash());
            assertThat(text(SOURCE.replace(hidden, "changed")).hash())
                    .isNotEqualTo(text(SOURCE).hash());
        }
    }
}
