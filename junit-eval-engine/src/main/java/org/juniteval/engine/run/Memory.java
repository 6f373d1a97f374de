package org.juniteval.engine.run;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.juniteval.engine.record.SampleRecord;
import org.juniteval.engine.verdict.Tally;

/**
 * What earlier runs in this JVM came to. Build tools rerun failed leaves in the same JVM by their ids; a sample that is
 * simply drawn again would make every verdict a best of n. So a finished sample is judged once, in every cache mode, and
 * a rerun reads the remembered outcome; only faults are tried again.
 */
public final class Memory {

    private final Map<Class<?>, Map<String, OfVariant>> variants = new WeakHashMap<>();
    private final Map<Class<?>, Path> records = new WeakHashMap<>();

    /** What is remembered of one eval, or of one of its variants. */
    static final class OfVariant {
        final Tally tally;
        final Map<Long, SampleRecord> unlike = new HashMap<>();
        final Highlights highlights = new Highlights();

        OfVariant(Tally tally) {
            this.tally = tally;
        }
    }

    /** What is remembered; nothing, where the dataset or the number of samples is another. */
    synchronized OfVariant of(Class<?> suite, String eval, String variant, int cases, int samples) {
        Map<String, OfVariant> ofSuite = variants.computeIfAbsent(suite, type -> new HashMap<>());
        OfVariant known = ofSuite.get(eval + "\0" + variant);
        if (known == null || known.tally.cases() != cases || known.tally.samples() != samples) {
            known = new OfVariant(new Tally(cases, samples));
            ofSuite.put(eval + "\0" + variant, known);
        }
        return known;
    }

    /** Where the records of the suite's last run in this JVM are; null where there was none. */
    synchronized Path recordsOf(Class<?> suite) {
        return records.get(suite);
    }

    synchronized void recordsOf(Class<?> suite, Path file) {
        records.put(suite, file);
    }
}
