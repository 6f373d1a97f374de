package org.juniteval;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * How many independent samples of each case are taken, and how many of them must pass. A model answers differently from
 * call to call; one sample says little about how often it is right.
 *
 * <pre>{@code
 * @Samples(5)                          // 5 samples, all of which must pass
 * @Samples(value = 5, required = 4)    // a case passes when 4 of its 5 samples do
 * @Samples(value = 5, required = 0)    // measures only: no miss fails, except of a must scorer
 * }</pre>
 *
 * <p>On a class it holds for every eval of the suite; on an {@link Eval} method it replaces that of the class. Without
 * it one sample is taken, which must pass.
 *
 * <p>A sample passes when every scorer's requirement is met. With {@link #required()} below {@link #value()} each case
 * has a further leaf, {@code verdict}, that decides it; a sample's miss is then shown as tolerated, not failed, except
 * that of a scorer with {@link Scorer#must()}. A {@link Gate} that names no scorer and has a lower bound lifts the case
 * rule as well.
 *
 * <p>Samples are stored each by itself: going from 3 to 5 calls the model for the two new ones only.
 *
 * <p>The key {@code eval.samples} overrides the number for a run; {@link #required()} then keeps its share, rounded up
 * (4 of 5 become 8 of 10, or 3 of 3).
 *
 * <p>Faults of the suite: a {@link #value()} below 1; a {@link #required()} above it or below −1.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
public @interface Samples {

    /** {@return the number of samples of a case; at least 1} */
    int value();

    /** {@return how many of them must pass for the case to pass, 0 to {@link #value()}; −1, the default: all} */
    int required() default -1;
}
