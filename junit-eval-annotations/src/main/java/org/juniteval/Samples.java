package org.juniteval;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** How many independent samples of each case are taken, and how many of them must pass. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
public @interface Samples {

    /** The number of samples of a case; at least 1. */
    int value();

    /** How many of them must pass for the case to pass, 0 to {@link #value()}; −1: all. 0 measures only. */
    int required() default -1;
}
