package dev.evenroll.gateway.authentication;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.identity.EnrollmentId;
import dev.evenroll.pki.path.PathResult;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;

/// A requester that proved in the TLS handshake that it holds the key of its certificate, which was found good.
///
/// Only [Authentication] makes one, so whoever holds one need not ask again.
public final class CertificateHolder implements Requester {

    /// What kind of certificate spoke for the requester.
    public enum Credential {
        /// The manufacturer's certificate of the device (IDevID, IEEE 802.1AR).
        MANUFACTURER_CERTIFICATE,
        /// The device's own certificate, which our CA issued.
        OWN_CERTIFICATE,
        /// The certificate of a registration authority (id-kp-cmcRA, RFC 6402 section 2.10), which speaks for devices.
        REGISTRATION_AUTHORITY
    }

    private final Credential credential;
    private final String authority;
    private final String subject;
    private final Optional<RegistrationAuthority> registrationAuthority;
    private final List<Der> chain;

    /// @param trusted the way from its certificate to the anchor
    /// @param chainLeafFirst its certificates as they came
    /// @param onlyIssuer whether no other CA's certificates are trusted as those of registration authorities
    CertificateHolder(
            Credential credential,
            PathResult.Trusted trusted,
            List<X509Certificate> chainLeafFirst,
            boolean onlyIssuer) {
        this.credential = credential;
        this.authority = trusted.anchorName();
        this.subject = CertificateNames.subject(chainLeafFirst.getFirst());
        this.registrationAuthority = credential == Credential.REGISTRATION_AUTHORITY
                ? CertificateNames.commonName(chainLeafFirst.getFirst())
                        .map(name -> new RegistrationAuthority(name, issuerKeySha256(trusted), onlyIssuer))
                : Optional.empty();
        this.chain = chainLeafFirst.stream().map(Certificates::der).toList();
    }

    private static String issuerKeySha256(PathResult.Trusted trusted) {
        var issuer = trusted.path().size() > 1 ? trusted.path().get(1) : trusted.anchor();
        return Der.of(issuer.getPublicKey().getEncoded()).sha256Hex();
    }

    /// What kind of certificate spoke for it.
    public Credential credential() {
        return credential;
    }

    @Override
    public String subject() {
        return subject;
    }

    /// As which registration authority it asks; empty when it is none, or its certificate has no common name, or
    /// several, or one that is no text.
    public Optional<RegistrationAuthority> registrationAuthority() {
        return registrationAuthority;
    }

    /// Its certificate, DER: the requester's identity in the enrollment id.
    public Der certificate() {
        return chain.getFirst();
    }

    @Override
    public List<Der> chain() {
        return chain;
    }

    @Override
    public EnrollmentId enrollment(Der certificationRequest) {
        return EnrollmentId.of(certificate(), certificationRequest);
    }

    @Override
    public String toString() {
        return "CertificateHolder[" + subject + ", " + credential + " of " + authority + "]";
    }
}
