package org.juniteval;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method that takes an output and returns its score. The scorer's name is the method's name. Scorers run on
 * every run, whether the answer is new or stored.
 *
 * <pre>{@code
 * @Scorer
 * boolean exact(String answer, @Expected String capital) {
 *     return answer.equals(capital);
 * }
 *
 * @Scorer(threshold = 0.8)
 * double recall(List<String> found, @Expected("relevant") Set<String> relevant) {
 *     return relevant.stream().filter(found::contains).count() / (double) relevant.size();
 * }
 *
 * @Scorer(must = true)
 * void polite(String answer) {
 *     assertThat(answer).doesNotContain("stupid");
 * }
 *
 * @Scorer(cached = true, runs = 3, threshold = 0.7)
 * Score faithful(String answer, @Input("context") String context) {
 *     Opinion opinion = judge.ask(answer, context);
 *     return Score.of(opinion.grade(), opinion.why());
 * }
 * }</pre>
 *
 * <h2>Parameters</h2>
 * <ul>
 * <li>the output: the first parameter without annotation, required. Its type must fit what the eval returns, generics
 *     included; for a {@code CompletionStage<T>} that is {@code T};
 * <li>{@link Input}, {@link Expected}, {@link Metadata}: fields of the row, or paths inside them;
 * <li>{@link Variants}: the variant's value, declared as in the eval;
 * <li>{@link SampleContext}.
 * </ul>
 *
 * <h2>Return types</h2>
 * <table>
 * <caption>What a scorer may return, and when it misses its requirement</caption>
 * <tr><th>Type</th><th>Score</th><th>Requirement</th></tr>
 * <tr><td>{@code boolean}</td><td>1 or 0</td><td>must be true</td></tr>
 * <tr><td>{@code double}</td><td>the number, in [0, 1]</td>
 *     <td>must reach {@link #threshold()}; without one the number only measures</td></tr>
 * <tr><td>{@link Score}</td><td>its value, with reason and details</td>
 *     <td>a yes or no like {@code boolean}, a number like {@code double}; none where it abstains</td></tr>
 * <tr><td>{@code void}</td><td>1, or 0 after an {@link AssertionError}, whose message is the reason</td>
 *     <td>no assertion may fail</td></tr>
 * <tr><td>{@code Map<String, …>} of named scores</td>
 *     <td>each by itself as {@code scorer.name}, such as {@code fields.total}; the scorer's own score is their
 *         mean</td>
 *     <td>that of the mean, where there is a {@link #threshold()}; without one each yes or no among them must be a
 *         yes</td></tr>
 * </table>
 * A value outside [0, 1], NaN or infinite is a fault that names the scorer. Whatever a scorer throws but an
 * {@code AssertionError} out of {@code void} is a fault as well, except {@code TestAbortedException}: it abstains.
 * Faults are neither left out of a mean nor counted as 0: what they leave open fails as undecided.
 *
 * <h2>What a miss does</h2>
 * A scorer's requirement holds on every sample; a miss fails its test, until something lifts it: a
 * {@linkplain Samples#required() number of required samples}, or a {@link Gate} that speaks of the scorer or of the
 * samples. A lifted miss is still shown, as aborted and with the words {@code tolerated by}.
 *
 * <h2>Faults of the suite</h2>
 * <ul>
 * <li>Two parameters without annotation: the first is the output, the whole input is {@code @Input}.
 * <li>No parameter takes the output, or it does not fit an eval of the suite: name the evals that it does fit in
 *     {@link #evals()}.
 * <li>A {@link #threshold()} outside [0, 1], or {@link #runs()} below 1.
 * <li>{@link #evals()} holds a name that no eval has.
 * <li>Two scorers have the same name, or one is called {@code cost}, {@code tokens} or {@code latency}: these the
 *     engine measures itself.
 * </ul>
 *
 * <p>A scorer may be inherited, also from an interface whose type variables a suite fills in:
 * <pre>{@code
 * interface Concise<T extends CharSequence> {
 *
 *     @Scorer
 *     default boolean concise(T answer) {
 *         return answer.length() <= 200;
 *     }
 * }
 * }</pre>
 *
 * <p>May stand on an annotation of your own, which then means the same.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Scorer {

    /**
     * {@return the least value, in [0, 1], that a numeric score must reach} NaN, the default: the number only measures.
     */
    double threshold() default Double.NaN;

    /**
     * {@return whether nothing lifts this scorer's requirement: no
     * {@linkplain Samples#required() number of required samples}, no {@link Gate}} One miss fails.
     */
    boolean must() default false;

    /**
     * {@return whether the score is stored as answers are; for scorers that call a model} It is given anew when the
     * output, what the scorer's parameters take, or code or resources within its reach have changed.
     */
    boolean cached() default false;

    /**
     * {@return how often a {@linkplain #cached() cached} scorer is asked about one output; at least 1} Its score is the
     * mean, and the spread between runs is kept apart from that between samples. Each {@linkplain Score#detail detail} is
     * the list of what the runs that gave a score said, in their order.
     */
    int runs() default 1;

    /** {@return the names of the evals that this scorer scores; empty, the default: every eval of the suite} */
    String[] evals() default {};
}
