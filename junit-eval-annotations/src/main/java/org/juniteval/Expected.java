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
 * <p>A path is dotted, {@code address.city}; an element of an array is named by its index from 0, {@code history.0}.
 * The JSON is converted to the parameter's generic type by Jackson. What is absent or null in a row, or does not
 * convert, is a fault with file, line and column, found before the first call to a model; where it may be absent, take
 * an {@link java.util.Optional}.
 *
 * <p>On a parameter of an {@link Eval} it is a fault of the suite: the answer key never reaches the system under
 * evaluation. It is not part of a sample's fingerprint, so correcting an answer key calls no model; only
 * {@linkplain Scorer#cached() cached} scorers that take it are asked again.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Expected {

    /** {@return the path inside the field; empty, the default: the whole field} */
    String value() default "";
}
