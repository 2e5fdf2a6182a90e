package dev.evenroll.cli.rows;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import dev.evenroll.cli.administration.FieldError;
import dev.evenroll.cli.output.Printable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// The file of the rows that were not taken, a line for each field that is wrong: CSV with the columns
/// `line,deviceId,field,reason`. It is there only when there is such a row.
///
/// Owned by one thread.
final class RejectedRows implements AutoCloseable {

    private static final ObjectWriter LINE = CsvMapper.builder()
            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
            .build()
            .writerFor(String[].class);

    private final Path file;
    private final FileChannel channel;

    private RejectedRows(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// An empty one.
    static RejectedRows begin(Path file) throws IOException {
        var channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        var rejected = new RejectedRows(file, channel);
        rejected.line("line", "deviceId", "field", "reason");
        return rejected;
    }

    /// One that an interrupted import has left.
    ///
    /// @param length up to which it is of batches that are done; the rest is cut off
    static RejectedRows resume(Path file, long length) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.WRITE);
        channel.truncate(length);
        channel.position(length);
        return new RejectedRows(file, channel);
    }

    void add(long line, String deviceId, List<FieldError> errors) throws IOException {
        for (var error : errors) {
            line(
                    Long.toString(line),
                    Printable.line(deviceId),
                    Printable.line(error.field()),
                    Printable.line(error.reason()));
        }
    }

    /// What was added is on the disk.
    ///
    /// @return the length of the file
    long secured() throws IOException {
        channel.force(false);
        return channel.position();
    }

    /// Takes the file away when it holds no row.
    void end(boolean empty) throws IOException {
        channel.close();
        if (empty) {
            Files.deleteIfExists(file);
        }
    }

    private void line(String... cells) throws IOException {
        var bytes = ByteBuffer.wrap(LINE.writeValueAsString(cells).getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
