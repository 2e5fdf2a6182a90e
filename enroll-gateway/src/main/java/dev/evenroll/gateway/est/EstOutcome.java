package dev.evenroll.gateway.est;

import java.util.Locale;

/// How a request ended at the gateway. The name is a label of the metrics.
public enum EstOutcome {
    /// What was asked for.
    ANSWERED(200),
    /// A bulk job was taken.
    ACCEPTED(202),
    /// The pipeline needs longer.
    LATER(202),
    MALFORMED(400),
    /// No client certificate and no token, or none that is accepted.
    UNAUTHENTICATED(401),
    /// The client's certificate is revoked.
    REVOKED(403),
    /// The decision of the pipeline, or what a requester may not ask for.
    REFUSED(403),
    UNKNOWN_TARGET(404),
    WRONG_METHOD(405),
    /// The request did not arrive in time.
    TOO_SLOW(408),
    /// What a bulk job has become does not let it.
    CONFLICT(409),
    TOO_LARGE(413),
    URI_TOO_LONG(414),
    WRONG_MEDIA_TYPE(415),
    /// Somebody asks more often than allowed. Not 503: libest, strongSwan and Bouncy Castle end their attempt at
    /// either, and 503 lets a load balancer take the gateway for ill and send the flood to the next one. Not 202,
    /// which they would wait for: it promises that the pipeline has the request.
    RATE_LIMITED(429),
    HEADERS_TOO_LARGE(431),
    /// A broken invariant of ours.
    FAULT(500),
    UNAVAILABLE(503);

    private final int status;

    EstOutcome(int status) {
        this.status = status;
    }

    /// The HTTP status code (RFC 9110 section 15).
    public int status() {
        return status;
    }

    /// Its name in metrics: lower case, hyphens.
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
