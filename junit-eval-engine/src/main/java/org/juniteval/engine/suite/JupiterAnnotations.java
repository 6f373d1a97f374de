package org.juniteval.engine.suite;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.platform.commons.support.AnnotationSupport;
import org.juniteval.Eval;

/**
 * Jupiter's annotations that mean nothing here. Each is a fault: a condition, an extension or a test that is ignored in
 * silence spends money or looks green. They are told by name, because not every project has all of Jupiter's modules.
 */
final class JupiterAnnotations {

    private static final Set<String> ON_SUITES_AND_EVALS = Set.of(
            "Tag",
            "Tags",
            "DisplayName",
            "Disabled",
            "Timeout",
            "EnabledIfEnvironmentVariable",
            "EnabledIfEnvironmentVariables",
            "DisabledIfEnvironmentVariable",
            "DisabledIfEnvironmentVariables",
            "EnabledIfSystemProperty",
            "EnabledIfSystemProperties",
            "DisabledIfSystemProperty",
            "DisabledIfSystemProperties");

    private static final Set<String> ON_OTHER_METHODS = Set.of("BeforeAll", "AfterAll");

    private static final String CONDITION = "use @EnabledIfEnvironmentVariable or @EnabledIfSystemProperty";

    private static final Map<String, String> INSTEAD = Map.ofEntries(
            Map.entry("Test", "use @Eval here and keep tests in a class of their own"),
            Map.entry("TestFactory", "use @Eval with a @Dataset"),
            Map.entry("TestTemplate", "use @Eval with a @Dataset"),
            Map.entry("ParameterizedTest", "use @Eval with a @Dataset"),
            Map.entry("ParameterizedClass", "use @Variants on a parameter of the @Eval"),
            Map.entry("RepeatedTest", "use @Eval with @Samples"),
            Map.entry("BeforeEach", "use @BeforeAll, or begin the @Eval with it: samples run side by side"),
            Map.entry("AfterEach", "use @AfterAll, or end the @Eval with it: samples run side by side"),
            Map.entry("TestInstance", "leave it out: a suite always has one instance"),
            Map.entry("ExtendWith", "provide the suite's instance by a SuiteFactory"),
            Map.entry("RegisterExtension", "provide the suite's instance by a SuiteFactory"),
            Map.entry("Nested", "use a static nested class or one of its own"),
            Map.entry("TempDir", "use Files.createTempDirectory"),
            Map.entry("Execution", "use the configuration parameter eval.concurrency"),
            Map.entry("ResourceLock", "use a lock in the @Eval, or eval.concurrency = 1"),
            Map.entry("Isolated", "use @BeforeAll, whose suites overlap no other"),
            Map.entry("Order", "leave it out: evals run side by side"),
            Map.entry("TestMethodOrder", "leave it out: evals run side by side"),
            Map.entry("TestClassOrder", "leave it out: suites run side by side"),
            Map.entry("DisplayNameGeneration", "use @DisplayName"),
            Map.entry("IndicativeSentencesGeneration", "use @DisplayName"));

    private final Consumer<String> faults;

    private JupiterAnnotations(Consumer<String> faults) {
        this.faults = faults;
    }

    /** Looks at the class, what it inherits from, and at all their members. */
    static void check(Class<?> suite, Consumer<String> faults) {
        JupiterAnnotations check = new JupiterAnnotations(faults);
        for (Class<?> type : Hierarchy.of(suite)) {
            check.look(type, type.getSimpleName(), ON_SUITES_AND_EVALS);
            for (Class<?> member : type.getDeclaredClasses()) {
                check.lookForNested(member);
            }
            for (Field field : type.getDeclaredFields()) {
                check.look(field, type.getSimpleName() + "." + field.getName(), Set.of());
            }
            for (Method method : type.getDeclaredMethods()) {
                if (!method.isSynthetic()) {
                    check.look(method);
                }
            }
        }
    }

    /** Of a class inside the suite only this is its business: else the class may be a suite or a test of its own. */
    private void lookForNested(Class<?> member) {
        strangers(member, Set.of()).stream()
                .filter(name -> name.endsWith(".Nested"))
                .forEach(name -> tell(member.getSimpleName(), Set.of(name)));
    }

    private void look(Method method) {
        boolean eval = AnnotationSupport.isAnnotated(method, Eval.class);
        Set<String> found = strangers(method, eval ? ON_SUITES_AND_EVALS : ON_OTHER_METHODS);
        for (Parameter parameter : method.getParameters()) {
            found.addAll(strangers(parameter, Set.of()));
        }
        if (!found.isEmpty()) {
            tell(Place.text(method), found);
        }
    }

    private void look(AnnotatedElement element, String place, Set<String> allowed) {
        tell(place, strangers(element, allowed));
    }

    private void tell(String place, Set<String> found) {
        for (String name : found) {
            String simple = name.substring(name.lastIndexOf('.') + 1);
            boolean elsewhere = ON_SUITES_AND_EVALS.contains(simple) || ON_OTHER_METHODS.contains(simple);
            faults.accept(place + " has @" + simple + " of Jupiter, which an eval suite does not honour"
                    + (elsewhere ? " there" : "") + ": " + instead(simple, elsewhere));
        }
    }

    private static String instead(String simple, boolean elsewhere) {
        if (elsewhere) {
            return ON_OTHER_METHODS.contains(simple)
                    ? "put it on a method of its own"
                    : "put it on the @EvalSuite class or on an @Eval method";
        }
        boolean condition = simple.startsWith("EnabledIf")
                || simple.startsWith("DisabledIf")
                || simple.startsWith("EnabledOn")
                || simple.startsWith("DisabledOn")
                || simple.startsWith("EnabledFor")
                || simple.startsWith("DisabledFor");
        return INSTEAD.getOrDefault(simple, condition ? CONDITION : "remove it");
    }

    private static Set<String> strangers(AnnotatedElement element, Set<String> allowed) {
        Set<String> found = new LinkedHashSet<>();
        collect(element, allowed, found, new HashSet<>());
        return found;
    }

    private static void collect(AnnotatedElement element, Set<String> allowed, Set<String> found, Set<Class<?>> seen) {
        List<Class<? extends Annotation>> others = new ArrayList<>();
        for (Annotation annotation : element.getDeclaredAnnotations()) {
            Class<? extends Annotation> type = annotation.annotationType();
            if (!seen.add(type)) {
                continue;
            }
            if (!type.getName().startsWith("org.junit.jupiter.")) {
                others.add(type);
            } else if (!allowed.contains(type.getSimpleName())) {
                found.add(type.getName());
            }
        }
        others.forEach(type -> collect(type, allowed, found, seen));
    }
}
