package dev.evenroll.cli.rows;

import dev.evenroll.cli.administration.RowAnswer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;

/// An import without a registry: every row is judged, nothing is registered.
public final class DeviceTrial {

    private DeviceTrial() {}

    /// Judges a file.
    ///
    /// @param standardInput read when the plan names no file
    /// @throws UnusableFileException when it can not be a file of devices
    public static Tally run(ImportPlan plan, InputStream standardInput, ImportListener listener)
            throws IOException, UnusableFileException {
        try (var in = plan.file().isPresent()
                        ? new BufferedInputStream(
                                Files.newInputStream(plan.file().get()))
                        : standardInput;
                var rejected = RejectedRows.begin(plan.rejected())) {
            var batches = new Batch.Reader(RowReader.of(plan.format(), in), ImportPlan.BATCH_ROWS);
            var tally = Tally.NONE;
            for (var next = batches.next(); next.isPresent(); next = batches.next()) {
                var batch = next.get();
                for (var row : batch.bad()) {
                    rejected.add(row.line(), row.deviceId(), row.errors());
                    tally = tally.and(RowAnswer.Result.INVALID);
                }
                tally = tally.andValid(batch.good().size());
                listener.progressed(tally, batch.bytesRead());
            }
            rejected.end(tally.rejected() == 0);
            return tally;
        }
    }
}
