package org.juniteval.engine.it;

import static org.juniteval.engine.it.Suites.CALLS;
import static org.juniteval.engine.it.Suites.rows;
import static org.juniteval.engine.it.Suites.suite;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A project that keeps its prompts as users of LLM libraries do: in constants, files, annotations, builders and what a
 * library makes by reflection. The library stands for theirs: it reads what theirs read, and answers with the prompt.
 */
final class Assistants {

    private static final String MAIN = "src/main/java/demo/";
    private static final String TEST = "src/test/java/demo/";
    private static final String RESOURCES = "src/main/resources/";
    private static final String SUITE = TEST + "PromptsEval.java";

    /**
     * An edit that can change the answers of one eval, and of no other.
     *
     * @param what what is edited, in words
     * @param eval the eval's name
     * @param body what the eval does with its {@code input}
     * @param path the edited file
     * @param from what stands in exactly one place of it
     * @param to what stands there after the edit
     */
    record Edit(String what, String eval, String body, String path, String from, String to) {}

    static final List<Edit> EDITS = List.of(
            // ---- code
            new Edit(
                    "a prompt builder three calls deep",
                    "deep",
                    "Prompts.capital(input)",
                    MAIN + "Prompts.java",
                    "Name the capital",
                    "Say the capital"),
            new Edit(
                    "a lambda's body",
                    "lambda",
                    "java.util.stream.Stream.of(input).map(it -> \"quote \" + it).findFirst().get()",
                    SUITE,
                    "quote ",
                    "cite "),
            new Edit(
                    "a default method of an interface",
                    "mixin",
                    "polite(input)",
                    MAIN + "Polite.java",
                    "Please: ",
                    "Kindly: "),
            new Edit(
                    "one of two implementations of an interface",
                    "implementations",
                    "Style.all(input)",
                    MAIN + "Casual.java",
                    "hey ",
                    "hello "),
            new Edit(
                    "a template method of a base class",
                    "template",
                    "new ShortPrompt().text(input)",
                    MAIN + "BasePrompt.java",
                    "Base: ",
                    "Basis: "),
            new Edit(
                    "an implementation behind type variables",
                    "generic",
                    "Prompts.rendered(new CountryRenderer(), new Country(input))",
                    MAIN + "CountryRenderer.java",
                    "the country ",
                    "the state "),
            new Edit(
                    "a constant that the compiler copies",
                    "constant",
                    "Texts.GREETING + input",
                    MAIN + "Texts.java",
                    "Good morning",
                    "Good evening"),
            new Edit(
                    "a static constant that is made at run time",
                    "made",
                    "Texts.JOINED + input",
                    MAIN + "Texts.java",
                    "joined by",
                    "tied by"),
            new Edit(
                    "a constant in a static block",
                    "block",
                    "Blocks.BY_NAME.get(\"rules\") + input",
                    MAIN + "Blocks.java",
                    "No lists.",
                    "No tables."),
            new Edit(
                    "a constant of an interface",
                    "shared",
                    "Rules.SHARED + input",
                    MAIN + "Rules.java",
                    "Answer in English.",
                    "Answer in French."),
            new Edit("a field of the suite", "field", "tone + input", SUITE, "a warm tone", "a cold tone"),
            new Edit(
                    "a field of the suite that a method fills",
                    "filled",
                    "model.chat(input)",
                    SUITE,
                    "model small",
                    "model large"),
            new Edit(
                    "an enum's constructor",
                    "enumeration",
                    "Mood.CALM.text() + input",
                    MAIN + "Mood.java",
                    "mood: ",
                    "temper: "),
            new Edit(
                    "an enum constant's own body",
                    "constantBody",
                    "Shape.ROUND.text(input)",
                    MAIN + "Shape.java",
                    "round ",
                    "circular "),
            new Edit(
                    "a case of a switch over an enum",
                    "switched",
                    "Prompts.level(Level.HIGH, input)",
                    MAIN + "Prompts.java",
                    "\"high \"",
                    "\"top \""),
            new Edit(
                    "a record's compact constructor",
                    "compact",
                    "new Range(1, 2).text() + input",
                    MAIN + "Range.java",
                    "low - 1",
                    "low - 2"),
            new Edit(
                    "a record's toString",
                    "printed",
                    "\"of \" + new Point(input)",
                    MAIN + "Point.java",
                    "point at ",
                    "place at "),
            new Edit(
                    "an iterator",
                    "iterated",
                    "String.join(\" \", new Examples(input))",
                    MAIN + "Examples.java",
                    "first example",
                    "best example"),
            new Edit(
                    "a comparator by method reference",
                    "sorted",
                    "Prompts.sorted(input)",
                    MAIN + "Prompts.java",
                    "text.length()",
                    "-text.length()"),
            new Edit(
                    "a task of another thread",
                    "threaded",
                    "java.util.concurrent.CompletableFuture.supplyAsync(new Task(input)).join()",
                    MAIN + "Task.java",
                    "task of ",
                    "job of "),
            new Edit(
                    "a format string",
                    "formatted",
                    "Texts.FORMAT.formatted(input)",
                    MAIN + "Texts.java",
                    "Tell of %s.",
                    "Speak of %s."),
            new Edit(
                    "a text block",
                    "textBlock",
                    "Prompts.long_(input)",
                    MAIN + "Prompts.java",
                    "You are brief.",
                    "You are verbose."),
            new Edit(
                    "a setting of a builder",
                    "built",
                    "ChatRequest.builder().system(\"You are a guide.\").temperature(0.2).user(input).build().answer()",
                    SUITE,
                    "temperature(0.2)",
                    "temperature(0.3)"),
            new Edit(
                    "a nested builder's default",
                    "ownBuilder",
                    "Query.builder().country(input).build().text()",
                    MAIN + "Query.java",
                    "in one word",
                    "in two words"),
            // ---- by way of a library
            new Edit(
                    "a getter that only Jackson reads",
                    "getter",
                    "Json.write(new Order(input))",
                    TEST + "Order.java",
                    "ordered ",
                    "wanted "),
            new Edit(
                    "a component of a record that only Jackson reads",
                    "component",
                    "Json.write(new Line(input, 1))",
                    TEST + "Line.java",
                    "int count",
                    "long count"),
            new Edit(
                    "a public field that only Jackson reads",
                    "publicField",
                    "Json.write(new Note())",
                    TEST + "Note.java",
                    "noted",
                    "written"),
            new Edit(
                    "a getter of what a getter returns",
                    "nested",
                    "Json.write(new Parcel(input))",
                    TEST + "Address.java",
                    "street of ",
                    "road of "),
            new Edit(
                    "the record behind a structured output",
                    "structured",
                    "AiServices.schema(Recipe.class) + input",
                    TEST + "Step.java",
                    "int minutes",
                    "int seconds"),
            new Edit(
                    "its @Description",
                    "described",
                    "AiServices.schema(Review.class) + input",
                    TEST + "Review.java",
                    "one to five",
                    "one to ten"),
            new Edit(
                    "the record behind a type reference",
                    "referenced",
                    "AiServices.schema(new TypeReference<List<Person>>() {}) + input",
                    TEST + "Person.java",
                    "int age",
                    "int born"),
            new Edit(
                    "a tool's body",
                    "toolBody",
                    "AiServices.create(Reckoner.class, model(), new Adding()).answer(input)",
                    TEST + "Adding.java",
                    "a + b",
                    "a - b"),
            new Edit(
                    "a tool's text",
                    "toolText",
                    "AiServices.create(Clock.class, model(), new Hours()).answer(input)",
                    TEST + "Hours.java",
                    "tells the hour",
                    "tells the time"),
            new Edit(
                    "a system message",
                    "systemMessage",
                    "AiServices.create(Guide.class, model()).answer(input)",
                    TEST + "Guide.java",
                    "You are a guide.",
                    "You are a poet."),
            new Edit(
                    "a user message's template",
                    "userMessage",
                    "AiServices.create(Translator.class, model()).translate(input)",
                    TEST + "Translator.java",
                    "Translate {{it}}.",
                    "Render {{it}}."),
            new Edit(
                    "a file that a system message names",
                    "systemFile",
                    "AiServices.create(Lawyer.class, model()).answer(input)",
                    RESOURCES + "prompts/lawyer.txt",
                    "Cite the law.",
                    "Cite the case."),
            new Edit(
                    "a named callback of a library's interface",
                    "callback",
                    "AiServices.guarded(model(), new Shortening(), input)",
                    TEST + "Shortening.java",
                    "shorter ",
                    "briefer "),
            new Edit(
                    "an anonymous callback of a library's interface",
                    "anonymous",
                    "AiServices.guarded(model(), new Guardrail() { @Override public String check(String answer) { return \"a rail \" + answer; } }, input)",
                    SUITE,
                    "a rail ",
                    "the rail "),
            new Edit(
                    "a @Bean method",
                    "bean",
                    "Beans.get(Beanery.class, Greeter.class).greet(input)",
                    TEST + "Beanery.java",
                    "Bean says",
                    "Pod says"),
            new Edit(
                    "what a @Bean method calls",
                    "beanDeep",
                    "Beans.get(Cookery.class, ChatModel.class).chat(input)",
                    TEST + "Cookery.java",
                    "cooked by",
                    "fried by"),
            new Edit(
                    "a file that a @Value names",
                    "value",
                    "Beans.get(Library.class, Greeter.class).greet(input)",
                    RESOURCES + "prompts/value.st",
                    "Valued.",
                    "Esteemed."),
            new Edit(
                    "a provider in META-INF/services",
                    "provided",
                    "java.util.ServiceLoader.load(Voice.class).findFirst().get().say(input)",
                    MAIN + "Soprano.java",
                    "sung high: ",
                    "sung: "),
            // ---- files
            new Edit(
                    "a file that is named in whole",
                    "whole",
                    "Texts.load(\"/prompts/whole.md\") + input",
                    RESOURCES + "prompts/whole.md",
                    "Whole.",
                    "All."),
            new Edit(
                    "a file that is named without its folder",
                    "partly",
                    "Texts.prompt(\"partly.md\") + input",
                    RESOURCES + "prompts/partly.md",
                    "Partly.",
                    "In part."),
            new Edit(
                    "a file that is named without its ending",
                    "stem",
                    "Texts.stem(\"stem\") + input",
                    RESOURCES + "prompts/stem.st",
                    "Stem.",
                    "Stalk."),
            new Edit(
                    "a file that the input names",
                    "byInput",
                    "Texts.load(\"/countries/\" + input + \".md\")",
                    RESOURCES + "countries/b.md",
                    "Of b.",
                    "About b."),
            new Edit(
                    "a file of a format string",
                    "byFormat",
                    "Texts.load(String.format(\"/formats/%s.txt\", input.isEmpty() ? \"none\" : \"some\"))",
                    RESOURCES + "formats/some.txt",
                    "Some.",
                    "Any."),
            new Edit(
                    "a file that a builder of strings names",
                    "byBuilder",
                    "Texts.load(new StringBuilder(\"/builders/\").append(input).append(\".md\").toString())",
                    RESOURCES + "builders/a.md",
                    "Built a.",
                    "Made a."),
            new Edit(
                    "a file beside the class",
                    "beside",
                    "Texts.beside(\"beside.txt\") + input",
                    RESOURCES + "demo/beside.txt",
                    "Beside.",
                    "Near."),
            new Edit(
                    "a file of the class's own name",
                    "ownName",
                    "Texts.load(\"/own/\" + OwnName.class.getSimpleName() + \".md\") + input",
                    RESOURCES + "own/OwnName.md",
                    "Own.",
                    "Proper."),
            new Edit(
                    "a file under the base directory",
                    "table",
                    "Texts.read(java.nio.file.Path.of(\"data\", \"table.csv\")) + input",
                    "data/table.csv",
                    "pen;1.50",
                    "pen;1.60"),
            new Edit(
                    "a file in a constant that is loaded once",
                    "loadedOnce",
                    "Texts.LOADED + input",
                    RESOURCES + "prompts/loaded.md",
                    "Loaded.",
                    "Laden."),
            new Edit(
                    "a file that an enum names",
                    "byEnum",
                    "Templates.FAREWELL.text() + input",
                    RESOURCES + "templates/farewell.md",
                    "Farewell.",
                    "Goodbye."),
            new Edit(
                    "a resource bundle",
                    "bundle",
                    "java.util.ResourceBundle.getBundle(\"texts.messages\").getString(\"hello\") + input",
                    RESOURCES + "texts/messages.properties",
                    "hello=Hello",
                    "hello=Hi"),
            // ---- around the eval
            new Edit("the variants' factory", "varied", "", TEST + "AroundEval.java", "variant of ", "version of "),
            new Edit(
                    "what runs before the first sample",
                    "prepared",
                    "",
                    TEST + "PreparedEval.java",
                    "prepared text ",
                    "provided text "),
            new Edit("a declared part", "declared", "", TEST + "DeclaredEval.java", "model-2024", "model-2025"),
            new Edit(
                    "the type of an input that Jackson reads",
                    "read",
                    "",
                    TEST + "Question.java",
                    "text.strip()",
                    "text.trim()"),
            // ---- what nothing names where it is used
            new Edit(
                    "a constant that registers itself",
                    "registered",
                    "Manner.of(\"calm\").text() + input",
                    MAIN + "Manner.java",
                    "Keep calm.",
                    "Keep quiet."),
            new Edit(
                    "an inherited field that a constructor sets",
                    "inherited",
                    "new TunedPrompt().text(input)",
                    MAIN + "TunedPrompt.java",
                    "tuned ",
                    "tamed "),
            new Edit(
                    "a file that an enum's name tells",
                    "byName",
                    "Tone.valueOf(\"GENTLE\").text() + input + \"harsh\".length()",
                    RESOURCES + "tones/gentle.md",
                    "Gently.",
                    "Softly."),
            new Edit(
                    "a file that settings name",
                    "bySettings",
                    "Texts.load(Wordings.get(\"farewell\")) + input",
                    RESOURCES + "wordings/leave.md",
                    "Leave.",
                    "Part."),
            new Edit(
                    "a part that a template includes",
                    "included",
                    "Wordings.expanded(\"/wordings/outer.hbs\") + input",
                    RESOURCES + "wordings/inner.hbs",
                    "Inner.",
                    "Inward."));

