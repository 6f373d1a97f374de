package org.juniteval.engine.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.juniteval.engine.record.EvalRecord;
import org.juniteval.engine.record.LeafRecord;
import org.juniteval.engine.record.RecordFile;

/**
 * The records of one suite. A rerun of single leaves in the same JVM writes a file of its own and is merged into that of
 * the run before, so that reports still show the whole suite.
 */
final class SuiteRecords {

    private final Run run;
    private final Class<?> suite;
    private final Path file;
    private final Optional<Path> before;
    private final Path reportDir;
    private final RecordFile.Writer writer;

    SuiteRecords(Run run, Class<?> suite, Path reportDir) {
        this.run = run;
        this.suite = suite;
        this.reportDir = reportDir;
        Path folder = reportDir.resolve("records");
        this.before = Optional.ofNullable(run.memory().recordsOf(suite)).filter(Files::isRegularFile);
        this.file = folder.resolve(suite.getName() + (before.isPresent() ? ".rerun.jsonl" : ".jsonl"));
        this.writer = RecordFile.create(file);
    }

    /** Appends what has ended; it is written by the thread that tells it. */
    void append(LeafRecord record) {
        run.tree().behind(() -> writer.append(record));
    }

    void append(EvalRecord record) {
        run.tree().behind(() -> writer.append(record));
    }

    /** Closes the file; says where the records of the whole suite are, if this was a rerun. */
    Optional<Tree.Rerun> close(Tree tree) {
        writer.close();
        tree.notes(writer.warnings());
        if (before.isEmpty()) {
            run.memory().recordsOf(suite, file);
            return Optional.empty();
        }
        RecordFile.merge(before.get(), file).map(List::of).ifPresent(tree::notes);
        return Optional.of(new Tree.Rerun(before.get(), reportDir));
    }
}
