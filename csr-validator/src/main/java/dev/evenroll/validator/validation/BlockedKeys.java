package dev.evenroll.validator.validation;

import dev.evenroll.pki.Der;
import java.security.cert.X509Certificate;

/// The keys with which nobody proves anything: those on the installation's list, and those that people have blocked.
///
/// @param profile knows the list
/// @param circumstances know what people have blocked
record BlockedKeys(ProfileRules profile, Circumstances circumstances) {

    /// Whether the certificate carries one of them.
    boolean isIn(X509Certificate certificate) {
        return contains(fingerprint(certificate));
    }

    /// @param fingerprint as [#fingerprint] makes it
    boolean contains(String fingerprint) {
        return profile.blockedKeys().get().contains(fingerprint)
                || circumstances.blockedKeys().test(fingerprint);
    }

    /// SHA-256 of the certificate's SubjectPublicKeyInfo, 64 lower-case hexadecimal digits.
    static String fingerprint(X509Certificate certificate) {
        return Der.of(certificate.getPublicKey().getEncoded()).sha256Hex();
    }
}
