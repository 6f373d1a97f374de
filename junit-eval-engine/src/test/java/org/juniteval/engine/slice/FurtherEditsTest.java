package org.juniteval.engine.slice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Code as applications have it, each piece with an edit: what the edit can affect runs again, all else does not. */
class FurtherEditsTest {

    private static final List<Piece> PIECES = new ArrayList<>();

    /** A package with a suite. {@code ~} stands for its number, in sources and in names of files. */
    private static final class Piece {

        private static final String HEADER = "package p~; import java.io.*; import java.nio.file.*; import java.util.*;"
                + " import java.util.function.*; import lib.*; import org.juniteval.*; ";

        final String what;
        final List<String> sources;
        final Map<String, String> files = new TreeMap<>();
        final int number = PIECES.size();
        private String from;
        private String to;
        private boolean runsAgain;
        private boolean isTold;

        private Piece(String what, String... sources) {
            this.what = what;
            this.sources = List.of(sources);
            PIECES.add(this);
        }

        /** A resource; below {@code base:} a file of the module. */
        Piece file(String path, String text) {
            files.put(path, text);
            return this;
        }

        void runsAgain(String from, String to) {
            edit(from, to);
            runsAgain = true;
        }

        void runsNothingAgain(String from, String to) {
            edit(from, to);
        }

        /** What no slice covers, and the summary therefore says. */
        void isTold() {
            isTold = true;
        }

        private void edit(String from, String to) {
            long places = Stream.concat(sources.stream(), files.values().stream())
                    .filter(text -> text.contains(from))
                    .count();
            assertThat(places).as(what).isEqualTo(1);
            this.from = from;
            this.to = to;
        }

        void addTo(Project project, boolean edited) {
            for (String source : sources) {
                project.source(own((source.contains("package p~") ? "" : HEADER) + text(source, edited)));
            }
            files.forEach((path, text) -> {
                if (path.startsWith("base:")) {
                    project.file(own(path.substring(5)), own(text(text, edited)));
                } else {
                    project.resource(own(path), own(text(text, edited)));
                }
            });
        }

        private String text(String text, boolean edited) {
            return edited && from != null ? text.replace(from, to) : text;
        }

        private String own(String text) {
            return text.replace("~", String.valueOf(number));
        }

        @Override
        public String toString() {
            return what;
        }
    }

    private static Piece when(String what, String... sources) {
        return new Piece(what, sources);
    }

    private static String eval(String expression) {
        return "class AnEval { @Eval Object answer(String in) throws Exception { return " + expression + "; } }";
    }

    private static final String LOAD = "class Help { static String load(String name) { try {"
            + " return new String(Help.class.getResourceAsStream(name).readAllBytes());"
            + " } catch (IOException e) { return null; } }"
            + " static String read(Path path) { try { return Files.readString(path); } catch (IOException e) { return null; } } }";

    static {
        initialValues();
        orderOfInitialValues();
        libraries();
        reflection();
        objectsFromElsewhere();
        namesWithGaps();
        namesInFiles();
        namesThatLibrariesComplete();
        places();
        blindSpots();
    }

