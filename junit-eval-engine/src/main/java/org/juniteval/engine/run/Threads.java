package org.juniteval.engine.run;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/** Makes the threads that samples run on. */
final class Threads {

    private final boolean virtual;
    private int count;

    Threads(boolean virtual) {
        // Asked for where there are none, they are a fault of the configuration, which platform threads tell.
        this.virtual = virtual && virtualAreAvailable();
    }

    /** JDK 21 to 23 have virtual threads that block their carrier inside {@code synchronized}; 24 has not (JEP 491). */
    static boolean virtualAreAvailable() {
        return Runtime.version().feature() >= 24;
    }

    /** Starts a daemon thread with a name that says which of the threads it is. */
    synchronized Thread start(Runnable task) {
        String name = "eval-" + ++count;
        Thread thread = virtual ? virtual(name, task) : new Thread(task, name);
        if (!virtual) {
            thread.setDaemon(true);
        }
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        thread.start();
        return thread;
    }

    /** By reflection, because the engine is compiled for Java 17. */
    private static Thread virtual(String name, Runnable task) {
        try {
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            Class<?> builderType = Class.forName("java.lang.Thread$Builder$OfVirtual");
            Class<?> anyBuilder = Class.forName("java.lang.Thread$Builder");
            Object builder = lookup.findStatic(Thread.class, "ofVirtual", MethodType.methodType(builderType))
                    .invoke();
            MethodHandle named =
                    lookup.findVirtual(anyBuilder, "name", MethodType.methodType(anyBuilder, String.class));
            MethodHandle unstarted =
                    lookup.findVirtual(anyBuilder, "unstarted", MethodType.methodType(Thread.class, Runnable.class));
            return (Thread) unstarted.invoke(named.invoke(builder, name), task);
        } catch (Throwable e) {
            throw new IllegalStateException("This JDK has no virtual threads", e);
        }
    }
}