    /**
     * An edit that changes no answer.
     *
     * @param path the edited file
     * @param from what stands in exactly one place of it
     * @param to what stands there after the edit
     */
    record Harmless(String what, String path, String from, String to) {}

    private static final String SCORED = TEST + "ScoredEval.java";

    static final List<Harmless> HARMLESS = List.of(
            new Harmless("a scorer", SCORED, "answer.length() > 1", "answer.length() > 2"),
            new Harmless("a gate", SCORED, "atLeast = 0.25", "atLeast = 0.5"),
            new Harmless("a threshold", SCORED, "threshold = 0.125", "threshold = 0.25"),
            new Harmless("a display name", SCORED, "two evals", "three evals"),
            new Harmless(
                    "a new scorer",
                    SCORED,
                    "// another scorer",
                    "@Scorer boolean more(String answer) { return true; }"),
            new Harmless("a judge", TEST + "Judge.java", "/ 1000.0", "/ 1001.0"),
            new Harmless("the rubric that a judge reads", MAIN + "Rubrics.java", "Be strict.", "Be lenient."),
            new Harmless("a rubric's file", RESOURCES + "prompts/rubric.md", "Mark.", "Grade."),
            new Harmless(
                    "white space",
                    MAIN + "Prompts.java",
                    "    private static String framed(",
                    "\n\n  private   static String framed( "),
            new Harmless(
                    "a comment",
                    MAIN + "Polite.java",
                    "default String polite",
                    "/* how to ask */ default String polite"),
            new Harmless(
                    "an unrelated method",
                    MAIN + "Prompts.java",
                    "public static <T> String rendered",
                    "public static String unrelated() { return \"\"; }\n\npublic static <T> String rendered"),
            new Harmless(
                    "an unrelated field",
                    MAIN + "Texts.java",
                    "public static final String JOINED",
                    "public static final String UNRELATED = String.join(\"\", \"un\", \"related\");\npublic static final String JOINED"),
            new Harmless(
                    "another lambda before one's own",
                    SCORED,
                    "// another lambda",
                    "java.util.function.Supplier<String> other() { return () -> \"other\"; }"),
            new Harmless(
                    "an anonymous class before one's own",
                    SCORED,
                    "// another class",
                    "Runnable anonymous() { return new Runnable() { @Override public void run() {} }; }"),
            new Harmless(
                    "a renamed local variable",
                    SCORED,
                    "int local = 3; String text = \"\" + local;",
                    "int renamed = 3; String text = \"\" + renamed;"),
            new Harmless(
                    "an implementation that nothing makes",
                    MAIN + "Formal.java",
                    "final class Formal",
                    "final class Stiff implements Style { @Override public String say(String text) { return text; } }\n\nfinal class Formal"),
            new Harmless(
                    "the order of members",
                    MAIN + "Mood.java",
                    "    public String text() {\n        return text;\n    }\n",
                    ""),
            new Harmless(
                    "the same members elsewhere",
                    MAIN + "Mood.java",
                    "    private final String text;\n",
                    "    public String text() {\n        return text;\n    }\n\n    private final String text;\n"),
            new Harmless("a suite's annotation that no answer depends on", SCORED, "@Tag(\"slow\")", "@Tag(\"fast\")"),
            new Harmless("a file that nothing names", RESOURCES + "unused.md", "Unused.", "Not used."));

