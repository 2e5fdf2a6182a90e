package dev.evenroll.cli.rows;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// How devices are written in a file.
public enum RowFormat {
    /// RFC 4180 with a header line, columns in any order.
    CSV,
    /// One JSON object a line.
    JSONL;

    /// The format that the name of a file tells.
    public static Optional<RowFormat> of(Path file) {
        var name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return Optional.of(CSV);
        }
        return name.endsWith(".jsonl") || name.endsWith(".ndjson") ? Optional.of(JSONL) : Optional.empty();
    }
}
