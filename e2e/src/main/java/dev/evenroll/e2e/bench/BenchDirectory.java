package dev.evenroll.e2e.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// A temporary directory for the stacks of one benchmark, gone when it is closed.
///
/// @param path of the directory
record BenchDirectory(Path path) implements AutoCloseable {

    /// Makes one.
    ///
    /// @param parent null: where temporary files go
    static BenchDirectory in(@Nullable Path parent) throws IOException {
        var place = parent == null ? Path.of(System.getProperty("java.io.tmpdir")) : parent;
        return new BenchDirectory(Files.createTempDirectory(Files.createDirectories(place), "evenroll-bench"));
    }

    /// The same below it, made when it is not there.
    Path below(String name) throws IOException {
        return Files.createDirectories(path.resolve(name));
    }

    /// The bytes of all files in a directory.
    static long size(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> {
                        try {
                            return Files.size(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    })
                    .sum();
        }
    }

    @Override
    public void close() throws IOException {
        remove(path);
    }

    /// Removes a directory with everything in it.
    static void remove(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
