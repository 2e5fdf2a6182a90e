package dev.evenroll.gateway.authentication;

import dev.evenroll.gateway.authentication.CertificateHolder.Credential;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.path.PathResult;
import dev.evenroll.pki.path.TrustAnchors;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// The judgement of a client's certificates; the first part of step 1 of the enrollment cycle. The only maker
/// of a [CertificateHolder].
///
/// The TLS handshake has proved that the client holds the key of the first certificate, and nothing else.
/// Here the chain is verified (RFC 5280 section 6) against the anchors of one role, and the certificate
/// looked up among the revoked ones:
///
/// | certificate | issued by | verified against | credential |
/// |---|---|---|---|
/// | for id-kp-cmcRA | one of our issuing CAs | those CAs alone | registration authority |
/// | for id-kp-cmcRA | anybody else | the anchors of the registration authorities | registration authority |
/// | any other | one of our issuing CAs | those CAs alone: a server below our root is no device | the device's own |
/// | any other | anybody else | the anchors of the manufacturers | the manufacturer's |
///
/// A certificate of ours is told apart when nothing but its age speaks against it: it is the device's own then, that
/// of a registration authority too, since all that it may still ask for is its own renewal.
///
/// Closed by default: without the complete list of revoked certificates nobody is authenticated.
public final class Authentication {

    private final Supplier<TrustAnchors> issuingAuthorities;
    private final Supplier<TrustAnchors> manufacturers;
    private final Supplier<TrustAnchors> registrationAuthorities;
    private final RevokedCertificates revoked;
    private final InstantSource clock;

    /// @param issuingAuthorities the CAs that issue to devices, as they are now
    /// @param manufacturers anchors of the manufacturers' certificates, by name, as they are now
    /// @param registrationAuthorities anchors of the certificates of registration authorities, as they are now
    public Authentication(
            Supplier<TrustAnchors> issuingAuthorities,
            Supplier<TrustAnchors> manufacturers,
            Supplier<TrustAnchors> registrationAuthorities,
            RevokedCertificates revoked,
            InstantSource clock) {
        this.issuingAuthorities = issuingAuthorities;
        this.manufacturers = manufacturers;
        this.registrationAuthorities = registrationAuthorities;
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
        var credential = credential(leaf);
        var authorities = registrationAuthorities.get();
        var anchors = anchors(credential, leaf, authorities);
        var now = clock.instant();
        return switch (anchors.verify(chainLeafFirst, now)) {
            case PathResult.Trusted trusted ->
                unlessRevoked(
                        new CertificateHolder(credential, trusted, chainLeafFirst, isOnlyIssuer(trusted, authorities)),
                        leaf,
                        AuthenticationResult.Authenticated::new);
            case PathResult.Untrusted(var reason) -> {
                var expiry = leaf.getNotAfter().toInstant();
                yield isOurs(leaf) && now.isAfter(expiry)
                        ? expired(anchors, chainLeafFirst, expiry)
                        : new AuthenticationResult.Untrusted(CertificateNames.subject(leaf), reason);
            }
        };
    }

    private Credential credential(X509Certificate leaf) {
        if (Certificates.isRegistrationAuthority(leaf)) {
            return Credential.REGISTRATION_AUTHORITY;
        }
        return isOurs(leaf) ? Credential.OWN_CERTIFICATE : Credential.MANUFACTURER_CERTIFICATE;
    }

    private TrustAnchors anchors(Credential credential, X509Certificate leaf, TrustAnchors authorities) {
        return switch (credential) {
            case OWN_CERTIFICATE -> issuingAuthorities.get();
            case MANUFACTURER_CERTIFICATE -> manufacturers.get();
            case REGISTRATION_AUTHORITY -> isOurs(leaf) ? issuingAuthorities.get() : authorities;
        };
    }

    /// What stands under one name is one CA, which may be going over to its next certificate. Our issuing CAs are one
    /// where there is no other.
    private static boolean isOnlyIssuer(PathResult.Trusted trusted, TrustAnchors authorities) {
        return authorities.isEmpty()
                || (authorities.names().size() == 1
                        && !authorities.namesOf(trusted.anchor()).isEmpty());
    }

    private boolean isOurs(X509Certificate leaf) {
        return issuingAuthorities.get().certificates().stream()
                .anyMatch(authority -> leaf.getIssuerX500Principal().equals(authority.getSubjectX500Principal()));
    }

    /// Judged as of the last moment of its validity: only its age may be wrong.
    private AuthenticationResult expired(TrustAnchors anchors, List<X509Certificate> chainLeafFirst, Instant expiry) {
        var leaf = chainLeafFirst.getFirst();
        return switch (anchors.verify(chainLeafFirst, expiry)) {
            case PathResult.Trusted trusted ->
                unlessRevoked(
                        new CertificateHolder(Credential.OWN_CERTIFICATE, trusted, chainLeafFirst, false),
                        leaf,
                        requester -> new AuthenticationResult.Expired(requester, expiry));
            case PathResult.Untrusted(var reason) ->
                new AuthenticationResult.Untrusted(CertificateNames.subject(leaf), reason);
        };
    }

    private AuthenticationResult unlessRevoked(
            CertificateHolder requester,
            X509Certificate leaf,
            Function<CertificateHolder, AuthenticationResult> otherwise) {
        return CertificateId.find(leaf)
                .filter(revoked::contains)
                .<AuthenticationResult>map(id -> new AuthenticationResult.Revoked(requester.subject(), id.value()))
                .orElseGet(() -> otherwise.apply(requester));
    }
}
