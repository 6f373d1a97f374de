package org.juniteval.engine.suite;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.juniteval.SampleContext;
import org.juniteval.Score;
import org.juniteval.engine.dataset.Row;
import org.opentest4j.TestAbortedException;

/** A scorer of one eval. */
public final class ScorerDefinition {

    private final ScorerMethod scorer;
    private final Binding binding;
    private final Lazy<StackTraceElement> location;

    ScorerDefinition(ScorerMethod scorer, Binding binding) {
        this.scorer = scorer;
        this.binding = binding;
        this.location = new Lazy<>(() -> Place.of(scorer.method()));
    }

    /** Its method's name. */
    public String name() {
        return scorer.name();
    }

    /** The least value, in [0, 1], that a number must reach; empty: the number only measures. */
    public OptionalDouble threshold() {
        return scorer.threshold();
    }

    /** Whether nothing lifts its requirement. */
    public boolean must() {
        return scorer.annotation().must();
    }

    /** Whether its scores are stored like answers. */
    public boolean cached() {
        return scorer.annotation().cached();
    }

    /** How often it is asked about one output; more than once only where it is cached. */
    public int runs() {
        return scorer.annotation().runs();
    }

    /** The method that scores. */
    public Method method() {
        return scorer.method();
    }

    /** Whether something in it can fail: it answers yes or no, asserts, returns a {@link Score} or has a threshold. */
    public boolean requires() {
        return scorer.requires();
    }

    /** Its first line, as it would stand in a stack trace. */
    public StackTraceElement location() {
        return location.get();
    }

    Binding binding() {
        return binding;
    }

    boolean answersInParts() {
        return scorer.answersInParts();
    }

    /**
     * What is bound to its parameters besides the output: the parts of the row by name, and under {@code variant} the
     * name of the variant and its values where they are data, if it takes any of them.
     */
    public JsonNode boundParts(Row row, Variant variant) {
        ObjectNode parts = binding.partsOf(row, Argument.Part::name);
        if (binding.arguments().stream().anyMatch(Argument.OfVariant.class::isInstance)) {
            ObjectNode taken = parts.putObject("variant").put("name", variant.name());
            variant.data().ifPresent(data -> taken.set("data", data));
        }
        return parts;
    }

    /**
     * Scores one output, given as {@link EvalDefinition#restore} makes it. An {@link AssertionError} is a miss, a {@code
     * TestAbortedException} abstains.
     *
     * @throws SuiteFault where what it returned is no score
     * @throws Throwable whatever else it threw
     */
    public Scoring score(Object suiteInstance, Object output, Row row, Variant variant, SampleContext context)
            throws Throwable {
        Object[] arguments = binding.values(output, row, variant, context);
        try {
            return scoring(Invocation.invoke(scorer.method(), suiteInstance, arguments));
        } catch (AssertionError missed) {
            return new Scoring(Map.of(name(), Score.of(false, text(missed))), Optional.of(missed));
        } catch (TestAbortedException abstained) {
            return new Scoring(Map.of(name(), Score.abstain(text(abstained))), Optional.empty());
        }
    }

    private static String text(Throwable thrown) {
        return thrown.getMessage() == null ? "" : thrown.getMessage();
    }

    private Scoring scoring(Object returned) throws SuiteFault {
        Map<String, Score> scores = new LinkedHashMap<>();
        switch (scorer.answer().orElseThrow()) {
            case ASSERTIONS -> scores.put(name(), Score.of(true, ""));
            case NUMBERS_BY_NAME, SCORES_BY_NAME -> scores.putAll(parts(returned));
            default -> scores.put(name(), score(returned, name()));
        }
        return new Scoring(scores, Optional.empty());
    }

    private Map<String, Score> parts(Object returned) throws SuiteFault {
        if (!(returned instanceof Map<?, ?> map) || map.isEmpty()) {
            throw new SuiteFault(Place.text(method()) + " returned " + returned
                    + ": return at least one named score, or throw TestAbortedException to abstain");
        }
        // Map.of has another order in every JVM; reports have one.
        boolean hasOrder = map instanceof LinkedHashMap || map instanceof SortedMap;
        Map<String, Score> parts = hasOrder ? new LinkedHashMap<>() : new TreeMap<>();
        for (Map.Entry<?, ?> part : map.entrySet()) {
            String partName = name() + "." + part.getKey();
            if (part.getKey() == null || part.getKey().toString().isBlank()) {
                throw new SuiteFault(Place.text(method()) + " returned a part without a name: name each part");
            }
            parts.put(partName, score(part.getValue(), partName));
        }
        Map<String, Score> all = new LinkedHashMap<>();
        double[] values = parts.values().stream()
                .map(Score::value)
                .flatMapToDouble(OptionalDouble::stream)
                .sorted() // the last digit of a sum depends on the order
                .toArray();
        all.put(name(), values.length == 0 ? Score.abstain("every part abstained") : Score.of(mean(values)));
        all.putAll(parts);
        return all;
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private Score score(Object returned, String scoreName) throws SuiteFault {
        if (returned instanceof Boolean yes) {
            return Score.of(yes, "");
        }
        Score score = returned instanceof Number number
                ? Score.of(number.doubleValue())
                : returned instanceof Score given ? given : null;
        if (score == null) {
            throw new SuiteFault(Place.text(method()) + " returned " + returned + " for " + scoreName
                    + ": return a boolean, a number in [0, 1] or a Score; Score.abstain(reason) where it has nothing to"
                    + " say");
        }
        if (score.value().isPresent()
                && !(score.value().getAsDouble() >= 0 && score.value().getAsDouble() <= 1)) {
            throw new SuiteFault(
                    Place.text(method()) + " returned " + score.value().getAsDouble() + " for " + scoreName
                            + ": a score is in [0, 1]; scale it, or abstain");
        }
        return score;
    }
}
