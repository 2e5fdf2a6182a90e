package dev.evenroll.gateway.job;

import dev.evenroll.gateway.authentication.RegistrationAuthority;
import dev.evenroll.gateway.enrollment.EnrollmentRequest;
import java.util.List;
import java.util.concurrent.CompletionStage;

/// Where a job is written: its requests to `enrollment.requested`, its story to `job.progressed`, that it is there to
/// `job.registry`. Nothing blocks; what could not be written completes exceptionally.
public interface JobLog {

    /// What became of the wish for a job.
    sealed interface Opening {
        /// There is a new one.
        record Opened(JobId job) implements Opening {}

        /// The requester has one of this name.
        record Known(JobId job) implements Opening {}

        /// There is none: so many of the requester's are open.
        record TooMany(int open) implements Opening {}
    }

    /// Begins a job, or finds it.
    ///
    /// @param requester who brings it: the only one that may read it
    /// @param idempotencyKey what the requester calls it; empty for a job without a name
    CompletionStage<Opening> open(RegistrationAuthority requester, String idempotencyKey);

    /// Hands on the request of a line, for whose outcome nobody waits.
    CompletionStage<Void> request(JobLine line, EnrollmentRequest request);

    /// Tells that a line does not go further.
    ///
    /// @param deviceId what the line names; empty when it names none
    CompletionStage<Void> refused(JobLine line, String deviceId, LineFinding finding);

    /// Tells that lines are durable, as all before them are.
    ///
    /// @param first number of the first of them
    /// @param digests what each of them holds
    CompletionStage<Void> taken(JobId job, int first, List<Long> digests);

    /// Tells that an upload broke off.
    ///
    /// @param lines how many are durable without a gap
    CompletionStage<Void> interrupted(JobId job, int lines);

    /// Tells that all lines have been read.
    CompletionStage<Void> submitted(JobId job, int lines);
}
