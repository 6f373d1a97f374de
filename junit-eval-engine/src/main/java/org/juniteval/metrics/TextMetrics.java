package org.juniteval.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Compares an answer with the expected text. All measures are symmetric and lie in [0, 1], where 1 is the best, so that
 * a scorer can return them as they are.
 *
 * <p>Every method throws {@link NullPointerException}, with the argument's name, where an argument is null. Memory
 * grows with the length of the texts; time too, except where said otherwise.
 */
public final class TextMetrics {

    private static final Pattern ASCII_PUNCTUATION = Pattern.compile("\\p{Punct}+");

    /** Spelt out, because {@code \b} knows letters beyond ASCII on JDK 17 and not on later ones. */
    private static final Pattern ARTICLE = Pattern.compile("(?<![\\p{L}\\p{N}])(?:a|an|the)(?![\\p{L}\\p{N}])");

    private static final Pattern WHITE_SPACE = Pattern.compile("[\\s\\p{Z}\\x1C-\\x1F\\x85]+");
    private static final Pattern NO_ASCII_LETTER_OR_DIGIT = Pattern.compile("[^a-z0-9]+");

    private TextMetrics() {}

    /**
     * Whether both texts are equal once normalised as SQuAD does it (Rajpurkar et al., <i>SQuAD: 100,000+ Questions for
     * Machine Comprehension of Text</i>, EMNLP 2016, evaluation script v1.1): in lower case ({@link Locale#ROOT}),
     * ASCII punctuation deleted, the words {@code a}, {@code an} and {@code the} dropped, white space collapsed and
     * trimmed.
     *
     * <p>So {@code "The U.S.A."} matches {@code "USA"}, but {@code "co-operate"} does not match {@code "co operate"},
     * and typographic quotes stay. Note that punctuation may carry the meaning: {@code "-5"} matches {@code "5"}, and
     * {@code "1.5"} matches {@code "15"}. The strict comparison is {@link String#equals}.
     */
    public static boolean exactMatch(String answer, String expected) {
        requireBoth(answer, expected);
        return squadTokens(answer).equals(squadTokens(expected));
    }

    /**
     * The F1 measure of SQuAD v1.1: the harmonic mean of precision and recall over the words that both texts share,
     * counted as often as both hold them, {@code 2·shared / (words in one + words in the other)}. Words are those of
     * {@link #exactMatch}.
     *
     * @return 0 where no word is shared, also where neither text has any
     */
    public static double tokenF1(String answer, String expected) {
        requireBoth(answer, expected);
        List<String> answered = squadTokens(answer);
        List<String> wanted = squadTokens(expected);
        Map<String, Integer> open = new HashMap<>();
        for (String word : wanted) {
            open.merge(word, 1, Integer::sum);
        }
        int shared = 0;
        for (String word : answered) {
            if (open.merge(word, -1, Integer::sum) >= 0) {
                shared++;
            }
        }
        return f1(shared, answered.size(), wanted.size());
    }

    /**
     * {@code 1 − d / max}, where {@code d} is the least number of insertions, deletions and substitutions that turn one
     * text into the other (Levenshtein, <i>Binary Codes Capable of Correcting Deletions, Insertions, and Reversals</i>,
     * 1966), and {@code max} the length of the longer one. The unit is the code point: an emoji outside the basic plane
     * counts once. Nothing is normalised.
     *
     * <p>Time grows with the product of the lengths: two texts of 10,000 characters take 100 million steps.
     *
     * @return 1 for equal texts, two empty ones included; 0 where nothing stays in its place
     */
    public static double levenshteinSimilarity(String answer, String expected) {
        requireBoth(answer, expected);
        int[] one = answer.codePoints().toArray();
        int[] other = expected.codePoints().toArray();
        int longest = Math.max(one.length, other.length);
        return longest == 0 ? 1 : 1 - (double) distance(one, other) / longest;
    }

    /**
     * ROUGE-L as F-measure (Lin, <i>ROUGE: A Package for Automatic Evaluation of Summaries</i>, 2004, with β = 1):
     * {@code 2·lcs / (words in one + words in the other)}, where {@code lcs} is the length of the longest sequence of
     * words that both texts hold in the same order, not necessarily side by side. Words are those of Google's
     * rouge-score without stemming: runs of the letters {@code a} to {@code z} and of digits, in lower case.
     *
     * <p>So words of other scripts are not seen, and {@code "café"} is {@code "caf"}. Time grows with the product of
     * the numbers of words.
     *
     * @return 0 where no word is shared, also where neither text has any
     */
    public static double rougeL(String answer, String expected) {
        requireBoth(answer, expected);
        List<String> answered = rougeTokens(answer);
        List<String> wanted = rougeTokens(expected);
        return f1(longestCommonSubsequence(answered, wanted), answered.size(), wanted.size());
    }

    private static double f1(int shared, int inOne, int inOther) {
        return shared == 0 ? 0 : 2.0 * shared / (inOne + inOther);
    }

    /** The order of the steps matters: punctuation inside a word goes before articles are looked for. */
    private static List<String> squadTokens(String text) {
        String bare = ASCII_PUNCTUATION.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
        return words(ARTICLE.matcher(bare).replaceAll(" "), WHITE_SPACE);
    }

    private static List<String> rougeTokens(String text) {
        return words(text.toLowerCase(Locale.ROOT), NO_ASCII_LETTER_OR_DIGIT);
    }

    private static List<String> words(String text, Pattern between) {
        List<String> words = new ArrayList<>();
        between.splitAsStream(text).filter(word -> !word.isEmpty()).forEach(words::add);
        return words;
    }

    /** Keeps one row of the table: the distances of what was read of one to each beginning of the other. */
    private static int distance(int[] one, int[] other) {
        int[] row = new int[other.length + 1];
        for (int j = 1; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length; i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                int substituted = one[i - 1] == other[j - 1] ? diagonal : diagonal + 1;
                row[j] = Math.min(substituted, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[other.length];
    }

    private static int longestCommonSubsequence(List<String> one, List<String> other) {
        int[] row = new int[other.size() + 1];
        for (String word : one) {
            int diagonal = 0;
            for (int j = 1; j < row.length; j++) {
                int above = row[j];
                row[j] = word.equals(other.get(j - 1)) ? diagonal + 1 : Math.max(above, row[j - 1]);
                diagonal = above;
            }
        }
        return row[other.size()];
    }

    private static void requireBoth(String answer, String expected) {
        Objects.requireNonNull(answer, "answer is null");
        Objects.requireNonNull(expected, "expected is null");
    }
}
