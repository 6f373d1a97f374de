package org.juniteval.engine.slice;

import java.util.List;

/** Where a text comes from that may be the name of a file, or a part of one. */
sealed interface Origin {

    record Constant() implements Origin {}

    /** A constant with gaps. */
    record Recipe(String text) implements Origin {}

    /** What callers hand over to a parameter, by its place among the local variables. */
    record Handed(MethodId method, int slot) implements Origin {}

    /** What a library hands over to a lambda, likely what the method around it gave it. */
    record OfLambda(MethodId lambda) implements Origin {

        /** ECJ's names do not tell which method of the class it is. */
        boolean mayBeIn(MethodId method) {
            String name = method.signature().substring(0, method.signature().indexOf('('));
            return lambda.owner().equals(method.owner())
                    && (lambda.signature().startsWith("lambda$" + name + "$")
                            || Character.isDigit(lambda.signature().charAt("lambda$".length())));
        }
    }

    record Held(ProjectField field) implements Origin {}

    /** What a method of the project returns, such as a component of a record. */
    record Returned(MethodId method, Origin receiver) implements Origin {}

    /** A text that a library makes of others. */
    record Made(List<Origin> of) implements Origin {}

    /** One of several: what a library hands back as it got it, such as an element of a list, or what a branch gave. */
    record Kept(List<Origin> of) implements Origin {}

    record Unknown() implements Origin {}
}
