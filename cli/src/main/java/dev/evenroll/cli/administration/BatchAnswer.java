package dev.evenroll.cli.administration;

import java.util.ArrayList;
import java.util.List;

/// What the registry said to a batch of devices.
///
/// @param rows what became of each row
/// @param warnings what stands in the way of the enrollment of devices as yet
public record BatchAnswer(List<RowAnswer> rows, List<String> warnings) {

    /// The answer to no rows.
    public static final BatchAnswer NONE = new BatchAnswer(List.of(), List.of());

    public BatchAnswer {
        rows = List.copyOf(rows);
        warnings = List.copyOf(warnings);
    }

    /// This and the answer to the part after it.
    public BatchAnswer and(BatchAnswer next) {
        var bothRows = new ArrayList<>(rows);
        bothRows.addAll(next.rows);
        var bothWarnings = new ArrayList<>(warnings);
        bothWarnings.addAll(next.warnings);
        return new BatchAnswer(bothRows, bothWarnings);
    }
}
