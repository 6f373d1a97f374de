package org.juniteval;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binds a parameter of a {@link Scorer} to the row's expected answer, or to a path inside it.
 *
 * <pre>{@code
 * // {"id": "7", "input": "…", "expected": {"label": "billing", "also": ["refund"]}}
 * @Scorer
 * boolean label(Answer answer, @Expected("label") String label, @Expected("also") Optional<Set<String>> also) {
 *     return answer.label().equals(label) || also.orElse(Set.of()).contains(answer.label());
 * }
 * }</pre>
 *
 * <p>The JSON is converted to the parameter's generic type by Jackson. A path that a row does not have, or a value that
 * does not convert, is a fault with file, line and column, found before the first call to a model; where it may be
 * absent, take {@link java.util.Optional}.
 *
 * <p>On a parameter of an {@link Eval} it is a fault of the suite: the answer key never reaches the system under
 * evaluation. It is not part of a sample's fingerprint, so correcting an answer key calls no model; only
 * {@linkplain Scorer#cached() cached} scorers that take it are asked again.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Expected {

    /** {@return the dotted path inside the field, such as {@code address.city}; empty, the default: the whole field} */
    String value() default "";
}
