package org.juniteval.engine.dataset;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * What a suite says about its rows: the attributes of {@code @Dataset}. Exactly one of {@code locations} and
 * {@code rows} is given; that it is so is checked when the dataset is scanned, where it is reported beside all else.
 *
 * @param locations where the JSONL is, each {@code x.jsonl}, {@code /x.jsonl} or {@code file:x.jsonl}, globs allowed
 * @param rows the rows themselves; empty where {@code locations} name them
 * @param id the field that holds a row's id
 * @param input the fields that make up the input; several become one object
 * @param expected the field that holds the expected answer
 * @param tags the field that holds the tags
 * @param metadata the field that holds the metadata
 */
public record DatasetSpec(
        List<String> locations,
        String rows,
        String id,
        List<String> input,
        String expected,
        String tags,
        String metadata) {

    /** The names that {@code @Dataset} has by itself, in the order in which messages list them. */
    static final List<String> OWN_FIELDS = List.of("id", "input", "expected", "tags", "metadata");

    public DatasetSpec {
        locations = List.copyOf(locations);
        Objects.requireNonNull(rows, "rows");
        Objects.requireNonNull(id, "id");
        input = List.copyOf(input);
        Objects.requireNonNull(expected, "expected");
        Objects.requireNonNull(tags, "tags");
        Objects.requireNonNull(metadata, "metadata");
    }

    /**
     * Whether rows may hold the five own fields only. A file whose fields had to be mapped was written for somebody
     * else and may hold what it likes.
     */
    boolean closed() {
        return input.size() == 1
                && List.of(id, input.get(0), expected, tags, metadata).equals(OWN_FIELDS);
    }

    /** The fields besides the input that were mapped to a name of the user's choice; a name no row has is a typo. */
    Set<String> mapped() {
        Set<String> mapped = new LinkedHashSet<>();
        for (String name : List.of(id, expected, tags, metadata)) {
            if (!OWN_FIELDS.contains(name)) {
                mapped.add(name);
            }
        }
        return mapped;
    }
}
