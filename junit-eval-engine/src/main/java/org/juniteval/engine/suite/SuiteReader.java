package org.juniteval.engine.suite;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.platform.commons.support.AnnotationSupport;
import org.juniteval.Dataset;
import org.juniteval.Eval;
import org.juniteval.EvalSuite;
import org.juniteval.Fingerprint;
import org.juniteval.Gate;
import org.juniteval.Samples;
import org.juniteval.Scorer;

/** Reads a suite's class; collects every fault on the way. */
final class SuiteReader {

    private final Class<?> type;
    private final List<Method> methods;
    private final List<String> faults = new ArrayList<>();

    private SuiteReader(Class<?> type) {
        this.type = type;
        this.methods = Hierarchy.methods(type);
    }

    static SuiteDefinition read(Class<?> type) {
        try {
            return new SuiteReader(type).read();
        } catch (LinkageError | RuntimeException unreadable) {
            // A class of a signature is missing, or an annotation is broken: the JVM says no more than this.
            String fault = type.getName() + " cannot be read (" + unreadable
                    + "): check that every class which it mentions is on the class path, in one version";
            return new SuiteDefinition(
                    type,
                    type.getName().substring(type.getName().lastIndexOf('.') + 1),
                    Set.of("eval"),
                    SuiteMethods.NONE,
                    Optional::empty,
                    List.of(fault),
                    suite -> List.of());
        }
    }

    private SuiteDefinition read() {
        Generics generics = new Generics(type);
        Lazy<Json> json = new Lazy<>(() -> Json.of(type));
        List<Method> evals = annotated(Eval.class).stream()
                .sorted(Comparator.comparing(Method::getName).thenComparing(Method::toGenericString))
                .toList();
        List<ScorerMethod> scorers = annotated(Scorer.class).stream()
                .sorted(Comparator.comparing(Method::getName).thenComparing(Method::toGenericString))
                .map(method -> ScorerMethod.of(
                        method,
                        AnnotationSupport.findAnnotation(method, Scorer.class).orElseThrow(),
                        generics))
                .toList();
        List<Method> afterAll = new ArrayList<>(annotated(AfterAll.class));
        Collections.reverse(afterAll);
        SuiteMethods calledOnce =
                new SuiteMethods(annotated(BeforeAll.class), List.copyOf(afterAll), annotated(Fingerprint.class));
        checkClass();
        JupiterAnnotations.check(type, faults::add);
        checkEvals(evals);
        Set<String> evalNames = evals.stream().map(Method::getName).collect(Collectors.toCollection(TreeSet::new));
        scorers.forEach(scorer -> scorer.check(evalNames, faults::add));
        checkCalledOnce(calledOnce);
        checkStrayAnnotations(evals, scorers);
        checkGates(scorers);
        Tags tags = Tags.of(type);
        tags.faults().forEach(fault -> faults.add(type.getSimpleName() + " " + fault));
        Conditions.faults(type).forEach(fault -> faults.add(type.getSimpleName() + " " + fault));
        return new SuiteDefinition(
                type,
                DisplayNames.of(type, type.getSimpleName()),
                Tags.union(tags.names(), Set.of("eval")),
                calledOnce,
                () -> Conditions.disabled(type),
                faults,
                definition -> evals.stream()
                        .map(eval -> new EvalReader(definition, eval, generics, json).read(scorers))
                        .toList());
    }

    private List<Method> annotated(Class<? extends Annotation> annotation) {
        return methods.stream()
                .filter(method -> AnnotationSupport.isAnnotated(method, annotation))
                .toList();
    }

