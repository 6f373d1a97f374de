package org.juniteval;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A requirement on an aggregate of the whole eval. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Repeatable(Gate.List.class)
public @interface Gate {

    /** The scorer, or {@code cost}, {@code tokens}, {@code latency}; empty: the samples' verdicts, or the scorer that carries the annotation. */
    String scorer() default "";

    /** What is computed over all samples. */
    Statistic statistic() default Statistic.MEAN;

    /** The least value allowed; NaN: no lower bound. */
    double atLeast() default Double.NaN;

    /** The greatest value allowed; NaN: no upper bound. Cost in US dollars, latency in seconds. */
    double atMost() default Double.NaN;

    /** The one variant that this gate speaks of; empty: each variant is judged by itself. */
    String variant() default "";

    /** The gate's name in the test tree; empty: statistic and scorer, such as {@code mean(exact)}. */
    String name() default "";

    /** Holds several gates. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @Inherited
    @interface List {
        /** The gates. */
        Gate[] value();
    }
}
