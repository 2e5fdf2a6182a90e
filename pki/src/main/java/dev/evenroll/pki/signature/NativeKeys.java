package dev.evenroll.pki.signature;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import java.util.Objects;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;

/// The keys that the native provider gets: those that it works with as the others do.
///
/// Everything else goes where it would go without a native library: other curves, points that are not uncompressed, RSA
/// keys of unusual size. So which keys are good does not depend on the machine.
final class NativeKeys {
    private static final Map<ASN1ObjectIdentifier, Integer> FIELD_BYTES_BY_CURVE = Map.of(
            X9ObjectIdentifiers.prime256v1, 32,
            SECObjectIdentifiers.secp384r1, 48,
            SECObjectIdentifiers.secp521r1, 66);
    private static final int UNCOMPRESSED = 0x04;

    private static final int SHORTEST_MODULUS_BITS = 2048;
    private static final int LONGEST_MODULUS_BITS = 8192;
    /// AWS-LC takes 33.
    private static final int LONGEST_EXPONENT_BITS = 32;

    private NativeKeys() {}

    static boolean takes(SubjectPublicKeyInfo key) {
        AlgorithmIdentifier algorithm = key.getAlgorithm();
        if (key.getPublicKeyData().getPadBits() != 0) {
            return false;
        }
        byte[] content = key.getPublicKeyData().getOctets();
        return switch (name(algorithm)) {
            case "EC" -> isUncompressed(content, curve(algorithm));
            case "Ed25519" ->
                algorithm.getParameters() == null && content.length == Ed25519PublicKeyParameters.KEY_SIZE;
            case "RSA" -> DERNull.INSTANCE.equals(algorithm.getParameters()) && isUsualRsa(key);
            default -> false;
        };
    }

    private static boolean isUncompressed(byte[] point, ASN1ObjectIdentifier curve) {
        int fieldBytes = Objects.requireNonNull(FIELD_BYTES_BY_CURVE.get(curve));
        return point.length == 1 + 2 * fieldBytes && point[0] == UNCOMPRESSED;
    }

    private static boolean isUsualRsa(SubjectPublicKeyInfo key) {
        try {
            var rsa = RSAPublicKey.getInstance(key.parsePublicKey());
            BigInteger modulus = rsa.getModulus();
            BigInteger exponent = rsa.getPublicExponent();
            return modulus.bitLength() >= SHORTEST_MODULUS_BITS
                    && modulus.bitLength() <= LONGEST_MODULUS_BITS
                    && modulus.testBit(0)
                    && exponent.bitLength() > 1
                    && exponent.bitLength() <= LONGEST_EXPONENT_BITS
                    && exponent.testBit(0);
        } catch (IOException | IllegalArgumentException e) {
            return false;
        }
    }

    /// @throws GeneralSecurityException when it is no key after all, a point off its curve for example
    static PublicKey decode(SubjectPublicKeyInfo key, Provider provider) throws GeneralSecurityException {
        String name = name(key.getAlgorithm());
        if (name.equals("Ed25519")) {
            requirePoint(key);
        }
        try {
            return factory(name, provider).generatePublic(new X509EncodedKeySpec(key.getEncoded()));
        } catch (IOException e) {
            throw new GeneralSecurityException("the public key can not be encoded", e);
        }
    }

    /// The native provider would take points of small order, and a second encoding of some: these Bouncy Castle refuses
    /// (RFC 8032 section 5.1.3).
    private static void requirePoint(SubjectPublicKeyInfo key) throws GeneralSecurityException {
        try {
            var _ = new Ed25519PublicKeyParameters(key.getPublicKeyData().getOctets());
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("the public key is no point of its curve", e);
        }
    }

    static boolean takes(AlgorithmIdentifier privateKeyAlgorithm) {
        return !name(privateKeyAlgorithm).isEmpty();
    }

    static PrivateKey decode(AlgorithmIdentifier algorithm, byte[] pkcs8, Provider provider)
            throws GeneralSecurityException {
        return factory(name(algorithm), provider).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }

    /// Without a system property the native provider has no factory for Ed25519; it takes the JDK's keys.
    private static KeyFactory factory(String name, Provider provider) throws GeneralSecurityException {
        return name.equals("Ed25519") ? KeyFactory.getInstance(name, "SunEC") : KeyFactory.getInstance(name, provider);
    }

    /// The JCA name; empty for an algorithm that is not computed natively.
    private static String name(AlgorithmIdentifier algorithm) {
        ASN1ObjectIdentifier oid = algorithm.getAlgorithm();
        if (oid.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return algorithm.getParameters() instanceof ASN1ObjectIdentifier curve
                            && FIELD_BYTES_BY_CURVE.containsKey(curve)
                    ? "EC"
                    : "";
        }
        if (oid.equals(EdECObjectIdentifiers.id_Ed25519)) {
            return "Ed25519";
        }
        return oid.equals(PKCSObjectIdentifiers.rsaEncryption) ? "RSA" : "";
    }

    private static ASN1ObjectIdentifier curve(AlgorithmIdentifier algorithm) {
        return ASN1ObjectIdentifier.getInstance(algorithm.getParameters());
    }
}
