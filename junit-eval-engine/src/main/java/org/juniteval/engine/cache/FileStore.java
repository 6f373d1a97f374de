package org.juniteval.engine.cache;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Function;
import java.util.stream.Stream;
import org.juniteval.engine.cache.EntryFormat.Content;

/**
 * A store of readable files, {@code <root>/<suite>/<eval>/<case>/<part>-<first 32 hex digits of the fingerprint>.json}.
 *
 * <p>An entry is written under a name of its own and then renamed, so it is complete or absent whenever a process is
 * killed. It is not forced to the disk: after a power cut its checksum tells that it is damaged, and it is missed.
 * Reading changes nothing: a damaged entry is set aside when there is another to take its place. Links below the root
 * are not followed.
 */
public final class FileStore implements Store {

    /** So many are opened to find the nearest: years of work on one prompt must not slow a miss down. */
    private static final int CANDIDATES = 32;

    /** Unlike a process id it also differs between machines and containers that share a folder. */
    private static final String WRITER =
            Long.toHexString(ThreadLocalRandom.current().nextLong());

    /** Enough for the samples of a case to share one look at its folder, since they are asked for at about one time. */
    private static final int REMEMBERED_CASES = 64;

    /** Where no more than this finds room, it is not the file that is to blame. */
    private static final int LARGE = 1 << 20;

    private static final AtomicLong WRITES = new AtomicLong();

    private final Path root;
    private final Clock clock;
    private final Warnings warnings = new Warnings();
    private final Map<String, String> folders = new ConcurrentHashMap<>();
    private final Set<Path> realFolders = ConcurrentHashMap.newKeySet();
    private final AtomicReferenceArray<Path> realCases = new AtomicReferenceArray<>(REMEMBERED_CASES);
    private LeaseFile leases;

    private FileStore(Path root, Clock clock) {
        this.root = root.toAbsolutePath().normalize();
        this.clock = clock;
    }

    /**
     * The store below a folder. Nothing is touched before the first use; the first write creates the folder, with a
     * {@code .gitignore} in it, which whoever wants to commit the cache deletes.
     */
    public static FileStore open(Path root) {
        return open(root, Clock.systemUTC());
    }

    /** As {@link #open(Path)}, with the clock that stamps new entries. */
    public static FileStore open(Path root, Clock clock) {
        return new FileStore(root, clock);
    }

    @Override
    public Lookup get(EntryKey key) {
        var file = file(key);
        try {
            var content = examine(file, bytes -> EntryFormat.read(bytes, key));
            if (content.isEmpty()) {
                return new Lookup.Miss();
            }
            return content.get() instanceof Content.Whole whole
                    ? new Lookup.Hit(whole.entry())
                    : broken(file, content.get());
        } catch (IOException e) {
            var why = "The cache entry " + file + " cannot be read (" + reason(e) + ") and counts as missing.";
            warnings.of("unreadable", file, why);
            return new Lookup.Broken(why);
        }
    }

    @Override
    public void put(EntryKey key, ObjectNode payload) {
        copy(new Entry(key, clock.instant(), payload));
    }

    @Override
    public void copy(Entry entry) {
        var key = entry.key();
        var file = file(key);
        try {
            byte[] bytes = EntryFormat.write(entry);
            if (bytes.length > EntryFormat.MAX_BYTES) {
                notStored(key, "it takes more than " + (EntryFormat.MAX_BYTES >> 20) + " MB");
            } else if (makeWay(file)) {
                write(file, bytes);
            }
        } catch (JsonProcessingException e) {
            notStored(key, "it cannot be written as JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            warnings.once(
                    "write",
                    "Answers cannot be stored in " + root + " (" + reason(e)
                            + "). The run goes on; what is not stored has to be paid for again.");
        }
    }

    @Override
    public Optional<Lease> lease(EntryKey key) {
        try {
            try {
                return leases().lease(key);
            } catch (NoSuchFileException deleted) {
                createRoot();
                return leases().lease(key);
            }
        } catch (IOException e) {
            warnings.once(
                    "lease",
                    "No locks in " + root + " (" + reason(e)
                            + "): processes that run at the same time may each pay for the same sample.");
            return Optional.of(() -> {});
        }
    }

