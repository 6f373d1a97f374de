package org.juniteval.engine.record;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One finished sample.
 *
 * @param eval which eval it belongs to
 * @param caseId the case's id
 * @param sample the sample's number, from 1
 * @param status how the sample ended by itself, whatever leaf shows it
 * @param leaf the sample's own leaf; empty where the case's leaf shows it
 * @param at where the row stands, such as {@code capitals.jsonl:17}
 * @param input what the eval's parameters took
 * @param expected the row's expected answer; a missing node where it has none
 * @param output the stored output; empty where there is none
 * @param scores what each scorer said, in the scorers' order
 * @param source where the output came from
 * @param fingerprint 64 hex digits; empty where the cache is off
 * @param changed of a called sample, what differs from the nearest stored answer, in words such as {@code code changed:
 *     Prompts.render(String)}; empty where there was none
 * @param measures what the sample told its context
 * @param trace what the eval and its scorers told {@code SampleContext.trace}: with a stored answer what was told
 *     when it was made, of a faulted sample all that was told before it broke
 * @param latency how long the eval took when it was called
 */
public record SampleRecord(
        EvalName eval,
        String caseId,
        int sample,
        Status status,
        Optional<Leaf> leaf,
        String at,
        JsonNode input,
        JsonNode expected,
        Optional<JsonNode> output,
        List<ScoreRecord> scores,
        Source source,
        Optional<String> fingerprint,
        Optional<String> changed,
        Measures measures,
        List<JsonNode> trace,
        Duration latency)
        implements LeafRecord {

    /** The same sample, shown by a leaf of its own. */
    public SampleRecord withLeaf(Leaf own) {
        return new SampleRecord(
                eval,
                caseId,
                sample,
                status,
                Optional.of(own),
                at,
                input,
                expected,
                output,
                scores,
                source,
                fingerprint,
                changed,
                measures,
                trace,
                latency);
    }

    /** Where a sample's output came from. */
    public enum Source {
        /** The eval was called. */
        CALLED,
        /** The cache had it. */
        CACHED,
        /** A run before this one in the same JVM finished it. */
        REMEMBERED,
        /** There was none: the sample was not run. */
        NONE
    }
}
