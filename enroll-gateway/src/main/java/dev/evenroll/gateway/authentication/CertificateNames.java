package dev.evenroll.gateway.authentication;

import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;

/// Names in certificates as text that may be shown and stored: they were chosen by whoever made the certificate.
final class CertificateNames {

    private static final int MAXIMUM_CHARACTERS = 200;

    private CertificateNames() {}

    /// The common name; empty unless there is exactly one, and it is text.
    static Optional<String> commonName(X509Certificate certificate) {
        try {
            var names = new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .toList();
            return names.size() == 1 && names.getFirst().getValue() instanceof String name
                    ? Optional.of(name)
                    : Optional.empty();
        } catch (InvalidNameException _) {
            // What the JDK can not read back has no name for us.
            return Optional.empty();
        }
    }

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
