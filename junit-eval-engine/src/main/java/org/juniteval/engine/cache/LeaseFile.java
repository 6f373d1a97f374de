package org.juniteval.engine.cache;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The leases of one root: each a lock on one byte of one file, at an offset that the fingerprint gives. The file stays
 * empty, nothing has to be cleaned up, and the system frees the locks of a process that dies.
 *
 * <p>POSIX drops all locks of a process on a file as soon as the process closes any descriptor of that file. So all
 * stores of a root in this JVM share one channel, which the last of them closes.
 */
final class LeaseFile {

    private static final Map<Path, LeaseFile> OPEN = new HashMap<>();

    private final Path root;
    private int users;
    private FileChannel channel;
    private Optional<Object> fileKey = Optional.empty();

    private LeaseFile(Path root) {
        this.root = root;
    }

    /** @param root an existing folder */
    static LeaseFile of(Path root) throws IOException {
        var real = root.toRealPath();
        synchronized (OPEN) {
            var file = OPEN.computeIfAbsent(real, LeaseFile::new);
            file.users++;
            return file;
        }
    }

    /** Only ever {@code tryLock}: {@code lock} can be interrupted, which closes the channel, and with it all leases. */
    Optional<Lease> lease(EntryKey key) throws IOException {
        long offset = Long.parseUnsignedLong(key.fingerprint().substring(0, 16), 16) >>> 2;
        try {
            var lock = channel().tryLock(offset, 1, false);
            return Optional.ofNullable(lock).map(held -> () -> {
                try {
                    held.release();
                } catch (IOException channelClosed) {
                    // All its locks went with it.
                }
            });
        } catch (OverlappingFileLockException heldInThisJvm) {
            return Optional.empty();
        }
    }

    /** Opened anew where the folder was deleted in the meantime: locks on a file that is gone exclude nobody. */
    private synchronized FileChannel channel() throws IOException {
        var file = root.resolve("leases");
        var found = attributes(file);
        if (channel == null
                || !channel.isOpen()
                || !found.map(BasicFileAttributes::fileKey).equals(fileKey)) {
            if (found.isPresent() && !found.get().isRegularFile()) {
                throw new FileSystemException(file.toString(), null, "Not a regular file");
            }
            // A former channel is left to the garbage collector: leases may still be held on it.
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            fileKey = attributes(file).map(BasicFileAttributes::fileKey);
        }
        return channel;
    }

    private static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
        try {
            return Optional.of(Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException absent) {
            return Optional.empty();
        }
    }

    void release() {
        // Closed before anyone can open the next channel, whose locks would go with this one.
        synchronized (OPEN) {
            if (--users == 0) {
                OPEN.remove(root);
                close();
            }
        }
    }

    private synchronized void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // Nothing was written that could be lost.
        }
    }
}