    private Assistants() {}

    static MavenProject project() {
        MavenProject.library("acme:ai:1.0", library());
        MavenProject project =
                Stand.NEWEST.project("edits").dependsOn("acme:ai:1.0").java(CALLS);
        StringBuilder evals = new StringBuilder();
        for (Edit edit : EDITS) {
            if (edit.body().isEmpty()) {
                continue;
            }
            evals.append("""

                        @Eval
                        String %1$s(String input, SampleContext sample) {
                            Calls.note("%1$s " + sample.caseId());
                            return %2$s;
                        }
                    """.formatted(edit.eval(), edit.body()));
        }
        project.java(suite("""
                @Dataset("two.jsonl")
                class PromptsEval implements Polite {

                    private final String tone = "a warm tone ";
                    private final ai.ChatModel model;

                    PromptsEval() {
                        model = filled("model small ");
                    }

                    private static ai.ChatModel filled(String name) {
                        return prompt -> name + prompt;
                    }

                    private static ai.ChatModel model() {
                        return new ai.EchoModel();
                    }
                    %s
                    @Scorer
                    boolean answers(String answer) {
                        return !answer.isEmpty();
                    }
                }
                """.formatted(evals))
                .replace("import org.juniteval.*;", "import ai.*;\nimport org.juniteval.*;"));
        project.resource("demo/two.jsonl", rows("a", "b"));
        suites().forEach(project::java);
        project.resource("demo/questions.jsonl", """
                {"id": "a", "input": {"text": " a"}}
                {"id": "b", "input": {"text": "b "}}
                """);
        project.resource("demo/rows.jsonl", """
                {"id": "input", "input": "i", "expected": "i"}
                {"id": "expected", "input": "e", "expected": "e"}
                {"id": "tags", "input": "t", "expected": "t", "tags": ["one"]}
                {"id": "metadata", "input": "m", "expected": "m", "metadata": {"size": 1}}
                """);
        files(project);
        code().forEach(source -> project.file(MAIN + name(source), source));
        types().forEach(project::java);
        return project;
    }

