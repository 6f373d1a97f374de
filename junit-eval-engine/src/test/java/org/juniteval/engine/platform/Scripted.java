package org.juniteval.engine.platform;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.juniteval.Eval;
import org.juniteval.SampleContext;
import org.juniteval.Scorer;
import org.opentest4j.TestAbortedException;

/**
 * A suite whose rows say what comes of each sample, one word each, the last of them for all further samples: {@code
 * right}, {@code wrong}, {@code rude}, {@code fault}, {@code asserts}, {@code abort}, {@code unscored}; {@code broken}
 * is an output that its scorer breaks on.
 */
abstract class Scripted {

    /** What was asked, as {@code input/sample}, in the order of the calls. */
    static final List<String> CALLS = new CopyOnWriteArrayList<>();

    /** Whether the faults are over: what was {@code fault} or {@code broken} is right now. */
    static volatile boolean healed;

    static void reset() {
        CALLS.clear();
        healed = false;
    }

    @Eval
    String answers(String script, SampleContext context) {
        CALLS.add(context.caseId() + "/" + context.sample());
        String[] words = script.split(" ");
        String word = words[Math.min(context.sample(), words.length) - 1];
        return switch (word) {
            case "fault" -> {
                if (healed) {
                    yield "right";
                }
                throw new IllegalStateException("503 the model is down");
            }
            case "asserts" -> throw new AssertionError("an assertion of the system itself");
            case "abort" -> throw new TestAbortedException("no quota left");
            default -> word;
        };
    }

    @Scorer
    boolean exact(String answer) {
        if (answer.equals("broken") && !healed) {
            throw new IllegalStateException("the scorer is broken");
        }
        if (answer.equals("unscored")) {
            throw new TestAbortedException("no reference");
        }
        return !answer.equals("wrong");
    }
}
