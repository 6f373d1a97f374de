package org.juniteval.engine.cache;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.juniteval.engine.cache.EntryFormat.Content;

/**
 * A cache in one file: a zip of entries at their places below the root, ordered by these, each with the date of its
 * answer. So the same entries make the same file, and unpacked it is the folder again. As a store it is only read.
 */
public final class ExportFile implements Store, CacheContent {

    /** As in the folder: so many are opened to find the nearest. */
    private static final int CANDIDATES = 32;

    /** What a zip can date without naming a time zone. */
    private static final LocalDateTime EARLIEST = LocalDateTime.of(1980, 1, 1, 0, 0);

    private static final LocalDateTime LATEST = LocalDateTime.of(2099, 12, 31, 0, 0);

    /** Texts shrink to a tenth or so. A file that grows by more than this, and beyond 128 MB, was made to harm. */
    private static final int MOST_GROWTH = 200;

    private static final long ALWAYS_ALLOWED = 128L << 20;

    private final Path file;
    private final ZipFile zip;
    private final NavigableMap<String, ZipEntry> entries;
    private final Warnings warnings = new Warnings();

    private ExportFile(Path file, ZipFile zip) {
        this.file = file;
        this.zip = zip;
        this.entries = new TreeMap<>();
        zip.stream().filter(entry -> !entry.isDirectory()).forEach(entry -> entries.put(entry.getName(), entry));
    }

    /**
     * Opens an exported file.
     *
     * @throws IOException if there is no such file, or if it is none; the message says what is wrong, without the
     *     file's name
     */
    public static ExportFile open(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(Files.isDirectory(file) ? "it is a folder" : "there is no such file");
        }
        try {
            return new ExportFile(file, new ZipFile(file.toFile(), StandardCharsets.UTF_8));
        } catch (ZipException | IllegalArgumentException noZip) {
            throw new IOException("it is no zip: " + noZip.getMessage(), noZip);
        }
    }

    /**
     * Exports what is whole. The file appears when it is complete, or not at all.
     *
     * @param others is shown what is left out
     * @return how many entries were exported
     * @throws FileAlreadyExistsException if the file is there and not to be replaced
     * @throws IOException if the cache cannot be read or the file not be written
     */
    public static int write(CacheFolder cache, Path file, boolean replace, Consumer<CacheContent.Found> others)
            throws IOException {
        if (!replace && Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Path absolute = file.toAbsolutePath();
        Path temporary = absolute.resolveSibling("." + absolute.getFileName() + "." + UUID.randomUUID() + ".tmp");
        // For Ctrl-C: whoever presses it does not come back to the code below.
        temporary.toFile().deleteOnExit();
        try {
            int count = write(cache, temporary, others);
            Files.move(temporary, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return count;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static int write(CacheFolder cache, Path file, Consumer<CacheContent.Found> others) throws IOException {
        int[] count = {0};
        try (var zip = new ZipOutputStream(
                new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)),
                StandardCharsets.UTF_8)) {
            cache.visit(found -> {
                if (found instanceof Stored stored) {
                    count[0]++;
                    add(zip, stored);
                } else {
                    others.accept(found);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        return count[0];
    }

    private static void add(ZipOutputStream zip, Stored stored) {
        var entry = new ZipEntry(stored.place());
        entry.setTimeLocal(time(stored.entry().created()));
        try {
            zip.putNextEntry(entry);
            zip.write(EntryFormat.write(stored.entry()));
            zip.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LocalDateTime time(Instant created) {
        if (created.isBefore(EARLIEST.toInstant(ZoneOffset.UTC))) {
            return EARLIEST;
        }
        return created.isAfter(LATEST.toInstant(ZoneOffset.UTC))
                ? LATEST
                : LocalDateTime.ofInstant(created, ZoneOffset.UTC);
    }

    // ---- as content

    /** Every name and every checksum in it is checked: what comes as {@link Stored} stands where it belongs. */
    @Override
    public void visit(Consumer<Found> visitor) throws IOException {
        long most = ALWAYS_ALLOWED + MOST_GROWTH * Files.size(file);
        long total = 0;
        for (ZipEntry entry : entries.values()) {
            Found found = found(entry);
            total += found.bytes();
            if (total > most) {
                throw new IOException("it unpacks to more than " + (most >> 20) + " MB, " + MOST_GROWTH
                        + " times what it takes: no exported cache does");
            }
            visitor.accept(found);
        }
    }

    private Found found(ZipEntry entry) {
        try {
            byte[] bytes = bytes(entry);
            return CacheFolder.found(entry.getName(), bytes.length, content(bytes));
        } catch (IOException | IllegalStateException unreadable) {
            // Closed, where a sample that was given up asks after the run's end.
            return new Broken(entry.getName(), 0, "it cannot be read: " + unreadable.getMessage());
        }
    }

    /** Whatever the zip says of the size: not more than one byte more than any entry takes. */
    private byte[] bytes(ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readNBytes(EntryFormat.MAX_BYTES + 1);
        }
    }

    private static Content content(byte[] bytes) {
        return bytes.length > EntryFormat.MAX_BYTES
                ? new Content.Damaged(EntryFormat.TOO_LARGE)
                : EntryFormat.read(bytes);
    }

    // ---- as a store

    @Override
    public Lookup get(EntryKey key) {
        var entry = entries.get(FileName.of(key));
        if (entry == null) {
            return new Lookup.Miss();
        }
        Found found = found(entry);
        if (found instanceof Stored stored) {
            return stored.entry().key().fingerprint().equals(key.fingerprint())
                    ? new Lookup.Hit(stored.entry())
                    : broken(entry, "it is the entry of another fingerprint");
        }
        return broken(entry, ((Broken) found).why());
    }

    private Lookup.Broken broken(ZipEntry entry, String why) {
        var text = "The cache entry " + entry.getName() + " in " + file + " is not used: " + why + ". Export it again.";
        warnings.of("broken", entry.getName(), text);
        return new Lookup.Broken(text);
    }

    @Override
    public Optional<Entry> near(EntryKey key) {
        var own = FileName.of(key);
        var part = FileName.without(own);
        return entries.subMap(part, true, part + Character.MAX_VALUE, false).values().stream()
                .filter(entry -> entry.getName().length() == own.length()
                        && !entry.getName().equals(own))
                .sorted(Comparator.comparing(ZipEntry::getTimeLocal).reversed())
                .limit(CANDIDATES)
                .map(this::found)
                .flatMap(found -> found instanceof Stored stored ? Stream.of(stored.entry()) : Stream.empty())
                .filter(entry -> entry.key().caseId().equals(key.caseId())
                        && entry.key().part().equals(key.part()))
                .min(Comparator.comparing((Entry entry) -> !Objects.equals(
                                entry.key().components().get("variant"),
                                key.components().get("variant")))
                        .thenComparing(Entry::created, Comparator.reverseOrder()));
    }

    /** Never writes. */
    @Override
    public void put(EntryKey key, ObjectNode payload) {}

    /** Never writes. */
    @Override
    public void copy(Entry entry) {}

    @Override
    public List<String> warnings() {
        return warnings.drain();
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            // Nothing was written that could be lost.
        }
    }
}