    private static String name(String source) {
        var matcher = java.util.regex.Pattern.compile("(?:class|interface|record|enum) (\\w+)")
                .matcher(source);
        matcher.find();
        return matcher.group(1) + ".java";
    }

    private static void files(MavenProject project) {
        Map.ofEntries(
                        Map.entry("prompts/lawyer.txt", "Cite the law."),
                        Map.entry("prompts/value.st", "Valued."),
                        Map.entry("prompts/whole.md", "Whole."),
                        Map.entry("prompts/partly.md", "Partly."),
                        Map.entry("prompts/stem.st", "Stem."),
                        Map.entry("prompts/loaded.md", "Loaded."),
                        Map.entry("countries/a.md", "Of a."),
                        Map.entry("countries/b.md", "Of b."),
                        Map.entry("formats/some.txt", "Some."),
                        Map.entry("formats/none.txt", "None."),
                        Map.entry("builders/a.md", "Built a."),
                        Map.entry("builders/b.md", "Built b."),
                        Map.entry("prompts/rubric.md", "Mark."),
                        Map.entry("unused.md", "Unused."),
                        Map.entry("demo/beside.txt", "Beside."),
                        Map.entry("own/OwnName.md", "Own."),
                        Map.entry("templates/farewell.md", "Farewell."),
                        Map.entry("texts/messages.properties", "hello=Hello"),
                        Map.entry("tones/gentle.md", "Gently."),
                        Map.entry("tones/harsh.md", "Harshly."),
                        Map.entry("wordings/names.properties", "farewell=/wordings/leave.md"),
                        Map.entry("wordings/leave.md", "Leave."),
                        Map.entry("wordings/outer.hbs", "Outer {{> inner}}"),
                        Map.entry("wordings/inner.hbs", "Inner."),
                        Map.entry("META-INF/services/demo.Voice", "demo.Soprano"))
                .forEach((path, text) -> project.file(RESOURCES + path, text));
        project.file("data/table.csv", "pen;1.50");
    }

