package dev.evenroll.gateway.job;

import dev.evenroll.gateway.enrollment.EnrollmentRequest;
import java.util.concurrent.CompletionStage;

/// Where a job is written: its requests to `enrollment.requested`, its story to `job.progressed`. Nothing blocks; what
/// could not be written completes exceptionally.
public interface JobLog {

    /// Begins a job.
    ///
    /// @param requester CN of the certificate that brings it: the only one that may read it
    CompletionStage<JobId> open(String requester);

    /// Hands on the request of a line, for whose outcome nobody waits.
    CompletionStage<Void> request(JobLine line, EnrollmentRequest request);

    /// Tells that a line does not go further.
    ///
    /// @param deviceId what the line names; empty when it names none
    CompletionStage<Void> refused(JobLine line, String deviceId, LineFinding finding);

    /// Tells that all lines have been read.
    CompletionStage<Void> submitted(JobId job, int lines);
}
