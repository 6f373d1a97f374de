package org.juniteval;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.platform.commons.annotation.Testable;

/**
 * Marks the method that is the system under evaluation: input in, output out. It is called once for each sample of each
 * case, and each variant where there are {@link Variants}.
 *
 * <pre>{@code
 * @Eval
 * String answersCapital(String country) {          // the row's whole input
 *     return model.chat("What is the capital of " + country + "?");
 * }
 *
 * @Eval
 * CompletionStage<Answer> answersFrom(@Input("context") String context, @Input("question") String question) {
 *     return model.answer(context, question);      // parts of the input; an output that comes later
 * }
 *
 * @Eval
 * List<String> retrieves(Query query, @Variants Ranking ranking, SampleContext sample) {
 *     return index.search(query.text(), ranking, sample.random());
 * }
 * }</pre>
 *
 * <h2>Parameters</h2>
 * At least one, and nothing but these:
 * <ul>
 * <li>the whole input, as one parameter without annotation, <em>or</em> any number of {@link Input} parts;
 * <li>any number of {@link Variants};
 * <li>{@link SampleContext}.
 * </ul>
 * JSON is converted to the parameter's generic type by Jackson. {@link Expected} and {@link Metadata} are refused: the
 * answer key never reaches the system under evaluation.
 *
 * <h2>Output</h2>
 * Any type that Jackson can write <em>and read back</em>, or a {@link java.util.concurrent.CompletionStage} of one. The
 * output is stored as JSON, and {@linkplain Scorer scorers} always get what was read back, on the first run as on every
 * later one. {@code null} is a fault of the sample: return {@link java.util.Optional} or a type that says "nothing".
 *
 * <h2>When it is not called</h2>
 * An answer is stored as soon as the method returns. A sample whose fingerprint is known is scored from the store: same
 * suite and eval, same case and sample number, same input and variant, same code and resources of the project within
 * the eval's reach, same {@link Fingerprint} values. What the method depends on beyond these (a model's version, a
 * server's state, the environment) must be declared by a {@link Fingerprint} method.
 *
 * <h2>When it throws</h2>
 * The sample is a fault, an error and not a wrong answer, and is not stored: the next run tries it again. An
 * {@link AssertionError} is a fault as well; judging is a scorer's task. After {@code TestAbortedException} the sample
 * counts as not run. At the {@linkplain SampleContext#deadline() deadline} the thread is interrupted.
 *
 * <h2>Faults of the suite</h2>
 * <table>
 * <caption>What is refused before the first call, and the cure</caption>
 * <tr><th>Fault</th><th>Cure</th></tr>
 * <tr><td>no parameter</td><td>take the input</td></tr>
 * <tr><td>two parameters without annotation, or one beside {@code @Input}</td>
 *     <td>annotate each with {@code @Input("path")}</td></tr>
 * <tr><td>a parameter with {@code @Expected} or {@code @Metadata}</td><td>move it to a scorer</td></tr>
 * <tr><td>{@code void}, or a type that Jackson cannot read back</td>
 *     <td>return a record, or what the text of the fault proposes</td></tr>
 * <tr><td>two evals of one name</td><td>rename one: the name is the eval's address</td></tr>
 * <tr><td>no {@link Dataset}, no {@link Scorer}, nothing that can fail</td><td>add one</td></tr>
 * </table>
 *
 * <p>May stand on an annotation of your own, which then means the same.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Testable
public @interface Eval {}
