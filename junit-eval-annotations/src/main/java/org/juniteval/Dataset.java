package org.juniteval;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the rows of an eval; on a method it replaces that of the class. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
public @interface Dataset {

    /** Where the JSONL is: beside the class ({@code capitals.jsonl}), from the class path's root ({@code /x.jsonl}), {@code file:…}; globs allowed. */
    String[] value() default {};

    /** The rows themselves as JSONL, instead of {@link #value()}. */
    String rows() default "";

    /** The field that holds a row's id. */
    String id() default "id";

    /** The field, or fields, that make up the input; several become one object. */
    String[] input() default "input";

    /** The field that holds the expected answer. */
    String expected() default "expected";

    /** The field that holds the tags. */
    String tags() default "tags";

    /** The field that holds the metadata. */
    String metadata() default "metadata";
}
