package org.juniteval;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a parameter of an {@link Eval} one more axis: every case is run with each of its values, and each variant has
 * its own branch in the test tree, its own figures and its own verdict on every {@link Gate}.
 *
 * <p>The values are the constants of the parameter's enum, or a map that a method of the suite makes, whose keys are
 * the variants' names:
 * <pre>{@code
 * enum Style { TERSE, POLITE }
 *
 * static Map<String, ChatModel> models() {
 *     return Map.of("small", Models.small(), "large", Models.large());
 * }
 *
 * @Eval
 * String answers(String question, @Variants("models") ChatModel model, @Variants Style style) {
 *     return model.chat(question, style);
 * }
 * }</pre>
 * Several parameters make a product, here of four variants. {@code eval.variants} runs some of them. They come in the
 * order of the enum, or of the map where it has one, else by name.
 *
 * <p>A {@link Scorer} that depends on the variant declares the parameter with the same annotation and type as the eval
 * does.
 *
 * <p>The name is part of each sample's fingerprint, and the value where it is data. A value that is not, such as a
 * client, is known by its name and by the code that makes it: what else tells one model from the next belongs into the
 * name, or into a {@link Fingerprint} method.
 *
 * <p>Faults of the suite: a method that does not exist, takes parameters or does not return a {@code Map<String, T>}
 * whose values fit the parameter; no method named and no enum; no values at all; a name that is blank or holds a comma
 * or {@code ][}.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Variants {

    /**
     * {@return the name of the suite's method, without parameters, that returns a {@code Map<String, T>} of named
     * values} Empty, the default: the constants of the parameter's enum.
     */
    String value() default "";
}
