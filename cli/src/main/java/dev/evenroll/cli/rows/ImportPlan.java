package dev.evenroll.cli.rows;

import java.nio.file.Path;
import java.util.Optional;

/// What an import was asked for.
///
/// @param file that is imported; empty: standard input, which can not be taken up after a break
/// @param rejected where it is written what is wrong with each row that is not taken
/// @param journals directory of journals
/// @param update whether devices that are registered differently are changed
/// @param fromBeginning whether an interrupted import of the file is forgotten
public record ImportPlan(
        Optional<Path> file, RowFormat format, Path rejected, Path journals, boolean update, boolean fromBeginning) {

    /// At most what the registry takes, and enough that a call costs less than its rows.
    static final int BATCH_ROWS = 1_000;
    /// Of a call: a third of the 2 MiB that the registry takes, for a character may be three bytes.
    static final int BATCH_CHARACTERS = 680_000;
    /// Batches that are on their way at the same time.
    static final int IN_FLIGHT = 4;
}
