package dev.evenroll.gateway.job;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/// The name of a bulk job, which says where its story begins: any replica can read it from there, and none has to
/// remember it.
///
/// In text `<uuid>.<partition>.<offset>`.
///
/// @param uuid random
/// @param partition partition of `job.progressed` with all that is told of the job
/// @param offset where to begin to read; what stands there may belong to other jobs
public record JobId(UUID uuid, int partition, long offset) {

    private static final Pattern SHAPE = Pattern.compile(
            "([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\.(0|[1-9][0-9]{0,4})\\.(0|[1-9][0-9]{0,17})");

    public JobId {
        if (partition < 0 || offset < 0) {
            throw new IllegalArgumentException("job id: partition and offset must not be negative");
        }
    }

    /// Reads what [#value] wrote; empty when the text has another form.
    public static Optional<JobId> parse(String text) {
        var parts = SHAPE.matcher(text);
        return parts.matches()
                ? Optional.of(new JobId(
                        UUID.fromString(parts.group(1)),
                        Integer.parseInt(parts.group(2)),
                        Long.parseLong(parts.group(3))))
                : Optional.empty();
    }

    /// In text: the key on `job.progressed`.
    public String value() {
        return uuid + "." + partition + "." + offset;
    }

    @Override
    public String toString() {
        return value();
    }
}
