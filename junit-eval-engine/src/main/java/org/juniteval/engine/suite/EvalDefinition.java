package org.juniteval.engine.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import java.lang.reflect.Method;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.juniteval.SampleContext;
import org.juniteval.engine.dataset.DatasetFault;
import org.juniteval.engine.dataset.DatasetSpec;
import org.juniteval.engine.dataset.Row;

/** One eval of a suite: what is evaluated, on which rows, how often, and who judges it. */
public final class EvalDefinition {

    private final SuiteDefinition suite;
    private final Method method;
    private final Declared declared;
    private final Lazy<Json> json;
    private final Lazy<StoredForm> storedForm;
    private final Lazy<List<String>> faults;

    /** What was read of the class, checked already. */
    record Declared(
            String displayName,
            Set<String> tags,
            Optional<DatasetSpec> dataset,
            Class<?> datasetAnchor,
            int samples,
            int required,
            Optional<Duration> timeout,
            Type output,
            Binding binding,
            List<Axis> axes,
            List<ScorerDefinition> scorers,
            List<GateDefinition> gates,
            List<String> faults) {}

    EvalDefinition(SuiteDefinition suite, Method method, Declared declared, Lazy<Json> json) {
        this.suite = suite;
        this.method = method;
        this.declared = declared;
        this.json = json;
        this.storedForm = new Lazy<>(
                () -> new StoredForm(method, declared.output(), json.get().outputs()));
        this.faults = new Lazy<>(this::allFaults);
    }

    private List<String> allFaults() {
        return Stream.concat(declared.faults().stream(), storedFormFaults().stream())
                .distinct()
                .toList();
    }

    private List<String> storedFormFaults() {
        if (declared.output() == String.class) {
            return List.of(); // a text is kept as it is, and Jackson need not be loaded to say so
        }
        if (declared.output() == void.class
                || Generics.unknownPart(declared.output()).isPresent()) {
            return List.of();
        }
        try {
            return storedForm.get().faults();
        } catch (LinkageError | ServiceConfigurationError | RuntimeException unreadable) {
            return List.of(Place.text(method) + ": its output " + Generics.describe(declared.output())
                    + " cannot be looked at by Jackson (" + unreadable
                    + "): check that every class which it mentions is on the class path, in one version");
        }
    }

    /** The suite that it belongs to. */
    public SuiteDefinition suite() {
        return suite;
    }

    /** The method that is called. */
    public Method method() {
        return method;
    }

    /** The method's name. */
    public String name() {
        return method.getName();
    }

    /** The method's name, or its {@code @DisplayName}. */
    public String displayName() {
        return declared.displayName();
    }

    /** Its own tags and those of the suite. */
    public Set<String> tags() {
        return declared.tags();
    }

    /** Why it is not to be run, where a condition of its own says so. */
    public Optional<String> disabled() {
        return Conditions.disabled(method);
    }

    /** What is wrong with it, each a sentence with place and cure; the first call looks at the output's type as well. */
    public List<String> faults() {
        return faults.get();
    }

    /** Which rows it is run on; empty where nothing says so, which is a fault. */
    public Optional<DatasetSpec> dataset() {
        return declared.dataset();
    }

    /** The class beside which the dataset's files lie: the one that carries the annotation. */
    public Class<?> datasetAnchor() {
        return declared.datasetAnchor();
    }

    /** How many samples of a case are taken; at least 1. */
    public int samples() {
        return declared.samples();
    }

    /** How many of them must pass for the case to pass, 0 to {@link #samples()}. */
    public int required() {
        return declared.required();
    }

    /** Whether each case has a verdict of its own: not all of its samples must pass. */
    public boolean hasVerdicts() {
        return samples() > 1 && required() < samples();
    }

    /** How long one sample may take, where the suite says so. */
    public Optional<Duration> timeout() {
        return declared.timeout();
    }

    /** Who scores its outputs, by name. */
    public List<ScorerDefinition> scorers() {
        return declared.scorers();
    }

    /** What is required of the whole, in the order of class, eval, scorers. */
    public List<GateDefinition> gates() {
        return declared.gates();
    }

    /** Whether any parameter is an axis. */
    public boolean hasVariants() {
        return !declared.axes().isEmpty();
    }

