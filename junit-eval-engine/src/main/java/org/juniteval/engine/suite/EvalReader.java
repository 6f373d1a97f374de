package org.juniteval.engine.suite;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import org.junit.jupiter.api.Timeout;
import org.junit.platform.commons.support.AnnotationSupport;
import org.juniteval.Dataset;
import org.juniteval.Gate;
import org.juniteval.Samples;
import org.juniteval.engine.dataset.DatasetSpec;

/** Reads one {@code @Eval} method and everything around it that speaks of it; collects every fault on the way. */
final class EvalReader {

    /** What Reactor, RxJava and others return. */
    private static final Set<String> PUBLISHERS =
            Set.of("java.util.concurrent.Flow$Publisher", "org.reactivestreams.Publisher");

    private final SuiteDefinition suite;
    private final Class<?> type;
    private final Method method;
    private final Generics generics;
    private final Lazy<Json> json;
    private final List<String> faults = new ArrayList<>();

    EvalReader(SuiteDefinition suite, Method method, Generics generics, Lazy<Json> json) {
        this.suite = suite;
        this.type = suite.type();
        this.method = method;
        this.generics = generics;
        this.json = json;
    }

    EvalDefinition read(List<ScorerMethod> scorerMethods) {
        checkModifiers();
        Type output = output();
        List<Axis> axes = Arrays.stream(method.getParameters())
                .map(parameter -> Axis.of(parameter, type, generics, faults::add))
                .flatMap(Optional::stream)
                .toList();
        Binding binding = new Binding(method, Parameters.ofEval(method, generics, faults::add), json);
        Map<String, ScorerDefinition> scorers = scorers(scorerMethods, output, axes);
        int samples = samples();
        int required = required(samples);
        List<GateDefinition> gates = gates(scorers, axes);
        new GateRules(Place.text(method), faults::add).checkRequired(gates, required);
        checkThatSomethingCanFail(scorers, gates, required);
        Tags tags = Tags.of(method);
        tags.faults().forEach(this::fault);
        Conditions.faults(method).forEach(this::fault);
        return new EvalDefinition(
                suite,
                method,
                new EvalDefinition.Declared(
                        DisplayNames.of(method, method.getName()),
                        Tags.union(suite.tags(), tags.names()),
                        dataset(),
                        Hierarchy.declaring(method, type, Dataset.class),
                        samples,
                        required,
                        timeout(),
                        output,
                        binding,
                        axes,
                        List.copyOf(scorers.values()),
                        gates,
                        List.copyOf(faults)),
                json);
    }

    private void fault(String text) {
        faults.add(Place.text(method) + " " + text);
    }

    private <A extends Annotation> Optional<A> nearest(Class<A> annotation) {
        return Hierarchy.nearest(method, type, annotation);
    }

    private void checkModifiers() {
        if (Modifier.isPrivate(method.getModifiers())) {
            fault("is private: make the @Eval package-private, so that IDEs and subclasses see it");
        }
        if (Modifier.isStatic(method.getModifiers())) {
            fault("is static: make it an instance method, which is what IDEs run and subclasses inherit");
        }
        if (Modifier.isAbstract(method.getModifiers())) {
            fault("is abstract: give it a body, or annotate the method that has one");
        }
    }

    private Type output() {
        Type returned = generics.resolve(method.getGenericReturnType());
        Type output = Generics.as(CompletionStage.class, returned)
                .filter(ParameterizedType.class::isInstance)
                .map(stage -> ((ParameterizedType) stage).getActualTypeArguments()[0])
                .orElse(returned);
        if (Generics.raw(output) == void.class || Generics.raw(output) == Void.class) {
            fault("returns nothing: return the output that is to be scored");
            return void.class;
        }
        Optional<String> instead = insteadOf(Generics.raw(output));
        if (instead.isPresent()) {
            fault("returns " + Generics.describe(output) + ": " + instead.get());
            return void.class;
        }
        Generics.unknownPart(output)
                .ifPresent(part -> fault("returns " + part
                        + ": write its type arguments, so that the stored answer can be" + " read back"));
        return output;
    }

    /** What to return for something that only leads to the output. */
    private static Optional<String> insteadOf(Class<?> type) {
        if (Future.class.isAssignableFrom(type)) {
            return Optional.of("return its result, or a CompletionStage");
        }
        if (BaseStream.class.isAssignableFrom(type) || Iterator.class.isAssignableFrom(type)) {
            return Optional.of("return a List of what it yields");
        }
        return Hierarchy.of(type).stream().map(Class::getName).anyMatch(PUBLISHERS::contains)
                ? Optional.of("wait for what it publishes and return that, or a CompletionStage of it")
                : Optional.empty();
    }

    private Map<String, ScorerDefinition> scorers(List<ScorerMethod> methods, Type output, List<Axis> axes) {
        Map<String, ScorerDefinition> scorers = new LinkedHashMap<>();
        for (ScorerMethod scorer : methods) {
            if (!scorer.scores(method.getName())) {
                continue;
            }
            Binding binding = new Binding(
                    scorer.method(), Parameters.ofScorer(scorer.method(), generics, axes, faults::add), json);
            checkFit(scorer, binding, output);
            if (scorers.put(scorer.name(), new ScorerDefinition(scorer, binding)) != null) {
                fault("has two scorers called " + scorer.name()
                        + ": rename one, or say by `evals` which eval each is for");
            }
        }
        if (scorers.isEmpty()) {
            fault("has no scorer: add a @Scorer method that takes its output");
        }
        return scorers;
    }

