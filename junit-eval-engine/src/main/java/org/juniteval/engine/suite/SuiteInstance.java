package org.juniteval.engine.suite;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;

/** The one instance of a suite, used by many threads. */
public final class SuiteInstance {

    private final SuiteDefinition suite;
    private final Object object;
    private final boolean fromForeignFactory;

    SuiteInstance(SuiteDefinition suite, Object object, boolean fromForeignFactory) {
        this.suite = suite;
        this.object = object;
        this.fromForeignFactory = fromForeignFactory;
    }

    /** The instance itself. */
    public Object object() {
        return object;
    }

    /** Whether somebody else's code made it, so that what its fields hold cannot be known from its class. */
    public boolean fromForeignFactory() {
        return fromForeignFactory;
    }

    /**
     * Runs what is to be run after the samples, subclass first, and closes the instance where it can be closed. All of
     * it is run; of several failures the first is thrown and carries the others.
     */
    public void close() throws Throwable {
        Throwable failure = null;
        for (Method method : suite.afterAll()) {
            try {
                Invocation.invoke(method, object);
            } catch (Throwable thrown) {
                failure = joined(failure, thrown);
            }
        }
        if (object instanceof AutoCloseable closeable) {
            try {
                closeable.close();
            } catch (Throwable thrown) {
                failure = joined(failure, thrown);
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static Throwable joined(Throwable first, Throwable next) {
        if (first == null) {
            return next;
        }
        if (first != next) {
            first.addSuppressed(next);
        }
        return first;
    }

    /**
     * What the suite's {@code @Fingerprint} methods return, by their names: data as JSON, files and folders as the hash
     * of their content.
     *
     * @throws SuiteFault where a value is null, is no data, or a file is not there
     * @throws Throwable whatever a method threw
     */
    public JsonNode declared() throws Throwable {
        ObjectNode declared = JsonNodeFactory.instance.objectNode();
        List<Method> methods = suite.fingerprintMethods().stream()
                .sorted(Comparator.comparing(Method::getName))
                .toList();
        for (Method method : methods) {
            Object value = Invocation.invoke(method, object);
            if (value == null) {
                throw new SuiteFault(Place.text(method) + " returned null: a @Fingerprint returns data or a Path; where"
                        + " there is nothing to tell, an empty string");
            }
            declared.set(
                    method.getName(), json(method, value, Json.of(suite.type()).keys()));
        }
        return declared;
    }

    private static JsonNode json(Method method, Object value, ObjectMapper mapper) throws SuiteFault {
        try {
            return Json.tree(mapper, mapper.writer(), value);
        } catch (JsonProcessingException | RuntimeException unwritable) {
            throw new SuiteFault(
                    Place.text(method) + " returned what cannot join the cache key (" + RoundTrip.reason(unwritable)
                            + "): return data that Jackson can write, or the Path of a file that is there",
                    unwritable);
        }
    }
}
