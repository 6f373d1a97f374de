package org.juniteval.engine.suite;

import java.util.function.Supplier;

/** A value that discovery does without and a run needs: made when first asked for, once. */
final class Lazy<T> {

    private final Supplier<T> maker;
    private volatile T value;

    Lazy(Supplier<T> maker) {
        this.maker = maker;
    }

    T get() {
        T known = value;
        if (known == null) {
            synchronized (this) {
                if (value == null) {
                    value = maker.get();
                }
                known = value;
            }
        }
        return known;
    }
}
