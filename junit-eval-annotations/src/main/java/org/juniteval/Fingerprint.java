package org.juniteval;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a method without parameters whose value joins the fingerprint of every sample of the suite: when it changes,
 * every answer is asked for anew. Of use for what code and resources cannot show.
 *
 * <pre>{@code
 * @Fingerprint
 * String modelVersion() {
 *     return System.getenv("MODEL_VERSION");
 * }
 *
 * @Fingerprint
 * Map<String, Object> settings() {
 *     return Map.of("temperature", model.temperature(), "topP", model.topP());
 * }
 *
 * @Fingerprint
 * Path glossary() {
 *     return Path.of("/srv/prompts/glossary.md");   // the file's content, not its name
 * }
 * }</pre>
 *
 * <p>The value is data that Jackson can write, or a {@link java.nio.file.Path}, which stands for what the file holds. A
 * suite may have several such methods, static or not.
 *
 * <p>The fingerprint of a sample already covers its input, its variant, its number, and the code and resources of the
 * project within the eval's reach. Not covered are the environment, system properties, what reflection finds, files
 * whose names are made at run time, and whatever stands behind an address. Do not return what differs from machine to
 * machine without changing an answer, such as a server's address; nor a credential.
 *
 * <p>Faults of the suite: a parameter; {@code void}; a value that Jackson cannot write; a file that is not there.
 *
 * <p>May stand on an annotation of your own, which then means the same.
 */
@Target({ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Fingerprint {}