    private void checkFit(ScorerMethod scorer, Binding binding, Type output) {
        if (output == void.class) {
            return;
        }
        binding.arguments().stream()
                .filter(Argument.Output.class::isInstance)
                .map(argument -> ((Argument.Output) argument).type())
                .filter(wanted -> !Generics.fits(wanted, output))
                .forEach(wanted ->
                        faults.add(Place.text(scorer.method()) + " takes " + Generics.describe(wanted) + ", but "
                                + Place.text(method) + " returns " + Generics.describe(output)
                                + ": change one of them, or say by `evals` which evals it scores"));
    }

    private int samples() {
        int samples = nearest(Samples.class).map(Samples::value).orElse(1);
        if (samples < 1) {
            fault("takes " + samples + " samples of a case: take at least 1");
        }
        return Math.max(1, samples);
    }

    private int required(int samples) {
        int required = nearest(Samples.class).map(Samples::required).orElse(-1);
        if (required > samples) {
            fault("requires " + required + " of " + samples + " samples: require at most as many as are taken");
        } else if (required < -1) {
            fault("requires " + required + " samples: require 0 to measure only, or leave it out to require all");
        }
        return required < 0 || required > samples ? samples : required;
    }

    private Optional<Duration> timeout() {
        return nearest(Timeout.class).flatMap(timeout -> {
            if (timeout.value() <= 0) {
                fault("has a @Timeout of " + timeout.value() + ": give each sample more than nothing");
                return Optional.empty();
            }
            return Optional.of(Duration.of(timeout.value(), timeout.unit().toChronoUnit()));
        });
    }

    private Optional<DatasetSpec> dataset() {
        Optional<Dataset> dataset = nearest(Dataset.class);
        if (dataset.isEmpty()) {
            fault("has no dataset: add @Dataset(\"" + type.getSimpleName() + ".jsonl\") to it or to the class");
        }
        dataset.ifPresent(given -> {
            if (given.value().length > 0 && !given.rows().isEmpty()) {
                fault("has a @Dataset with files and with rows: keep one of them");
            } else if (given.value().length == 0 && given.rows().isEmpty()) {
                fault("has a @Dataset with neither files nor rows: name a JSONL file, or write rows = \"\"\"…\"\"\"");
            }
        });
        return dataset.map(given -> new DatasetSpec(
                List.of(given.value()),
                given.rows(),
                given.id(),
                List.of(given.input()),
                given.expected(),
                given.tags(),
                given.metadata()));
    }

    private List<GateDefinition> gates(Map<String, ScorerDefinition> scorers, List<Axis> axes) {
        List<GateDefinition> gates = new ArrayList<>();
        Optional<List<String>> variants = variantNames(axes);
        GateRules ofClass = new GateRules(type.getSimpleName(), faults::add);
        for (Gate annotation : AnnotationSupport.findRepeatableAnnotations(type, Gate.class)) {
            GateDefinition gate = GateDefinition.of(annotation, "");
            // That it names a scorer of another eval is right; that it names none at all is the suite's fault.
            if (gate.scorer().isEmpty()
                    || gate.speaksOfMeasure()
                    || scorers.containsKey(gate.scorer())
                    || GateRules.partOf(gate.scorer(), scorers) != null) {
                ofClass.checkScorer(gate, scorers);
                ofClass.checkVariant(gate, variants);
                gates.add(gate);
            }
        }
        gates.addAll(own(method, "", scorers, variants));
        scorers.forEach((name, scorer) -> gates.addAll(own(scorer.method(), name, scorers, variants)));
        new GateRules(Place.text(method), faults::add).checkNames(gates);
        return List.copyOf(gates);
    }

    private List<GateDefinition> own(
            Method carrier, String scorer, Map<String, ScorerDefinition> scorers, Optional<List<String>> variants) {
        List<GateDefinition> gates = AnnotationSupport.findRepeatableAnnotations(carrier, Gate.class).stream()
                .map(gate -> GateDefinition.of(gate, scorer))
                .toList();
        if (!gates.isEmpty()) {
            GateRules rules = new GateRules(Place.text(carrier), faults::add);
            gates.forEach(gate -> {
                rules.checkBounds(gate);
                rules.checkScorer(gate, scorers);
                rules.checkVariant(gate, variants);
            });
        }
        return gates;
    }

    /** The names of all variants, where no method has to be called to know them. */
    private static Optional<List<String>> variantNames(List<Axis> axes) {
        List<String> names = List.of("");
        for (Axis axis : axes) {
            Optional<List<String>> constants = axis.constants();
            if (constants.isEmpty()) {
                return Optional.empty();
            }
            names = names.stream()
                    .flatMap(before -> constants.get().stream()
                            .map(constant -> before.isEmpty() ? constant : before + "+" + constant))
                    .toList();
        }
        return Optional.of(names);
    }

    private void checkThatSomethingCanFail(
            Map<String, ScorerDefinition> scorers, List<GateDefinition> gates, int required) {
        boolean canFail = gates.stream().anyMatch(GateDefinition::canBeMissed)
                || scorers.values().stream().anyMatch(ScorerDefinition::requires);
        if (!scorers.isEmpty() && !canFail && required != 0) {
            fault("cannot fail: give a threshold or a gate, or `required = 0` to measure only");
        }
    }
}
