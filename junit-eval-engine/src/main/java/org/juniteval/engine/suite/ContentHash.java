package org.juniteval.engine.suite;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** Writes a file or folder as the hash of what it holds, wherever it stands in a value; never as its name on this machine. */
final class ContentHash extends JsonSerializer<Path> {

    static ObjectMapper mapper(ObjectMapper base) {
        ContentHash hash = new ContentHash();
        return base.copy()
                .registerModule(new SimpleModule("content of files")
                        .addSerializer(Path.class, hash)
                        .addSerializer(File.class, new JsonSerializer<>() {
                            @Override
                            public void serialize(File file, JsonGenerator json, SerializerProvider provider)
                                    throws IOException {
                                hash.serialize(file.toPath(), json, provider);
                            }
                        }));
    }

    @Override
    public void serialize(Path path, JsonGenerator json, SerializerProvider provider) throws IOException {
        json.writeString("sha256:" + of(path));
    }

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
