package org.juniteval.engine.suite;

import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** Calls of user code: what it throws comes out as it was thrown. */
final class Invocation {

    private Invocation() {}

    static Object invoke(Method method, Object target, Object... arguments) throws Throwable {
        try {
            method.setAccessible(true);
        } catch (InaccessibleObjectException closed) {
            throw new SuiteFault(
                    Place.text(method) + " cannot be called: open its package to org.juniteval in module-info", closed);
        }
        try {
            return method.invoke(Modifier.isStatic(method.getModifiers()) ? null : target, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }

    /** The stage's result; an interrupt cancels what it stands for, as far as that can be cancelled. */
    static Object await(CompletionStage<?> stage) throws Throwable {
        CompletableFuture<?> future = stage.toCompletableFuture();
        try {
            return future.get();
        } catch (InterruptedException interrupted) {
            future.cancel(true);
            throw interrupted;
        } catch (CancellationException cancelled) {
            throw cancelled;
        } catch (ExecutionException failed) {
            Throwable cause = failed;
            while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                    && cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw cause;
        }
    }
}
