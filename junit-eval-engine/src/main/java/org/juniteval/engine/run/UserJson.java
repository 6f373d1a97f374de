package org.juniteval.engine.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** What users give as objects, as JSON. Most suites give none, and Jackson's modules take long to load. */
final class UserJson {

    private static final ObjectMapper MAPPER = new ObjectMapper().findAndRegisterModules();

    private UserJson() {}

    /** @throws IllegalArgumentException if Jackson cannot write it */
    static JsonNode of(Object value) {
        return MAPPER.valueToTree(value);
    }
}
