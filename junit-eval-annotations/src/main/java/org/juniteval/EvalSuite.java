package org.juniteval;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.platform.commons.annotation.Testable;

/**
 * Marks a class as a suite: the evals of one subject, with their scorers.
 *
 * <pre>{@code
 * @EvalSuite
 * @Dataset("capitals.jsonl")
 * @Samples(value = 5, required = 4)
 * class CapitalsEval {
 *
 *     private final ChatModel model = Models.local();
 *
 *     @Eval
 *     String answersCapital(String country) {
 *         return model.chat("What is the capital of " + country + "? Answer with its name only.");
 *     }
 *
 *     @Scorer
 *     boolean exact(String answer, @Expected String capital) {
 *         return answer.equals(capital);
 *     }
 * }
 * }</pre>
 *
 * <p>A suite has at least one {@link Eval}; each eval has at least one {@link Scorer} and a {@link Dataset}.
 * {@link Samples}, {@link Gate}, {@link Variants} and {@link Fingerprint} are optional.
 *
 * <h2>How a suite is found</h2>
 * In an IDE by the green arrow; on the JUnit Platform by class, package and method selectors like a test class. By
 * custom its name ends in {@code Eval}, which Surefire's default patterns do not include: a plain {@code mvn test}
 * spends no money. Every eval carries the tag {@code eval}, so that a build which scans all classes can leave evals
 * out. The annotation is inherited: a subclass of a suite is a suite.
 *
 * <h2>The instance</h2>
 * There is one instance of a suite, <strong>used by many threads at once</strong>: keep its fields final and what they
 * hold thread-safe. It is made by a {@link SuiteFactory}, or else by the constructor without parameters, and closed
 * after the last sample if it is {@link AutoCloseable}.
 *
 * <h2>Annotations of JUnit Jupiter</h2>
 * These mean here what they mean there, superclass first:
 * <ul>
 * <li>{@code @DisplayName}, {@code @Tag}, {@code @Disabled} on suites and evals;
 * <li>{@code @Timeout} on suites and evals, the nearer one wins: the time for one sample, its scorers included
 *     ({@code eval.timeout}, 60 s, where there is none);
 * <li>{@code @BeforeAll} and {@code @AfterAll}, static or not. A suite that has one overlaps no other suite. A
 *     {@code TestAbortedException} in {@code @BeforeAll} skips the suite;
 * <li>{@code @EnabledIf…} and {@code @DisabledIf…} on environment variables and system properties.
 * </ul>
 * Any other annotation of {@code org.junit.jupiter}, and a {@code @Test} in the suite, is a fault that names the
 * alternative: a condition ignored in silence would spend money.
 *
 * <h2>Faults of a suite</h2>
 * Whatever cannot work is found before the first call to a model and reported all at once, as a failing leaf below each
 * eval; other suites run. Each annotation's page says what its faults are. An eval in which nothing can fail is one
 * too: give a scorer a {@link Scorer#threshold() threshold} or the eval a {@link Gate}, or say {@code required = 0} in
 * {@link Samples} to measure only.
 *
 * @see org.juniteval
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@Testable
public @interface EvalSuite {}
