package dev.evenroll.cli.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The right to do something alone: one process at a time has it, and loses it when it dies.
public final class ProcessLock implements AutoCloseable {

    private final FileChannel channel;

    private ProcessLock(FileChannel channel) {
        this.channel = channel;
    }

    /// Takes the one right that a file stands for.
    ///
    /// @param file made when it is not there, and left behind
    /// @return empty when another process has it, or another part of this one
    public static Optional<ProcessLock> take(Path file) throws IOException {
        return take(file, 0);
    }

    /// Takes one of the many rights that share a file.
    ///
    /// @param place which one, from 0
    /// @return empty when another process has it, or another part of this one
    public static Optional<ProcessLock> take(Path file, long place) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel, place) == null) {
            channel.close();
            return Optional.empty();
        }
        return Optional.of(new ProcessLock(channel));
    }

    private static @Nullable FileLock tryLock(FileChannel channel, long place) throws IOException {
        try {
            return channel.tryLock(place, 1, false);
        } catch (OverlappingFileLockException ours) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
