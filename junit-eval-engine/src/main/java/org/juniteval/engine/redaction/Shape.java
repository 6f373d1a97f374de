package org.juniteval.engine.redaction;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one kind of secret looks like.
 *
 * @param mark what is put into its place
 * @param anchors what each of them holds literally, and where the pattern begins: an anchor is found many times faster
 *     than a pattern
 * @param pattern begins at an anchor; its first group, or all of it where it has none, is the secret
 * @param secret tells a secret from words that happen to fit the pattern
 */
record Shape(String mark, List<String> anchors, Pattern pattern, Predicate<String> secret) {

    /** What ends in a letter or a digit and is none: of JSON in a text, of an address, and a colour of a terminal. */
    private static final String ESCAPED =
            "(?:(?<=\\\\[bfnrt])|(?<=\\\\u[0-9A-Fa-f]{4})|(?<=%[0-9A-Fa-f]{2})|(?<=m)(?<=\033\\[[0-9;]{0,9}m))";

    /** Not inside of a word: {@code task-force} holds no {@code sk-}. */
    private static final String START = "(?:(?<![A-Za-z0-9])|" + ESCAPED + ")";

    private static final String BEFORE_BEARER = "(?:\\b|" + ESCAPED + ")";

    /** Quantifiers are possessive or bounded, so that a hostile text costs no more than a long one. */
    static final List<Shape> ALL = List.of(
            shape(
                    "api key",
                    Shape::isRandom,
                    START + "(?:sk|gsk|rk)[-_][A-Za-z0-9_-]{12,}+",
                    "sk-",
                    "sk_",
                    "gsk_",
                    "rk_"),
            shape(
                    "api key",
                    Shape::isRandom,
                    START + "(?:xai-|hf_|npm_|glpat-)[A-Za-z0-9_-]{16,}+",
                    "xai-",
                    "hf_",
                    "npm_",
                    "glpat-"),
            shape(
                    "bearer token",
                    Shape::isToken,
                    "(?<=" + BEFORE_BEARER + "[Bb])earer\\s{1,8}+([A-Za-z0-9._~+/-]{8,}+=*)",
                    "earer"),
            shape(
                    "bearer token",
                    Shape::isToken,
                    "(?<=" + BEFORE_BEARER + "B)EARER\\s{1,8}+([A-Za-z0-9._~+/-]{8,}+=*)",
                    "EARER"),
            shape("aws key", any -> true, START + "AKIA[A-Z0-9]{16}(?![A-Za-z0-9])", "AKIA"),
            shape("aws key", Shape::hasDigit, START + "ASIA[A-Z0-9]{16}(?![A-Za-z0-9])", "ASIA"),
            shape("google key", any -> true, START + "AIza[A-Za-z0-9_-]{30,}+", "AIza"),
            shape("google key", Shape::hasDigit, START + "ya29\\.[A-Za-z0-9_-]{20,}+", "ya29."),
            shape(
                    "github token",
                    any -> true,
                    START + "gh[opsur]_[A-Za-z0-9]{30,}+",
                    "ghp_",
                    "gho_",
                    "ghs_",
                    "ghu_",
                    "ghr_"),
            shape("github token", any -> true, START + "github_pat_[A-Za-z0-9_]{22,}+", "github_pat_"),
            shape("slack token", Shape::isNumbered, START + "(?:xox[abeprs]|xapp)-[A-Za-z0-9-]{10,}+", "xox", "xapp-"),
            shape(
                    "slack url",
                    Shape::hasDigit,
                    "hooks\\.slack\\.com/(?:services|workflows)/([A-Za-z0-9/_-]{20,}+)",
                    "hooks.slack.com/"),
            shape(
                    "jwt",
                    any -> true,
                    // signed, or unsigned: header.claims.signature; encrypted: five parts
                    START + "eyJ[A-Za-z0-9_-]{8,1024}+\\.(?:eyJ[A-Za-z0-9_-]{4,}+(?:\\.[A-Za-z0-9_-]*+)?"
                            + "|[A-Za-z0-9_-]*+(?:\\.[A-Za-z0-9_-]{8,}+){3})",
                    "eyJ"),
            shape(
                    "private key",
                    any -> true,
                    // whole, or cut off; in JSON that stands in a text, lines end in backslash and n
                    "-----BEGIN (?:[A-Z0-9]{1,16} ){0,3}PRIVATE KEY(?: BLOCK)?-----"
                            + "(?:[^-]++(?:-{1,4}+[^-]++){0,16}+-----END (?:[A-Z0-9]{1,16} ){0,3}PRIVATE KEY(?: BLOCK)?-----"
                            + "|(?:(?:\\s|\\\\[nr]){0,8}+[A-Za-z0-9+/=]{16,}+){1,400}+(?:\\s{1,2}+[A-Za-z0-9+/=]{1,15}+\\z)?)",
                    "-----BEGIN "),
            shape(
                    "password",
                    login -> !login.matches(".*:(?:\\$?\\{.*}|\\*+|\\.+)"),
                    "://([^\\s/:@?#\"'<>\\[\\]]{0,256}+:[^\\s/?#\"'<>]{1,256})@",
                    "://"));

    private static Shape shape(String kind, Predicate<String> secret, String pattern, String... anchors) {
        return new Shape(Redactor.mark(kind), List.of(anchors), Pattern.compile(pattern), secret);
    }

    /** Adds all secrets of this shape. */
    void find(String text, Spans spans) {
        Matcher matcher = null;
        for (String anchor : anchors) {
            int at = text.indexOf(anchor);
            while (at >= 0) {
                if (matcher == null) {
                    matcher = pattern.matcher(text).useTransparentBounds(true).useAnchoringBounds(false);
                }
                int next = at + anchor.length();
                if (matcher.region(at, text.length()).lookingAt()) {
                    int group = matcher.groupCount();
                    if (secret.test(matcher.group(group))) {
                        spans.add(matcher.start(group), matcher.end(group), mark);
                    }
                    next = Math.max(next, matcher.end());
                }
                at = text.indexOf(anchor, next);
            }
        }
    }

    /** Whether letters and digits follow each other for so long, and so mixed, as in no word and in no number. */
    private static boolean isRandom(String text) {
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || !isAlphanumeric(text.charAt(i))) {
                if (isRandom(text, start, i)) {
                    return true;
                }
                start = i + 1;
            }
        }
        return false;
    }

    private static boolean isRandom(String text, int start, int end) {
        int digits = 0;
        int capitals = 0;
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            digits += c <= '9' ? 1 : 0;
            capitals += c >= 'A' && c <= 'Z' ? 1 : 0;
        }
        int length = end - start;
        return length >= 24
                || length >= 20 && capitals > 0 && capitals < length - digits
                || length >= 12 && digits >= 4 && digits < length;
    }

    /** An opaque token: random, or of all kinds of characters. */
    private static boolean isToken(String text) {
        return isRandom(text)
                || text.length() >= 12
                        && text.chars().filter(Shape::isDigit).count() >= 3
                        && text.chars().anyMatch(c -> c >= 'A' && c <= 'Z')
                        && text.chars().anyMatch(c -> c >= 'a' && c <= 'z');
    }

    private static boolean isNumbered(String text) {
        return text.chars().filter(Shape::isDigit).count() >= 4;
    }

    private static boolean hasDigit(String text) {
        return text.chars().anyMatch(Shape::isDigit);
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isAlphanumeric(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
