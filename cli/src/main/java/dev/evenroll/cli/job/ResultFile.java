package dev.evenroll.cli.job;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.FailedCommandException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Writer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A file of results, JSON lines in the order of their lines. What is behind the line that it goes on after is taken
/// away first: it may have been written only in part, or may have changed since.
public final class ResultFile implements AutoCloseable {

    private final Writer out;

    private ResultFile(Writer out) {
        this.out = out;
    }

    /// Opens a file that may hold results already.
    ///
    /// @param after the last line that stays
    /// @throws java.nio.file.FileAlreadyExistsException when all is to be written anew, and the file is there
    /// @throws FailedCommandException when it holds something else than results; it is left as it is
    public static ResultFile open(Path file, long after) throws IOException, FailedCommandException {
        if (after == 0 || !Files.exists(file)) {
            return new ResultFile(Files.newBufferedWriter(file, StandardOpenOption.CREATE_NEW));
        }
        long kept = kept(file, after);
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(kept);
        }
        return new ResultFile(Files.newBufferedWriter(file, StandardOpenOption.APPEND));
    }

    public void write(LineOutcome outcome) throws IOException {
        out.write(outcome.json());
        out.write('\n');
    }

    public void flush() throws IOException {
        out.flush();
    }

    /// How many bytes the results take up to this line.
    private static long kept(Path file, long after) throws IOException, FailedCommandException {
        long kept = 0;
        try (var in = new BufferedInputStream(Files.newInputStream(file))) {
            var line = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next != '\n') {
                    line.write(next);
                    continue;
                }
                if (number(file, line) > after) {
                    return kept;
                }
                kept += line.size() + 1L;
                line.reset();
            }
        }
        // What has no line feed was being written when it broke off.
        return kept;
    }

    private static long number(Path file, ByteArrayOutputStream line) throws FailedCommandException {
        try {
            return LineOutcome.read(line.toString(StandardCharsets.UTF_8)).line();
        } catch (IOException e) {
            throw new FailedCommandException(
                    ExitCode.FAILED,
                    file + " holds something else than results of a job, and is left as it is: name another file.",
                    e);
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
