package dev.evenroll.pki.signature;

import dev.evenroll.pki.authority.Keys;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// A program that signs and verifies once, and prints who did it, a tab, and why not natively.
final class Chosen {
    private static final byte[] BYTES = {1, 2, 3};

    private Chosen() {}

    public static void main(String[] arguments) throws GeneralSecurityException {
        KeyPair keys = Keys.generateP256();
        SignatureAlgorithm algorithm = SignatureAlgorithm.named("SHA256withECDSA");
        byte[] signature = SigningKey.of(keys.getPrivate()).sign(algorithm, BYTES);
        SubjectPublicKeyInfo key =
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
        if (!VerificationKey.of(key).verifies(algorithm, BYTES, signature)) {
            throw new IllegalStateException("the signature does not verify");
        }
        SignatureProvider present = SignatureProvider.present();
        System.out.println(present.description() + "\t" + present.problem().orElse(""));
    }
}