    /** The methods that return the values of its axes. */
    public List<Method> variantSources() {
        return declared.axes().stream()
                .map(Axis::method)
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * The product of all axes; {@link Variant#NONE} alone where there are none.
     *
     * @throws SuiteFault where the values or their names cannot be used, or a gate names a variant that is not there
     * @throws Throwable whatever the suite's method threw
     */
    public List<Variant> variants(Object suiteInstance) throws Throwable {
        List<Variant> variants = List.of(Variant.NONE);
        for (Axis axis : declared.axes()) {
            variants = product(variants, axis.values(suiteInstance), axis);
        }
        Set<String> names = new LinkedHashSet<>();
        for (Variant variant : variants) {
            if (!names.add(variant.name())) {
                throw new SuiteFault(Place.text(method) + " has several variants called \"" + variant.name()
                        + "\": name their values so that they differ when joined by \"+\"");
            }
        }
        List<String> faults = new ArrayList<>();
        GateRules rules = new GateRules(Place.text(method), faults::add);
        gates().forEach(gate -> rules.checkVariant(gate, Optional.of(List.copyOf(names))));
        if (!faults.isEmpty()) {
            throw new SuiteFault(String.join("\n", faults));
        }
        return variants;
    }

    private List<Variant> product(List<Variant> variants, Map<String, Object> values, Axis axis) {
        List<Variant> product = new ArrayList<>();
        for (Variant variant : variants) {
            values.forEach((name, value) -> product.add(with(variant, name, value, axis)));
        }
        return List.copyOf(product);
    }

    private Variant with(Variant variant, String name, Object value, Axis axis) {
        boolean first = variant.values().isEmpty();
        List<Object> values = new ArrayList<>(variant.values());
        values.add(value);
        Optional<JsonNode> before = first ? Optional.of(JsonNodeFactory.instance.arrayNode()) : variant.data();
        Optional<JsonNode> data = before.flatMap(
                array -> axis.data(value, json.get()).map(node -> ((ArrayNode) array.deepCopy()).add(node)));
        return new Variant(first ? name : variant.name() + "+" + name, values, data);
    }

    /** Converts whatever the eval and its scorers take of the row, and says what cannot be converted. */
    public List<DatasetFault> check(Row row) {
        List<DatasetFault> found = declared.binding().check(row);
        for (ScorerDefinition scorer : scorers()) {
            List<DatasetFault> more = scorer.binding().check(row);
            if (!more.isEmpty()) {
                found = Stream.concat(found.stream(), more.stream()).distinct().toList();
            }
        }
        return found;
    }

    /** What the eval takes of the row: the whole input, or an object of the parts by path. */
    public JsonNode boundInput(Row row) {
        for (Argument.Part part : declared.binding().parts()) {
            if (part.path().isEmpty()) {
                return row.input();
            }
        }
        return declared.binding().partsOf(row, Argument.Part::path);
    }

    /**
     * Calls the eval once and waits for what it promised, if it returns a {@link CompletionStage}; an interrupt cancels
     * that.
     *
     * @throws SuiteFault where a parameter does not fit the row, which {@link #check} says too
     * @throws Throwable whatever the eval threw, or its stage ended with
     */
    public Object call(Object suiteInstance, Row row, Variant variant, SampleContext context) throws Throwable {
        Object[] arguments = declared.binding().values(null, row, variant, context);
        Object returned = Invocation.invoke(method, suiteInstance, arguments);
        return returned instanceof CompletionStage<?> stage ? Invocation.await(stage) : returned;
    }

    /**
     * The form in which the output is kept.
     *
     * @param redaction takes the secrets out
     * @throws SuiteFault where it is null, cannot be written, would not come back as it was, or not at all without its
     *     secrets
     */
    public JsonNode store(Object output, UnaryOperator<JsonNode> redaction) throws SuiteFault {
        return output instanceof String text && declared.output() == String.class
                ? redaction.apply(TextNode.valueOf(text))
                : storedForm.get().store(output, redaction);
    }

    /**
     * What scorers get: a stored output as the eval's type.
     *
     * @throws SuiteFault where it cannot be read as that type
     */
    public Object restore(JsonNode stored) throws SuiteFault {
        return stored.isTextual() && declared.output() == String.class
                ? stored.textValue()
                : storedForm.get().restore(stored);
    }
}
