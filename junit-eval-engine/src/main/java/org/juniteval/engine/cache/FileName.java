package org.juniteval.engine.cache;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Ids as names of folders that every file system takes, in every locale, and that people can read. Different ids make
 * different names, also where the system knows no case of letters.
 */
final class FileName {

    static final String SUFFIX = ".json";

    static final int FINGERPRINT_DIGITS = 32;

    private static final int READABLE = 60;
    private static final int HASH_BYTES = 4;

    /** What Windows opens as a device, whatever follows after a dot. */
    private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])([.].*)?");

    private FileName() {}

    /** At most 60 readable characters of the id and 8 hex digits of its hash. */
    static String of(String id) {
        return readable(id) + "-" + hash(id);
    }

    /** The text itself where it can be a part of a file's name, else a name made of it. */
    static String plain(String text) {
        return text.equals(readable(text)) ? text : of(text);
    }

    /** Where an entry stands below the root, with slashes: {@code <suite>/<eval>/<case>/<part>-<hash>.json}. */
    static String of(EntryKey key) {
        return of(key.suite())
                + "/"
                + of(key.eval())
                + "/"
                + of(key.caseId())
                + "/"
                + plain(key.part())
                + "-"
                + key.fingerprint().substring(0, FINGERPRINT_DIGITS)
                + SUFFIX;
    }

    /** What entries of the same part under other fingerprints have in common with this one's place. */
    static String without(String place) {
        return place.substring(0, place.length() - SUFFIX.length() - FINGERPRINT_DIGITS);
    }

    private static String readable(String id) {
        // ASCII alone: where the locale is POSIX, as in many containers, Java cannot name any other file.
        var plain = Normalizer.normalize(id, Normalizer.Form.NFKD);
        var name = new StringBuilder(Math.min(plain.length(), READABLE) + 2);
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (isSafe(c) && !(name.isEmpty() && (c == '.' || c == '-'))) {
                name.append(c);
            } else if (Character.getType(c) != Character.NON_SPACING_MARK
                    && (name.isEmpty() || name.charAt(name.length() - 1) != '_')) {
                name.append('_');
            }
        }
        if (DEVICE.matcher(name).matches()) {
            name.insert(0, '_');
        }
        // The end of a long class name or id tells as much as its beginning.
        int tooMany = name.length() - READABLE;
        return (tooMany <= 0 ? name : name.replace(READABLE / 2 - 1, READABLE / 2 + 1 + tooMany, "__")).toString();
    }

    private static boolean isSafe(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_';
    }

    private static String hash(String id) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }
}
