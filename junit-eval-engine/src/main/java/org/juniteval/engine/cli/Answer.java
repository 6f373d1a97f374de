package org.juniteval.engine.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.juniteval.engine.cache.CacheContent.Stored;
import org.juniteval.engine.cache.Changes;
import org.juniteval.engine.cache.EntryKey;

/**
 * A kept answer, or a kept score of a cached scorer, without what was said.
 *
 * @param variant empty where the eval has none; what a scorer said does not tell
 * @param sample from 1
 * @param score which run of which scorer this is, where it is no answer
 * @param place the file, below the cache's folder, with slashes
 */
record Answer(
        EntryKey key, String variant, int sample, Optional<OfScorer> score, Instant created, long bytes, String place) {

    /** @param run from 1 */
    record OfScorer(String scorer, int run) {}

    private static final Pattern PART = Pattern.compile("(\\d{1,9})(?:-(.+)-(\\d{1,9}))?");

    /** What an entry is; empty where it is none of a case's. */
    static Optional<Answer> of(Stored stored) {
        EntryKey key = stored.entry().key();
        Matcher part = PART.matcher(key.part());
        if (Changes.keepsParts(key) || !part.matches()) {
            return Optional.empty();
        }
        return Optional.of(new Answer(
                key,
                stored.entry().payload().path("variant").asText(""),
                Integer.parseInt(part.group(1)),
                Optional.ofNullable(part.group(2)).map(scorer -> new OfScorer(scorer, Integer.parseInt(part.group(3)))),
                stored.entry().created(),
                stored.bytes(),
                stored.place()));
    }

    /** As build tools call the sample: {@code CapitalsEval.answersCapital[short][peru][3]}; of a score also whose. */
    String name() {
        return simpleName(key.suite())
                + "."
                + key.eval()
                + (variant.isEmpty() ? "" : "[" + variant + "]")
                + "["
                + key.caseId()
                + "]["
                + sample
                + "]"
                + score.map(of -> " " + of.scorer() + " " + of.run()).orElse("");
    }

    static String simpleName(String suite) {
        return suite.substring(Math.max(suite.lastIndexOf('.'), suite.lastIndexOf('$')) + 1);
    }

    /** Enough of the fingerprint to name it on the command line. */
    String id() {
        return key.fingerprint().substring(0, 10);
    }

    /** Whether both are of one case, of any variant. */
    boolean isOfCaseOf(Answer other) {
        return key.caseId().equals(other.key.caseId())
                && key.eval().equals(other.key.eval())
                && key.suite().equals(other.key.suite());
    }

    /** What it is an answer of: all but what it depends on. */
    record Of(String suite, String eval, String variant, String caseId, String part) {}

    /** Equal for answers of which a later one takes the place of an earlier one. */
    Of of() {
        // A score does not tell the variant's name, but stands on it.
        String of = score.isEmpty() ? variant : key.components().getOrDefault("variant", "");
        return new Of(key.suite(), key.eval(), of, key.caseId(), key.part());
    }

    /** The shape that every {@code --json} has; commands add to it. */
    ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("suite", key.suite()).put("eval", key.eval());
        if (!variant.isEmpty()) {
            json.put("variant", variant);
        }
        json.put("case", key.caseId()).put("sample", sample);
        score.ifPresent(of -> json.put("scorer", of.scorer()).put("run", of.run()));
        return json.put("created", created.toString())
                .put("bytes", bytes)
                .put("fingerprint", key.fingerprint())
                .put("file", place);
    }
}
