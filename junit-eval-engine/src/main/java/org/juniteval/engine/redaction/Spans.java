package org.juniteval.engine.redaction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Where a text holds secrets. All are found before one is replaced, so no mark is ever taken for a secret. */
final class Spans {

    private record Span(int start, int end, String mark) {}

    private final List<Span> spans = new ArrayList<>();

    void add(int start, int end, String mark) {
        if (end > start) {
            spans.add(new Span(start, end, mark));
        }
    }

    /** The text with marks in the places of the secrets; the same text where there are none. */
    String replacedIn(String text) {
        if (spans.isEmpty()) {
            return text;
        }
        // Stable: of those that start at the same place the one that was found first gives its name.
        spans.sort(Comparator.comparingInt(Span::start));
        StringBuilder replaced = new StringBuilder(text.length());
        int end = 0;
        for (Span span : spans) {
            if (span.start >= end) {
                replaced.append(text, end, span.start).append(span.mark);
            }
            end = Math.max(end, span.end);
        }
        return replaced.append(text, end, text.length()).toString();
    }
}
