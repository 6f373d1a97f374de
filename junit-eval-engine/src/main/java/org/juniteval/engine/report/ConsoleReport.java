package org.juniteval.engine.report;

import java.util.List;
import org.juniteval.engine.record.EvalName;
import org.juniteval.engine.record.EvalRecord;
import org.juniteval.engine.record.LeafRecord;
import org.juniteval.engine.record.Visible;

/**
 * What a run prints: the story of each leaf that failed and one summary an eval, and nothing else. Texts of models and
 * users never reach the terminal as they are: control characters and ANSI codes are made visible, long texts are cut and
 * the cut is said. Every text ends in a line feed.
 */
public final class ConsoleReport {

    private ConsoleReport() {}

    /**
     * The story of one leaf: what went in, what came out, what was expected, what each scorer says and requires, and
     * where the row stands.
     *
     * @param colour whether to use ANSI colours, see {@link Terminal}
     */
    public static String failure(LeafRecord leaf, boolean colour) {
        return new LeafStory(Ink.of(colour)).of(leaf);
    }

    /**
     * The figures of an eval, or of one of its variants, as one aligned block. What is not known is left out.
     *
     * @param eval the eval
     * @param decisions its gates, and verdicts on its cases, of which the first that failed are named; whatever has no leaf
     *     was not asked for and is left out
     * @param failed how many verdicts failed, those that {@code decisions} lack among them
     * @param colour whether to use ANSI colours, see {@link Terminal}
     * @param width how many columns there are; at least 72 are used
     */
    public static String summary(
            EvalRecord eval, List<? extends LeafRecord> decisions, long failed, boolean colour, int width) {
        return new Summary(eval, Ink.of(colour), Math.max(72, width)).of(decisions, failed);
    }

    /** Such as {@code CapitalsEval.answersCapital}. */
    static String title(EvalName eval) {
        return simpleName(eval) + "." + Visible.inTerminal(eval.eval());
    }

    /** The suite's name without its package. */
    static String simpleName(EvalName eval) {
        return Visible.inTerminal(eval.suite().substring(eval.suite().lastIndexOf('.') + 1));
    }
}
