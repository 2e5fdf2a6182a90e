package dev.evenroll.cli.command;

import dev.evenroll.cli.rows.RowFormat;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How the devices of a file are written.
final class RowFormatOption {

    /// Stands for standard input or output.
    static final String DASH = "-";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "csv or jsonl (default: as the name of the file ends).")
    private @Nullable RowFormat format;

    RowFormat of(Path file, OperatorCommand command) {
        if (format != null) {
            return format;
        }
        return RowFormat.of(file)
                .orElseThrow(() -> command.usage("The name " + file
                        + " does not tell how its rows are written: give --format csv or --format jsonl"));
    }
}
