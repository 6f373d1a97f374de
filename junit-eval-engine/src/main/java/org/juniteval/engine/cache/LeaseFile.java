package org.juniteval.engine.cache;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
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
    private Object fileKey;

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
                } catch (ClosedChannelException released) {
                    // With the channel all its locks went.
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            });
        } catch (OverlappingFileLockException heldInThisJvm) {
            return Optional.empty();
        }
    }

    /** Opened anew where the folder was deleted in the meantime: locks on a file that is gone exclude nobody. */
    private synchronized FileChannel channel() throws IOException {
        var file = root.resolve("leases");
        if (channel == null || !channel.isOpen() || !Objects.equals(fileKey, fileKey(file))) {
            // A former channel is left to the garbage collector: leases may still be held on it.
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            fileKey = fileKey(file);
        }
        return channel;
    }

    private static Object fileKey(Path file) throws IOException {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .fileKey();
        } catch (NoSuchFileException gone) {
            return null;
        }
    }

    void release() {
        synchronized (OPEN) {
            if (--users > 0) {
                return;
            }
            OPEN.remove(root);
        }
        synchronized (this) {
            try {
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException e) {
                // Nothing was written that could be lost.
            }
        }
    }
}
