package org.juniteval.engine.platform;

import java.util.OptionalLong;
import org.juniteval.engine.report.Progress;
import org.juniteval.engine.report.Terminal;
import org.juniteval.engine.run.OutputCapture;
import org.juniteval.engine.run.Run;
import org.juniteval.engine.run.Settings;

/** Shows a run's progress where somebody can see it. */
final class LiveProgress {

    private LiveProgress() {}

    static Progress start(Settings settings, Run run) {
        Progress.Mode mode = Progress.Mode.valueOf(settings.progress().name());
        return Progress.start(OutputCapture.err(), () -> snapshot(run), mode, Terminal.ofThisProcess());
    }

    private static Progress.Snapshot snapshot(Run run) {
        OptionalLong total = run.total() > 0 ? OptionalLong.of(run.total()) : OptionalLong.empty();
        return new Progress.Snapshot(run.done(), total, run.inFlight(), run.waiting(), run.faults());
    }
}
