package dev.evenroll.cli.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// The log of one child process: standard output and error together. The log of the run before is kept beside it.
///
/// @param path of the present log
public record LogFile(Path path) {

    /// More than ten long lines need, and no burden to read.
    private static final int TAIL_BYTES = 64 * 1024;

    /// Puts the log of the run before aside, under the same name with `.1`.
    public void rotate() throws IOException {
        if (Files.exists(path)) {
            Files.move(path, path.resolveSibling(path.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /// The last lines, oldest first; none when there is no readable log.
    public List<String> tail(int lines) {
        try (var file = new RandomAccessFile(path.toFile(), "r")) {
            var from = Math.max(0, file.length() - TAIL_BYTES);
            file.seek(from);
            var bytes = new byte[(int) (file.length() - from)];
            file.readFully(bytes);
            var all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return List.copyOf(all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
