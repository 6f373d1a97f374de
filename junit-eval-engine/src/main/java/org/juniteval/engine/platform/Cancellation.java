package org.juniteval.engine.platform;

import java.lang.reflect.Method;
import java.util.function.BooleanSupplier;
import org.junit.platform.engine.ExecutionRequest;

/** The Platform's cancellation token, which is there from JUnit 6.0 on: looked up by reflection. */
final class Cancellation {

    private Cancellation() {}

    /** Whether the run was cancelled; never, where the Platform has no token. */
    static BooleanSupplier of(ExecutionRequest request) {
        try {
            Object token =
                    ExecutionRequest.class.getMethod("getCancellationToken").invoke(request);
            Method requested =
                    Class.forName("org.junit.platform.engine.CancellationToken").getMethod("isCancellationRequested");
            return () -> {
                try {
                    return (boolean) requested.invoke(token);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            };
        } catch (ReflectiveOperationException beforeJUnit6) {
            return () -> false;
        }
    }
}
