package dev.evenroll.validator.streams;

import dev.evenroll.validator.enrollment.JobLine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lines of bulk jobs between their Avro record and the domain.
final class JobLines {

    private JobLines() {}

    /// The line that a request came from; null when it did not come from one.
    ///
    /// @throws UnusableException when it is no line
    static @Nullable JobLine read(dev.evenroll.schemas.event.@Nullable JobLine line) throws UnusableException {
        try {
            return line == null ? null : new JobLine(line.getJobId(), line.getLine());
        } catch (IllegalArgumentException e) {
            throw new UnusableException("The request names a line that no bulk job can have: " + e.getMessage());
        }
    }

    static List<JobLine> toDomain(List<dev.evenroll.schemas.event.JobLine> lines) {
        return lines.stream()
                .map(line -> new JobLine(line.getJobId(), line.getLine()))
                .toList();
    }

    static List<dev.evenroll.schemas.event.JobLine> toRecords(List<JobLine> lines) {
        return lines.stream()
                .map(line -> new dev.evenroll.schemas.event.JobLine(line.jobId(), line.line()))
                .toList();
    }
}
