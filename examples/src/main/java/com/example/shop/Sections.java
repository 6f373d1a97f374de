package com.example.shop;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Text files beside this package's classes; {@code ## name} begins a section. */
final class Sections {

    private Sections() {}

    static Map<String, String> of(String resource) {
        Map<String, String> sections = new LinkedHashMap<>();
        for (String section : text(resource).split("(?m)^## ")) {
            if (!section.isBlank()) {
                String[] nameAndText = section.split("\n", 2);
                sections.put(nameAndText[0].strip(), nameAndText[1].strip());
            }
        }
        return sections;
    }

    static String text(String resource) {
        try (InputStream in = Sections.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + resource + " beside " + Sections.class.getName());
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
