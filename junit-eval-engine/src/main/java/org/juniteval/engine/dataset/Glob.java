package org.juniteval.engine.dataset;

import java.util.regex.Pattern;

/**
 * A path with wildcards: {@code *} and {@code ?} stand for characters of one name, {@code **} for any folders, none
 * included, and <code>{a,b}</code> for either. Not the platform's own globs, because these differ between file systems,
 * are none in jars, and hold that <code>**&#47;x</code> does not match {@code x}.
 *
 * @param folder the part before the first wildcard, without a slash at its end; empty where there is none
 * @param names matches the rest
 * @param depth how many levels the rest may have
 */
record Glob(String folder, Pattern names, int depth) {

    private static final Pattern WILDCARD = Pattern.compile("[*?{]");

    static boolean isGlob(String path) {
        return WILDCARD.matcher(path).find();
    }

    /** Of a path without wildcards the last name is what matches. */
    static Glob of(String path) {
        String fixed = WILDCARD.split(path, 2)[0];
        int cut = fixed.lastIndexOf('/');
        String rest = path.substring(cut + 1);
        int depth = rest.contains("**")
                ? Integer.MAX_VALUE
                : (int) rest.chars().filter(c -> c == '/').count() + 1;
        // The root of the file system keeps its slash.
        return new Glob(cut == 0 ? "/" : path.substring(0, Math.max(cut, 0)), Pattern.compile(regex(rest)), depth);
    }

    /** The path of something in the folder. */
    String inFolder(String name) {
        return folder.isEmpty() || folder.endsWith("/") ? folder + name : folder + "/" + name;
    }

    /** Whether a path below the folder matches, its parts joined by slashes. */
    boolean matches(String path) {
        return names.matcher(path).matches();
    }

    private static String regex(String glob) {
        StringBuilder regex = new StringBuilder();
        int open = 0;
        for (int at = 0; at < glob.length(); at++) {
            int c = glob.codePointAt(at);
            if (glob.startsWith("**/", at)) {
                regex.append("(?:.*/)?");
                at += 2;
            } else if (glob.startsWith("**", at)) {
                regex.append(".*");
                at++;
            } else if (c == '*') {
                regex.append("[^/]*");
            } else if (c == '?') {
                regex.append("[^/]");
            } else if (c == '{' && glob.indexOf('}', at) > 0) {
                regex.append("(?:");
                open++;
            } else if (c == '}' && open > 0) {
                regex.append(')');
                open--;
            } else if (c == ',' && open > 0) {
                regex.append('|');
            } else {
                regex.append(Pattern.quote(Character.toString(c)));
                at += Character.charCount(c) - 1;
            }
        }
        return regex.append(")".repeat(open)).toString();
    }
}
