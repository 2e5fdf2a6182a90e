package dev.evenroll.cli.credentials;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.issuance.SignatureScheme;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;

/// Whether a private key is that of a certificate, found out by a signature.
final class KeyPossession {

    private static final byte[] PROBE = {1};

    private KeyPossession() {}

    static boolean fits(PrivateKey key, X509Certificate certificate) {
        try {
            var scheme = SignatureScheme.of(certificate.getPublicKey());
            var signature = scheme.newSignature();
            signature.initSign(key);
            signature.update(PROBE);
            return scheme.verifies(certificate.getPublicKey(), Der.of(PROBE), signature.sign());
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
