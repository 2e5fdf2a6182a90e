package dev.evenroll.pki.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.asn1.StrictDer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The native library and Java say the same of the numbers, encodings and points that elliptic curves have.
class EllipticCurveAgreementTest extends Agreement {

    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void theNumbersOfEcdsa(String curve) throws Exception {
        var signer = curve(curve).findFirst().orElseThrow();
        BigInteger order = ECNamedCurveTable.getByName(curve).getN();
        ASN1Sequence good = ASN1Sequence.getInstance(signer.sign(JAVA));
        BigInteger r = ASN1Integer.getInstance(good.getObjectAt(0)).getValue();
        BigInteger s = ASN1Integer.getInstance(good.getObjectAt(1)).getValue();
        // Both of s and n - s verify: X.509 knows no low s.
        assertThat(agreed(signer, r, order.subtract(s))).isEqualTo(Verdict.GOOD);
        for (BigInteger wrong : List.of(BigInteger.ZERO, BigInteger.ONE.negate(), order, order.add(s), r.negate())) {
            assertThat(agreed(signer, r, wrong)).isEqualTo(Verdict.REFUSED);
            assertThat(agreed(signer, wrong, s)).isEqualTo(Verdict.REFUSED);
        }
    }

    private static Verdict agreed(Signer signer, BigInteger r, BigInteger s) {
        byte[] signature =
                StrictDer.encode(new DERSequence(new ASN1Integer[] {new ASN1Integer(r), new ASN1Integer(s)}));
        return agreed(signer.key(), signer.algorithm(), signature);
    }

    /// Other encodings of a good signature: a zero in front, a long form of a length, bytes behind.
    @Test
    void theEncodingsOfEcdsa() throws Exception {
        var signer = curve("secp256r1").findFirst().orElseThrow();
        ASN1Sequence good = ASN1Sequence.getInstance(signer.sign(JAVA));
        byte[] r = ASN1Integer.getInstance(good.getObjectAt(0)).getValue().toByteArray();
        byte[] s = ASN1Integer.getInstance(good.getObjectAt(1)).getValue().toByteArray();
        byte[] zeroInFront = sequence(number(r.length + 1, new byte[] {0}, r), number(s.length, new byte[0], s));
        byte[] plain = sequence(number(r.length, new byte[0], r), number(s.length, new byte[0], s));
        byte[] longLength = joined(new byte[] {0x30, (byte) 0x81}, Arrays.copyOfRange(plain, 1, plain.length));
        byte[] indefinite =
                joined(new byte[] {0x30, (byte) 0x80}, Arrays.copyOfRange(plain, 2, plain.length), new byte[2]);
        byte[] bytesBehind = joined(plain, new byte[] {5, 0});
        byte[] aThirdNumber = sequence(
                number(r.length, new byte[0], r),
                number(s.length, new byte[0], s),
                number(1, new byte[0], new byte[1]));

        assertThat(agreed(signer.key(), signer.algorithm(), plain)).isEqualTo(Verdict.GOOD);
        for (byte[] other : List.of(zeroInFront, longLength, indefinite, bytesBehind, aThirdNumber)) {
            assertThat(agreed(signer.key(), signer.algorithm(), other)).isEqualTo(Verdict.REFUSED);
        }
    }

    private static byte[] number(int length, byte[]... parts) {
        return joined(new byte[] {2, (byte) length}, joined(parts));
    }

    private static byte[] sequence(byte[]... parts) {
        byte[] content = joined(parts);
        return joined(new byte[] {0x30, (byte) content.length}, content);
    }

    private static byte[] joined(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        Stream.of(parts).forEach(out::writeBytes);
        return out.toByteArray();
    }

    /// The point in other forms than uncompressed, off its curve, and the point at infinity.
    @ParameterizedTest
    @ValueSource(strings = {"secp256r1", "secp384r1", "secp521r1"})
    void thePointsOfACurve(String curve) throws Exception {
        var signer = curve(curve).findFirst().orElseThrow();
        byte[] good = signer.sign(JAVA);
        byte[] uncompressed = signer.key().getPublicKeyData().getOctets();
        var point = ECNamedCurveTable.getByName(curve).getCurve().decodePoint(uncompressed);
        byte[] hybrid = uncompressed.clone();
        hybrid[0] = (byte) (6 | (uncompressed[uncompressed.length - 1] & 1));
        byte[] offCurve = uncompressed.clone();
        offCurve[offCurve.length - 1] ^= 2;
        byte[] notReduced = uncompressed.clone();
        Arrays.fill(notReduced, 1, 1 + (uncompressed.length - 1) / 2, (byte) 0xff);

        for (byte[] other : List.of(
                point.getEncoded(true), hybrid, offCurve, notReduced, new byte[1], new byte[0], new byte[] {4})) {
            var _ = agreed(withPoint(signer.key(), other), signer.algorithm(), good);
        }
        for (byte[] wrong : List.of(offCurve, notReduced, new byte[1], new byte[0])) {
            assertThat(agreed(withPoint(signer.key(), wrong), signer.algorithm(), good))
                    .isEqualTo(Verdict.REFUSED);
        }
    }

    private static SubjectPublicKeyInfo withPoint(SubjectPublicKeyInfo key, byte[] point) throws IOException {
        return new SubjectPublicKeyInfo(key.getAlgorithm(), point);
    }

    /// The points of small order, for which anybody can make signatures, and those of two encodings (RFC 8032 section
    /// 5.1.3).
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0000000000000000000000000000000000000000000000000000000000000080",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000080",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"
            })
    void theUnfitPointsOfEd25519(String point) throws Exception {
        var signer = ed25519();
        byte[] good = signer.sign(JAVA);
        byte[] identity = new byte[64];
        identity[0] = 1;
        for (byte[] signature : List.of(good, identity, new byte[64])) {
            assertThat(agreed(withPoint(signer.key(), HexFormat.of().parseHex(point)), signer.algorithm(), signature))
                    .isEqualTo(Verdict.REFUSED);
        }
    }

    /// A scalar that is too large by the order of the base point (RFC 8032 section 5.1.7).
    @Test
    void aSecondSignatureOfEd25519() throws Exception {
        var signer = ed25519();
        byte[] signature = signer.sign(JAVA);
        var order = new BigInteger("7237005577332262213973186563042994240857116359379907606001950938285454250989");
        BigInteger scalar = littleEndian(Arrays.copyOfRange(signature, 32, 64)).add(order);
        byte[] bigEndian = scalar.toByteArray();
        for (int i = 0; i < 32; i++) {
            signature[32 + i] = i < bigEndian.length ? bigEndian[bigEndian.length - 1 - i] : 0;
        }
        assertThat(agreed(signer.key(), signer.algorithm(), signature)).isEqualTo(Verdict.WRONG);
    }

    private static BigInteger littleEndian(byte[] bytes) {
        byte[] reversed = bytes.clone();
        for (int i = 0; i < bytes.length; i++) {
            reversed[i] = bytes[bytes.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }
}
