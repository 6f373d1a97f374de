package org.juniteval.engine.slice;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The part of the project that an eval reaches.
 *
 * @param code SHA-256 (64 hexadecimal digits) over the code in its normal form
 * @param resources the resource files that the code names: path, and SHA-256 of the content
 * @param methods how many methods (of a whole slice: classes) it covers
 * @param whole true where it could not be cut by methods, because something else than code makes the suite's objects: it
 *     covers all classes and configuration files of the project
 * @param notSeen what can change an answer and is not covered, by place
 * @param parts what the code consists of: name of a type, method, field or library jar, for instance
 *     {@code demo.Prompts.render(String, Object)}, and its hash; two slices whose {@code code} differs differ here
 * @param writes assignments to the suite's fields by what the eval calls: many threads share the suite's instance, so
 *     what one sample assigns another one reads
 * @param outdated sources, by their path in the module, that were edited after their compiled or copied form on the
 *     class path was made: the run does not see these edits
 * @param sources what it was compiled of
 */
public record Slice(
        String code,
        SortedMap<String, String> resources,
        int methods,
        boolean whole,
        List<NotSeen> notSeen,
        SortedMap<String, String> parts,
        List<FieldWrite> writes,
        List<String> outdated,
        Sources sources) {

    private static final int NAMED = 3;

    /** Copies the collections. */
    public Slice {
        resources = Collections.unmodifiableSortedMap(new TreeMap<>(resources));
        notSeen = List.copyOf(notSeen);
        writes = List.copyOf(writes);
        outdated = List.copyOf(outdated);
        parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    }

    /** The text of a fingerprint's {@code resources} component. */
    public String resourcesText() {
        return text(resources);
    }

    /** What a stored answer stands on, for the summary: {@code 12 methods, prompts/capital.md}; the first few files by name. */
    public String covers() {
        String unit = whole ? (methods == 1 ? " class" : " classes") : (methods == 1 ? " method" : " methods");
        List<String> files = List.copyOf(resources.keySet());
        String named = String.join(", ", files.subList(0, Math.min(NAMED, files.size())));
        return methods
                + unit
                + (files.isEmpty() ? "" : ", " + named)
                + (files.size() > NAMED ? " and " + (files.size() - NAMED) + " more" : "");
    }

    static String text(SortedMap<String, String> hashes) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, String> hash : hashes.entrySet()) {
            text.append(hash.getValue()).append(' ').append(hash.getKey()).append('\n');
        }
        return text.toString();
    }
}
