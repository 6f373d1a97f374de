package org.juniteval.engine.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.juniteval.engine.record.NameGlob;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** Which answers a command is about: those that all given options match. */
final class Selection {

    @Option(
            names = "--suite",
            paramLabel = "GLOB",
            converter = Glob.class,
            description =
                    "Of suites with this class name, with or without package; * stands for any characters, ? for one."
                            + " Given twice, of either; so are the next two.")
    private List<NameGlob> suites = new ArrayList<>();

    @Option(
            names = "--eval",
            paramLabel = "GLOB",
            converter = Glob.class,
            description = "Of evals with this method name.")
    private List<NameGlob> evals = new ArrayList<>();

    @Option(names = "--case", paramLabel = "GLOB", converter = Glob.class, description = "Of cases with this id.")
    private List<NameGlob> cases = new ArrayList<>();

    @Option(
            names = "--older-than",
            paramLabel = "AGE",
            converter = Age.class,
            description = "Stored longer ago than this: 90m, 12h, 30d, 8w.")
    private Duration olderThan;

    @Option(names = "--newer-than", paramLabel = "AGE", converter = Age.class, description = "Stored since then.")
    private Duration newerThan;

    /** Whether nothing was selected, which is all. */
    boolean isAll() {
        return suites.isEmpty() && evals.isEmpty() && cases.isEmpty() && olderThan == null && newerThan == null;
    }

    boolean matches(Answer answer, Instant now) {
        return (suites.isEmpty()
                        || fits(suites, answer.key().suite())
                        || fits(suites, Answer.simpleName(answer.key().suite())))
                && (evals.isEmpty() || fits(evals, answer.key().eval()))
                && (cases.isEmpty() || fits(cases, answer.key().caseId()))
                && (olderThan == null || answer.created().isBefore(now.minus(olderThan)))
                && (newerThan == null || !answer.created().isBefore(now.minus(newerThan)));
    }

    private static boolean fits(List<NameGlob> globs, String name) {
        return globs.stream().anyMatch(glob -> glob.matches(name));
    }

    /** As in {@code eval.cases}. */
    static final class Glob implements ITypeConverter<NameGlob> {
        @Override
        public NameGlob convert(String glob) {
            return NameGlob.of(glob);
        }
    }
}
