/**
 * What an eval suite mentions: its annotations, and the few types that go with them.
 *
 * <p>A class with {@link org.juniteval.EvalSuite @EvalSuite} holds {@link org.juniteval.Eval @Eval} methods, the
 * systems under evaluation, and {@link org.juniteval.Scorer @Scorer} methods that judge what these return. A
 * {@link org.juniteval.Dataset @Dataset} gives the rows. {@link org.juniteval.EvalSuite} shows a whole suite.
 *
 * <h2>Words</h2>
 * <dl>
 * <dt>case</dt><dd>one row of a dataset</dd>
 * <dt>sample</dt><dd>one run of an eval on a case, scored; {@link org.juniteval.Samples} says how many there are</dd>
 * <dt>score</dt><dd>what one scorer says of one sample, in [0, 1]</dd>
 * <dt>requirement</dt><dd>what a score must be: a yes, or a number that reaches its threshold</dd>
 * <dt>miss</dt><dd>a score that does not meet its requirement: a wrong answer</dd>
 * <dt>fault</dt><dd>something that could not be judged: an eval or scorer threw or ran out of time. A fault of a suite
 *     or dataset is a mistake in it, found before anything runs</dd>
 * <dt>gate</dt><dd>a requirement on a figure of the whole eval: {@link org.juniteval.Gate}</dd>
 * <dt>verdict</dt><dd>the outcome of a case or a gate</dd>
 * <dt>variant</dt><dd>one value of a {@link org.juniteval.Variants} parameter, or one combination of several</dd>
 * <dt>fingerprint</dt><dd>a hash of all that an answer depends on; a sample whose fingerprint is known is not run
 *     again: {@link org.juniteval.Fingerprint}</dd>
 * </dl>
 *
 * <h2>When the build fails</h2>
 * Every scorer's requirement holds on every sample, until a number of required samples or a gate lifts it. The build
 * fails where the requirement stands; below it a miss is shown, not failed. Faults always show as errors.
 */
package org.juniteval;
