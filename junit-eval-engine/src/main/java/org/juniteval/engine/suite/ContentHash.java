package org.juniteval.engine.suite;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** The hash of what a file, or all files of a folder with their names in it, hold. */
final class ContentHash {

    private ContentHash() {}

    static String of(Path path) throws IOException {
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toAbsolutePath().normalize() + " is not there");
        }
        MessageDigest digest = sha256();
        if (Files.isDirectory(path)) {
            try (Stream<Path> walk = Files.walk(path)) {
                List<Path> files = walk.filter(Files::isRegularFile)
                        .sorted(Comparator.comparing(file -> nameIn(path, file)))
                        .toList();
                for (Path file : files) {
                    // Each file's own digest has a fixed length, so no two folders run together to one text.
                    digest.update((nameIn(path, file) + "\n" + of(file) + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        } else {
            try (InputStream in = Files.newInputStream(path);
                    OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
                in.transferTo(out);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String nameIn(Path folder, Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
