package dev.evenroll.revocation.ocsp;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.ocsp.OcspError;
import dev.evenroll.pki.ocsp.OcspSingle;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// What becomes of a request.
public sealed interface Reply {

    /// An answer about one certificate that any client may get, and a cache keep.
    ///
    /// @param der the OCSPResponse
    /// @param single what it says
    record Cacheable(Der der, OcspSingle single) implements Reply {}

    /// An answer for the client that asked: it repeats a nonce, speaks of several certificates, or of one that is not
    /// known yet.
    ///
    /// @param der the OCSPResponse
    /// @param singles what it says, at least one
    record Uncacheable(Der der, List<OcspSingle> singles) implements Reply {

        public Uncacheable {
            singles = List.copyOf(singles);
        }
    }

    /// No answer.
    ///
    /// @param reason for an operator
    record Failed(OcspError error, String reason) implements Reply {}

    /// Others are being asked.
    ///
    /// @param reply one of the above; does not fail
    record Awaited(CompletableFuture<Reply> reply) implements Reply {}
}