    private static void initialValues() {
        when(
                        "a constant that registers itself",
                        eval("Mode.of(in).text"),
                        "class Mode { private static final Map<String, Mode> ALL = new HashMap<>();"
                                + " static final Mode CALM = new Mode(\"calm\", \"Be calm\"); final String text;"
                                + " private Mode(String name, String text) { this.text = text; ALL.put(name, this); }"
                                + " static Mode of(String name) { return ALL.get(name); } }")
                .runsAgain("Be calm", "Be quiet");
        when(
                        "a constant that a method of its class registers",
                        eval("Prompts.get(in).get()"),
                        "class Prompts { private static final Map<String, Supplier<String>> ALL = new HashMap<>();"
                                + " static final String GREET = keep(\"greet\", () -> \"Hello\");"
                                + " static Supplier<String> get(String name) { return ALL.get(name); }"
                                + " private static String keep(String name, Supplier<String> text) { ALL.put(name, text); return name; } }")
                .runsAgain("Hello", "Hi");
        when(
                        "a constant that another class registers",
                        eval("Registry.get(Keys.PREFIX + in)"),
                        "class Keys { static final String PREFIX = \"p\".trim(); static final String GREET = Registry.register(\"greet\", \"Hello\"); }",
                        "class Registry { private static final Map<String, String> ALL = new HashMap<>();"
                                + " static String get(String name) { return ALL.get(name); }"
                                + " static String register(String name, String text) { ALL.put(name, text); return name; } }")
                .runsAgain("Hello", "Hi");
        when(
                        "a constant that its constructor registers, in another class",
                        eval("Prompts.load().get(in)"),
                        "class Prompts { static final Prompt GREET = new Prompt(\"Hello\"); static Map<String, Prompt> load() { return Prompt.ALL; } }",
                        "class Prompt { static final Map<String, Prompt> ALL = new HashMap<>(); final String text;"
                                + " Prompt(String text) { this(text, text); } Prompt(String key, String text) { this.text = text; ALL.put(key, this); } }")
                .runsAgain("Hello", "Hi");
        when(
                        "a constant that the constructor of its superclass registers",
                        eval("Prompts.load().get(in)"),
                        "class Prompts { static final Greeting GREET = new Greeting(\"Hello\"); static Map<String, Prompt> load() { return Prompt.ALL; } }",
                        "class Greeting extends Prompt { Greeting(String text) { super(text); } }",
                        "class Prompt { static final Map<String, Prompt> ALL = new HashMap<>(); final String text;"
                                + " Prompt(String text) { this.text = text; ALL.put(text, this); } }")
                .runsAgain("Hello", "Hi");
        when(
                        "a judge that hands itself to nothing that keeps it",
                        "class AnEval { private final Judge judge = new Judge(\"strict\"); @Eval String answer(String in) { return in; }"
                                + " @Scorer boolean ok(String out) { return judge.toString().equals(out); } }",
                        "class Judge { final String text; Judge(String text) { this.text = Objects.requireNonNull(this) + text; } }")
                .runsNothingAgain("strict", "mild");
        when(
                        "a listener whose registration is kept in a field",
                        "class AnEval { private final EchoModel model = new EchoModel(); private final Object kept = model.register(new Ear());"
                                + " @Eval String answer(String in) { return model.chat(in); } }",
                        "class Ear implements Listener { public void onAnswer(String s) { System.out.println(\"heard\"); } }")
                .runsAgain("heard", "listened");
        when(
                        "a tool that is added to a list on the way",
                        "class AnEval { private final List<Object> tools = new ArrayList<>(); private final boolean added = tools.add(new Sum());"
                                + " @Eval String answer(String in) { return Ai.run(tools); } }",
                        "class Sum { @Tool(\"adds\") int add(int a) { return a; } }")
                .runsAgain("adds", "sums");
        when(
                        "an object that adds itself to what its constructor is given",
                        eval("Run.all()"),
                        "class Run { static String all() { List<String> all = new ArrayList<>(); new Filler(all); return all.toString(); } }",
                        "class Filler { private final boolean done; Filler(List<String> all) { done = all.add(text()); }"
                                + " static String text() { return \"calm\"; } }")
                .runsAgain("calm", "cold");
        when(
                        "a list that a method fills on the way",
                        eval("Shots.ALL.toString()"),
                        "class Shots { static final List<String> ALL = new ArrayList<>(); static final int COUNT = More.of(ALL); }",
                        "class More { static int of(List<String> all) { all.add(\"a shot\"); return all.size(); } }")
                .runsAgain("a shot", "one shot");
        when(
                        "a list that is handed to a constructor",
                        "class AnEval { private final List<String> parts; private final Filler filler;"
                                + " AnEval() { parts = new ArrayList<>(); filler = new Filler(parts); }"
                                + " @Eval Object answer(String in) { return parts.toString(); } }",
                        "class Filler { Filler(List<String> all) { all.add(\"calm\"); } }")
                .runsAgain("calm", "quiet");
        when(
                        "a list that a lambda fills on the way",
                        eval("Shots.ALL.toString()"),
                        "class Shots { static final List<String> ALL = new ArrayList<>(); static final Object DONE = More.now(() -> ALL.add(\"a shot\")); }",
                        "class More { static Object now(Runnable r) { r.run(); return r; } }")
                .runsAgain("a shot", "one shot");
        when(
                        "a field of a superclass that a constructor sets",
                        eval("new Short().text()"),
                        "class Base { protected String tone = \"base\"; String text() { return tone; } }",
                        "class Short extends Base { Short() { tone = \"short\"; } }")
                .runsAgain("\"short\"", "\"brief\"");
        when(
                        "a rubric that the loader of the prompts loads",
                        "class AnEval { private static final Loader LOADER = new Loader(); private final String rubric = LOADER.load(\"rubric~.md\");"
                                + " private final String system = LOADER.load(\"system~.md\"); @Eval String answer(String in) { return system + in; }"
                                + " @Scorer boolean ok(String out) { return rubric.isEmpty(); } }",
                        "class Loader { final Map<String, String> known = new HashMap<>();"
                                + " String load(String name) { return known.computeIfAbsent(name, Help::load); } }",
                        LOAD)
                .file("rubric~.md", "Be strict.")
                .file("system~.md", "Be brief.")
                .runsNothingAgain("strict", "lenient");
        when(
                        "a judge that is built as the model is",
                        "class AnEval { private final Client client = new Client.Builder().system(\"calm\").build();"
                                + " private final Client judge = new Client.Builder().system(\"strict\").build();"
                                + " @Eval String answer(String in) { return client.system; } @Scorer boolean ok(String out) { return judge.system.isEmpty(); } }",
                        "class Client { final String system; Client(Builder b) { system = String.join(\"\", b.parts); }"
                                + " static class Builder { final List<String> parts = new ArrayList<>();"
                                + " Builder system(String s) { parts.add(s); return this; } Client build() { return new Client(this); } } }")
                .runsNothingAgain("strict", "lenient");
    }

