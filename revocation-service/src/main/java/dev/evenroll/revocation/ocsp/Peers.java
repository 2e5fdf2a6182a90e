package dev.evenroll.revocation.ocsp;

import dev.evenroll.pki.ocsp.OcspRequest;
import java.net.URI;
import java.util.concurrent.CompletableFuture;

/// The other replicas.
@FunctionalInterface
public interface Peers {

    /// Has another replica answer, which does not pass the question on.
    ///
    /// @return the OCSPResponse, DER, of any length and content; fails with an IOException when there is none
    CompletableFuture<byte[]> ask(URI replica, OcspRequest request);
}
