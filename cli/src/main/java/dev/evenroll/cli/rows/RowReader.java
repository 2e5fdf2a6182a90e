package dev.evenroll.cli.rows;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// The rows of a file, in its order. Whatever stands in a line, the next line is read.
///
/// Owned by one thread.
sealed interface RowReader permits CsvRows, JsonRows {

    /// The next row; empty at the end. Empty lines are passed over.
    Optional<Row> next() throws IOException;

    /// How far the file is read.
    long bytesRead();

    /// The rows of an input.
    ///
    /// @throws UnusableFileException when it can not be a file of devices
    static RowReader of(RowFormat format, InputStream in) throws IOException, UnusableFileException {
        var lines = new InputLines(in);
        return switch (format) {
            case CSV -> CsvRows.of(lines);
            case JSONL -> new JsonRows(lines);
        };
    }
}
