package org.juniteval.engine.slice;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.juniteval.engine.fingerprint.Sha256;

/**
 * A Java source as a compiler sees it: its words and signs, without comments and white space.
 *
 * @param hash SHA-256 of the tokens
 * @param words the identifiers and keywords in it
 * @param imports the names that it imports, {@code java.util.List}, with {@code .*} at the end where the source has that
 * @param names the other dotted names in it
 * @param interfaceHash as {@code hash}, without the bodies of methods: other sources are compiled against no more of it
 * @param interfaceWords as {@code words}, likewise
 */
record SourceText(
        String hash,
        Set<String> words,
        Set<String> imports,
        Set<String> names,
        String interfaceHash,
        Set<String> interfaceWords) {

    private static final Set<String> TYPES = Set.of("class", "interface", "enum", "record");

    private static final Set<String> IMPORT = Set.of("import", "static");

    /** Signs that mean the same whatever stands beside them. */
    private static final String SINGLE = "(){}[];,.@";

    /** The text of a file; empty where it is in no encoding that can be read. */
    static Optional<SourceText> of(byte[] file) {
        String text = decode(file);
        return text.indexOf('\0') >= 0 ? Optional.empty() : Optional.of(of(tokens(translated(text))));
    }

    private static SourceText of(List<String> tokens) {
        List<String> face = withoutBodies(tokens);
        Set<String> imports = new HashSet<>();
        Set<String> names = new HashSet<>();
        collectNames(tokens, imports, names);
        return new SourceText(hash(tokens), words(tokens), imports, names, hash(face), words(face));
    }

    /** Which letters stand in a literal is the build file's to say; identifiers are ASCII or UTF-8 with few exceptions. */
    private static String decode(byte[] file) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(file, StandardCharsets.ISO_8859_1);
        }
    }

    /** With line ends as on Unix, and {@code \}{@code u0041} as the letter that it means even within a word. */
    private static String translated(String text) {
        String lines = text.replace("\r\n", "\n").replace('\r', '\n');
        if (!lines.contains("\\u")) {
            return lines;
        }
        StringBuilder letters = new StringBuilder(lines.length());
        for (int i = 0; i < lines.length(); i++) {
            char c = lines.charAt(i);
            if (c != '\\' || i + 1 == lines.length()) {
                letters.append(c);
            } else if (lines.charAt(i + 1) != 'u') {
                letters.append(c).append(lines.charAt(++i)); // a backslash that is escaped itself escapes nothing
            } else {
                int digits = i + 1;
                while (digits < lines.length() && lines.charAt(digits) == 'u') {
                    digits++;
                }
                Optional<Character> letter = hexadecimal(lines, digits);
                letters.append(letter.orElse(c));
                i = letter.isPresent() ? digits + 3 : i;
            }
        }
        return letters.toString();
    }

    private static Optional<Character> hexadecimal(String text, int from) {
        try {
            return from + 4 > text.length()
                    ? Optional.empty()
                    : Optional.of((char) Integer.parseUnsignedInt(text, from, from + 4, 16));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            int end = i + 1;
            if (Character.isWhitespace(c)) {
                i = end;
                continue;
            }
            if (text.startsWith("//", i)) {
                i = orEnd(text.indexOf('\n', i), text);
                continue;
            }
            if (text.startsWith("/*", i)) {
                int close = text.indexOf("*/", i + 2);
                i = close < 0 ? text.length() : close + 2;
                continue;
            }
            if (text.startsWith("\"\"\"", i)) {
                end = closing(text, i + 3, "\"\"\"");
            } else if (c == '"' || c == '\'') {
                end = closing(text, i + 1, String.valueOf(c));
            } else if (Character.isJavaIdentifierPart(c) || Character.isSurrogate(c)) {
                while (end < text.length()
                        && (Character.isJavaIdentifierPart(text.charAt(end))
                                || Character.isSurrogate(text.charAt(end)))) {
                    end++;
                }
            } else if (SINGLE.indexOf(c) < 0) {
                while (end < text.length() && isOperator(text, end)) {
                    end++;
                }
            }
            tokens.add(text.substring(i, end));
            i = end;
        }
        return tokens;
    }

    private static int orEnd(int index, String text) {
        return index < 0 ? text.length() : index;
    }

    private static int closing(String text, int from, String quote) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.startsWith(quote, i)) {
                return i + quote.length();
            }
        }
        return text.length();
    }

    /** {@code a - -b} is not {@code a --b}: signs side by side are one token. */
    private static boolean isOperator(String text, int at) {
        char c = text.charAt(at);
        return !Character.isWhitespace(c)
                && !Character.isJavaIdentifierPart(c)
                && !Character.isSurrogate(c)
                && SINGLE.indexOf(c) < 0
                && c != '"'
                && c != '\''
                && !text.startsWith("//", at)
                && !text.startsWith("/*", at);
    }

    private static boolean isWord(String token) {
        return Character.isJavaIdentifierStart(token.charAt(0)) || Character.isSurrogate(token.charAt(0));
    }

    private static Set<String> words(List<String> tokens) {
        Set<String> words = new HashSet<>();
        for (String token : tokens) {
            if (isWord(token)) {
                words.add(token);
            }
        }
        return words;
    }

    private static void collectNames(List<String> tokens, Set<String> imports, Set<String> names) {
        for (int i = 0; i + 2 < tokens.size(); i++) {
            if (tokens.get(i + 1).equals(".") && isWord(tokens.get(i))) {
                Set<String> kind = i > 0 && IMPORT.contains(tokens.get(i - 1)) ? imports : names;
                StringBuilder name = new StringBuilder(tokens.get(i));
                while (i + 2 < tokens.size()
                        && tokens.get(i + 1).equals(".")
                        && (isWord(tokens.get(i + 2)) || tokens.get(i + 2).equals("*"))) {
                    name.append('.').append(tokens.get(i + 2));
                    i += 2;
                }
                kind.add(name.toString());
            }
        }
    }

    private static String hash(List<String> tokens) {
        return Sha256.of(String.join("\0", tokens));
    }

    /**
     * What other sources see: a body of a method, a constructor or an initialiser decides nothing outside of its source.
     * What is not surely such a body stays.
     */
    private static List<String> withoutBodies(List<String> tokens) {
        List<String> face = new ArrayList<>();
        Deque<Integer> types = new ArrayDeque<>(); // the depth of braces at which each open type's members stand
        int depth = 0;
        int parentheses = 0;
        boolean type = false;
        boolean value = false;
        int bodyDepth = Integer.MAX_VALUE;
        String before = "";
        for (String token : tokens) {
            switch (token) {
                case "(" -> parentheses++;
                case ")" -> parentheses--;
                case "{" -> {
                    boolean atMember = parentheses == 0 && depth == (types.isEmpty() ? 0 : types.peek());
                    depth++;
                    if (bodyDepth == Integer.MAX_VALUE && atMember) {
                        if (type) {
                            types.push(depth);
                        } else if (!value && !types.isEmpty()) {
                            bodyDepth = depth;
                        }
                        value &= !type;
                        type = false;
                    }
                }
                case "}" -> depth--;
                default -> {
                    // a word or a sign
                }
            }
            if (bodyDepth == Integer.MAX_VALUE) {
                face.add(token);
            }
            if (depth < bodyDepth) {
                boolean endOfBody = bodyDepth != Integer.MAX_VALUE;
                bodyDepth = Integer.MAX_VALUE;
                boolean endOfType = token.equals("}") && !types.isEmpty() && depth < types.peek();
                if (endOfType) {
                    types.pop();
                }
                if (parentheses == 0 && depth == (types.isEmpty() ? 0 : types.peek())) {
                    if (endOfBody || endOfType || token.equals(";")) {
                        type = false;
                        value = false;
                    } else {
                        type |= TYPES.contains(token);
                        value |= token.contains("=")
                                || token.equals("default") && before.equals(")"); // of an annotation's element
                    }
                }
            }
            before = token;
        }
        return face;
    }
}
