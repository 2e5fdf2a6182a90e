package dev.evenroll.pki.signature;

import java.security.GeneralSecurityException;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// What became of a signature.
enum Verdict {
    /// It verifies.
    GOOD,
    /// It does not verify.
    WRONG,
    /// The key, or the form of the signature, was refused.
    REFUSED;

    /// The verdict of a provider. Exceptions that are ours to expect are refusals; all others fail the test.
    static Verdict of(
            SignatureProvider provider,
            SubjectPublicKeyInfo key,
            SignatureAlgorithm algorithm,
            byte[] signed,
            byte[] signature) {
        try {
            return VerificationKey.of(key, provider).verifies(algorithm, signed, signature) ? GOOD : WRONG;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return REFUSED;
        }
    }
}
