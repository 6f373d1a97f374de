package org.juniteval.engine.redaction;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Which environment variables hold secrets, and how these are written. */
final class Variables {

    /** A word of the name ends so: {@code OPENAI_API_KEY}, {@code DBPASSWORD}, {@code NPM_TOKENS}. */
    private static final Pattern SAYS_SECRET =
            Pattern.compile("(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|CREDENTIAL)S?(?:_|$)");

    /** It says where something is, or of what kind, and not what it is. */
    private static final Pattern SAYS_WHERE = Pattern.compile("_(?:FILE|PATH|DIR|NAME|TYPE|ALIAS|LIMIT|SIZE)$");

    /** Shorter ones are in too many texts. */
    private static final int SHORTEST = 8;

    /** Words, such as {@code postgres} or {@code disabled}, are no shorter than this if they are secrets. */
    private static final int SHORTEST_OF_LETTERS = 16;

    private Variables() {}

    /** The marks of all secrets by the secrets. */
    static Map<String, String> secrets(Map<String, String> environment) {
        Map<String, String> marks = new TreeMap<>();
        new TreeMap<>(environment).forEach((name, untrimmed) -> {
            String value = untrimmed.strip();
            if (saysSecret(name.toUpperCase(Locale.ROOT)) && mayBeSecret(value)) {
                forms(value).forEach(form -> marks.putIfAbsent(form, Redactor.mark(name)));
            }
        });
        return Collections.unmodifiableMap(marks);
    }

    /** As it is, in JSON, in a form and in an address: as errors of providers show what they were sent. */
    private static List<String> forms(String value) {
        String inForm = URLEncoder.encode(value, StandardCharsets.UTF_8);
        return List.of(
                value,
                new String(JsonStringEncoder.getInstance().quoteAsString(value)),
                inForm,
                inForm.replace("+", "%20"));
    }

    private static boolean saysSecret(String name) {
        return SAYS_SECRET.matcher(name).find() && !SAYS_WHERE.matcher(name).find();
    }

    private static boolean mayBeSecret(String value) {
        boolean letters = value.chars().allMatch(Character::isLetter);
        return value.length() >= (letters ? SHORTEST_OF_LETTERS : SHORTEST) && !isFile(value);
    }

    private static boolean isFile(String value) {
        try {
            return Path.of(value).isAbsolute() && Files.exists(Path.of(value));
        } catch (InvalidPathException noPath) {
            return false;
        }
    }
}
