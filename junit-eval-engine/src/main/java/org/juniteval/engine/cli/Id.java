package org.juniteval.engine.cli;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What answers are named by on the command line. */
final class Id {

    /** Fewer digits of a hash name anything. */
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{4,64}");

    private static final Pattern FILE = Pattern.compile("(?:.*[/\\\\])?([^/\\\\]+-[0-9a-f]{32}[.]json)");

    /** {@code [type:value]}; the Platform writes brackets, slashes and colons of a value in another way. */
    private static final Pattern SEGMENT = Pattern.compile("\\[([^\\[\\]/:]+):([^\\[\\]/:]*)\\](?:/|$)");

    private Id() {}

    /** Whether a text is meant as a unique id of the Platform. */
    static boolean isUnique(String text) {
        return text.startsWith("[") || text.startsWith("uid:");
    }

    /**
     * The answers that a name means: a unique id of a node and all below it, a file's name, or the beginning of a
     * fingerprint.
     *
     * @throws Problem if it is none of these
     */
    static Predicate<Answer> of(String text) {
        if (isUnique(text)) {
            return unique(text);
        }
        Matcher file = FILE.matcher(text);
        if (file.matches()) {
            String name = "/" + file.group(1);
            return answer -> answer.place().endsWith(name);
        }
        String hash = text.toLowerCase(Locale.ROOT);
        if (HASH.matcher(hash).matches()) {
            return answer -> answer.key().fingerprint().startsWith(hash);
        }
        throw Problem.usage("'" + text + "' names no answer; allowed: a unique id ([engine:eval]/[suite:…]/…), the name"
                + " of a file in the cache, or the first 4 or more digits of a fingerprint, as 'cache ls' shows them");
    }

    /** Under a {@code @Suite} class, too, where the engine's own id is not the first. */
    private static Predicate<Answer> unique(String text) {
        List<String[]> segments = segments(text.startsWith("uid:") ? text.substring("uid:".length()) : text);
        int engine = -1;
        for (int i = 0; i < segments.size(); i++) {
            engine = segments.get(i)[0].equals("engine") && segments.get(i)[1].equals("eval") ? i : engine;
        }
        if (engine < 0) {
            throw Problem.usage("'" + text + "' is no id of an eval: it has no [engine:eval]");
        }
        Predicate<Answer> matches = answer -> answer.score().isEmpty();
        boolean variant = false;
        for (String[] segment : segments.subList(engine + 1, segments.size())) {
            String value = segment[1];
            variant |= segment[0].equals("variant");
            boolean anyVariant = variant;
            matches = matches.and(
                    switch (segment[0]) {
                        case "suite" -> answer -> answer.key().suite().equals(value);
                        case "eval" -> answer -> answer.key().eval().equals(value.replaceFirst("\\(.*", ""));
                        case "variant" -> answer -> answer.variant().equals(value);
                        case "case" ->
                            answer -> answer.key().caseId().equals(value)
                                    && (anyVariant || answer.variant().isEmpty());
                        case "sample" ->
                            answer -> Integer.toString(answer.sample()).equals(value);
                        case "verdict", "gate" -> answer -> true; // stands on all answers below its parent
                        default ->
                            throw Problem.usage(
                                    "'" + text + "' is no id of an answer: a [" + segment[0] + ":…] has none");
                    });
        }
        return matches;
    }

    private static List<String[]> segments(String id) {
        List<String[]> segments = new ArrayList<>();
        Matcher matcher = SEGMENT.matcher(id);
        int end = 0;
        while (end < id.length() && matcher.find(end) && matcher.start() == end) {
            segments.add(new String[] {decoded(matcher.group(1)), decoded(matcher.group(2))});
            end = matcher.end();
        }
        if (end < id.length() || id.endsWith("/")) {
            throw Problem.usage("'" + id + "' is no unique id: [type:value] expected at character " + (end + 1)
                    + "; quote it for the shell, and take it as a report shows it");
        }
        return segments;
    }

    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException bad) {
            throw Problem.usage("'" + part + "' is no part of a unique id: " + bad.getMessage());
        }
    }
}
