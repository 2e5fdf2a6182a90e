package dev.evenroll.gateway.authentication;

import java.security.cert.X509Certificate;

/// Names in certificates as text that may be shown and stored: they were chosen by whoever made the certificate.
final class CertificateNames {

    private static final int MAXIMUM_CHARACTERS = 200;

    private CertificateNames() {}

    /// The subject (RFC 2253), without control characters, at most 200 characters; `(no subject)` when it is
    /// empty.
    static String subject(X509Certificate certificate) {
        var name = certificate.getSubjectX500Principal().getName().replaceAll("\\p{C}", "?");
        if (name.isEmpty()) {
            return "(no subject)";
        }
        return name.length() <= MAXIMUM_CHARACTERS ? name : name.substring(0, MAXIMUM_CHARACTERS) + "…";
    }
}