    private static void orderOfInitialValues() {
        when(
                        "a field that a constructor sets too late",
                        eval("new Bot(\"Bob\").text()"),
                        "class Bot { private final String name; private final String text; Bot(String n) { text = hi(); name = n; }"
                                + " private String hi() { return \"I am \" + name; } String text() { return text; } }")
                .runsAgain("text = hi(); name = n;", "name = n; text = hi();");
        when(
                        "a constant that an instance needs before it is there",
                        eval("Bot.ONLY.text"),
                        "class Bot { static final Bot ONLY = new Bot(); static final String TONE = \"calm\".trim(); final String text = \"Be \" + TONE; }")
                .runsAgain(
                        "static final Bot ONLY = new Bot(); static final String TONE = \"calm\".trim();",
                        "static final String TONE = \"calm\".trim(); static final Bot ONLY = new Bot();");
        when(
                        "a statement that reads a field too early",
                        eval("new Bot().text"),
                        "class Bot { private String name; String text = \"\"; Bot() { note(); name = \"Bob\"; }"
                                + " private void note() { text += name; } }")
                .runsAgain("note(); name = \"Bob\";", "name = \"Bob\"; note();");
        when(
                        "a statement that comes too late for a field",
                        eval("Shots.TEXT"),
                        "class Shots { static final List<String> ALL = new ArrayList<>(); static final String TEXT = ALL.toString(); static { ALL.add(\"a\"); } }")
                .runsAgain(
                        "static final String TEXT = ALL.toString(); static { ALL.add(\"a\"); }",
                        "static { ALL.add(\"a\"); } static final String TEXT = ALL.toString();");
        when(
                        "fields that do not need one another",
                        eval("new Bot().text"),
                        "class Bot { private String name = \"Bob\".trim(); private String tone = \"calm\".trim(); String text = name + tone; }")
                .runsNothingAgain(
                        "private String name = \"Bob\".trim(); private String tone = \"calm\".trim();",
                        "private String tone = \"calm\".trim(); private String name = \"Bob\".trim();");
    }

