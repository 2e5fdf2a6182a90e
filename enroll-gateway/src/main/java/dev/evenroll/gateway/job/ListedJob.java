package dev.evenroll.gateway.job;

import java.time.Instant;

/// A job in the list of its requester.
///
/// @param requester CN of the certificate that opened it
/// @param idempotencyKey what its station calls it; empty when it gave it no name
/// @param submitted whether all its lines have been read
public record ListedJob(JobId job, String requester, String idempotencyKey, Instant openedAt, boolean submitted) {

    /// The same job, all lines read.
    public ListedJob asSubmitted() {
        return new ListedJob(job, requester, idempotencyKey, openedAt, true);
    }
}
