package org.juniteval.engine.cache;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/** Keys and payloads to store. */
final class Keys {

    private Keys() {}

    static EntryKey key(String part) {
        return key(part, "code");
    }

    static EntryKey key(String part, String code) {
        return key("peru", part, code, "base");
    }

    static EntryKey key(String caseId, String part, String code, String variant) {
        var components = new TreeMap<String, String>();
        components.put("case", hash(caseId));
        components.put("code", hash(code));
        components.put("sample", hash(part));
        components.put("variant", hash(variant));
        return new EntryKey(
                "com.example.CapitalsEval", "answersCapital", caseId, part, hash(components.toString()), components);
    }

    static ObjectNode payload(String output) {
        return JsonNodeFactory.instance.objectNode().put("output", output);
    }

    static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_16)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    static List<Path> entryFiles(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
