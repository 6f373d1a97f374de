package org.juniteval.engine.suite;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.deser.std.DelegatingDeserializer;
import com.fasterxml.jackson.databind.deser.std.NumberDeserializers;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;

/**
 * Fractions of rows that are numbers: Jackson takes the texts {@code "NaN"} and {@code "Infinity"} for some, whatever it
 * is told of texts, and what is too large for a {@code double} for an infinite one.
 */
final class FiniteNumbers extends DelegatingDeserializer {

    private static final long serialVersionUID = 1L;

    private FiniteNumbers(JsonDeserializer<?> ofType) {
        super(ofType);
    }

    static Module module() {
        SimpleModule module = new SimpleModule("finite numbers");
        add(module, double.class);
        add(module, Double.class);
        add(module, float.class);
        add(module, Float.class);
        return module;
    }

    @SuppressWarnings("unchecked")
    private static <T> void add(SimpleModule module, Class<T> type) {
        module.addDeserializer(
                type, (JsonDeserializer<T>) new FiniteNumbers(NumberDeserializers.find(type, type.getName())));
    }

    @Override
    protected JsonDeserializer<?> newDelegatingInstance(JsonDeserializer<?> ofType) {
        return new FiniteNumbers(ofType);
    }

    @Override
    public Object deserialize(JsonParser json, DeserializationContext context) throws IOException {
        Object value = super.deserialize(json, context);
        return value instanceof Number number && !Double.isFinite(number.doubleValue())
                ? context.handleWeirdNumberValue(handledType(), number, "it is not finite")
                : value;
    }
}
