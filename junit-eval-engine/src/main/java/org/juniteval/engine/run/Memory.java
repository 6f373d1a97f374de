package org.juniteval.engine.run;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import org.juniteval.engine.dataset.Row;
import org.juniteval.engine.record.EvalName;
import org.juniteval.engine.record.Measures;
import org.juniteval.engine.record.Problem;
import org.juniteval.engine.record.SampleRecord;
import org.juniteval.engine.record.Status;
import org.juniteval.engine.verdict.Tally;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

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
        final Highlights highlights = new Highlights();
        final Spending spending = new Spending();
        private final Map<Long, Problem> problems = new HashMap<>();

        OfVariant(Tally tally) {
            this.tally = tally;
        }

        /** Keeps why a sample did not pass; its scores are in the tally. */
        void remember(int caseIndex, SampleRecord record, Optional<Throwable> error) {
            long slot = slot(caseIndex, record.sample());
            problems.remove(slot);
            if (record.status() != Status.NOT_RUN) {
                error.ifPresent(thrown -> problems.put(
                        slot,
                        new Problem(
                                thrown instanceof AssertionError
                                        ? AssertionFailedError.class.getName()
                                        : TestAbortedException.class.getName(),
                                String.valueOf(thrown.getMessage()),
                                "")));
            }
        }

        /** What a remembered sample's leaf ends with. */
        Optional<Throwable> recallError(int caseIndex, int sample) {
            return Optional.ofNullable(problems.get(slot(caseIndex, sample))).map(OfVariant::error);
        }

        private static Throwable error(Problem problem) {
            Throwable error = problem.type().equals(TestAbortedException.class.getName())
                    ? new TestAbortedException(problem.message())
                    : new AssertionFailedError(problem.message());
            error.setStackTrace(new StackTraceElement[0]);
            return error;
        }

        /** A remembered sample as a record, without its texts. */
        SampleRecord recall(EvalName name, Row row, int caseIndex, int sample, Redaction redaction) {
            return new SampleRecord(
                    name,
                    row.id(),
                    sample,
                    tally.status(caseIndex, sample).orElseThrow(),
                    Optional.empty(),
                    row.position().at(),
                    redaction.json(row.input()),
                    redaction.json(row.expected()),
                    Optional.empty(),
                    tally.scoresOf(caseIndex, sample),
                    SampleRecord.Source.REMEMBERED,
                    Optional.empty(),
                    Optional.empty(),
                    Measures.NONE,
                    List.of(),
                    Duration.ofNanos(Math.round(tally.latency(caseIndex, sample).orElse(0) * 1e9)));
        }

        private static long slot(int caseIndex, int sample) {
            return ((long) caseIndex << 32) | sample;
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
