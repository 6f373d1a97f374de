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
 * that is the output; the whole input is {@code @Input} without a path.
 *
 * <p>The JSON is converted to the parameter's generic type by Jackson. A path that a row does not have, or a value that
 * does not convert, is a fault with file, line and column, found before the first call to a model; where it may be
 * absent, take {@link java.util.Optional}.
 *
 * <p>Only what an eval takes is part of a sample's fingerprint: a part that no parameter names may change without a new
 * call.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Input {

    /** {@return the dotted path inside the field, such as {@code address.city}; empty, the default: the whole field} */
    String value() default "";
}
