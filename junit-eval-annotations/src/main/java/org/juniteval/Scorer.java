package org.juniteval;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a method that takes an output and returns its score. The scorer's name is the method's name. */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Scorer {

    /** The least value, in [0, 1], that a numeric score must reach; NaN: the number only measures. */
    double threshold() default Double.NaN;

    /** Whether nothing can lift this scorer's requirement: no count of required samples, no gate. */
    boolean must() default false;

    /** Whether the score is stored like an answer; for scorers that call a model. */
    boolean cached() default false;

    /** How often a cached scorer is asked about one output; its score is the mean. At least 1. */
    int runs() default 1;

    /** Names of the evals that this scorer scores; empty: every eval of the suite. */
    String[] evals() default {};
}
