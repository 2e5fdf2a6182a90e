package dev.evenroll.policy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/// What tells cheaply that a file may have changed. Links are followed: a link that leads elsewhere is
/// a change.
///
/// @param key identity of the file on its file system; null where there is none, or no such file
record FileStamp(
        long sizeBytes, FileTime modified, @Nullable Object key) {

    private static final FileStamp ABSENT = new FileStamp(-1, FileTime.fromMillis(0), null);

    static FileStamp of(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return new FileStamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
        } catch (IOException e) {
            return ABSENT;
        }
    }
}
