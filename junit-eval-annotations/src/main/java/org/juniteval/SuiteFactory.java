package org.juniteval;

import java.util.Optional;

/** Makes the one instance of a suite; found by {@link java.util.ServiceLoader}. */
public interface SuiteFactory {

    /**
     * Makes the instance, or leaves the class to the next factory.
     *
     * @param suite the suite's class
     * @return the instance, or empty where this factory does not know the class
     * @throws Exception if the instance cannot be made
     */
    Optional<Object> create(Class<?> suite) throws Exception;
}
