package dev.evenroll.pki.authority;

import dev.evenroll.pki.BouncyCastle;
import dev.evenroll.pki.Der;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;

/// A TPM 2.0 in software, as far as it says of a key that it is in it: for tests, since nobody trusts its word.
///
/// Everything is marshalled as the TPM 2.0 Library, Part 2, prescribes; the keys are in software.
///
/// @param attestationKey on P-256 or RSA
public record SimulatedTpm(KeyPair attestationKey) {
    private static final int GENERATED_VALUE = 0xff544347;
    private static final int ATTEST_CERTIFY = 0x8017;
    private static final int RSA = 0x0001;
    private static final int SHA256 = 0x000b;
    private static final int NULL = 0x0010;
    private static final int RSASSA = 0x0014;
    private static final int ECDSA = 0x0018;
    private static final int ECC = 0x0023;
    private static final int P256 = 0x0003;
    private static final int P384 = 0x0004;

    /// fixedTPM, fixedParent, sensitiveDataOrigin, userWithAuth and sign.
    private static final int ATTRIBUTES = 0x00040072;

    /// What writes a structure.
    private interface Marshalling {
        void to(DataOutputStream out) throws IOException;
    }

    /// The public area (TPMT_PUBLIC) of a key on P-256 or P-384, or of an RSA key, made for signing and never to leave
    /// the TPM.
    public static Der publicArea(PublicKey key) {
        return marshalled(out -> {
            out.writeShort(key instanceof RSAPublicKey ? RSA : ECC);
            out.writeShort(SHA256);
            out.writeInt(ATTRIBUTES);
            sized(out, new byte[0]);
            // Neither a symmetric algorithm nor a scheme of its own.
            out.writeShort(NULL);
            out.writeShort(NULL);
            switch (key) {
                case RSAPublicKey rsa -> {
                    out.writeShort(rsa.getModulus().bitLength());
                    out.writeInt(0);
                    sized(out, unsigned(rsa.getModulus()));
                }
                case ECPublicKey curve -> {
                    boolean p256 = curve.getParams().getCurve().getField().getFieldSize() == 256;
                    out.writeShort(p256 ? P256 : P384);
                    out.writeShort(NULL);
                    sized(out, unsigned(curve.getW().getAffineX()));
                    sized(out, unsigned(curve.getW().getAffineY()));
                }
                default -> throw new IllegalArgumentException("key: is neither RSA nor on a curve; give such a key");
            }
        });
    }

    /// The attestation (TPMS_ATTEST) that the key with a public area is in this TPM.
    public static Der attest(Der publicArea) {
        return marshalled(out -> {
            out.writeInt(GENERATED_VALUE);
            out.writeShort(ATTEST_CERTIFY);
            name(out, Der.of(new byte[0]));
            sized(out, new byte[0]);
            out.writeLong(4711);
            out.writeInt(1);
            out.writeInt(0);
            out.writeByte(1);
            out.writeLong(1);
            name(out, publicArea);
            name(out, publicArea);
        });
    }

    /// The signature (TPMT_SIGNATURE) of the attestation key.
    public Der sign(Der attest) {
        return sign(attestationKey, attest);
    }

    /// A signature as a TPM makes it, SHA-256 with ECDSA or RSASSA-PKCS1-v1_5.
    public static Der sign(KeyPair keys, Der bytes) {
        boolean rsa = keys.getPublic() instanceof RSAPublicKey;
        byte[] value = signature(rsa ? "SHA256withRSA" : "SHA256withECDSA", keys, bytes);
        return marshalled(out -> {
            out.writeShort(rsa ? RSASSA : ECDSA);
            out.writeShort(SHA256);
            if (rsa) {
                sized(out, value);
            } else {
                ASN1Sequence numbers = ASN1Sequence.getInstance(value);
                for (int part = 0; part < 2; part++) {
                    sized(
                            out,
                            unsigned(ASN1Integer.getInstance(numbers.getObjectAt(part))
                                    .getValue()));
                }
            }
        });
    }

    private static byte[] signature(String algorithm, KeyPair keys, Der bytes) {
        try {
            Signature signature = BouncyCastle.signature(algorithm);
            signature.initSign(keys.getPrivate());
            signature.update(bytes.bytes());
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("keys: can not sign; give a software key pair on P-256 or RSA", e);
        }
    }

    private static void name(DataOutputStream out, Der publicArea) throws IOException {
        out.writeShort(2 + 32);
        out.writeShort(SHA256);
        out.write(publicArea.sha256());
    }

    private static void sized(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    private static byte[] unsigned(BigInteger number) {
        byte[] bytes = number.toByteArray();
        return bytes.length > 1 && bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static Der marshalled(Marshalling marshalling) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            marshalling.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory can not be written", e);
        }
        return Der.of(bytes.toByteArray());
    }
}
