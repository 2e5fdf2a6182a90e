package dev.evenroll.gateway.job;

import java.time.Instant;

/// A job in the list of its owner.
///
/// @param owner whose it is
/// @param idempotencyKey what its station calls it; empty when it gave it no name
/// @param submitted whether all its lines have been read
public record ListedJob(JobId job, JobOwner owner, String idempotencyKey, Instant openedAt, boolean submitted) {

    /// The same job, all lines read.
    public ListedJob asSubmitted() {
        return new ListedJob(job, owner, idempotencyKey, openedAt, true);
    }
}