    private static List<String> suites() {
        return List.of(suite("""
                        @org.junit.jupiter.api.DisplayName("two evals")
                        @Tag("slow")
                        @Dataset("two.jsonl")
                        class ScoredEval {

                            private final Judge judge = new Judge(Rubrics.RUBRIC);

                            // another lambda
                            // another class
                            @Eval
                            String withLambda(String input, SampleContext sample) {
                                Calls.note("withLambda " + sample.caseId());
                                java.util.function.Supplier<String> own = () -> "own lambda " + input;
                                int local = 3; String text = "" + local;
                                return own.get() + text;
                            }

                            @Eval
                            @Gate(scorer = "long_", atLeast = 0.25)
                            String withClass(String input, SampleContext sample) {
                                Calls.note("withClass " + sample.caseId());
                                return new Object() {
                                    @Override
                                    public String toString() {
                                        return "own class " + input;
                                    }
                                }.toString();
                            }

                            @Scorer
                            boolean long_(String answer) {
                                return answer.length() > 1;
                            }

                            @Scorer(threshold = 0.125)
                            double judged(String answer) {
                                return judge.score(answer);
                            }

                            @Scorer(cached = true)
                            double paid(String answer) {
                                Calls.note("paid " + answer);
                                return judge.score(answer);
                            }

                            // another scorer
                        }
                        """), """
                package demo;

                public class Judge {
                    private final String rubric;

                    Judge(String rubric) {
                        this.rubric = rubric;
                    }

                    double score(String answer) {
                        return 1 - (rubric + answer).length() / 1000.0;
                    }
                }
                """, suite("""
                        @Dataset("rows.jsonl")
                        @Samples(3)
                        class RowsEval {

                            @Eval
                            String sampled(String input, SampleContext sample) {
                                Calls.note("sampled " + sample.caseId() + " " + sample.sample());
                                return input;
                            }

                            @Scorer
                            boolean answers(String answer, @Expected String expected) {
                                return true;
                            }
                        }
                        """), suite("""
                        @Dataset("two.jsonl")
                        class AroundEval {

                            @Eval
                            String varied(String input, @Variants("styles") Style style, SampleContext sample) {
                                Calls.note("varied " + sample.caseId());
                                return style.say(input);
                            }

                            static Map<String, Style> styles() {
                                return Map.of("one", text -> "variant of " + text);
                            }

                            @Eval
                            @Dataset("questions.jsonl")
                            String read(@Input Question question, SampleContext sample) {
                                Calls.note("read " + sample.caseId());
                                return question.text();
                            }

                            @Scorer
                            boolean answers(String answer) {
                                return true;
                            }
                        }
                        """), """
                package demo;

                public record Question(String text) {
                    public Question {
                        text = text.strip();
                    }
                }
                """, suite("""
                        @Dataset("two.jsonl")
                        class PreparedEval {

                            private static String text;

                            @org.junit.jupiter.api.BeforeAll
                            static void prepare() {
                                text = "prepared text ";
                            }

                            @Eval
                            String prepared(String input, SampleContext sample) {
                                Calls.note("prepared " + sample.caseId());
                                return text + input;
                            }

                            @Scorer
                            boolean answers(String answer) {
                                return true;
                            }
                        }
                        """), suite("""
                        @Dataset("two.jsonl")
                        class DeclaredEval {

                            @Fingerprint
                            String model() {
                                return "model-2024";
                            }

                            @Eval
                            String declared(String input, SampleContext sample) {
                                Calls.note("declared " + sample.caseId());
                                return input;
                            }

                            @Scorer
                            boolean answers(String answer) {
                                return true;
                            }
                        }
                        """));
    }

