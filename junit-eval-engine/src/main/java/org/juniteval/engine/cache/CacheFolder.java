package org.juniteval.engine.cache;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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

    private static final String IGNORE = ".gitignore";

    private static final Pattern FOLDER = Pattern.compile(".*-[0-9a-f]{8}");
    private static final Pattern ENTRY = Pattern.compile(".+-[0-9a-f]{32}[.]json");

    private static final Map<Kind, Pattern> OTHERS = Map.of(
            Kind.UNFINISHED, Pattern.compile(ENTRY + "[.][0-9a-f]{12}-[0-9]+[.]tmp"),
            Kind.SET_ASIDE, Pattern.compile(ENTRY + "[.]corrupt-[0-9]+"),
            Kind.FAULT_MARK, Pattern.compile(".+-[0-9a-f]{32}" + Pattern.quote(FaultMarks.SUFFIX)));

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
        visit(root, "", LEVELS, false, visitor);
        Path archives = root.resolve(Archive.FOLDER);
        for (Path archive : isFolder(archives) ? list(archives) : List.<Path>of()) {
            if (isFolder(archive)) {
                String place = Archive.FOLDER + "/" + archive.getFileName() + "/";
                visit(archive, place, LEVELS, true, visitor);
                other(archive.resolve(IGNORE), place + IGNORE, Kind.ARCHIVED).ifPresent(visitor);
            }
        }
    }

    private static void visit(Path folder, String place, int levels, boolean archived, Consumer<Found> visitor)
            throws IOException {
        for (Path path : list(folder)) {
            String name = path.getFileName().toString();
            if (levels == 0) {
                found(path, name, place + name, archived).ifPresent(visitor);
            } else if (FOLDER.matcher(name).matches() && isFolder(path)) {
                try {
                    visit(path, place + name + "/", levels - 1, archived, visitor);
                } catch (FileSystemException unreadable) {
                    visitor.accept(new Broken(place + name, 0, "it cannot be read: " + FileStore.reason(unreadable)));
                }
            } else if (FOLDER.matcher(name).matches() && !archived) {
                visitor.accept(new Broken(
                        place + name,
                        0,
                        "it is a link or a file where a folder belongs; links below the cache's folder are not"
                                + " followed"));
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

    private static Optional<Found> found(Path file, String name, String place, boolean archived) throws IOException {
        if (ENTRY.matcher(name).matches()) {
            return archived ? other(file, place, Kind.ARCHIVED) : entry(file, place);
        }
        for (var kind : OTHERS.entrySet()) {
            if (kind.getValue().matcher(name).matches()) {
                return other(file, place, archived ? Kind.ARCHIVED : kind.getKey());
            }
        }
        return Optional.empty();
    }

    private static Optional<Found> entry(Path file, String place) throws IOException {
        Optional<BasicFileAttributes> attributes = FileStore.attributes(file);
        if (attributes.isEmpty()) {
            return Optional.empty();
        }
        long bytes = attributes.get().size();
        try {
            return FileStore.content(file, attributes.get(), EntryFormat::read)
                    .map(content -> found(place, bytes, content));
        } catch (IOException unreadable) {
            return Optional.of(new Broken(place, bytes, "it cannot be read: " + FileStore.reason(unreadable)));
        }
    }

    private static Optional<Found> other(Path file, String place, Kind kind) throws IOException {
        return FileStore.attributes(file)
                .filter(BasicFileAttributes::isRegularFile)
                .map(found ->
                        new Other(place, found.size(), found.lastModifiedTime().toInstant(), kind));
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

    private static boolean isFolder(Path path) throws IOException {
        return FileStore.attributes(path).filter(Archive::isFolder).isPresent();
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
            if (!isFolder(folder)) {
                return false;
            }
        }
        // A link or a folder in an entry's place is not of our making.
        if (FileStore.attributes(file)
                        .filter(BasicFileAttributes::isRegularFile)
                        .isEmpty()
                || !Files.deleteIfExists(file)) {
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
