package org.juniteval.engine.record;

import java.time.Instant;

/** Instants in ISO-8601, UTC. Many follow each other within a second, and to find its date and time costs most. */
final class Iso {

    private record Second(long epoch, String text) {}

    private static volatile Second last = new Second(0, "1970-01-01T00:00:00");

    private Iso() {}

    static String of(Instant instant) {
        Second second = last;
        if (second.epoch() != instant.getEpochSecond()) {
            String text = Instant.ofEpochSecond(instant.getEpochSecond()).toString();
            second = new Second(instant.getEpochSecond(), text.substring(0, text.length() - 1));
            last = second;
        }
        if (instant.getNano() == 0) {
            return second.text() + "Z";
        }
        String nanos = Integer.toString(instant.getNano());
        return second.text() + "." + "0".repeat(9 - nanos.length()) + nanos + "Z";
    }
}
