package org.juniteval.engine.fingerprint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 as 64 lower-case hexadecimal digits. */
public final class Sha256 {

    /** Finding an implementation and setting it up takes longer than hashing a short text does. */
    private static final ThreadLocal<MessageDigest> DIGEST = ThreadLocal.withInitial(Sha256::digest);

    private Sha256() {}

    /** The hash of a text in UTF-8; an unpaired surrogate counts as a question mark. */
    public static String of(String text) {
        return of(text.getBytes(UTF_8));
    }

    /** The hash of bytes. */
    public static String of(byte[] content) {
        return HexFormat.of().formatHex(DIGEST.get().digest(content));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
