package dev.evenroll.pki.attestation;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.asn1.StrictDer;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/// The public area of a key in a TPM (TPMT_PUBLIC): the key, and what the TPM lets be done with it.
///
/// ```
/// TPMT_PUBLIC     = type:UINT16 nameAlg:UINT16 objectAttributes:UINT32 authPolicy:TPM2B parameters unique
/// parameters(RSA) = symmetric scheme keyBits:UINT16 exponent:UINT32      exponent 0 is 65537
/// parameters(ECC) = symmetric scheme curveID:UINT16 kdf
/// symmetric       = TPM_ALG_NULL | algorithm:UINT16 keyBits:UINT16 mode:UINT16
/// scheme          = TPM_ALG_NULL | TPM_ALG_RSAES | TPM_ALG_ECDAA hash:UINT16 count:UINT16 | algorithm:UINT16
/// hash:UINT16
/// kdf             = TPM_ALG_NULL | algorithm:UINT16 hash:UINT16
/// unique(RSA)     = modulus:TPM2B of at most 512 bytes
/// unique(ECC)     = x:TPM2B y:TPM2B of at most 48 bytes each
/// ```
///
/// Source: TPM 2.0 Library, Part 2 (TPMT_PUBLIC).
///
/// @param nameAlgorithm TPM_ALG_ID of the digest of the name
/// @param attributes TPMA_OBJECT (Part 2 section 8.3)
/// @param subjectPublicKeyInfo the key as certificates carry it: DER, RFC 5280 section 4.1.2.7
/// @param bytes all of it, as marshalled
record TpmPublic(int nameAlgorithm, int attributes, Der subjectPublicKeyInfo, Der bytes) {
    static final int FIXED_TPM = 1 << 1;
    static final int FIXED_PARENT = 1 << 4;
    static final int SENSITIVE_DATA_ORIGIN = 1 << 5;
    static final int RESTRICTED = 1 << 16;
    static final int SIGN = 1 << 18;

    private static final int ALG_RSA = 0x0001;
    private static final int ALG_NULL = 0x0010;
    private static final int ALG_RSAES = 0x0015;
    private static final int ALG_ECDAA = 0x001a;
    private static final int ALG_ECC = 0x0023;

    private static final int MAXIMUM_DIGEST_BYTES = 64;
    private static final int MAXIMUM_MODULUS_BYTES = 512;
    private static final int DEFAULT_EXPONENT = 65537;

    /// A curve of the TPM that the profiles of this installation know too.
    private record Curve(ASN1ObjectIdentifier oid, int fieldBytes) {}

    /// By TPM_ECC_CURVE (TCG Algorithm Registry, table 4).
    private static final Map<Integer, Curve> CURVES = Map.of(
            0x0003, new Curve(X9ObjectIdentifiers.prime256v1, 32),
            0x0004, new Curve(SECObjectIdentifiers.secp384r1, 48));

    /// Reads the public area of a P-256, P-384 or RSA key.
    static TpmPublic read(Der bytes) throws MalformedException {
        var in = new TpmReader(bytes, "TPMT_PUBLIC");
        int type = in.uint16("type");
        int nameAlgorithm = in.uint16("nameAlg");
        int attributes = in.uint32("objectAttributes");
        byte[] _ = in.sized("authPolicy", MAXIMUM_DIGEST_BYTES);
        if (type != ALG_RSA && type != ALG_ECC) {
            throw in.malformed("is of the type " + hex(type) + "; RSA and ECC keys are read");
        }
        passSymmetric(in);
        passScheme(in);
        SubjectPublicKeyInfo key = type == ALG_RSA ? rsa(in) : ellipticCurve(in);
        in.end();
        return new TpmPublic(nameAlgorithm, attributes, Der.of(StrictDer.encode(key)), bytes);
    }

    /// The name by which a TPM attests the key (Part 1 section 16): the algorithm and the digest of the public
    /// area. Empty when the digest is weaker than SHA-256: another key might have the same name.
    Optional<Der> name() {
        return TpmHash.of(nameAlgorithm).map(hash -> {
            byte[] digest = hash.digest(bytes.bytes());
            byte[] name = new byte[2 + digest.length];
            name[0] = (byte) (hash.id() >> 8);
            name[1] = (byte) hash.id();
            System.arraycopy(digest, 0, name, 2, digest.length);
            return Der.of(name);
        });
    }

    boolean has(int attribute) {
        return (attributes & attribute) != 0;
    }

    /// An identifier of 16 bits, for a message.
    static String hex(int identifier) {
        return "0x%04x".formatted(identifier);
    }

    private static void passSymmetric(TpmReader in) throws MalformedException {
        if (in.uint16("symmetric") != ALG_NULL) {
            int _ = in.uint16("keyBits");
            int _ = in.uint16("mode");
        }
    }

    private static void passScheme(TpmReader in) throws MalformedException {
        int scheme = in.uint16("scheme");
        if (scheme != ALG_NULL && scheme != ALG_RSAES) {
            int _ = in.uint16("hashAlg");
        }
        if (scheme == ALG_ECDAA) {
            int _ = in.uint16("count");
        }
    }

    private static SubjectPublicKeyInfo rsa(TpmReader in) throws MalformedException {
        int keyBits = in.uint16("keyBits");
        int exponent = in.uint32("exponent");
        var modulus = new BigInteger(1, in.sized("unique", MAXIMUM_MODULUS_BYTES));
        if (modulus.bitLength() != keyBits) {
            throw in.malformed("unique is a modulus of " + modulus.bitLength() + " bits where keyBits says " + keyBits);
        }
        BigInteger publicExponent =
                BigInteger.valueOf(exponent == 0 ? DEFAULT_EXPONENT : Integer.toUnsignedLong(exponent));
        return encoded(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
                StrictDer.encode(new RSAPublicKey(modulus, publicExponent)));
    }

    private static SubjectPublicKeyInfo ellipticCurve(TpmReader in) throws MalformedException {
        int id = in.uint16("curveID");
        Curve curve = CURVES.get(id);
        if (curve == null) {
            throw in.malformed("is a key on the curve " + hex(id) + "; P-256 and P-384 are read");
        }
        if (in.uint16("kdf") != ALG_NULL) {
            int _ = in.uint16("kdf hashAlg");
        }
        byte[] x = in.sized("x", curve.fieldBytes());
        byte[] y = in.sized("y", curve.fieldBytes());
        // SEC 1 section 2.3.3: uncompressed, each coordinate as long as the field. A TPM may leave out leading zeros.
        byte[] point = new byte[1 + 2 * curve.fieldBytes()];
        point[0] = 0x04;
        System.arraycopy(x, 0, point, 1 + curve.fieldBytes() - x.length, x.length);
        System.arraycopy(y, 0, point, point.length - y.length, y.length);
        return encoded(new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve.oid()), point);
    }

    private static SubjectPublicKeyInfo encoded(AlgorithmIdentifier algorithm, byte[] key) {
        return new SubjectPublicKeyInfo(algorithm, key);
    }
}