    private static void libraries() {
        when(
                        "a class whose name a library is given",
                        eval("Ai.run(\"interceptor\", Tap.class.getName())"),
                        "class Tap { public String on(String s) { return \"calm\"; } }")
                .runsAgain("calm", "quiet");
        when(
                        "a class whose name a logger is given",
                        eval("Of.LOG + in"),
                        "class Of { static final Object LOG = System.getLogger(Of.class.getName()); static String b() { return \"calm\"; } }")
                .runsNothingAgain("calm", "quiet");
        when(
                        "the event of an interface that extends a library's",
                        eval("Ai.run(new Tap())"),
                        "interface Handler<T> extends Consumer<T> {}",
                        "class Tap implements Handler<Event> { public void accept(Event e) {} }",
                        "record Event(@Description(\"kind\") String kind) {}")
                .runsAgain("\"kind\"", "\"sort\"");
        when(
                        "the parameter of a function that a library takes for a tool",
                        eval("Ai.run(new Weather())"),
                        "class Weather implements Function<Place, String> { public String apply(Place p) { return \"\"; } }",
                        "record Place(@Description(\"city\") String city) {}")
                .runsAgain("\"city\"", "\"town\"");
        when(
                        "a configuration inside of another",
                        eval("Ai.make(Config.class)"),
                        "class Config { @Configuration static class Inner { @Bean Object client() { return \"be calm\".trim(); } } }")
                .runsAgain("be calm", "be quiet");
        when(
                        "a setter that a library calls",
                        eval("Ai.run(new Settings())"),
                        "class Settings { private String model = \"small\"; public String getModel() { return model; }"
                                + " public void setModel(String name) { model = \"local/\" + name; } }")
                .runsAgain("local/", "remote/");
        when(
                        "what stands for an object that is serialised",
                        eval("Ai.run(new Ask())"),
                        "class Ask implements Serializable { private Object writeReplace() { return \"calm\"; } }")
                .runsAgain("calm", "quiet");
        when(
                        "an annotation of a package",
                        eval("Ai.make(Bot.class)"),
                        "interface Bot { String ask(String s); }",
                        "@lib.Description(\"be calm\") package p~; // class package-info")
                .runsAgain("be calm", "be quiet");
        when(
                        "a bundle that is a class, in another language",
                        eval("ResourceBundle.getBundle(\"p~.Words\").getString(\"a\")"),
                        "public class Words extends ListResourceBundle { protected Object[][] getContents() { return new Object[][] {{\"a\", \"calm\"}}; } }",
                        "public class Words_de extends ListResourceBundle { protected Object[][] getContents() { return new Object[][] {{\"a\", \"ruhig\"}}; } }")
                .runsAgain("ruhig", "still");
        when(
                        "the default of an annotation inside an annotation",
                        eval("Ai.make(Bot.class)"),
                        "@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) @interface Calm { Mood mood() default @Mood; }",
                        "@java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) @interface Mood { String value() default \"mild\"; }",
                        "interface Bot { @Calm String ask(String s); }")
                .runsAgain("mild", "warm");
        when(
                        "a constant of an enum that nothing mentions",
                        eval("Mood.CALM.text"),
                        "enum Mood { CALM(\"calm\"), COLD(\"cold\"); final String text; Mood(String text) { this.text = text; } }")
                .runsNothingAgain("\"cold\"", "\"icy\"");
    }

