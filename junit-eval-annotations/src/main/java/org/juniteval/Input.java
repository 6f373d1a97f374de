package org.juniteval;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binds a parameter of an {@link Eval} or a {@link Scorer} to the row's input, or to a path inside it.
 *
 * <pre>{@code
 * // {"id": "7", "input": {"question": "Who?", "user": {"language": "de"}, "history": ["Hello", "Hi"]}}
 * @Eval
 * String answers(
 *         @Input("question") String question,
 *         @Input("user.language") Optional<Locale> language,
 *         @Input("history") List<String> history) {
 *     return model.chat(question, language, history);
 * }
 * }</pre>
 *
 * <p>An eval that takes the whole input needs no annotation: one parameter without annotation is the input. In a scorer
 * that would be the output; there the whole input is {@code @Input} without a path.
 *
 * <p>A path is dotted, {@code address.city}; an element of an array is named by its index from 0, {@code history.0}.
 * The JSON is converted to the parameter's generic type by Jackson. What is absent or null in a row, or does not
 * convert, is a fault with file, line and column, found before the first call to a model; where it may be absent, take
 * an {@link java.util.Optional}.
 *
 * <p>Only what an eval takes is part of a sample's fingerprint: a part that no parameter names may change without a new
 * call.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Input {

    /** {@return the path inside the field; empty, the default: the whole field} */
    String value() default "";
}
