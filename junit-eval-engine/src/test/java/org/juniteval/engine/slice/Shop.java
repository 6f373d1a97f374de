package org.juniteval.engine.slice;

import java.nio.file.Path;

/** A project as users of LLM libraries write them: one suite whose evals each lean on something else. */
final class Shop {

    static final String SUITE = "demo.ShopEval";

    private Shop() {}

    static Project in(Path folder) {
        Project project = new Project(folder);
        library(project);
        suite(project);
        code(project);
        return project.resource("prompts/greeting.md", "Greet {{name}}.")
                .resource("prompts/farewell.md", "Say goodbye to {{name}}.")
                .resource("prompts/de/hello.md", "Hallo {{name}}.")
                .resource("prompts/fr/hello.md", "Salut {{name}}.")
                .resource("demo/beside.txt", "beside the class")
                .resource("rubric.md", "Be strict.")
                .resource("system/tone.txt", "A calm tone.")
                .resource("application.properties", "model=small")
                .resource("demo/shop.jsonl", "{\"input\":\"pen\"}")
                .file("data/catalogue.csv", "pen;1.50");
    }

    private static void library(Project project) {
        for (String annotation : new String[] {"Tool", "SystemMessage", "Description"}) {
            project.librarySource("""
                    package lib;
                    import java.lang.annotation.*;
                    @Retention(RetentionPolicy.RUNTIME)
                    public @interface %s { String value() default ""; String fromResource() default ""; }
                    """.formatted(annotation));
        }
        project.librarySource("""
                        package lib;
                        public interface ChatModel {
                            String chat(String prompt);
                            default void listen(Listener listener) { listener.onAnswer("x"); }
                        }
                        """)
                .librarySource("""
                        package lib;
                        public interface Listener { void onAnswer(String answer); }
                        """)
                .librarySource("""
                        package lib;
                        public class RemoteModel implements ChatModel {
                            public RemoteModel(String name, double temperature) {}
                            public String chat(String prompt) { return prompt; }
                        }
                        """)
                .librarySource("""
                        package lib;
                        public abstract class TypeReference<T> {}
                        """)
                .librarySource("""
                        package lib;
                        public class Json {
                            public static String write(Object value) { return ""; }
                            public static <T> T read(String text, Class<T> type) { return null; }
                            public static <T> T read(String text, TypeReference<T> type) { return null; }
                        }
                        """)
                .librarySource("""
                        package lib;
                        public class AiServices {
                            public static <T> T create(Class<T> type, ChatModel model, Object... tools) { return null; }
                        }
                        """);
    }

    private static void suite(Project project) {
        project.source("""
                package demo;
                import java.util.*;
                import lib.*;
                import org.juniteval.*;
                import org.junit.jupiter.api.BeforeAll;
                import org.junit.jupiter.api.AfterAll;
                import org.junit.jupiter.api.DisplayName;

                @EvalSuite
                @Dataset("shop.jsonl")
                @DisplayName("the shop")
                class ShopEval implements Mixin {

                    private static final String SHARED = Texts.shared();
                    private final ChatModel model = new RemoteModel("small", 0.5);
                    private final Judge judge = new Judge(new RemoteModel("judge-model", 0.0), Texts.RUBRIC);
                    private static Map<String, String> setUp;

                    @BeforeAll
                    static void prepare() {
                        setUp = Map.of("currency", "EUR");
                    }

                    @AfterAll
                    static void tidy() {
                        System.out.println("tidied");
                    }

                    @Eval
                    String prompts(String input) {
                        return model.chat(Prompts.greeting(input, SHARED));
                    }

                    @Eval
                    String lambdas(String input) {
                        Calls.later(() -> "unrelated to the others");
                        return Calls.later(() -> "lambda " + Calls.twice(input, Texts::quoted));
                    }

                    @Eval
                    String mixin(String input) {
                        return mixed(input);
                    }

                    @Eval
                    String implementations(String input) {
                        List<Shipping> all = List.of(new Parcel(), new Letter());
                        int local = 3;
                        String text = "";
                        for (Shipping shipping : all) {
                            text += shipping.label(input) + local;
                        }
                        return text;
                    }

                    @Eval
                    String constants(String input) {
                        return Texts.GREETING + Colour.GREEN.hex() + new Price(1).text();
                    }

                    @Eval
                    String written(String input) {
                        return model.chat(Json.write(new Order(input)));
                    }

                    @Eval
                    String structured(String input) {
                        Answer answer = Json.read(model.chat(input), Answer.class);
                        List<Item> items = Json.read(input, new TypeReference<List<Item>>() {});
                        return answer.text() + items.size();
                    }

                    @Eval
                    String tools(String input) {
                        Assistant assistant = AiServices.create(Assistant.class, model, new Calculator());
                        return assistant.answer(input);
                    }

                    @Eval
                    String variants(String input, @Variants("models") ChatModel variant) {
                        return variant.chat(input);
                    }

                    static Map<String, ChatModel> models() {
                        return Map.of("cold", new RemoteModel("variant-model", 0.1));
                    }

                    @Eval
                    String callbacks(String input) {
                        StringBuilder heard = new StringBuilder();
                        model.listen(new Listener() {
                            @Override
                            public void onAnswer(String answer) {
                                heard.append("anonymous ").append(answer);
                            }
                        });
                        model.listen(new Ear(heard));
                        return heard.toString();
                    }

                    @Eval
                    String switches(String input) {
                        switch (Colour.valueOf(input)) {
                            case RED: return "stop";
                            case GREEN: return "go";
                            default: return "wait";
                        }
                    }

                    @Eval
                    String files(String input) {
                        return Texts.load("farewell.md") + Texts.load("hello.md".isEmpty() ? "beside.txt" : "classpath:/nowhere.md");
                    }

                    @Eval
                    String patterns(String input) {
                        return Texts.load("prompts/" + input + "/hello.md") + Texts.load("data/catalogue.csv");
                    }

                    @org.juniteval.Fingerprint
                    String version() {
                        return "version 1";
                    }

                    @Scorer(threshold = 0.5)
                    double judged(String answer) {
                        return judge.score(answer) + helper(() -> 0.25);
                    }

                    @Scorer
                    @Gate(atLeast = 0.75)
                    boolean coloured(String answer) {
                        switch (Colour.valueOf(answer)) {
                            case BLUE: return true;
                            case RED: return answer.isEmpty();
                            default: return false;
                        }
                    }

                    private static double helper(java.util.function.DoubleSupplier supplier) {
                        return supplier.getAsDouble() / 100;
                    }

                    void unrelated() {
                        System.out.println("never called");
                    }
                }
                """);
    }

