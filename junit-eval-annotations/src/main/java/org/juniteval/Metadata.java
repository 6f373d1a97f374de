package org.juniteval;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Binds a parameter of a {@link Scorer} to the row's metadata, or to a path inside it.
 *
 * <pre>{@code
 * // {"id": "7", "input": "…", "metadata": {"maxWords": 20, "source": {"page": 12}}}
 * @Scorer
 * boolean concise(String answer, @Metadata("maxWords") int maxWords, @Metadata Map<String, Object> all) {
 *     return answer.split("\\s+").length <= maxWords || all.containsKey("lenient");
 * }
 * }</pre>
 *
 * <p>The JSON is converted to the parameter's generic type by Jackson. A path that a row does not have, or a value that
 * does not convert, is a fault with file, line and column, found before the first call to a model; where it may be
 * absent, take {@link java.util.Optional}.
 *
 * <p>On a parameter of an {@link Eval} it is a fault of the suite; what the system under evaluation may know belongs
 * into the input. It is not part of a sample's fingerprint.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Metadata {

    /** {@return the dotted path inside the field, such as {@code address.city}; empty, the default: the whole field} */
    String value() default "";
}