    private static void reflection() {
        when(
                        "the order of what a model is to answer",
                        eval("Ai.make(Verdict.class)"),
                        "class Verdict { public String reasons; public int score; }")
                .runsAgain("public String reasons; public int score;", "public int score; public String reasons;");
        when(
                        "the order of what a library writes",
                        eval("Ai.run(new Order(in, 1))"),
                        "class Order { private final String name; private final int count; Order(String n, int c) { name = n; count = c; }"
                                + " public String getName() { return name; } public int getCount() { return count; } }")
                .runsAgain(
                        "private final String name; private final int count;",
                        "private final int count; private final String name;");
        when(
                        "the order of fields that no library sees",
                        eval("new Order(in, 1).text()"),
                        "class Order { private final String name; private final int count; Order(String n, int c) { name = n; count = c; }"
                                + " String text() { return name + count; } }")
                .runsNothingAgain(
                        "private final String name; private final int count;",
                        "private final int count; private final String name;");
        when(
                        "a field that a library does not write any more",
                        eval("Ai.run(new Ask(in))"),
                        "class Ask { public String text; public String tone = \"calm\"; Ask(String t) { text = t + tone; } }")
                .runsAgain("public String tone", "public transient String tone");
        when(
                        "an annotation of a type that moves to another parameter",
                        eval("Ai.run(new Sum())"),
                        "@java.lang.annotation.Target(java.lang.annotation.ElementType.TYPE_USE)"
                                + " @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) @interface Nullable {}",
                        "class Sum { @Tool String of(@Nullable String a, String b) { return a + b; } }")
                .runsAgain("@Nullable String a, String b", "String a, @Nullable String b");
        when(
                        "an annotation of a type that moves to what the type is of",
                        eval("Ai.make(Answer.class)"),
                        "@java.lang.annotation.Target(java.lang.annotation.ElementType.TYPE_USE)"
                                + " @java.lang.annotation.Retention(java.lang.annotation.RetentionPolicy.RUNTIME) @interface Nullable {}",
                        "record Answer(@Nullable List<String> all) {}")
                .runsAgain("@Nullable List<String> all", "List<@Nullable String> all");
        when(
                        "a constant of an enum that a set is filled up with",
                        eval("EnumSet.complementOf(EnumSet.of(Mood.CALM))"),
                        "enum Mood { CALM, COLD }")
                .runsAgain("CALM, COLD", "CALM, COLD, WARM");
        when(
                        "a constant of an enum in the middle of a range",
                        eval("EnumSet.range(Mood.CALM, Mood.WARM)"),
                        "enum Mood { CALM(\"a\"), COLD(\"b\"), WARM(\"c\"); private final String text;"
                                + " Mood(String text) { this.text = text; } public String toString() { return text; } }")
                .runsAgain("\"b\"", "\"d\"");
        when(
                        "a constant of an enum that one of its constants leads to",
                        eval("Mood.CALM.getDeclaringClass().getEnumConstants()"),
                        "enum Mood { CALM, COLD }")
                .runsAgain("CALM, COLD", "CALM, COLD, WARM");
        when(
                        "a step of a builder that tells its own type, which nobody takes",
                        eval("new Ask.Builder().text(in).build()"),
                        "class Ask { static abstract class Steps<T> { String text; abstract T self(); T text(String s) { text = s; return self(); } }"
                                + " static class Builder extends Steps<Builder> { Builder self() { return this; } String build() { return text; }"
                                + " Builder calm() { text = \"calm\"; return this; } } }")
                .runsNothingAgain("\"calm\"", "\"quiet\"");
    }

    private static void objectsFromElsewhere() {
        String shop = "interface Shop { String open(); }";
        when(
                        "an anonymous class that a library may have found",
                        eval("Ai.<Shop>find().open()"),
                        shop,
                        "class Shops { static Shop kiosk() { return new Shop() { public String open() { return \"kiosk\"; } }; } }")
                .runsAgain("\"kiosk\"", "\"stall\"");
        when(
                        "an anonymous class before one that a library may have found",
                        eval("Ai.<Shop>find().open()"),
                        shop,
                        "class Shops { static Object early() { return 1; }"
                                + " static Shop kiosk() { return new Shop() { public String open() { return \"kiosk\"; } }; } }")
                .runsNothingAgain("return 1;", "return new Object() { };");
    }

