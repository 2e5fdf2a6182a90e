package dev.evenroll.hsm.pkcs11;

import dev.evenroll.hsm.key.KeyType;
import dev.evenroll.pki.BouncyCastle;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.StrictDer;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// How a token makes a key pair of a kind, and how it tells the public half.
final class TokenKeyPair {

    private static final long CKM_RSA_PKCS_KEY_PAIR_GEN = 0x00;
    private static final long CKM_EC_KEY_PAIR_GEN = 0x1040;
    private static final long CKM_EC_EDWARDS_KEY_PAIR_GEN = 0x1055;

    private static final long CKK_RSA = 0x00;
    private static final long CKK_EC = 0x03;
    private static final long CKK_EC_EDWARDS = 0x40;

    private static final int ED25519_BYTES = 32;

    /// With its OCTET STRING.
    private static final int LONGEST_POINT = 256;

    private TokenKeyPair() {}

    /// Makes a key pair that stays in the token and does nothing but sign, as a CA's has to be. All other purposes are
    /// said to be none: what is not said, a token may allow.
    static Cryptoki.KeyHandles make(Cryptoki cryptoki, long session, KeyType type, String label)
            throws CryptokiException {
        var publicPart = Attributes.NONE
                .with(Attributes.TOKEN, true)
                .with(Attributes.PRIVATE, false)
                .with(Attributes.VERIFY, true)
                .with(Attributes.VERIFY_RECOVER, false)
                .with(Attributes.ENCRYPT, false)
                .with(Attributes.WRAP, false)
                .with(Attributes.DERIVE, false)
                .with(Attributes.LABEL, label);
        var privatePart = Attributes.NONE
                .with(Attributes.TOKEN, true)
                .with(Attributes.PRIVATE, true)
                .with(Attributes.SIGN, true)
                .with(Attributes.SIGN_RECOVER, false)
                .with(Attributes.DECRYPT, false)
                .with(Attributes.UNWRAP, false)
                .with(Attributes.DERIVE, false)
                .with(Attributes.SENSITIVE, true)
                .with(Attributes.EXTRACTABLE, false)
                .with(Attributes.LABEL, label);
        return cryptoki.generateKeyPair(session, mechanism(type), kind(type, publicPart), privatePart);
    }

    static long mechanism(KeyType type) {
        return switch (type) {
            case P_256, P_384 -> CKM_EC_KEY_PAIR_GEN;
            case RSA_3072, RSA_4096 -> CKM_RSA_PKCS_KEY_PAIR_GEN;
            case ED25519 -> CKM_EC_EDWARDS_KEY_PAIR_GEN;
            case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> throw notInTokens(type);
        };
    }

    static Attributes kind(KeyType type, Attributes publicPart) {
        return switch (type) {
            case P_256 -> publicPart.with(Attributes.EC_PARAMS, StrictDer.encode(X9ObjectIdentifiers.prime256v1));
            case P_384 -> publicPart.with(Attributes.EC_PARAMS, StrictDer.encode(SECObjectIdentifiers.secp384r1));
            case ED25519 ->
                publicPart.with(Attributes.EC_PARAMS, StrictDer.encode(new DERPrintableString("edwards25519")));
            case RSA_3072 -> rsa(publicPart, 3072);
            case RSA_4096 -> rsa(publicPart, 4096);
            case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> throw notInTokens(type);
        };
    }

    private static Attributes rsa(Attributes publicPart, long bits) {
        return publicPart.with(Attributes.MODULUS_BITS, bits).with(Attributes.PUBLIC_EXPONENT, new byte[] {1, 0, 1});
    }

    private static IllegalArgumentException notInTokens(KeyType type) {
        return new IllegalArgumentException(
                "key-type: " + type + " is not offered in a token; give another type, or make the key in software");
    }

    /// Reads a public key.
    ///
    /// @param key handle of the public key
    /// @throws GeneralSecurityException when it is none of those that a CA has
    static PublicKey read(Cryptoki cryptoki, long session, long key)
            throws CryptokiException, GeneralSecurityException {
        long type = Attributes.ulong(cryptoki.attribute(session, key, Attributes.KEY_TYPE));
        try {
            return BouncyCastle.publicKey(info(cryptoki, session, key, type));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("its encoding is not that of PKCS#11", e);
        }
    }

    private static SubjectPublicKeyInfo info(Cryptoki cryptoki, long session, long key, long type)
            throws CryptokiException, GeneralSecurityException {
        if (type == CKK_RSA) {
            var modulus = new BigInteger(1, cryptoki.attribute(session, key, Attributes.MODULUS));
            var exponent = new BigInteger(1, cryptoki.attribute(session, key, Attributes.PUBLIC_EXPONENT));
            return info(
                    new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                    StrictDer.encode(new RSAPublicKey(modulus, exponent)));
        }
        byte[] point = cryptoki.attribute(session, key, Attributes.EC_POINT);
        if (type == CKK_EC) {
            var curve = ASN1ObjectIdentifier.getInstance(cryptoki.attribute(session, key, Attributes.EC_PARAMS));
            return info(
                    new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve),
                    point(point, pointBytes(curve)));
        }
        if (type == CKK_EC_EDWARDS) {
            return info(new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519), point(point, ED25519_BYTES));
        }
        throw new GeneralSecurityException("it is of the kind 0x" + Long.toHexString(type));
    }

    /// Length of an uncompressed point: the octet 04, x, y (SEC 1 section 2.3.3).
    private static int pointBytes(ASN1ObjectIdentifier curve) throws GeneralSecurityException {
        if (curve.equals(X9ObjectIdentifiers.prime256v1)) {
            return 1 + 2 * 32;
        }
        if (curve.equals(SECObjectIdentifiers.secp384r1)) {
            return 1 + 2 * 48;
        }
        if (curve.equals(SECObjectIdentifiers.secp521r1)) {
            return 1 + 2 * 66;
        }
        throw new GeneralSecurityException("its curve is " + curve);
    }

    private static SubjectPublicKeyInfo info(AlgorithmIdentifier algorithm, byte[] key) {
        return new SubjectPublicKeyInfo(algorithm, key);
    }

    /// The point, which tokens give in an OCTET STRING or as it is. The length decides: a point too may begin with the
    /// octets of an OCTET STRING.
    ///
    /// @param bytes length of a point of the curve
    static byte[] point(byte[] value, int bytes) throws GeneralSecurityException {
        byte[] point = value.length == bytes ? value : octets(value);
        if (point.length != bytes) {
            throw new GeneralSecurityException("its point has " + point.length + " bytes, not " + bytes);
        }
        return point;
    }

    private static byte[] octets(byte[] value) throws GeneralSecurityException {
        try {
            if (StrictDer.decode(Der.of(value), "CKA_EC_POINT", LONGEST_POINT) instanceof ASN1OctetString octets) {
                return octets.getOctets();
            }
        } catch (MalformedException e) {
            throw new GeneralSecurityException(e.getMessage(), e);
        }
        throw new GeneralSecurityException("CKA_EC_POINT: is neither a point of its curve nor an OCTET STRING");
    }
}
