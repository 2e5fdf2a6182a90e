package dev.evenroll.cli.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// A file that tells which process was started under a name, so that a later start finds what an earlier one left.
/// A process is known by its id and the instant of its start: ids are given again.
///
/// @param path one line: process id, space, start instant
public record ProcessRecord(Path path) {

    void write(ProcessHandle process) throws IOException {
        Files.writeString(path, process.pid() + " " + startOf(process) + "\n");
    }

    void delete() throws IOException {
        Files.deleteIfExists(path);
    }

    /// The process that was started, if it still runs.
    public Optional<ProcessHandle> alive() throws IOException {
        try {
            var words = Files.readString(path).strip().split(" ", 2);
            return ProcessHandle.of(Long.parseLong(words[0]))
                    .filter(ProcessHandle::isAlive)
                    .filter(process -> words.length == 2 && startOf(process).equals(words[1]));
        } catch (NoSuchFileException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    private static String startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toString).orElse("unknown");
    }
}