    private static void namesWithGaps() {
        when(
                        "a file that an enum's name tells",
                        eval("Tone.valueOf(in).text() + \"harsh\".length()"),
                        LOAD,
                        "enum Tone { CALM, HARSH; String text() { return Help.load(\"/tones~/\" + name().toLowerCase() + \".md\"); } }")
                .file("tones~/calm.md", "Be calm.")
                .file("tones~/harsh.md", "Be harsh.")
                .runsAgain("Be calm.", "Be quiet.");
        when(
                        "a file that a constant in lower case tells",
                        eval("Of.country(\"Peru\") + \"chile\".length()"),
                        LOAD,
                        "class Of { static String country(String name) { return Help.load(\"/in~/%s.md\".formatted(name.toLowerCase())); } }")
                .file("in~/peru.md", "About Peru.")
                .file("in~/chile.md", "About Chile.")
                .runsAgain("About Peru.", "Of Peru.");
        when(
                        "a file that an object of the row's tells",
                        eval("new Ask(in).text() + \"b\".length()"),
                        LOAD,
                        "class Ask { final String name; Ask(String name) { this.name = name; }"
                                + " String text() { return Help.load(\"/asks~/\" + name + \".md\"); } }")
                .file("asks~/a.md", "Ask a.")
                .file("asks~/b.md", "Ask b.")
                .runsAgain("Ask a.", "Beg a.");
        when(
                        "a file that no constant of a record tells",
                        eval("new Ask(\"a\").text()"),
                        LOAD,
                        "record Ask(String name) { String text() { return Help.load(\"/asks~/\" + name() + \".md\"); } }")
                .file("asks~/a.md", "Ask a.")
                .file("asks~/b.md", "Ask b.")
                .runsNothingAgain("Ask b.", "Beg b.");
        when(
                        "a file that no name of a list tells",
                        eval("Shots.all()"),
                        LOAD,
                        "class Shots { static final List<String> NAMES = List.of(\"a\", \"c\"); static String all() { String all = \"\";"
                                + " for (String name : NAMES) { all += Help.load(\"/shots~/\" + name + \".md\"); } return all; } }")
                .file("shots~/a.md", "Shot a.")
                .file("shots~/b.md", "Shot b.")
                .runsNothingAgain("Shot b.", "Try b.");
        when(
                        "a file that a row's record tells in another method",
                        "class AnEval { @Eval Object answer(Row in) { return Of.row(in) + \"b\".length(); } }",
                        "record Row(String file) {}",
                        "class Of { static String row(Row row) { return Help.load(\"/rows~/\" + row.file() + \".md\"); } }",
                        LOAD)
                .file("rows~/a.md", "Row a.")
                .file("rows~/b.md", "Row b.")
                .runsAgain("Row a.", "Line a.");
        when(
                        "a file that a model's answer tells",
                        eval("Help.load(\"/asks~/\" + Ai.make(Answer.class).file() + \".md\") + \"b\".length()"),
                        LOAD,
                        "record Answer(String file) {}")
                .file("asks~/a.md", "Ask a.")
                .file("asks~/b.md", "Ask b.")
                .runsAgain("Ask a.", "Beg a.");
        when(
                        "a file whose name is replaced",
                        eval("Help.load(\"/h~.md\") + Help.load(\"/in~/NAME.md\".replace(\"NAME\", in))"),
                        LOAD)
                .file("h~.md", "named")
                .file("in~/a.md", "In a.")
                .runsAgain("In a.", "Of a.");
        when(
                        "a file of a format that is made at run time",
                        eval("Help.load(String.format(Of.PATH, in)) + Help.load(\"/h~.md\")"),
                        LOAD,
                        "class Of { static final String PATH = \"/in~\".trim() + \"/%s-~.md\"; }")
                .file("h~.md", "named")
                .file("in~/a-~.md", "In a.")
                .runsAgain("In a.", "Of a.");
        when(
                        "a file that the class's name tells",
                        eval("new Greet().text() + \"Other\".length()"),
                        "class Greet extends Base {}",
                        "abstract class Base { String text() throws IOException {"
                                + " return new String(getClass().getResourceAsStream(getClass().getSimpleName() + \"-~.md\").readAllBytes()); } }")
                .file("p~/Greet-~.md", "Greet.")
                .file("p~/Other-~.md", "Else.")
                .runsAgain("Greet.", "Meet.");
    }