    /** What needs no library. */
    private static List<String> code() {
        return List.of(
                """
                package demo;

                import java.util.HashMap;
                import java.util.Map;

                public final class Manner {
                    private static final Map<String, Manner> ALL = new HashMap<>();

                    public static final Manner CALM = new Manner("calm", "Keep calm.");

                    private final String text;

                    private Manner(String name, String text) {
                        this.text = text;
                        ALL.put(name, this);
                    }

                    public static Manner of(String name) {
                        return ALL.get(name);
                    }

                    public String text() {
                        return text;
                    }
                }
                """,
                """
                package demo;

                public class TunedPrompt extends PlainPrompt {
                    public TunedPrompt() {
                        start = "tuned ";
                    }
                }
                """,
                """
                package demo;

                public class PlainPrompt {
                    protected String start = "plain ";

                    public String text(String input) {
                        return start + input;
                    }
                }
                """,
                """
                package demo;

                public enum Tone {
                    GENTLE,
                    HARSH;

                    public String text() {
                        return Texts.load("/tones/" + name().toLowerCase(java.util.Locale.ROOT) + ".md");
                    }
                }
                """,
                """
                package demo;

                import java.io.IOException;
                import java.io.InputStream;
                import java.io.UncheckedIOException;
                import java.util.Properties;

                public final class Wordings {
                    public static String get(String key) {
                        Properties names = new Properties();
                        try (InputStream in = Wordings.class.getResourceAsStream("/wordings/names.properties")) {
                            names.load(in);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                        return names.getProperty(key);
                    }

                    public static String expanded(String path) {
                        String text = Texts.load(path);
                        int start = text.indexOf("{{> ");
                        return text.substring(0, start) + Texts.load(path.replace("outer", text.substring(start + 4, text.indexOf("}}"))));
                    }
                }
                """,
                """
                package demo;

                import java.util.Comparator;
                import java.util.stream.Collectors;
                import java.util.stream.Stream;

                public final class Prompts {

                    public static String capital(String country) {
                        return framed("capital", country);
                    }

                    private static String framed(String what, String country) {
                        return what + ": " + sentence(country);
                    }

                    private static String sentence(String country) {
                        return "Name the capital of " + country;
                    }

                    public static <T> String rendered(Renderer<T> renderer, T value) {
                        return renderer.render(value);
                    }

                    public static String level(Level level, String text) {
                        return switch (level) {
                            case HIGH -> "high " + text;
                            case LOW -> "low " + text;
                        };
                    }

                    public static String sorted(String text) {
                        return Stream.of("bb", "a", text).sorted(Comparator.comparing(Prompts::size)).collect(Collectors.joining());
                    }

                    private static int size(String text) {
                        return text.length();
                    }

                    public static String long_(String text) {
                        return \"""
                                You are brief.
                                Speak of %s.
                                \""".formatted(text);
                    }
                }
                """,
                """
                package demo;

                import java.io.IOException;
                import java.io.InputStream;
                import java.io.UncheckedIOException;
                import java.nio.charset.StandardCharsets;
                import java.nio.file.Files;
                import java.nio.file.Path;

                public final class Texts {

                    public static final String GREETING = "Good morning ";
                    public static final String FORMAT = "Tell of %s.";
                    public static final String JOINED = String.join(" ", "joined by", "a space");
                    public static final String LOADED = load("/prompts/loaded.md");

                    public static String prompt(String name) {
                        return load("/prompts/" + name);
                    }

                    public static String stem(String name) {
                        return load("/prompts/" + name + ".st");
                    }

                    public static String load(String path) {
                        try (InputStream in = Texts.class.getResourceAsStream(path)) {
                            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }

                    public static String beside(String name) {
                        return load(name);
                    }

                    public static String read(Path path) {
                        try {
                            return Files.readString(path);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    }
                }
                """,
                """
                package demo;

                import java.util.HashMap;
                import java.util.Map;

                public final class Blocks {

                    public static final Map<String, String> BY_NAME = new HashMap<>();

                    static {
                        BY_NAME.put("rules", "No lists.");
                        BY_NAME.put("none", "");
                    }
                }
                """,
                """
                package demo;

                public interface Polite {
                    default String polite(String text) {
                        return "Please: " + text;
                    }
                }
                """,
                """
                package demo;

                public interface Style {
                    String say(String text);

                    static String all(String text) {
                        String all = "";
                        for (Style style : new Style[] {new Formal(), new Casual()}) {
                            all += style.say(text);
                        }
                        return all;
                    }
                }
                """,
                """
                package demo;

                final class Formal implements Style {
                    @Override
                    public String say(String text) {
                        return "dear " + text;
                    }
                }
                """,
                """
                package demo;

                final class Casual implements Style {
                    @Override
                    public String say(String text) {
                        return "hey " + text;
                    }
                }
                """,
                """
                package demo;

                abstract class BasePrompt {
                    String text(String text) {
                        return "Base: " + start() + text;
                    }

                    abstract String start();
                }
                """,
                """
                package demo;

                public final class ShortPrompt extends BasePrompt {
                    @Override
                    String start() {
                        return "short ";
                    }
                }
                """,
                """
                package demo;

                public interface Renderer<T> {
                    String render(T value);
                }
                """,
                """
                package demo;

                public final class CountryRenderer implements Renderer<Country> {
                    @Override
                    public String render(Country country) {
                        return "the country " + country.name();
                    }
                }
                """,
                """
                package demo;

                public record Country(String name) {}
                """,
                """
                package demo;

                public interface Rules {
                    String SHARED = "Answer in English. ".strip();
                }
                """,
                """
                package demo;

                public enum Mood {
                    CALM("calm"),
                    WILD("wild");

                    private final String text;

                    Mood(String text) {
                        this.text = "mood: " + text;
                    }

                    public String text() {
                        return text;
                    }
                }
                """,
                """
                package demo;

                public enum Shape {
                    ROUND {
                        @Override
                        public String text(String text) {
                            return "round " + text;
                        }
                    };

                    public abstract String text(String text);
                }
                """,
                """
                package demo;

                public enum Level {
                    LOW,
                    HIGH
                }
                """,
                """
                package demo;

                public record Range(int low, int high) {
                    public Range {
                        low = low - 1;
                    }

                    public String text() {
                        return low + " to " + high;
                    }
                }
                """,
                """
                package demo;

                public record Point(String name) {
                    @Override
                    public String toString() {
                        return "point at " + name;
                    }
                }
                """,
                """
                package demo;

                import java.util.Iterator;
                import java.util.List;

                public record Examples(String input) implements Iterable<String> {
                    @Override
                    public Iterator<String> iterator() {
                        return List.of("first example", input).iterator();
                    }
                }
                """,
                """
                package demo;

                import java.util.function.Supplier;

                public record Task(String input) implements Supplier<String> {
                    @Override
                    public String get() {
                        return "task of " + input;
                    }
                }
                """,
                """
                package demo;

                public final class Query {
                    private final String text;

                    private Query(String text) {
                        this.text = text;
                    }

                    public static Builder builder() {
                        return new Builder();
                    }

                    public String text() {
                        return text;
                    }

                    public static final class Builder {
                        private String country;
                        private String manner = "in one word";

                        public Builder country(String country) {
                            this.country = country;
                            return this;
                        }

                        public Query build() {
                            return new Query(country + " " + manner);
                        }
                    }
                }
                """,
                """
                package demo;

                public interface Voice {
                    String say(String text);
                }
                """,
                """
                package demo;

                public final class Soprano implements Voice {
                    @Override
                    public String say(String text) {
                        return "sung high: " + text;
                    }
                }
                """,
                """
                package demo;

                public final class OwnName {}
                """,
                """
                package demo;

                public final class Rubrics {
                    public static final String RUBRIC = String.join(" ", "Be strict.", Texts.load("/prompts/rubric.md"));
                }
                """,
                """
                package demo;

                public enum Templates {
                    FAREWELL("farewell");

                    private final String file;

                    Templates(String file) {
                        this.file = file;
                    }

                    public String text() {
                        return Texts.load("/templates/" + file + ".md");
                    }
                }
                """);
    }

