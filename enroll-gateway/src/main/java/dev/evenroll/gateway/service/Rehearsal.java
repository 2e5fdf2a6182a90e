package dev.evenroll.gateway.service;

import dev.evenroll.gateway.est.SubmittedRequest;
import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.path.TrustAnchors;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The judgement of a request, once, of our own making and without consequence: what the first device of a
/// process would otherwise pay for is class loading.
final class Rehearsal {

    private Rehearsal() {}

    /// Verifies the chain of one of our own CAs and reads a request.
    ///
    /// @throws IllegalStateException when it does not end as it should: no device could be served either
    static void run(List<X509Certificate> caChain, Instant now) {
        TrustAnchors.of(Map.of("root", List.of(caChain.getLast()))).verify(caChain, now);
        var body =
                CertificationRequests.create(Keys.generateP256(), "rehearsal").base64();
        if (SubmittedRequest.read(body.getBytes(StandardCharsets.US_ASCII))
                instanceof SubmittedRequest.Malformed(var reason)) {
            throw new IllegalStateException("The gateway can not read a request of its own making: " + reason);
        }
    }
}