    private static void namesInFiles() {
        when(
                        "a file that settings name",
                        eval("Help.load(Settings.get(\"greet\"))"),
                        LOAD,
                        "class Settings { static String get(String key) throws IOException { Properties all = new Properties();"
                                + " all.load(Settings.class.getResourceAsStream(\"/prompts~.properties\")); return all.getProperty(key); } }")
                .file("prompts~.properties", "greet=classpath:/of~/greet.md\n")
                .file("of~/greet.md", "Greet.")
                .runsAgain("Greet.", "Meet.");
        when("a file that a table of prompts names", eval("Ai.run(\"table~.yaml\")"))
                .file("table~.yaml", "prompts:\n  - file: \"of~/a.md\"\n  - b~.md\n")
                .file("of~/a.md", "A.")
                .file("of~/b~.md", "B.")
                .runsAgain("B.", "Second.");
        when("a file that no table names", eval("Ai.run(\"table~.yaml\")"))
                .file("table~.yaml", "prompts:\n  - file: \"of~/a.md\"\n")
                .file("of~/a.md", "A.")
                .file("of~/b~.md", "B.")
                .runsNothingAgain("B.", "Second.");
        when("a file that a default in a placeholder names", eval("Ai.run(\"${prompt:classpath:of~/a.st}\")"))
                .file("of~/a.st", "A.")
                .runsAgain("A.", "First.");
        when("a part of a template's part", eval("Ai.run(\"of~/whole.mustache\")"))
                .file("of~/whole.mustache", "{{> tone}}")
                .file("of~/tone.mustache", "{{> deep/mood}}")
                .file("of~/deep/mood.mustache", "Calm.")
                .runsAgain("Calm.", "Quiet.");
        when("a part that a template includes by its name", eval("Ai.run(\"of~/whole.j2\")"))
                .file("of~/whole.j2", "{% include 'tone~.j2' %}")
                .file("of~/tone~.j2", "Calm.")
                .runsAgain("Calm.", "Quiet.");
        when(
                        "a file of a list in one text",
                        eval("List.of(\"/of~/a.md,/of~/b.md\".split(\",\")).stream().map(Help::load).toList()"),
                        LOAD)
                .file("of~/a.md", "A.")
                .file("of~/b.md", "B.")
                .runsAgain("B.", "Second.");
        when(
                        "a file that a line of a text block names",
                        eval("\"\"\"\n  of~/a.md\n  of~/b.md\n  \"\"\".lines().map(Help::load).toList()"),
                        LOAD)
                .file("of~/b.md", "B.")
                .runsAgain("B.", "Second.");
    }

    private static void namesThatLibrariesComplete() {
        when(
                        "a template of an engine with a folder and an extension",
                        eval("Ai.run(\"/templates~\", \".hbs\").concat(Ai.run(\"capital~\"))"))
                .file("templates~/capital~.hbs", "Calm.")
                .file("templates~/other.hbs", "Other.")
                .runsAgain("Calm.", "Quiet.");
        when("another template of the engine", eval("Ai.run(\"/templates~\", \".hbs\").concat(Ai.run(\"capital~\"))"))
                .file("templates~/capital~.hbs", "Calm.")
                .file("templates~/other.hbs", "Other.")
                .runsNothingAgain("Other.", "Else.");
        when("a template whose extension the engine knows", eval("Ai.run(\"of~/capital~\")"))
                .file("of~/capital~.hbs", "Calm.")
                .runsAgain("Calm.", "Quiet.");
        when(
                        "messages in another language",
                        "class AnEval { @Eval Object answer(String in) { Messages all = new Messages(); all.setBasename(\"words~\"); return all; } }")
                .file("words~.properties", "a=calm")
                .file("words~_de.properties", "a=ruhig")
                .runsAgain("ruhig", "still");
        when(
                        "messages in another language, of which one is read by its name, too",
                        "class AnEval { @Eval Object answer(String in) { Messages all = new Messages(); all.setBasename(\"words~\"); return List.of(all, one(\"_en\")); }"
                                + " Object one(String language) { return Help.load(\"words~\" + language + \".properties\"); } }",
                        LOAD)
                .file("words~_en.properties", "a=calm")
                .file("words~_de.properties", "a=ruhig")
                .runsAgain("ruhig", "still");
        when("a file that need not be there", eval("Ai.run(\"optional:classpath:of~/a.md\")"))
                .file("of~/a.md", "A.")
                .runsAgain("A.", "First.");
    }

