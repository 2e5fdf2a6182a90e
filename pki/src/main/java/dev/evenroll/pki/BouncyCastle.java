package dev.evenroll.pki;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/// The cryptography providers of this module, each asked for by name.
///
/// Elliptic curves come from Bouncy Castle, several times faster than the JDK on processors without AVX-512.
/// RSA and SHA-256 come from the JDK: Bouncy Castle proves every RSA modulus composite before it uses the
/// key, which is work that an attacker could order, and hashes ten times slower. No provider is installed:
/// `Security.addProvider` would change what TLS uses.
public final class BouncyCastle {
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
    private static final String JDK_RSA = "SunRsaSign";

    private BouncyCastle() {}

    /// The digest SHA-256 of the JDK.
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256", "SUN");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is missing from this JDK; run on a complete JDK 25", e);
        }
    }

    /// A signature by its JCA name, for example `SHA256withECDSA`, not yet initialised.
    public static Signature signature(String algorithm) throws GeneralSecurityException {
        return isRsa(algorithm)
                ? Signature.getInstance(algorithm, JDK_RSA)
                : Signature.getInstance(algorithm, PROVIDER);
    }

    /// A generator of key pairs by the JCA name of the algorithm, not yet initialised.
    public static KeyPairGenerator keyPairGenerator(String algorithm) throws GeneralSecurityException {
        return isRsa(algorithm)
                ? KeyPairGenerator.getInstance(algorithm, JDK_RSA)
                : KeyPairGenerator.getInstance(algorithm, PROVIDER);
    }

    /// A decoder of keys by the JCA name or the object identifier of the algorithm.
    public static KeyFactory keyFactory(String algorithm) throws GeneralSecurityException {
        return isRsa(algorithm) ? KeyFactory.getInstance("RSA", JDK_RSA) : KeyFactory.getInstance(algorithm, PROVIDER);
    }

    /// The public key of a SubjectPublicKeyInfo, as an object that [#signature] takes.
    public static PublicKey publicKey(SubjectPublicKeyInfo info) throws GeneralSecurityException {
        try {
            ASN1ObjectIdentifier algorithm = info.getAlgorithm().getAlgorithm();
            return keyFactory(algorithm.getId()).generatePublic(new X509EncodedKeySpec(info.getEncoded()));
        } catch (IOException e) {
            throw new GeneralSecurityException("the public key can not be encoded", e);
        }
    }

    /// The same public key, whichever provider made it, as an object that [#signature] takes.
    public static PublicKey translate(PublicKey key) throws GeneralSecurityException {
        return publicKey(SubjectPublicKeyInfo.getInstance(key.getEncoded()));
    }

    private static boolean isRsa(String algorithm) {
        return algorithm.contains("RSA") || algorithm.equals(PKCSObjectIdentifiers.rsaEncryption.getId());
    }
}
