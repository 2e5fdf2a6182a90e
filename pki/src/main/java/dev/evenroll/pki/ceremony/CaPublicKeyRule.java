package dev.evenroll.pki.ceremony;

import dev.evenroll.pki.BouncyCastle;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.issuance.SignatureScheme;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;

/// The key is as strong as what it is to protect for years (NIST SP 800-57 part 1, table 2: 128 bits): P-256 and above,
/// RSA from 3072 bits, Ed25519, Ed448, ML-DSA. Only a root is certified with its own key.
final class CaPublicKeyRule implements CaRule {

    private static final int LEAST_RSA_BITS = 3072;

    @Override
    public String name() {
        return "public-key";
    }

    @Override
    public List<String> judge(CaExamination examined) throws MalformedException {
        var key = examined.certificate().getSubjectPublicKeyInfo();
        boolean own = Der.of(StrictDer.encode(key))
                .equals(Der.of(StrictDer.encode(examined.signer().keyInfo())));
        if (own != (examined.use() == CaUse.ROOT)) {
            return List.of(
                    own
                            ? "subjectPublicKeyInfo: is the key of the root itself; make a key of its own for the CA"
                            : "subjectPublicKeyInfo: is not the key that signs; a root signs its own");
        }
        if (key.getAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)) {
            int bits = modulusBits(key);
            return bits >= LEAST_RSA_BITS
                    ? List.of()
                    : List.of("subjectPublicKeyInfo: RSA of " + bits + " bits is too short for a CA; make a key of "
                            + LEAST_RSA_BITS + " bits at least");
        }
        return scheme(key)
                ? List.of()
                : List.of("subjectPublicKeyInfo: its algorithm or curve is not one that a CA signs with");
    }

    private static int modulusBits(SubjectPublicKeyInfo key) throws MalformedException {
        try {
            return RSAPublicKey.getInstance(key.parsePublicKey()).getModulus().bitLength();
        } catch (IOException e) {
            throw new MalformedException("subjectPublicKeyInfo", "is no RSA key", e);
        }
    }

    private static boolean scheme(SubjectPublicKeyInfo key) {
        try {
            SignatureScheme.of(BouncyCastle.publicKey(key));
            return true;
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
