package org.juniteval;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A requirement on a figure of the whole eval, over all its cases and samples. It is a test of its own in the tree.
 *
 * <pre>{@code
 * @Eval
 * @Gate(statistic = Statistic.CASE_PASS_RATE, atLeast = 0.95)              // of the samples' verdicts
 * @Gate(scorer = "exact", statistic = Statistic.STDDEV, atMost = 0.2)      // a scorer of the suite
 * @Gate(scorer = "cost", atMost = 0.002)                                   // US dollars a sample, in the mean
 * @Gate(scorer = "latency", statistic = Statistic.MEDIAN, atMost = 1.5)    // seconds
 * String answersCapital(String country) {
 *     return model.chat(country);
 * }
 *
 * @Scorer
 * @Gate(atLeast = 0.9)                                                     // the scorer's own mean
 * boolean exact(String answer, @Expected String capital) {
 *     return answer.equals(capital);
 * }
 * }</pre>
 *
 * <p>On a suite it holds for every eval by itself, on an {@link Eval} for that one, on a {@link Scorer} for every eval
 * that it scores. Gates add up: those of a method do not replace those of the class.
 *
 * <h2>What it lifts</h2>
 * Without a gate, every scorer's requirement holds on every sample. A gate says that the whole matters instead, so it
 * lifts requirements, and only these:
 * <ul>
 * <li>one with {@link #atLeast()} on {@link Statistic#MEAN MEAN}, {@link Statistic#MEDIAN MEDIAN},
 *     {@link Statistic#PASS_RATE PASS_RATE} or {@link Statistic#CASE_PASS_RATE CASE_PASS_RATE} lifts that of the scorer
 *     that it names: single misses are then shown as {@code tolerated by} the gate, which alone decides;
 * <li>such a gate that names no scorer speaks of the samples' verdicts, and lifts all scorers and
 *     {@link Samples#required()};
 * <li>{@link #atMost()} alone, {@link Statistic#MIN MIN}, {@link Statistic#MAX MAX}, {@link Statistic#STDDEV STDDEV},
 *     {@code cost}, {@code tokens} and {@code latency} lift nothing;
 * <li>a scorer with {@link Scorer#must()} is lifted by nothing.
 * </ul>
 *
 * <h2>Whether it passes</h2>
 * <ul>
 * <li>It passes where the observed value lies within its bounds; a value equal to a bound does.
 * <li>Where samples are faults, it is tried with all of them scored 0 and all of them scored 1: if both agree, that is
 *     the verdict, else it fails as undecided.
 * <li>Where not all cases ran (a filter, a limit, a cancelled run), it is {@code not decided:} and shown as aborted,
 *     never as passed.
 * <li>Where nothing was scored because every sample abstained, it fails.
 * </ul>
 *
 * <h2>Faults of the suite</h2>
 * <ul>
 * <li>A {@link #scorer()} or {@link #variant()} that does not exist: the text names those that do.
 * <li>Neither {@link #atLeast()} nor {@link #atMost()}: a gate that cannot fail.
 * <li>An {@link #atLeast()} of 0 where it lifts requirements: it would excuse every miss. Require more, or write
 *     {@link Samples#required() required = 0} to measure only.
 * <li>A pass rate of a scorer that has no requirement: give it a {@link Scorer#threshold() threshold}.
 * <li>A {@link Statistic#CASE_PASS_RATE CASE_PASS_RATE} where {@link Samples#required() required} is 0: every case
 *     passes. Require at least 1, or ask for the {@code PASS_RATE}.
 * <li>Two gates of one name on an eval: give one a {@link #name()}, or put both bounds into one gate.
 * </ul>
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Repeatable(Gate.List.class)
public @interface Gate {

    /**
     * {@return the scorer, {@code scorer.name} for one of a scorer's named scores, or what the engine measures on each
     * sample by itself: {@code cost} (US dollars), {@code tokens} (read and written), {@code latency} (seconds)} Empty,
     * the default: the scorer that carries the annotation, elsewhere the samples' verdicts (1 for a sample that passes,
     * 0 for one that does not).
     */
    String scorer() default "";

    /** {@return what is computed over all samples} */
    Statistic statistic() default Statistic.MEAN;

    /** {@return the least value allowed, in the scorer's unit} NaN, the default: no lower bound. */
    double atLeast() default Double.NaN;

    /** {@return the greatest value allowed, in the scorer's unit} NaN, the default: no upper bound. */
    double atMost() default Double.NaN;

    /** {@return the one variant that this gate speaks of; empty, the default: each variant is judged by itself} */
    String variant() default "";

    /**
     * {@return the gate's name in the test tree; empty, the default: statistic and scorer, such as {@code mean(exact)}}
     * It never holds the bound, so that a new bound does not look like a new test.
     */
    String name() default "";

    /** Holds several gates. */
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @Documented
    @Inherited
    @interface List {
        /** {@return the gates} */
        Gate[] value();
    }
}
