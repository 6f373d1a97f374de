package org.juniteval.engine.record;

import java.util.regex.Pattern;

/**
 * The name of a suite, an eval, a case or a variant, or of many: {@code *} stands for any characters, {@code ?} for one,
 * and everything else for itself.
 */
public final class NameGlob {

    private final Pattern pattern;

    private NameGlob(String glob) {
        StringBuilder regex = new StringBuilder();
        glob.codePoints().forEach(c -> {
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(Character.toString(c)));
            }
        });
        this.pattern = Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    /** Any text is one. */
    public static NameGlob of(String glob) {
        return new NameGlob(glob);
    }

    /** Whether it stands for this name, the whole of it. */
    public boolean matches(String name) {
        return pattern.matcher(name).matches();
    }
}
