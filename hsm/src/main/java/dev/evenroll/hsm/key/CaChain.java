package dev.evenroll.hsm.key;

import dev.evenroll.pki.issuance.IssuingCertificate;
import java.security.cert.X509Certificate;
import java.util.List;

/// The certificate of an issuing CA and those above it, up to the root.
final class CaChain {

    private CaChain() {}

    /// Checks that it leads to a root.
    ///
    /// @param source where the chain comes from, for the message
    static IssuingCertificate checked(List<X509Certificate> chain, String source) throws UnusableKeystoreException {
        var last = chain.getLast();
        if (!last.getIssuerX500Principal().equals(last.getSubjectX500Principal())) {
            throw new UnusableKeystoreException(
                    "The chain of the " + source + " ends with "
                            + last.getSubjectX500Principal().getName()
                            + ", which is not a root; import the chain up to the root.",
                    null);
        }
        try {
            return IssuingCertificate.of(chain);
        } catch (IllegalArgumentException e) {
            throw new UnusableKeystoreException(
                    "The " + source + " is not that of an issuing CA: " + e.getMessage(), e);
        }
    }
}