    private static void places() {
        when("a file below META-INF", eval("Help.load(\"/META-INF/prompts~/a.md\")"), LOAD)
                .file("META-INF/prompts~/a.md", "A.")
                .runsAgain("A.", "First.");
        when("a file beside the module", eval("Help.read(Path.of(\"../shared~/a.md\"))"), LOAD)
                .file("base:../shared~/a.md", "A.")
                .runsAgain("A.", "First.");
        when(
                        "a file beside another class",
                        eval("p~.deep.Marker.class.getResource(\"plain\")"),
                        "package p~.deep; public class Marker {}")
                .file("p~/deep/plain", "A.")
                .runsAgain("A.", "First.");
    }

    private static void blindSpots() {
        String all = "class Of { static String all(List<String> names) { String all = \"\";"
                + " for (String name : names) { all += Help.load(name); } return all; } }";
        for (String reading : List.of(
                "Help.load(String.join(\"/\", \"of\", in))",
                "Help.read(Path.of(String.valueOf(in)))",
                "Help.read(Path.of(\"of\").resolve(in))",
                "Help.load(new Scanner(in).next())",
                "List.of(in).stream().map(name -> Help.load(name)).toList()",
                "Of.all(List.of(in))",
                "new File(\"of\").listFiles().length",
                "Files.walkFileTree(Path.of(in), new SimpleFileVisitor<>() {})",
                "ClassLoader.getSystemResource(in)",
                "AnEval.class.getClassLoader().resources(in).count()",
                "java.nio.channels.FileChannel.open(Path.of(in)).size()")) {
            when(reading, eval(reading + " + Help.load(\"/named~.md\")"), LOAD, all)
                    .file("named~.md", "named")
                    .isTold();
        }
    }

    @TempDir
    static Path folder;

    private static List<Slice> before;
    private static final List<List<Slice>> AFTER = new ArrayList<>();

    @BeforeAll
    static void slice_all_then_edit_one_half_then_the_other() {
        before = slices(number -> false);
        AFTER.add(slices(number -> number % 2 == 0));
        AFTER.add(slices(number -> number % 2 == 1));
    }

    private static List<Slice> slices(IntPredicate edited) {
        Project project = new Project(folder.resolve("app"));
        library(project);
        PIECES.forEach(piece -> piece.addTo(project, edited.test(piece.number)));
        return project.with(
                "p0.AnEval",
                (code, first) -> PIECES.stream()
                        .map(piece -> {
                            try {
                                Class<?> suite = first.getClassLoader().loadClass("p" + piece.number + ".AnEval");
                                return code.slice(Project.roots(suite, "answer"));
                            } catch (ClassNotFoundException e) {
                                throw new IllegalArgumentException(e);
                            }
                        })
                        .toList());
    }

    private static void library(Project project) {
        for (String annotation : List.of("Bean", "Configuration", "Description", "Tool")) {
            project.librarySource(
                    "package lib; import java.lang.annotation.*; @Retention(RetentionPolicy.RUNTIME) public @interface "
                            + annotation + " { String value() default \"\"; }");
        }
        project.librarySource("package lib; public interface Listener { void onAnswer(String answer); }")
                .librarySource("package lib; public class EchoModel { public String chat(String s) { return s; }"
                        + " public Object register(Listener l) { return l; } }")
                .librarySource("package lib; public class Messages { public void setBasename(String s) {} }")
                .librarySource(
                        "package lib; public class Ai { public static String run(Object... o) { return \"\"; }"
                                + " public static <T> T make(Class<T> type) { return null; } public static <T> T find() { return null; } }");
    }

    static Stream<Piece> pieces() {
        return PIECES.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pieces")
    void runs_again_what_it_can_affect_and_nothing_else(Piece piece) {
        for (int half = 0; half < 2; half++) {
            boolean edited = piece.number % 2 == half;
            Slice old = before.get(piece.number);
            Slice now = AFTER.get(half).get(piece.number);
            assertThat(!now.parts().equals(old.parts()) || !now.resources().equals(old.resources()))
                    .as(() -> old.resources() + " " + old.notSeen())
                    .isEqualTo(edited && piece.runsAgain);
        }
        if (piece.isTold) {
            assertThat(before.get(piece.number).notSeen()).isNotEmpty();
        }
    }
}
