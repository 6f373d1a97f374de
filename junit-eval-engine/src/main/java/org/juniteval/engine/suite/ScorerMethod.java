package org.juniteval.engine.suite;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import org.juniteval.Score;
import org.juniteval.Scorer;

/** A scorer before it is known whose outputs it gets: the method, what its annotation says and what it returns. */
record ScorerMethod(Method method, Scorer annotation, Optional<Answer> answer) {

    /** The forms in which a scorer may answer. */
    enum Answer {
        YES_OR_NO,
        NUMBER,
        SCORE,
        ASSERTIONS,
        NUMBERS_BY_NAME,
        SCORES_BY_NAME
    }

    static ScorerMethod of(Method method, Scorer annotation, Generics generics) {
        return new ScorerMethod(method, annotation, answer(generics.resolve(method.getGenericReturnType())));
    }

    private static Optional<Answer> answer(Type type) {
        Class<?> raw = Generics.raw(type);
        if (raw == boolean.class || raw == Boolean.class) {
            return Optional.of(Answer.YES_OR_NO);
        }
        if (raw == double.class || raw == Double.class) {
            return Optional.of(Answer.NUMBER);
        }
        if (raw == Score.class) {
            return Optional.of(Answer.SCORE);
        }
        if (raw == void.class) {
            return Optional.of(Answer.ASSERTIONS);
        }
        return Generics.as(Map.class, type)
                .filter(ParameterizedType.class::isInstance)
                .map(map -> ((ParameterizedType) map).getActualTypeArguments())
                .filter(arguments -> arguments[0] == String.class)
                .flatMap(arguments -> byName(Generics.raw(arguments[1])));
    }

    private static Optional<Answer> byName(Class<?> part) {
        if (Set.of(Boolean.class, Score.class).contains(part)) {
            return Optional.of(Answer.SCORES_BY_NAME);
        }
        return Set.of(Double.class, Number.class, Object.class).contains(part)
                ? Optional.of(Answer.NUMBERS_BY_NAME)
                : Optional.empty();
    }

    /** Whether it returns named scores. */
    boolean answersInParts() {
        return answer.equals(Optional.of(Answer.NUMBERS_BY_NAME)) || answer.equals(Optional.of(Answer.SCORES_BY_NAME));
    }

    String name() {
        return method.getName();
    }

    OptionalDouble threshold() {
        return Double.isNaN(annotation.threshold())
                ? OptionalDouble.empty()
                : OptionalDouble.of(annotation.threshold());
    }

    boolean scores(String eval) {
        return annotation.evals().length == 0 || List.of(annotation.evals()).contains(eval);
    }

    void check(Set<String> evals, Consumer<String> faults) {
        Consumer<String> fault = text -> faults.accept(Place.text(method) + " " + text);
        if (Modifier.isPrivate(method.getModifiers())) {
            fault.accept("is private: make the @Scorer package-private, so that subclasses see it");
        }
        if (answer.isEmpty()) {
            fault.accept("returns " + Generics.describe(method.getGenericReturnType())
                    + ": return boolean, double in [0, 1], Score, Map<String, Score> or Map<String, Double>, or nothing"
                    + " and assert");
        }
        if (GateDefinition.MEASURES.contains(name())) {
            fault.accept("is called " + name() + ", which the engine measures itself: give the scorer another name");
        }
        threshold().ifPresent(threshold -> {
            if (!(threshold >= 0 && threshold <= 1)) {
                fault.accept("has the threshold " + threshold + ": scores are in [0, 1], and so is a threshold");
            }
            if (answer.equals(Optional.of(Answer.YES_OR_NO)) || answer.equals(Optional.of(Answer.ASSERTIONS))) {
                fault.accept("has a threshold, but a yes is required of it in any case: remove it, or return a double");
            }
        });
        if (annotation.must() && !requires()) {
            fault.accept("is a must, but nothing in it can fail: give it a threshold or return boolean");
        }
        if (annotation.runs() < 1) {
            fault.accept("has runs = " + annotation.runs() + ": ask it at least once");
        }
        if (annotation.runs() > 1 && !annotation.cached()) {
            fault.accept("has runs = " + annotation.runs()
                    + " but is not cached, so that every run would pay for all of" + " them: add cached = true");
        }
        Arrays.stream(annotation.evals())
                .filter(eval -> !evals.contains(eval))
                .forEach(eval ->
                        fault.accept("names the eval \"" + eval + "\" in `evals`, which the suite does not have: "
                                + (evals.isEmpty() ? "add it" : "it has " + String.join(", ", evals))));
    }

    /** Whether something in it can fail: a number needs a threshold above 0 for that, and so does a map of numbers. */
    boolean requires() {
        return threshold().orElse(0) > 0
                || answer.filter(form -> form != Answer.NUMBER && form != Answer.NUMBERS_BY_NAME)
                        .isPresent();
    }
}
