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
 * <p>A path is dotted, {@code address.city}; an element of an array is named by its index from 0, {@code history.0}.
 * The JSON is converted to the parameter's generic type by Jackson. What is absent or null in a row, or does not
 * convert, is a fault with file, line and column, found before the first call to a model; where it may be absent, take
 * an {@link java.util.Optional}.
 *
 * <p>On a parameter of an {@link Eval} it is a fault of the suite; what the system under evaluation may know belongs
 * into the input. It is not part of a sample's fingerprint.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Metadata {

    /** {@return the path inside the field; empty, the default: the whole field} */
    String value() default "";
}
