package org.juniteval.engine.cache;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * The files of a {@link FileStore}. Counted as such is only what has the name and the place of one: no link is followed,
 * and nothing else that lies in the folder is read or removed.
 */
public final class CacheFolder implements CacheContent {

    /** Suites, evals and cases. */
    private static final int LEVELS = 3;

    private static final Pattern FOLDER = Pattern.compile(".*-[0-9a-f]{8}");
    private static final Pattern ENTRY = Pattern.compile(".+-[0-9a-f]{32}[.]json");
    private static final Pattern TEMPORARY = Pattern.compile(ENTRY + "[.][0-9a-f]{12}-[0-9]+[.]tmp");
    private static final Pattern CORRUPT = Pattern.compile(ENTRY + "[.]corrupt-[0-9]+");

    private final Path root;

    private CacheFolder(Path root) {
        this.root = root;
    }

    /** The files below a folder, which need not be there. */
    public static CacheFolder at(Path root) {
        return new CacheFolder(root);
    }

    @Override
    public void visit(Consumer<Found> visitor) throws IOException {
        visit(root, "", LEVELS, visitor);
    }

    private static void visit(Path folder, String place, int levels, Consumer<Found> visitor) throws IOException {
        for (Path path : list(folder)) {
            String name = path.getFileName().toString();
            if (levels == 0) {
                found(path, name, place + name).ifPresent(visitor);
            } else if (FOLDER.matcher(name).matches()) {
                Optional<BasicFileAttributes> attributes = attributes(path);
                if (attributes.filter(BasicFileAttributes::isDirectory).isPresent()) {
                    try {
                        visit(path, place + name + "/", levels - 1, visitor);
                    } catch (FileSystemException unreadable) {
                        visitor.accept(
                                new Broken(place + name, 0, "it cannot be read: " + FileStore.reason(unreadable)));
                    }
                } else if (attributes.isPresent()) {
                    visitor.accept(new Broken(
                            place + name,
                            0,
                            "it is a link or a file where a folder belongs; links below the cache's folder are not"
                                    + " followed"));
                }
            }
        }
    }

    private static List<Path> list(Path folder) throws IOException {
        List<Path> paths = new ArrayList<>();
        try (var all = Files.newDirectoryStream(folder)) {
            all.forEach(paths::add);
        } catch (NoSuchFileException deletedMeanwhile) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        // The order of paths differs between systems: some of them know no case of letters.
        paths.sort(Comparator.comparing(path -> path.getFileName().toString()));
        return paths;
    }

    private static Optional<Found> found(Path file, String name, String place) throws IOException {
        boolean entry = ENTRY.matcher(name).matches();
        boolean temporary = TEMPORARY.matcher(name).matches();
        if (!entry && !temporary && !CORRUPT.matcher(name).matches()) {
            return Optional.empty();
        }
        Optional<BasicFileAttributes> attributes = attributes(file);
        if (attributes.isEmpty()) {
            return Optional.empty();
        }
        long bytes = attributes.get().size();
        if (entry) {
            return entry(file, place, attributes.get());
        }
        var modified = attributes.get().lastModifiedTime().toInstant();
        return Optional.of(temporary ? new Unfinished(place, bytes, modified) : new SetAside(place, bytes, modified));
    }

    private static Optional<Found> entry(Path file, String place, BasicFileAttributes attributes) {
        long bytes = attributes.size();
        try {
            return FileStore.content(file, attributes).map(content -> found(place, bytes, content));
        } catch (IOException unreadable) {
            return Optional.of(new Broken(place, bytes, "it cannot be read: " + FileStore.reason(unreadable)));
        }
    }

    /** What the content of an entry's place is. */
    static Found found(String place, long bytes, EntryFormat.Content content) {
        if (content instanceof EntryFormat.Content.Whole whole) {
            String own = FileName.of(whole.entry().key());
            return own.equals(place)
                    ? new Stored(place, bytes, whole.entry())
                    : new Broken(place, bytes, "it is the entry that belongs to " + own);
        }
        return new Broken(
                place,
                bytes,
                content instanceof EntryFormat.Content.Newer newer
                        ? newer.why()
                        : ((EntryFormat.Content.Damaged) content).why());
    }

    private static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
        try {
            return Optional.of(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    /**
     * Removes what was found, and the folders that are empty then. A run that is using the cache misses an entry and
     * nothing else.
     *
     * @param place of something that {@link #visit} has shown
     * @return false where there is no such file any more, or where it is reached over a link
     * @throws IOException if the system refuses; the message names the file
     */
    public boolean remove(String place) throws IOException {
        Path file = root.resolve(place);
        for (Path folder = file.getParent(); !folder.equals(root); folder = folder.getParent()) {
            if (attributes(folder).filter(BasicFileAttributes::isDirectory).isEmpty()) {
                return false;
            }
        }
        // A link or a folder in an entry's place is not of our making.
        if (attributes(file).filter(BasicFileAttributes::isRegularFile).isEmpty() || !Files.deleteIfExists(file)) {
            return false;
        }
        try {
            for (Path folder = file.getParent(); !folder.equals(root); folder = folder.getParent()) {
                Files.deleteIfExists(folder);
            }
        } catch (DirectoryNotEmptyException stillUsed) {
            // and so are those above it
        }
        return true;
    }
}
