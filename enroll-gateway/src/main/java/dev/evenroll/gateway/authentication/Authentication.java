package dev.evenroll.gateway.authentication;

import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.path.PathResult;
import dev.evenroll.pki.path.TrustAnchors;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// The judgement of a client's certificates; the first part of step 1 of the enrollment cycle. The only maker
/// of a [Requester].
///
/// The TLS handshake has proved that the client holds the key of the first certificate, and nothing else.
/// Here the chain is verified (RFC 5280 section 6) against the anchors of one role, and the certificate
/// looked up among the revoked ones:
///
/// | issued by | verified against | credential |
/// |---|---|---|
/// | our issuing CA | that CA alone: a server below our root is no device | the device's own |
/// | anybody else | the anchors of the manufacturers | the manufacturer's |
///
/// Closed by default: without the complete list of revoked certificates nobody is authenticated.
public final class Authentication {

    private final X509Certificate issuingCertificate;
    private final TrustAnchors issuingAuthority;
    private final TrustAnchors manufacturers;
    private final RevokedCertificates revoked;
    private final InstantSource clock;

    /// @param issuingCertificate certificate of the CA that issues to devices
    /// @param manufacturers anchors of the manufacturers' certificates, by name of the manufacturer
    public Authentication(
            X509Certificate issuingCertificate,
            TrustAnchors manufacturers,
            RevokedCertificates revoked,
            InstantSource clock) {
        this.issuingCertificate = issuingCertificate;
        this.issuingAuthority = TrustAnchors.of(Map.of("issuing-ca", List.of(issuingCertificate)));
        this.manufacturers = manufacturers;
        this.revoked = revoked;
        this.clock = clock;
    }

    /// Judges the certificates that a client sent in the handshake.
    ///
    /// @param chainLeafFirst the first is the one whose key the client holds; empty when it sent none
    public AuthenticationResult authenticate(List<X509Certificate> chainLeafFirst) {
        if (chainLeafFirst.isEmpty()) {
            return new AuthenticationResult.Anonymous();
        }
        if (!revoked.complete()) {
            return new AuthenticationResult.Undecided(
                    "The list of revoked certificates is still being read; nobody is let in before it is complete.");
        }
        var leaf = chainLeafFirst.getFirst();
        var ownCertificate = leaf.getIssuerX500Principal().equals(issuingCertificate.getSubjectX500Principal());
        var anchors = ownCertificate ? issuingAuthority : manufacturers;
        return switch (anchors.verify(chainLeafFirst, clock.instant())) {
            case PathResult.Untrusted(var reason) ->
                new AuthenticationResult.Untrusted(CertificateNames.subject(leaf), reason);
            case PathResult.Trusted trusted ->
                unlessRevoked(
                        leaf,
                        new Requester(
                                ownCertificate
                                        ? Requester.Credential.OWN_CERTIFICATE
                                        : Requester.Credential.MANUFACTURER_CERTIFICATE,
                                trusted.anchorName(),
                                chainLeafFirst));
        };
    }

    private AuthenticationResult unlessRevoked(X509Certificate leaf, Requester requester) {
        return CertificateId.find(leaf)
                .filter(revoked::contains)
                .<AuthenticationResult>map(id -> new AuthenticationResult.Revoked(requester.subject(), id.value()))
                .orElseGet(() -> new AuthenticationResult.Authenticated(requester));
    }
}
