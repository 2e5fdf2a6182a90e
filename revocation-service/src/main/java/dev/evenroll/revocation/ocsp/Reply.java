package dev.evenroll.revocation.ocsp;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.ocsp.OcspError;
import java.net.URI;
import java.time.Instant;

/// What becomes of a request.
public sealed interface Reply {

    /// An answer about one certificate that any client may get.
    ///
    /// @param der the OCSPResponse
    record Common(Der der, Instant thisUpdate, Instant nextUpdate) implements Reply {}

    /// An answer for the client that asked: it repeats a nonce, or speaks of several certificates.
    ///
    /// @param der the OCSPResponse
    record Single(Der der) implements Reply {}

    /// No answer.
    record Failed(OcspError error) implements Reply {}

    /// Another replica holds everything that is asked about.
    record Elsewhere(URI replica) implements Reply {}
}
