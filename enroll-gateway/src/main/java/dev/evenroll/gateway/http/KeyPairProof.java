package dev.evenroll.gateway.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/// Proof that a private key belongs to a public one: a server that starts with the wrong key would fail each
/// handshake with an alert that nobody understands.
final class KeyPairProof {

    private KeyPairProof() {}

    /// @throws GeneralSecurityException when they do not belong together
    static void verify(PrivateKey privateKey, PublicKey publicKey) throws GeneralSecurityException {
        var signature = Signature.getInstance(algorithm(privateKey));
        var probe = "probe".getBytes(StandardCharsets.US_ASCII);
        signature.initSign(privateKey);
        signature.update(probe);
        var value = signature.sign();
        signature.initVerify(publicKey);
        signature.update(probe);
        if (!signature.verify(value)) {
            throw new InvalidKeyException("The private key does not belong to the certificate.");
        }
    }

    private static String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> key.getAlgorithm();
        };
    }
}