    @Override
    public Optional<Entry> near(EntryKey key) {
        var file = file(key);
        try {
            if (linkOnTheWayTo(file).isPresent()) {
                return Optional.empty();
            }
            // What Git checked out was all modified at once: the file's time only narrows the choice.
            return siblings(file).stream()
                    .sorted(Comparator.comparing(Sibling::modified).reversed())
                    .limit(CANDIDATES)
                    .flatMap(sibling -> header(sibling.file(), key).stream())
                    .sorted(Comparator.comparing((Found found) -> !found.isOfSameVariant(key))
                            .thenComparing(found -> found.header().created(), Comparator.reverseOrder()))
                    .flatMap(found -> entry(found.file()))
                    .findFirst();
        } catch (IOException noFolder) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> warnings() {
        return warnings.drain();
    }

    @Override
    public synchronized void close() {
        if (leases != null) {
            leases.release();
            leases = null;
        }
    }

    private record Sibling(Path file, FileTime modified) {}

    private record Found(Path file, EntryFormat.Header header) {

        boolean isOfSameVariant(EntryKey key) {
            return Objects.equals(
                    header.key().components().get("variant"), key.components().get("variant"));
        }
    }

    /** The entries of the same part, and nothing else that lies in the folder. */
    private static List<Sibling> siblings(Path file) throws IOException {
        var name = file.getFileName().toString();
        var part = FileName.without(name);
        List<Sibling> siblings = new ArrayList<>();
        try (var all = Files.newDirectoryStream(file.getParent())) {
            for (var other : all) {
                var otherName = other.getFileName().toString();
                if (otherName.length() == name.length()
                        && otherName.startsWith(part)
                        && otherName.endsWith(FileName.SUFFIX)
                        && !otherName.equals(name)) {
                    attributes(other)
                            .filter(BasicFileAttributes::isRegularFile)
                            .ifPresent(found -> siblings.add(new Sibling(other, found.lastModifiedTime())));
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return siblings;
    }

    private static Optional<Found> header(Path file, EntryKey key) {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.of(new Found(file, EntryFormat.readHeader(in)))
                    .filter(found -> found.header().key().caseId().equals(key.caseId()))
                    .filter(found -> found.header().key().part().equals(key.part()));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private Stream<Entry> entry(Path file) {
        try {
            return examine(file, EntryFormat::read)
                    .filter(Content.Whole.class::isInstance)
                    .map(content -> ((Content.Whole) content).entry())
                    .stream();
        } catch (IOException unreadable) {
            return Stream.empty();
        }
    }

    private Path file(EntryKey key) {
        return file(key, FileName.SUFFIX);
    }

    /** What stands beside the entries of a case is named as they are, but for the end. */
    Path file(EntryKey key, String suffix) {
        return root.resolve(FileName.below(folder(key.suite()), folder(key.eval()), key, suffix));
    }

    /** A run asks for few suites and evals, and for each of them many times. */
    private String folder(String suiteOrEval) {
        var known = folders.get(suiteOrEval);
        return known == null ? folders.computeIfAbsent(suiteOrEval, FileName::of) : known;
    }

    /** The folder of the suite, the eval or the case, if it is a link and so may lead anywhere. */
    Optional<Path> linkOnTheWayTo(Path file) throws IOException {
        var ofCase = file.getParent();
        int slot = Math.floorMod(ofCase.hashCode(), REMEMBERED_CASES);
        if (ofCase.equals(realCases.get(slot))) {
            return Optional.empty();
        }
        var ofEval = ofCase.getParent();
        for (var folder : List.of(ofEval.getParent(), ofEval, ofCase)) {
            if (!realFolders.contains(folder)) {
                var attributes = attributes(folder);
                if (attributes.isEmpty()) {
                    return Optional.empty();
                }
                // "Other" is what Windows calls a junction.
                if (attributes.get().isSymbolicLink() || attributes.get().isOther()) {
                    return Optional.of(folder);
                }
                if (folder != ofCase) {
                    realFolders.add(folder);
                }
            }
        }
        realCases.set(slot, ofCase);
        return Optional.empty();
    }

    static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
        try {
            return Optional.of(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    /** What stands at a place; empty where nothing does. What is no regular file is not opened: a pipe would block. */
    private Optional<Content> examine(Path file, Function<byte[], Content> read) throws IOException {
        var attributes = attributes(file);
        if (attributes.isEmpty()) {
            return Optional.empty();
        }
        var link = linkOnTheWayTo(file);
        if (link.isPresent()) {
            return Optional.of(new Content.Elsewhere(link.get()));
        }
        return content(file, attributes.get(), read);
    }

    /** What a file that is no link holds. */
    static Optional<Content> content(Path file, BasicFileAttributes attributes, Function<byte[], Content> read)
            throws IOException {
        if (!attributes.isRegularFile()) {
            return Optional.of(new Content.Damaged("it is not a regular file"));
        }
        if (attributes.size() > EntryFormat.MAX_BYTES) {
            return Optional.of(new Content.Damaged(EntryFormat.TOO_LARGE));
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes((int) attributes.size());
            var content = read.apply(bytes);
            if (content instanceof Content.Damaged) {
                // Another writer may have put a longer entry there since its size was asked for.
                byte[] rest = in.readNBytes(EntryFormat.MAX_BYTES - bytes.length);
                var whole = Arrays.copyOf(bytes, bytes.length + rest.length);
                System.arraycopy(rest, 0, whole, bytes.length, rest.length);
                content = read.apply(whole);
            }
            return Optional.of(content);
        } catch (NoSuchFileException deletedMeanwhile) {
            return Optional.empty();
        } catch (OutOfMemoryError full) {
            if (attributes.size() < LARGE) {
                throw full;
            }
            return Optional.of(new Content.Damaged("it is larger than the memory has room for"));
        }
    }

    private Lookup.Broken broken(Path file, Content content) {
        String why;
        if (content instanceof Content.Newer newer) {
            why = "The cache entry " + file + " is not used: " + newer.why() + ". It is left as it is:"
                    + " update junit-eval, or use another cache folder (eval.cache.dir).";
        } else if (content instanceof Content.Elsewhere elsewhere) {
            why = "The cache entry " + file + " is not used, and none is stored there: " + elsewhere.link()
                    + " is a link, and links below the cache's folder are not followed. Remove it.";
        } else {
            why = "The cache entry " + file + " is not used: " + ((Content.Damaged) content).why()
                    + ". It is set aside when the answer is stored again.";
        }
        warnings.of(content.getClass().getSimpleName(), file, why);
        return new Lookup.Broken(why);
    }

    private void notStored(EntryKey key, String why) {
        warnings.of(
                "not stored",
                key.fingerprint(),
                "The answer of " + key.eval() + ", case " + key.caseId() + ", " + key.part() + ", is not stored: " + why
                        + ". It has to be paid for again.");
    }

    /** Whether an entry may be put there; what cannot be overwritten without a loss is set aside. */
    private boolean makeWay(Path file) throws IOException {
        var link = linkOnTheWayTo(file);
        var content = link.isPresent()
                ? Optional.<Content>of(new Content.Elsewhere(link.get()))
                : examine(file, EntryFormat::read);
        if (content.isEmpty() || content.get() instanceof Content.Whole) {
            return true;
        }
        if (content.get() instanceof Content.Damaged) {
            setAside(file);
            return true;
        }
        broken(file, content.get());
        return false;
    }

    private static void setAside(Path file) throws IOException {
        for (int n = 1; ; n++) {
            var aside = file.resolveSibling(file.getFileName() + ".corrupt-" + n);
            if (!Files.exists(aside, LinkOption.NOFOLLOW_LINKS)) {
                try {
                    Files.move(file, aside);
                    return;
                } catch (NoSuchFileException anotherDidIt) {
                    return;
                } catch (FileAlreadyExistsException anotherIsFaster) {
                    // The next number, then.
                }
            }
        }
    }

    private void write(Path file, byte[] bytes) throws IOException {
        try {
            writeAndRename(file, bytes);
        } catch (NoSuchFileException noFolder) {
            createRoot();
            Files.createDirectories(file.getParent());
            writeAndRename(file, bytes);
        }
    }

    /** By {@code Files} only: a channel is closed by the interrupt that a timeout may send. */
    private static void writeAndRename(Path file, byte[] bytes) throws IOException {
        var temporary =
                file.resolveSibling(file.getFileName() + "." + WRITER + "-" + WRITES.incrementAndGet() + ".tmp");
        try {
            Files.write(temporary, bytes, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException alsoThat) {
                e.addSuppressed(alsoThat);
            }
            throw e;
        }
    }

    void createRoot() throws IOException {
        if (Files.isDirectory(root)) {
            return;
        }
        Files.createDirectories(root.getParent());
        try {
            Files.createDirectory(root);
        } catch (FileAlreadyExistsException anotherProcessDid) {
            return;
        }
        var ignore = root.resolve(".gitignore");
        try {
            Files.writeString(ignore, "*\n");
        } catch (IOException full) {
            // A folder that stayed would never be ignored: its .gitignore may have been deleted on purpose.
            Files.deleteIfExists(ignore);
            Files.deleteIfExists(root);
            throw full;
        }
    }

    private synchronized LeaseFile leases() throws IOException {
        if (leases == null) {
            createRoot();
            leases = LeaseFile.of(root);
        }
        return leases;
    }

    /** The messages of most file errors are only the file's name. */
    static String reason(IOException e) {
        if (e instanceof FileSystemException inFile && inFile.getReason() != null) {
            return inFile.getReason() + ": " + inFile.getFile();
        }
        return e.getClass().getSimpleName() + (e.getMessage() == null ? "" : ": " + e.getMessage());
    }
}
