package dev.evenroll.gateway.http;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.cms.CertsOnly;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.path.IssuingAuthorities;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The certificates of our CAs as they are handed out.
///
/// Safe for use by many threads: what is encoded twice is the same.
public final class CaCertificates {

    private final Supplier<IssuingAuthorities> authorities;
    private volatile @Nullable Encoded last;

    private record Encoded(IssuingAuthorities authorities, Der certsOnly) {}

    /// @param authorities those in force
    public CaCertificates(Supplier<IssuingAuthorities> authorities) {
        this.authorities = authorities;
    }

    /// What `/cacerts` answers (RFC 7030 section 4.1.3): every chain up to its root and every cross certificate, so
    /// that a client with any of the roots verifies a certificate of any of the CAs. The order means nothing to a
    /// client (RFC 5652 section 10.2.3: a set); the newest CA stands first.
    Der certsOnly() {
        var now = authorities.get();
        var encoded = last;
        if (encoded == null || encoded.authorities() != now) {
            encoded = new Encoded(
                    now,
                    CertsOnly.encode(
                            now.certificates().stream().map(Certificates::der).toList()));
            last = encoded;
        }
        return encoded.certsOnly();
    }

    /// The CAs above a certificate but for the root, which a device has to know anyway.
    List<X509Certificate> above(X509Certificate certificate) {
        return CertificateId.find(certificate)
                .flatMap(id -> authorities.get().ofKeyId(id.issuerKeyId()))
                .map(authority -> authority
                        .chain()
                        .subList(0, Math.max(1, authority.chain().size() - 1)))
                .orElse(List.of());
    }
}
