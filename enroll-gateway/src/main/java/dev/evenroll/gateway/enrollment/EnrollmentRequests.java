package dev.evenroll.gateway.enrollment;

import java.util.concurrent.CompletionStage;

/// The way into the pipeline: `enrollment.requested`.
public interface EnrollmentRequests {

    /// Hands a request on; does not block.
    ///
    /// @param replyPartition where its outcome is to be sent
    /// @return completed when the request is durable; completed exceptionally, with what failed, when it is
    ///     not, or when nobody knows
    CompletionStage<Void> submit(EnrollmentRequest request, int replyPartition);
}
