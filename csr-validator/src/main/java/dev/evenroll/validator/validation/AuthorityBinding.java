package dev.evenroll.validator.validation;

import dev.evenroll.pki.Certificates;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.Set;

/// Which certificates are a registration authority's, beside their CN: a CN is whatever a CA puts into a certificate.
///
/// @param certificates SHA-256 of its certificates, lower-case hex; several while one takes the place of another; empty
///     when any will do
/// @param issuers SHA-256 of the certificates of CAs, one of which has to stand above its own; empty when any will do
public record AuthorityBinding(Set<String> certificates, Set<String> issuers) {

    /// To nothing: the certificates of the only CA are meant.
    public static final AuthorityBinding NONE = new AuthorityBinding(Set.of(), Set.of());

    public AuthorityBinding {
        certificates = Set.copyOf(certificates);
        issuers = Set.copyOf(issuers);
    }

    public boolean isNone() {
        return certificates.isEmpty() && issuers.isEmpty();
    }

    public boolean admits(X509Certificate certificate) {
        return certificates.isEmpty() || certificates.contains(sha256(certificate));
    }

    /// Whether one of the CAs above a certificate is one of the binding's.
    public boolean admitsIssuers(Collection<X509Certificate> authorities) {
        return issuers.isEmpty() || authorities.stream().anyMatch(authority -> issuers.contains(sha256(authority)));
    }

    private static String sha256(X509Certificate certificate) {
        return Certificates.der(certificate).sha256Hex();
    }
}