    /** What a library reads by reflection. */
    private static List<String> types() {
        return List.of(
                """
                package demo;

                public class Order {
                    private final String input;

                    public Order(String input) {
                        this.input = input;
                    }

                    public String getWhat() {
                        return "ordered " + input;
                    }
                }
                """,
                """
                package demo;

                public record Line(String what, int count) {}
                """,
                """
                package demo;

                public class Note {
                    public String text = "noted";
                }
                """,
                """
                package demo;

                public record Parcel(String name) {
                    public Address getTo() {
                        return new Address(name);
                    }
                }
                """,
                """
                package demo;

                public class Address {
                    private final String name;

                    Address(String name) {
                        this.name = name;
                    }

                    public String getStreet() {
                        return "street of " + name;
                    }
                }
                """,
                """
                package demo;

                import java.util.List;

                public record Recipe(String name, List<Step> steps) {}
                """,
                """
                package demo;

                public record Step(String what, int minutes) {}
                """,
                """
                package demo;

                import ai.Description;

                public record Review(@Description("one to five") int stars) {}
                """,
                """
                package demo;

                public record Person(String name, int age) {}
                """,
                """
                package demo;

                public interface Reckoner {
                    String answer(String question);
                }
                """,
                """
                package demo;

                import ai.Tool;

                public class Adding {
                    @Tool("adds")
                    public int add(int a, int b) {
                        return a + b;
                    }
                }
                """,
                """
                package demo;

                public interface Clock {
                    String answer(String question);
                }
                """,
                """
                package demo;

                import ai.Tool;

                public class Hours {
                    @Tool("tells the hour")
                    int hour(int a, int b) {
                        return 12;
                    }
                }
                """,
                """
                package demo;

                import ai.SystemMessage;

                public interface Guide {
                    @SystemMessage("You are a guide.")
                    String answer(String question);
                }
                """,
                """
                package demo;

                import ai.UserMessage;

                public interface Translator {
                    @UserMessage("Translate {{it}}.")
                    String translate(String text);
                }
                """,
                """
                package demo;

                import ai.SystemMessage;

                public interface Lawyer {
                    @SystemMessage(fromResource = "prompts/lawyer.txt")
                    String answer(String question);
                }
                """,
                """
                package demo;

                import ai.Guardrail;

                public class Shortening implements Guardrail {
                    @Override
                    public String check(String answer) {
                        return "shorter " + answer;
                    }
                }
                """,
                """
                package demo;

                public interface Greeter {
                    String greet(String name);
                }
                """,
                """
                package demo;

                import ai.Bean;

                public class Beanery {
                    @Bean
                    Greeter greeter() {
                        return name -> "Bean says " + name;
                    }
                }
                """,
                """
                package demo;

                import ai.Bean;
                import ai.ChatModel;

                public class Cookery {
                    @Bean
                    ChatModel model() {
                        return cooked("a cook");
                    }

                    private static ChatModel cooked(String who) {
                        return prompt -> "cooked by " + who + prompt;
                    }
                }
                """,
                """
                package demo;

                import ai.Bean;
                import ai.Value;

                public class Library {
                    @Value("classpath:/prompts/value.st")
                    String template;

                    @Bean
                    Greeter greeter() {
                        return name -> template + name;
                    }
                }
                """);
    }

