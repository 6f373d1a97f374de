package org.juniteval.engine.suite;

import java.lang.reflect.AnnotatedElement;
import java.util.Optional;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
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
        return Stream.of(
                        AnnotationSupport.findAnnotation(element, Disabled.class).stream()
                                .map(disabled -> or(disabled.value(), "@Disabled")),
                        AnnotationSupport.findRepeatableAnnotations(element, EnabledIfEnvironmentVariable.class).stream()
                                .filter(condition -> !holds(condition.matches(), System.getenv(condition.named())))
                                .map(condition -> or(
                                        condition.disabledReason(),
                                        "environment variable " + condition.named() + unmatched(condition.matches()))),
                        AnnotationSupport.findRepeatableAnnotations(element, DisabledIfEnvironmentVariable.class).stream()
                                .filter(condition -> holds(condition.matches(), System.getenv(condition.named())))
                                .map(condition -> or(
                                        condition.disabledReason(),
                                        "environment variable " + condition.named() + matched(condition.matches()))),
                        AnnotationSupport.findRepeatableAnnotations(element, EnabledIfSystemProperty.class).stream()
                                .filter(condition -> !holds(condition.matches(), System.getProperty(condition.named())))
                                .map(condition -> or(
                                        condition.disabledReason(),
                                        "system property " + condition.named() + unmatched(condition.matches()))),
                        AnnotationSupport.findRepeatableAnnotations(element, DisabledIfSystemProperty.class).stream()
                                .filter(condition -> holds(condition.matches(), System.getProperty(condition.named())))
                                .map(condition -> or(
                                        condition.disabledReason(),
                                        "system property " + condition.named() + matched(condition.matches()))))
                .flatMap(reasons -> reasons)
                .findFirst();
    }

    /** A pattern that is none would be a fault of the suite in Jupiter too; here it keeps the money. */
    private static boolean holds(String pattern, String value) {
        return value != null && value.matches(pattern);
    }

    private static String matched(String pattern) {
        return " matches " + pattern;
    }

    private static String unmatched(String pattern) {
        return " is not set or does not match " + pattern;
    }

    private static String or(String reason, String other) {
        return reason.isBlank() ? other : reason;
    }
}
