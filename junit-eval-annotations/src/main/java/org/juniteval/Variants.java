package org.juniteval;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Makes a parameter of an {@link Eval} one more axis: every case is run with each of its values. */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Variants {

    /** The method of the suite, without parameters, that returns a {@code Map<String, T>} of named values; empty: the parameter's enum constants. */
    String value() default "";
}
