package org.juniteval.engine.slice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which evals an edit runs again: those that it can affect, and no others. */
class EditsTest {

    private static final List<String> EVALS = List.of(
            "callbacks",
            "constants",
            "files",
            "implementations",
            "lambdas",
            "mixin",
            "patterns",
            "prompts",
            "structured",
            "switches",
            "tools",
            "variants",
            "written");
    private static final String ALL = String.join(" ", EVALS);

    @TempDir
    static Path folder;

    private static Project project;
    private static Map<String, String> before;

    @BeforeAll
    static void slice_the_project() {
        project = Shop.in(folder.resolve("app"));
        before = keys(project);
    }

    private static Map<String, String> keys(Project project) {
        Map<String, String> keys = new TreeMap<>();
        project.slices(Shop.SUITE, EVALS)
                .forEach((eval, slice) -> keys.put(eval, slice.code() + slice.resourcesText()));
        return keys;
    }

    private static String runAgain(Project edited) {
        TreeSet<String> changed = new TreeSet<>();
        keys(edited).forEach((eval, key) -> {
            if (!key.equals(before.get(eval))) {
                changed.add(eval);
            }
        });
        return String.join(" ", changed);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void runs_nothing_again(String what, String from, String to) {
        assertThat(runAgain(project.copy().edit(from, to))).isEmpty();
    }

    static Stream<Arguments> runs_nothing_again() {
        return Stream.of(
                arguments("a scorer", "supplier.getAsDouble() / 100", "supplier.getAsDouble() / 99"),
                arguments("a scorer's lambda", "() -> 0.25", "() -> 0.5"),
                arguments("a scorer of a mix-in", "answer.length() > 17", "answer.length() > 18"),
                arguments(
                        "a scorer's switch",
                        "case BLUE: return true;",
                        "case BLUE: return true; case GREEN: return true;"),
                arguments("a threshold", "threshold = 0.5", "threshold = 0.6"),
                arguments("a gate", "atLeast = 0.75", "atLeast = 0.8"),
                arguments("a display name", "the shop", "another shop"),
                arguments("the judge's model, a field of the suite", "judge-model", "better-judge-model"),
                arguments("the judge's constructor", "rubric.strip()", "rubric.trim()"),
                arguments("the judge's prompt", "\"judge \" + answer", "\"grade \" + answer"),
                arguments("the rubric's content", "Be strict.", "Be lenient."),
                arguments("the rubric's name", "load(\"rubric.md\")", "load(\"rubrics.md\")"),
                arguments("a static field nobody reads", "nobody reads this", "somebody reads this"),
                arguments("the type of a static field nobody reads", "String OTHER =", "Object OTHER ="),
                arguments("a method of the suite nobody calls", "never called", "not ever called"),
                arguments("a method nobody calls", "\"not called\"", "\"not yet called\""),
                arguments("an implementation that nothing makes", "drone ", "drones "),
                arguments("a method that is no getter", "no getter", "not a getter"),
                arguments("a private field nobody reads", "\"hidden\"", "\"well hidden\""),
                arguments("a record's method that is no accessor", "unused by anyone", "unused by everyone"),
                arguments("a method that is no tool", "return 42;", "return 43;"),
                arguments("a method beside a callback", "unrelated to listening", "unrelated to hearing"),
                arguments("what follows the last sample", "tidied", "cleaned"),
                arguments("the dataset", "\"pen\"", "\"pencil\""),
                arguments("the dataset's name", "shop.jsonl", "store.jsonl"),
                arguments("configuration that nothing names", "model=small", "model=large"),
                arguments("white space", "String shared() { return", "String shared()\n\n{\n\treturn"),
                arguments("a comment", "static String shared()", "/** Shares. */ static String shared()"),
                arguments(
                        "a new method before another",
                        "static String shared()",
                        "static void x() { Calls.later(() -> \"y\"); }\nstatic String shared()"),
                arguments(
                        "a new lambda before one's own",
                        "    @Eval\n    String prompts",
                        "    String early() { return Calls.later(() -> \"early\"); }\n    @Eval\n    String prompts"),
                arguments(
                        "a new anonymous class before one's own",
                        "    @Eval\n    String prompts",
                        "    Object early() { return new Object() { public String toString() { return \"e\"; } }; }\n"
                                + "    @Eval\n    String prompts"),
                arguments(
                        "a new switch before one's own",
                        "    @Eval\n    String prompts",
                        "    int early(Colour c) { switch (c) { case BLUE: return 1; case GREEN: return 2; default: return 3; } }\n"
                                + "    @Eval\n    String prompts"),
                arguments(
                        "a new eval",
                        "    @Eval\n    String prompts",
                        "    @Eval\n    String more(String x) { return x; }\n    @Eval\n    String prompts"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void runs_the_evals_that_it_reaches(String what, String from, String to, String evals) {
        assertThat(runAgain(project.copy().edit(from, to))).isEqualTo(evals);
    }

    static Stream<Arguments> runs_the_evals_that_it_reaches() {
        return Stream.of(
                arguments("the prompt builder three calls deep", "\" for \" + name", "\" to \" + name", "prompts"),
                arguments("a lambda's body", "\"lambda \"", "\"a lambda \"", "lambdas"),
                arguments(
                        "a method reference's target",
                        "return \"'\" + text",
                        "return \"\\\"\" + text",
                        "constants lambdas"),
                arguments("a second lambda's body", "unrelated to the others", "still unrelated", "lambdas"),
                arguments("a default method of an interface", "\"mixed \"", "\"blended \"", "mixin"),
                arguments("one of two implementations", "\"letter \"", "\"mail \"", "implementations"),
                arguments("the other implementation", "\"parcel \"", "\"package \"", "implementations"),
                arguments("a local constant", "int local = 3", "int local = 4", "implementations"),
                arguments("a static constant", "\"a greeting\"", "\"another greeting\"", "constants"),
                arguments("a constant that the suite's field shares", "\"shared text\"", "\"common text\"", "prompts"),
                arguments(
                        "an enum's constructor",
                        "this.hex = \"#\" + hex",
                        "this.hex = \"0x\" + hex",
                        "constants switches"),
                arguments("an enum's constant", "GREEN(\"0f0\")", "GREEN(\"0e0\")", "constants switches"),
                arguments("a record's constructor", "cents = cents + 1", "cents = cents + 2", "constants"),
                arguments("a getter that only a library reads", "\"got \"", "\"received \"", "written"),
                arguments("a public field that only a library reads", "\"noted\"", "\"written down\"", "written"),
                arguments("a description of a component", "the text of the answer", "the answer as text", "structured"),
                arguments("a description of a class", "an item", "one item", "structured"),
                arguments(
                        "a component of a record behind a structured output",
                        "record Detail(int confidence)",
                        "record Detail(int confidence, String why)",
                        "structured"),
                arguments(
                        "a field of a class behind a type reference",
                        "int size; }",
                        "int size; int weight; }",
                        "structured"),
                arguments("a tool's body", "return a + b;", "return a - b;", "tools"),
                arguments("a tool's text", "adds two numbers", "adds numbers", "tools"),
                arguments(
                        "a tool's parameter",
                        "int add(int a, int b) { return a + b; }",
                        "int add(int x, int b) { return x + b; }",
                        "tools"),
                arguments("a system message", "You are an assistant.", "You are a poet.", "tools"),
                arguments("a file that a system message names", "A calm tone.", "A harsh tone.", "tools"),
                arguments("the variants' factory", "variant-model", "other-model", "variants"),
                arguments(
                        "an anonymous callback of a library's interface",
                        "\"anonymous \"",
                        "\"unnamed \"",
                        "callbacks"),
                arguments("a named callback of a library's interface", "\"ear \"", "\"an ear \"", "callbacks"),
                arguments("a case of a switch", "case GREEN: return \"go\"", "case BLUE: return \"go\"", "switches"),
                arguments("a prompt that is named in whole", "Greet {{name}}.", "Meet {{name}}.", "prompts"),
                arguments("a prompt that is named without its folder", "Say goodbye", "Wave", "files"),
                arguments("a file beside a class", "beside the class", "near the class", "files"),
                arguments("a prompt that is named with a gap", "Hallo", "Moin", "files patterns"),
                arguments("another prompt of the same gap", "Salut", "Bonjour", "files patterns"),
                arguments("a file under the base directory", "pen;1.50", "pen;1.60", "patterns"),
                arguments(
                        "the suite's model",
                        "new RemoteModel(\"small\", 0.5)",
                        "new RemoteModel(\"small\", 0.7)",
                        "callbacks prompts structured tools written"),
                arguments("what runs before the first sample", "\"EUR\"", "\"USD\"", ALL),
                arguments("a declared part", "version 1", "version 2", ALL),
                arguments(
                        "a library",
                        "public String chat(String prompt) { return prompt; }",
                        "public String chat(String prompt) { return \"<\" + prompt; }",
                        "callbacks prompts structured tools variants written"));
    }
}
