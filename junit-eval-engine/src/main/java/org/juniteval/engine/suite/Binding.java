package org.juniteval.engine.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.juniteval.SampleContext;
import org.juniteval.engine.dataset.DatasetFault;
import org.juniteval.engine.dataset.Row;

/** What the parameters of a method take of the output, the row, the variant and the context. */
record Binding(Method method, List<Argument> arguments, List<Argument.Part> parts, Lazy<Json> json) {

    Binding(Method method, List<Argument> arguments, Lazy<Json> json) {
        this(
                method,
                arguments,
                arguments.stream()
                        .filter(Argument.Part.class::isInstance)
                        .map(Argument.Part.class::cast)
                        .toList(),
                json);
    }

    Object[] values(Object output, Row row, Variant variant, SampleContext context) throws SuiteFault {
        Object[] values = new Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = value(arguments.get(i), output, row, variant, context);
        }
        return values;
    }

    private Object value(Argument argument, Object output, Row row, Variant variant, SampleContext context)
            throws SuiteFault {
        if (argument instanceof Argument.Part part) {
            try {
                return convert(part, row);
            } catch (Unbound unbound) {
                throw new SuiteFault("row " + row.id() + ": " + unbound.getMessage(), unbound);
            }
        }
        if (argument instanceof Argument.OfVariant axis) {
            return variant.values().get(axis.axis());
        }
        return argument instanceof Argument.Context ? context : output;
    }

    List<DatasetFault> check(Row row) {
        List<DatasetFault> faults = List.of();
        for (Argument.Part part : parts) {
            try {
                convert(part, row);
            } catch (Unbound unbound) {
                faults = new ArrayList<>(faults);
                faults.add(new DatasetFault(Optional.of(row.position()), unbound.getMessage()));
            }
        }
        return faults;
    }

    /** The parts that are taken of the row, each called as {@code name} says; absent ones are left out. */
    ObjectNode partsOf(Row row, Function<Argument.Part, String> name) {
        ObjectNode taken = JsonNodeFactory.instance.objectNode();
        parts.forEach(part -> {
            JsonNode node = part.in(row);
            if (!node.isMissingNode()) {
                taken.set(name.apply(part), node);
            }
        });
        return taken;
    }

    private Object convert(Argument.Part part, Row row) throws Unbound {
        JsonNode node = part.in(row);
        boolean absent = node.isMissingNode() || node.isNull() && !takesJson(part);
        if (absent && !part.mayBeAbsent()) {
            throw new Unbound(part.name() + (node.isNull() ? " is null" : " is missing") + ", but " + taker(part)
                    + ": add it, or take an Optional<" + Generics.describe(Generics.boxed(part.type())) + ">");
        }
        if (part.type() == String.class && node.isTextual()) {
            return node.textValue();
        }
        try {
            ObjectMapper mapper = json.get().rows();
            JsonNode given = absent ? NullNode.getInstance() : node;
            return Json.read(mapper, given, mapper.constructType(part.type()));
        } catch (JsonProcessingException | RuntimeException mismatch) {
            throw new Unbound(mismatch(part, node, mismatch));
        }
    }

    private static boolean takesJson(Argument.Part part) {
        return JsonNode.class.isAssignableFrom(Generics.raw(part.type()));
    }

    private String taker(Argument.Part part) {
        return Place.text(method) + " takes " + (part.path().isEmpty() ? "it" : "that") + " as "
                + Generics.describe(part.type());
    }

    private String mismatch(Argument.Part part, JsonNode node, Exception mismatch) {
        String name = part.name();
        JsonNode found = node;
        if (mismatch instanceof JsonMappingException located) {
            for (JsonMappingException.Reference step : located.getPath()) {
                name += step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName();
                found = step.getFieldName() == null ? found.path(step.getIndex()) : found.path(step.getFieldName());
            }
        }
        if (found.isMissingNode()) {
            return name + " is missing, but " + taker(part) + ": add it, or make it an Optional";
        }
        if (mismatch instanceof MismatchedInputException wrong && wrong.getTargetType() != null) {
            return name + " is " + StoredForm.brief(found) + ", which is no " + Generics.describe(wrong.getTargetType())
                    + "; " + taker(part);
        }
        return name + " is " + StoredForm.brief(found) + "; " + taker(part) + ": " + RoundTrip.reason(mismatch);
    }

    /** A part of a row that its parameter cannot take. */
    private static final class Unbound extends Exception {
        private static final long serialVersionUID = 1L;

        Unbound(String message) {
            super(message);
        }
    }
}