    private void checkClass() {
        String name = type.getSimpleName();
        if (!AnnotationSupport.isAnnotated(type, EvalSuite.class)) {
            faults.add(
                    name + " has an @Eval but no @EvalSuite: add it, or make the class abstract if only suites inherit"
                            + " from it");
        }
        if (Modifier.isAbstract(type.getModifiers())) {
            faults.add(name + " is abstract: put @EvalSuite on a class that has instances");
        }
        if (type.isLocalClass() || type.isAnonymousClass()) {
            faults.add(name + " is local to a method: make it a top-level or static nested class");
        } else if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
            faults.add(name + " is an inner class: make it static, so that it has instances of its own");
        }
    }

    private void checkEvals(List<Method> evals) {
        if (evals.isEmpty()) {
            faults.add(
                    type.getSimpleName() + " has no @Eval: add a method that takes the input and returns the output");
        }
        Map<String, List<Method>> byName = new HashMap<>();
        Map<String, Set<String>> byDisplayName = new HashMap<>();
        for (Method eval : evals) {
            byName.computeIfAbsent(eval.getName(), name -> new ArrayList<>()).add(eval);
            byDisplayName
                    .computeIfAbsent(DisplayNames.of(eval, eval.getName()), name -> new LinkedHashSet<>())
                    .add(eval.getName());
        }
        byName.forEach((name, same) -> {
            if (same.size() > 1) {
                faults.add(Place.text(same.get(0)) + " is overloaded by " + Place.text(same.get(1))
                        + ": give each @Eval a name of its own");
            }
        });
        byDisplayName.forEach((name, same) -> {
            if (same.size() > 1) {
                faults.add(type.getSimpleName() + " has several evals with the display name \"" + name + "\" ("
                        + String.join(", ", same) + "): give each its own");
            }
        });
    }

    private void checkCalledOnce(SuiteMethods calledOnce) {
        checkLifecycle(calledOnce.beforeAll(), "@BeforeAll");
        checkLifecycle(calledOnce.afterAll(), "@AfterAll");
        Set<String> names = new LinkedHashSet<>();
        for (Method method : calledOnce.fingerprint()) {
            if (method.getParameterCount() > 0) {
                faults.add(Place.text(method) + " takes parameters: a @Fingerprint is a value without any");
            }
            if (method.getReturnType() == void.class) {
                faults.add(Place.text(method) + " returns nothing: a @Fingerprint returns data or a Path");
            }
            if (!names.add(method.getName())) {
                faults.add(Place.text(method) + " has the name of another @Fingerprint of the suite: rename one");
            }
        }
    }

    private void checkLifecycle(List<Method> called, String annotation) {
        for (Method method : called) {
            if (method.getParameterCount() > 0) {
                faults.add(Place.text(method) + " takes parameters: " + annotation + " has none here; use fields");
            }
            if (method.getReturnType() != void.class) {
                faults.add(Place.text(method) + " returns a value that nothing waits for: " + annotation
                        + " returns nothing");
            }
            if (Modifier.isPrivate(method.getModifiers())) {
                faults.add(Place.text(method) + " is private: make it package-private, as Jupiter demands too");
            }
        }
    }

    /** An annotation of ours where nothing reads it would be a wish that is ignored in silence. */
    private void checkStrayAnnotations(List<Method> evals, List<ScorerMethod> scorers) {
        List<Method> scorerMethods = scorers.stream().map(ScorerMethod::method).toList();
        for (Method method : evals) {
            if (scorerMethods.contains(method)) {
                faults.add(Place.text(method) + " is both @Eval and @Scorer: make it two methods");
            }
        }
        stray(Samples.class, evals, "on an @Eval or on the class");
        stray(Dataset.class, evals, "on an @Eval or on the class");
        List<Method> gated = new ArrayList<>(evals);
        gated.addAll(scorerMethods);
        stray(Gate.class, gated, "on an @Eval, on a @Scorer or on the class");
        stray(Gate.List.class, gated, "on an @Eval, on a @Scorer or on the class");
    }

    private void stray(Class<? extends Annotation> annotation, List<Method> allowed, String where) {
        annotated(annotation).stream()
                .filter(method -> !allowed.contains(method))
                .forEach(method -> faults.add(Place.text(method) + " has @"
                        + (annotation == Gate.List.class ? "Gate" : annotation.getSimpleName())
                        + " where nothing reads it: put it " + where));
    }

    /** Of the gates on the class, what does not depend on the eval. */
    private void checkGates(List<ScorerMethod> scorers) {
        GateRules rules = new GateRules(type.getSimpleName(), faults::add);
        Set<String> names = scorers.stream().map(ScorerMethod::name).collect(Collectors.toCollection(TreeSet::new));
        for (Gate annotation : AnnotationSupport.findRepeatableAnnotations(type, Gate.class)) {
            GateDefinition gate = GateDefinition.of(annotation, "");
            rules.checkBounds(gate);
            rules.checkKnown(gate, names);
        }
    }
}
