package org.juniteval.engine.cache;

import java.text.Normalizer;
import java.util.regex.Pattern;
import org.juniteval.engine.fingerprint.Sha256;

/**
 * Ids as names of folders that every file system takes, in every locale, and that people can read. Different ids make
 * different names, also where the system knows no case of letters.
 */
final class FileName {

    static final String SUFFIX = ".json";

    static final int FINGERPRINT_DIGITS = 32;

    private static final int READABLE = 60;
    private static final int HASH_DIGITS = 8;

    /** What Windows opens as a device, whatever follows after a dot. */
    private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])([.].*)?");

    private FileName() {}

    /** At most 60 readable characters of the id and 8 hex digits of its hash. */
    static String of(String id) {
        return readable(id) + "-" + Sha256.of(id).substring(0, HASH_DIGITS);
    }

    /** The text itself where it can be a part of a file's name, else a name made of it. */
    static String plain(String text) {
        return text.equals(readable(text)) ? text : of(text);
    }

    /** Where an entry stands below the root, with slashes: {@code <suite>/<eval>/<case>/<part>-<hash>.json}. */
    static String of(EntryKey key) {
        return below(of(key.suite()), of(key.eval()), key, SUFFIX);
    }

    /** The same for one who has made the names of the suite's and the eval's folder before; with an end of its own. */
    static String below(String suite, String eval, EntryKey key, String suffix) {
        return suite
                + "/"
                + eval
                + "/"
                + of(key.caseId())
                + "/"
                + plain(key.part())
                + "-"
                + key.fingerprint().substring(0, FINGERPRINT_DIGITS)
                + suffix;
    }

    /** What entries of the same part under other fingerprints have in common with this one's place. */
    static String without(String place) {
        return place.substring(0, place.length() - SUFFIX.length() - FINGERPRINT_DIGITS);
    }

    private static String readable(String id) {
        return isReadable(id) ? id : madeReadable(id);
    }

    /** Whether nothing has to be changed; most ids are so, and of every sample one is asked for. */
    private static boolean isReadable(String id) {
        for (int i = 0; i < id.length(); i++) {
            if (!isSafe(id.charAt(i))) {
                return false;
            }
        }
        return id.length() <= READABLE && !id.startsWith(".") && !id.startsWith("-") && !isDevice(id);
    }

    private static String madeReadable(String id) {
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
        if (isDevice(name.toString())) {
            name.insert(0, '_');
        }
        // The end of a long class name or id tells as much as its beginning.
        int tooMany = name.length() - READABLE;
        return (tooMany <= 0 ? name : name.replace(READABLE / 2 - 1, READABLE / 2 + 1 + tooMany, "__")).toString();
    }

    private static boolean isDevice(String name) {
        int dot = name.indexOf('.');
        int stem = dot < 0 ? name.length() : dot;
        // The pattern takes longer than all the rest, and most names cannot fit.
        return (stem == 3 || stem == 4) && DEVICE.matcher(name).matches();
    }

    private static boolean isSafe(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_';
    }
}
