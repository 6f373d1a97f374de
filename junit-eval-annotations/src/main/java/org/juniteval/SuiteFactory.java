package org.juniteval;

import java.util.Optional;

/**
 * Makes the one instance of a suite, for suites that a container wires. Found by {@link java.util.ServiceLoader}: name
 * the class in {@code META-INF/services/org.juniteval.SuiteFactory}.
 *
 * <pre>{@code
 * public final class WiredSuites implements SuiteFactory {
 *
 *     private final Container container = new Container("test.properties");
 *
 *     @Override
 *     public Optional<Object> create(Class<?> suite) {
 *         return suite.isAnnotationPresent(Wired.class)
 *                 ? Optional.of(container.instanceOf(suite))
 *                 : Optional.empty();
 *     }
 * }
 * }</pre>
 *
 * <p>Factories are asked in the order in which the loader finds them; the first that knows the class wins. Where none
 * does, the suite's constructor without parameters is called. An instance that is {@link AutoCloseable} is closed after
 * the suite's last sample.
 */
public interface SuiteFactory {

    /**
     * Makes the instance, or leaves the class to the next factory.
     *
     * @param suite the suite's class
     * @return an instance of that class, or empty where this factory does not know it
     * @throws Exception if the instance cannot be made; the suite then fails with it, and others run
     */
    Optional<Object> create(Class<?> suite) throws Exception;
}
