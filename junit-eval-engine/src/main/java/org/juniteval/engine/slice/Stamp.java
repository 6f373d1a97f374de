package org.juniteval.engine.slice;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Collection;

/** Since when files have been what they are. */
final class Stamp {

    /** Of a file that cannot be looked at: newer than anything. */
    private static final FileTime NEVER = FileTime.fromMillis(Long.MAX_VALUE);

    private Stamp() {}

    /**
     * When a file was last written or put where it is. The date of its content does not tell: archives, copies with
     * {@code cp -p} and tools that restore dates bring an old text back with its old date.
     */
    static FileTime of(Path file) {
        try {
            FileTime modified = Files.getLastModifiedTime(file);
            FileTime placed = file.getFileSystem().supportedFileAttributeViews().contains("unix")
                    ? (FileTime) Files.getAttribute(file, "unix:ctime")
                    : Files.readAttributes(file, BasicFileAttributes.class).creationTime();
            return modified.compareTo(placed) > 0 ? modified : placed;
        } catch (IOException e) {
            return NEVER;
        }
    }

    static FileTime newest(Collection<FileTime> stamps) {
        return stamps.stream().max(FileTime::compareTo).orElse(FileTime.fromMillis(0));
    }
}
