package org.juniteval.engine.suite;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.juniteval.Expected;
import org.juniteval.Input;
import org.juniteval.Metadata;
import org.juniteval.SampleContext;
import org.juniteval.Variants;

/** Reads what the parameters of evals and scorers ask for; what cannot be given is told to {@code faults}. */
final class Parameters {

    private final Method method;
    private final Generics generics;
    private final Consumer<String> faults;
    private final List<Argument> arguments = new ArrayList<>();

    private Parameters(Method method, Generics generics, Consumer<String> faults) {
        this.method = method;
        this.generics = generics;
        this.faults = faults;
    }

    /** The whole input as the one parameter without annotation, or parts of it; never the answer key. */
    static List<Argument> ofEval(Method method, Generics generics, Consumer<String> faults) {
        return new Parameters(method, generics, faults).eval();
    }

    /** The output as the first parameter without annotation, and whatever else the row and the sample have. */
    static List<Argument> ofScorer(Method method, Generics generics, List<Axis> axes, Consumer<String> faults) {
        return new Parameters(method, generics, faults).scorer(axes);
    }

    private List<Argument> eval() {
        int whole = 0;
        int parts = 0;
        int axis = 0;
        for (Parameter parameter : method.getParameters()) {
            Argument argument = argument(parameter);
            if (argument == null) {
                whole++;
                argument = new Argument.Part(Argument.Field.INPUT, "", type(parameter));
            } else if (argument instanceof Argument.OfVariant) {
                argument = new Argument.OfVariant(axis++);
            } else if (argument instanceof Argument.Part part) {
                if (part.field() == Argument.Field.INPUT) {
                    parts++;
                } else {
                    fault("takes @" + word(part.field()) + ", but the answer key never reaches what is evaluated:"
                            + " take the input here, and @" + word(part.field()) + " in a @Scorer");
                }
            }
            arguments.add(argument);
        }
        if (whole + parts == 0) {
            fault("takes nothing of the row: give it a parameter for the input, or @Input parameters for parts of it");
        } else if (whole > 1 || whole == 1 && parts > 0) {
            fault("takes the input as more than one parameter: annotate each with @Input(\"…\") and the path of its"
                    + " part, so that it does not depend on names or order");
        }
        return List.copyOf(arguments);
    }

    private List<Argument> scorer(List<Axis> axes) {
        Set<Integer> taken = new HashSet<>();
        boolean output = false;
        for (Parameter parameter : method.getParameters()) {
            Argument argument = argument(parameter);
            if (argument == null) {
                if (output) {
                    fault("takes more than one parameter without annotation: the first is the output, annotate the"
                            + " others with @Expected, @Input or @Metadata");
                }
                output = true;
                argument = new Argument.Output(generics.resolve(parameter.getParameterizedType()));
            } else if (argument instanceof Argument.OfVariant) {
                argument = axis(parameter, axes, taken);
            }
            arguments.add(argument);
        }
        if (!output) {
            fault("takes no output: its first parameter without annotation is what the eval returned");
        }
        return List.copyOf(arguments);
    }

    private Argument axis(Parameter parameter, List<Axis> axes, Set<Integer> taken) {
        String source = parameter.getAnnotation(Variants.class).value();
        Type type = type(parameter);
        for (int i = 0; i < axes.size(); i++) {
            Axis axis = axes.get(i);
            if (axis.source().equals(source) && Generics.fits(type, axis.type()) && taken.add(i)) {
                return new Argument.OfVariant(i);
            }
        }
        fault("takes @Variants" + (source.isEmpty() ? "" : "(\"" + source + "\")") + " "
                + Generics.describe(type)
                + ", which is no axis of the eval: use the same @Variants as the eval, or leave"
                + " that eval out by `evals`");
        return new Argument.OfVariant(0);
    }

    /** What annotation and type ask for; nothing where there is no annotation. */
    private Argument argument(Parameter parameter) {
        List<Argument> asked = new ArrayList<>();
        for (Annotation annotation : parameter.getAnnotations()) {
            if (annotation instanceof Input input) {
                asked.add(new Argument.Part(Argument.Field.INPUT, input.value(), type(parameter)));
            } else if (annotation instanceof Expected expected) {
                asked.add(new Argument.Part(Argument.Field.EXPECTED, expected.value(), type(parameter)));
            } else if (annotation instanceof Metadata metadata) {
                asked.add(new Argument.Part(Argument.Field.METADATA, metadata.value(), type(parameter)));
            } else if (annotation instanceof Variants) {
                asked.add(new Argument.OfVariant(0));
            }
        }
        if (parameter.getType() == SampleContext.class) {
            asked.add(new Argument.Context());
        }
        if (asked.size() > 1) {
            fault("asks for two things by one parameter of type " + Generics.describe(type(parameter))
                    + ": leave one of the annotations");
        }
        return asked.isEmpty() ? null : asked.get(0);
    }

    private Type type(Parameter parameter) {
        Type type = generics.resolve(parameter.getParameterizedType());
        if (parameter.getType() != SampleContext.class) {
            Generics.unknownPart(type).ifPresent(part -> fault("takes " + part + ": write its type arguments"));
        }
        return type;
    }

    private static String word(Argument.Field field) {
        return field == Argument.Field.EXPECTED ? "Expected" : "Metadata";
    }

    private void fault(String text) {
        faults.accept(Place.text(method) + " " + text);
    }
}