    private static void code(Project project) {
        project.source("""
                        package demo;
                        import org.juniteval.Scorer;
                        interface Mixin {
                            default String mixed(String input) { return "mixed " + input; }
                            @Scorer
                            default boolean shared(String answer) { return answer.length() > 17; }
                        }
                        """)
                .source("""
                        package demo;
                        class Prompts {
                            static final String OTHER = "other constant" + System.nanoTime();
                            static String greeting(String name, String more) { return render(name) + more; }
                            private static String render(String name) { return decorate(Texts.load("prompts/greeting.md"), name); }
                            private static String decorate(String text, String name) { return text + " for " + name; }
                            static String notCalled() { return "not called"; }
                        }
                        """)
                .source("""
                        package demo;
                        class Texts {
                            static final String GREETING = quoted("a greeting");
                            static final String RUBRIC = load("rubric.md");
                            static final String UNREAD = quoted("nobody reads this");
                            static String shared() { return "shared text"; }
                            static String quoted(String text) { return "'" + text + "'"; }
                            static String load(String name) {
                                try (var in = Texts.class.getResourceAsStream(name)) {
                                    return new String(in.readAllBytes(), "UTF-8");
                                } catch (java.io.IOException e) {
                                    throw new java.io.UncheckedIOException("cannot load", e);
                                }
                            }
                        }
                        """)
                .source("""
                        package demo;
                        import java.util.function.*;
                        class Calls {
                            static String later(Supplier<String> supplier) { return supplier.get(); }
                            static String twice(String text, UnaryOperator<String> operator) {
                                return operator.apply(operator.apply(text));
                            }
                        }
                        """)
                .source("""
                        package demo;
                        interface Shipping { String label(String text); }
                        """)
                .source("""
                        package demo;
                        class Parcel implements Shipping {
                            public String label(String text) { return "parcel " + text; }
                        }
                        """)
                .source("""
                        package demo;
                        class Letter implements Shipping {
                            public String label(String text) { return "letter " + text; }
                        }
                        """)
                .source("""
                        package demo;
                        class Drone implements Shipping {
                            public String label(String text) { return "drone " + text; }
                        }
                        """)
                .source("""
                        package demo;
                        enum Colour {
                            RED("f00"), GREEN("0f0"), BLUE("00f");
                            private final String hex;
                            Colour(String hex) { this.hex = "#" + hex; }
                            String hex() { return hex; }
                        }
                        """)
                .source("""
                        package demo;
                        record Price(int cents) {
                            Price { cents = cents + 1; }
                            String text() { return cents + " cents"; }
                            String unused() { return "unused by anyone"; }
                        }
                        """)
                .source("""
                        package demo;
                        class Order {
                            public String note = "noted";
                            private final String input;
                            private String secret = "hidden";
                            Order(String input) { this.input = input; }
                            public String getInput() { return "got " + input; }
                            String helper() { return "no getter" + secret; }
                        }
                        """)
                .source("""
                        package demo;
                        import lib.Description;
                        record Answer(@Description("the text of the answer") String text, Detail detail) {}
                        """)
                .source("""
                        package demo;
                        record Detail(int confidence) {}
                        """)
                .source("""
                        package demo;
                        import lib.Description;
                        @Description("an item")
                        class Item { int size; }
                        """)
                .source("""
                        package demo;
                        import lib.*;
                        interface Assistant {
                            @SystemMessage("You are an assistant.")
                            String answer(String question);
                            @SystemMessage(fromResource = "system/tone.txt")
                            String calm(String question);
                        }
                        """)
                .source("""
                        package demo;
                        import lib.Tool;
                        class Calculator {
                            @Tool("adds two numbers")
                            int add(int a, int b) { return a + b; }
                            int notATool() { return 42; }
                        }
                        """)
                .source("""
                        package demo;
                        class Ear implements lib.Listener {
                            private final StringBuilder heard;
                            Ear(StringBuilder heard) { this.heard = heard; }
                            public void onAnswer(String answer) { heard.append("ear ").append(answer); }
                            void unrelated() { heard.append("unrelated to listening"); }
                        }
                        """)
                .source("""
                        package demo;
                        class Judge {
                            private final lib.ChatModel model;
                            private final String rubric;
                            Judge(lib.ChatModel model, String rubric) { this.model = model; this.rubric = rubric.strip(); }
                            double score(String answer) { return model.chat("judge " + answer + rubric).length(); }
                        }
                        """);
    }
}
