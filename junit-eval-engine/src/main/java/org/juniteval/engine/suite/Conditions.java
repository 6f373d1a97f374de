package org.juniteval.engine.suite;

import java.lang.reflect.AnnotatedElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.condition.DisabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.platform.commons.support.AnnotationSupport;

/** Jupiter's conditions that hold for suites and evals too. */
final class Conditions {

    private Conditions() {}

    /** Why the class or method is not to be run; empty where it is. */
    static Optional<String> disabled(AnnotatedElement element) {
        return AnnotationSupport.findAnnotation(element, Disabled.class)
                .map(disabled -> disabled.value().isBlank() ? "@Disabled" : disabled.value())
                .or(() -> of(element).stream()
                        .filter(condition -> condition.fault().isEmpty() && !condition.holds())
                        .map(Condition::reason)
                        .findFirst());
    }

    /** Conditions that can neither hold nor not. */
    static List<String> faults(AnnotatedElement element) {
        return of(element).stream()
                .map(Condition::fault)
                .flatMap(Optional::stream)
                .toList();
    }

    private static List<Condition> of(AnnotatedElement element) {
        List<Condition> conditions = new ArrayList<>();
        AnnotationSupport.findRepeatableAnnotations(element, EnabledIfEnvironmentVariable.class)
                .forEach(it -> conditions.add(variable(it.named(), it.matches(), true, it.disabledReason())));
        AnnotationSupport.findRepeatableAnnotations(element, DisabledIfEnvironmentVariable.class)
                .forEach(it -> conditions.add(variable(it.named(), it.matches(), false, it.disabledReason())));
        AnnotationSupport.findRepeatableAnnotations(element, EnabledIfSystemProperty.class)
                .forEach(it -> conditions.add(property(it.named(), it.matches(), true, it.disabledReason())));
        AnnotationSupport.findRepeatableAnnotations(element, DisabledIfSystemProperty.class)
                .forEach(it -> conditions.add(property(it.named(), it.matches(), false, it.disabledReason())));
        return conditions;
    }

    private static Condition variable(String name, String matches, boolean wanted, String reason) {
        return new Condition(
                "environment variable " + name, Optional.ofNullable(System.getenv(name)), matches, wanted, reason);
    }

    private static Condition property(String name, String matches, boolean wanted, String reason) {
        Optional<String> value = name.isEmpty() ? Optional.empty() : Optional.ofNullable(System.getProperty(name));
        return new Condition("system property " + name, value, matches, wanted, reason);
    }

    private record Condition(
            String subject, Optional<String> value, String matches, boolean wanted, String givenReason) {

        boolean holds() {
            return value.filter(text -> text.matches(matches)).isPresent() == wanted;
        }

        String reason() {
            return givenReason.isBlank()
                    ? subject + (wanted ? " is not set or does not match " : " matches ") + matches
                    : givenReason;
        }

        Optional<String> fault() {
            try {
                Pattern.compile(matches);
                return Optional.empty();
            } catch (PatternSyntaxException none) {
                return Optional.of("has a condition on " + subject + " with the pattern \"" + matches
                        + "\", which is none (" + none.getDescription() + "): write a regular expression");
            }
        }
    }
}
