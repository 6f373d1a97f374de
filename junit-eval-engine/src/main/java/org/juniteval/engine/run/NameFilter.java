package org.juniteval.engine.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.juniteval.engine.record.NameGlob;

/**
 * Chooses names by comma-separated globs: {@code *} and {@code ?}, {@code #tag} for tags, {@code !} in front excludes. A
 * name is chosen where any including part fits, or there is none, and no excluding part does.
 */
public final class NameFilter {

    private record Part(boolean tag, NameGlob glob) {
        boolean fits(String name, Set<String> tags) {
            return tag ? tags.stream().anyMatch(glob::matches) : glob.matches(name);
        }
    }

    private final String text;
    private final List<Part> including = new ArrayList<>();
    private final List<Part> excluding = new ArrayList<>();

    private NameFilter(String text) {
        this.text = text;
        for (String word : text.split(",")) {
            String part = word.strip();
            if (part.isEmpty()) {
                continue;
            }
            boolean excludes = part.startsWith("!");
            String name = excludes ? part.substring(1).strip() : part;
            boolean tag = name.startsWith("#");
            String glob = tag ? name.substring(1) : name;
            if (glob.isEmpty()) {
                throw new IllegalArgumentException("nothing stands behind \"" + part + "\"");
            }
            (excludes ? excluding : including).add(new Part(tag, NameGlob.of(glob)));
        }
    }

    /** A filter by these globs; the empty text chooses everything. */
    public static NameFilter of(String globs) {
        return new NameFilter(globs);
    }

    /** Whether the name, or one of the tags, is chosen. */
    public boolean chooses(String name, Set<String> tags) {
        return (including.isEmpty() || including.stream().anyMatch(part -> part.fits(name, tags)))
                && excluding.stream().noneMatch(part -> part.fits(name, tags));
    }

    /** Whether everything is chosen, because nothing was asked. */
    public boolean choosesAll() {
        return including.isEmpty() && excluding.isEmpty();
    }

    @Override
    public String toString() {
        return text;
    }
}