    private static Map<String, String> library() {
        Map<String, String> sources = new TreeMap<>();
        Map.of(
                        "SystemMessage", "String value() default \"\"; String fromResource() default \"\";",
                        "UserMessage", "String value();",
                        "Tool", "String value();",
                        "Description", "String value();",
                        "Bean", "",
                        "Value", "String value();")
                .forEach((name, members) -> sources.put("ai/" + name + ".java", """
                        package ai;
                        @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME)
                        public @interface %s { %s }
                        """.formatted(name, members)));
        sources.put("ai/ChatModel.java", """
                package ai;
                public interface ChatModel { String chat(String prompt); }
                """);
        sources.put("ai/EchoModel.java", """
                package ai;
                public class EchoModel implements ChatModel {
                    @Override
                    public String chat(String prompt) { return prompt; }
                }
                """);
        sources.put("ai/Guardrail.java", """
                package ai;
                public interface Guardrail { String check(String answer); }
                """);
        sources.put("ai/TypeReference.java", """
                package ai;
                public abstract class TypeReference<T> {}
                """);
        sources.put("ai/ChatRequest.java", """
                package ai;
                public record ChatRequest(String system, double temperature, String user) {
                    public static Builder builder() { return new Builder(); }
                    public String answer() { return system + temperature + user; }
                    public static class Builder {
                        private String system;
                        private double temperature;
                        private String user;
                        public Builder system(String text) { system = text; return this; }
                        public Builder temperature(double value) { temperature = value; return this; }
                        public Builder user(String text) { user = text; return this; }
                        public ChatRequest build() { return new ChatRequest(system, temperature, user); }
                    }
                }
                """);
        sources.put("ai/Json.java", """
                package ai;
                import java.lang.reflect.*;
                import java.util.*;
                public final class Json {
                    public static String write(Object value) {
                        if (value == null || value.getClass().getName().startsWith("java.")) {
                            return String.valueOf(value);
                        }
                        SortedMap<String, String> parts = new TreeMap<>();
                        try {
                            for (Method method : value.getClass().getDeclaredMethods()) {
                                boolean component = value.getClass().isRecord()
                                        && Arrays.stream(value.getClass().getRecordComponents()).anyMatch(it -> it.getAccessor().equals(method));
                                if (component || method.getName().startsWith("get") && method.getParameterCount() == 0) {
                                    parts.put(method.getName(), method.getReturnType() + write(method.invoke(value)));
                                }
                            }
                            for (Field field : value.getClass().getFields()) {
                                parts.put(field.getName(), write(field.get(value)));
                            }
                        } catch (ReflectiveOperationException e) {
                            throw new IllegalStateException(e);
                        }
                        return parts.toString();
                    }
                }
                """);
        sources.put("ai/Beans.java", """
                package ai;
                import java.lang.reflect.*;
                public final class Beans {
                    public static <T> T get(Class<?> configuration, Class<T> type) {
                        try {
                            Constructor<?> constructor = configuration.getDeclaredConstructor();
                            constructor.setAccessible(true);
                            Object instance = constructor.newInstance();
                            for (Field field : configuration.getDeclaredFields()) {
                                if (field.isAnnotationPresent(Value.class)) {
                                    field.setAccessible(true);
                                    field.set(instance, AiServices.load(field.getAnnotation(Value.class).value().replace("classpath:/", "")));
                                }
                            }
                            for (Method method : configuration.getDeclaredMethods()) {
                                if (method.isAnnotationPresent(Bean.class) && method.getReturnType() == type) {
                                    method.setAccessible(true);
                                    return type.cast(method.invoke(instance));
                                }
                            }
                        } catch (ReflectiveOperationException e) {
                            throw new IllegalStateException(e);
                        }
                        throw new IllegalArgumentException(type + " is no bean");
                    }
                }
                """);
        sources.put("ai/AiServices.java", """
                package ai;
                import java.lang.reflect.*;
                import java.util.*;
                public final class AiServices {
                    public static <T> T create(Class<T> type, ChatModel model, Object... tools) {
                        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                            String prompt = "";
                            SystemMessage system = method.getAnnotation(SystemMessage.class);
                            if (system != null) {
                                prompt += system.fromResource().isEmpty() ? system.value() : load(system.fromResource());
                            }
                            UserMessage user = method.getAnnotation(UserMessage.class);
                            prompt += user == null ? arguments[0] : user.value().replace("{{it}}", arguments[0].toString());
                            for (Object tool : tools) {
                                for (Method toolMethod : tool.getClass().getDeclaredMethods()) {
                                    if (toolMethod.isAnnotationPresent(Tool.class)) {
                                        toolMethod.setAccessible(true);
                                        prompt += toolMethod.getAnnotation(Tool.class).value() + toolMethod.invoke(tool, 1, 2);
                                    }
                                }
                            }
                            return model.chat(prompt);
                        }));
                    }
                    public static String guarded(ChatModel model, Guardrail rail, String prompt) { return rail.check(model.chat(prompt)); }
                    public static String schema(TypeReference<?> type) {
                        return schema(((ParameterizedType) type.getClass().getGenericSuperclass()).getActualTypeArguments()[0]);
                    }
                    public static String schema(Type type) {
                        if (type instanceof ParameterizedType many) { return "many " + schema(many.getActualTypeArguments()[0]); }
                        Class<?> one = (Class<?>) type;
                        if (!one.isRecord()) { return one.getSimpleName(); }
                        String schema = "";
                        for (RecordComponent component : one.getRecordComponents()) {
                            Description description = component.getAnnotation(Description.class);
                            schema += component.getName() + " " + (description == null ? "" : description.value()) + schema(component.getGenericType());
                        }
                        return schema;
                    }
                    static String load(String name) {
                        try (var in = Thread.currentThread().getContextClassLoader().getResourceAsStream(name)) {
                            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
                        } catch (java.io.IOException e) {
                            throw new java.io.UncheckedIOException(e);
                        }
                    }
                }
                """);
        return sources;
    }
}
