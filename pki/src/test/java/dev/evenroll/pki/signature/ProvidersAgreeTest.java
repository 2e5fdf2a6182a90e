package dev.evenroll.pki.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.evenroll.pki.BouncyCastle;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.fixture.Mutations;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The native library and Java say the same of every signature and every key, good or damaged.
class ProvidersAgreeTest {
    private static final SignatureProvider NATIVE = SignatureProvider.present();
    private static final SignatureProvider JAVA = SignatureProvider.IN_JAVA;

    private static final byte[] MESSAGE = "what was signed".getBytes(StandardCharsets.US_ASCII);
    private static final int DAMAGED = 100;
    private static final long SEED = 20261127;

    /// A key and how it signs.
    record Signer(String name, KeyPair keys, SignatureAlgorithm algorithm) {
        SubjectPublicKeyInfo key() {
            return SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded());
        }

        byte[] sign(SignatureProvider provider) throws GeneralSecurityException {
            return SigningKey.of(keys.getPrivate(), provider).sign(algorithm, MESSAGE);
        }

        @Override
        public String toString() {
            return name + " " + algorithm.name();
        }
    }

    private static final List<Signer> SIGNERS = Stream.of(
                    curve("secp256r1"),
                    curve("secp384r1"),
                    curve("secp521r1"),
                    Stream.of(new Signer("Ed25519", Keys.generateEd25519(), SignatureAlgorithm.named("Ed25519"))),
                    rsa(2048))
            .flatMap(signers -> signers)
            .toList();

    private static Stream<Signer> curve(String curve) {
        KeyPair keys = Keys.generateEc(curve);
        return Stream.of("SHA256withECDSA", "SHA384withECDSA", "SHA512withECDSA")
                .map(algorithm -> new Signer(curve, keys, SignatureAlgorithm.named(algorithm)));
    }

    private static Stream<Signer> rsa(int bits) {
        KeyPair keys = Keys.generateRsa(bits);
        return Stream.concat(
                        Stream.of("SHA256withRSA", "SHA384withRSA", "SHA512withRSA")
                                .map(SignatureAlgorithm::named),
                        Stream.of(
                                pss("SHA-256", "SHA-256", 32),
                                pss("SHA-512", "SHA-512", 0),
                                pss("SHA-256", "SHA-384", 20)))
                .map(algorithm -> new Signer("RSA-" + bits, keys, algorithm));
    }

    private static SignatureAlgorithm pss(String digest, String maskDigest, int saltBytes) {
        return SignatureAlgorithm.pss(
                new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(maskDigest), saltBytes, 1));
    }

    static List<Signer> signers() {
        return SIGNERS;
    }

    @BeforeAll
    static void needsTheNativeLibrary() {
        // Elsewhere there is nothing to compare, and FallbackTest says that this is noticed.
        assumeTrue(NATIVE.nativeProvider() != null, () -> NATIVE.problem().orElse(""));
    }

    @ParameterizedTest
    @MethodSource("signers")
    void eachVerifiesWhatTheOtherSigned(Signer signer) throws Exception {
        for (SignatureProvider provider : List.of(NATIVE, JAVA)) {
            assertThat(agreed(signer.key(), signer.algorithm(), signer.sign(provider)))
                    .isEqualTo(Verdict.GOOD);
        }
    }

    @ParameterizedTest
    @MethodSource("signers")
    void noneVerifiesADamagedSignature(Signer signer) throws Exception {
        byte[] good = signer.sign(JAVA);
        damaged(good)
                .filter(signature -> !Arrays.equals(signature, good))
                .forEach(signature -> assertThat(agreed(signer.key(), signer.algorithm(), signature))
                        .as(HexFormat.of().formatHex(signature))
                        .isNotEqualTo(Verdict.GOOD));
    }

    private static Stream<byte[]> damaged(byte[] good) {
        var random = new Random(SEED);
        Stream<byte[]> flipped = Stream.generate(() -> {
                    byte[] bytes = good.clone();
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
                    return bytes;
                })
                .limit(DAMAGED);
        Stream<byte[]> cut = Stream.of(0, 1, good.length - 1, good.length + 1, 2 * good.length)
                .map(length -> Arrays.copyOf(good, length));
        Stream<byte[]> constant = Stream.of(0x00, 0xff).map(value -> {
            byte[] bytes = new byte[good.length];
            Arrays.fill(bytes, value.byteValue());
            return bytes;
        });
        return Stream.of(flipped, cut, constant).flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource("signers")
    void ofADamagedKeyTheySayTheSame(Signer signer) throws Exception {
        byte[] good = signer.sign(JAVA);
        Mutations.of(Der.of(signer.keys().getPublic().getEncoded()), DAMAGED, SEED)
                .forEach(bytes -> {
                    SubjectPublicKeyInfo key;
                    try {
                        key = SubjectPublicKeyInfo.getInstance(bytes.bytes());
                    } catch (RuntimeException e) {
                        return;
                    }
                    var _ = agreed(key, signer.algorithm(), good);
                });
    }

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
        var signer = SIGNERS.stream()
                .filter(each -> each.name().equals("Ed25519"))
                .findFirst()
                .orElseThrow();
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
        var signer = SIGNERS.stream()
                .filter(each -> each.name().equals("Ed25519"))
                .findFirst()
                .orElseThrow();
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

    /// Exponents that AWS-LC would not take, and one that it takes and the JDK too.
    @ParameterizedTest
    @ValueSource(strings = {"3", "4294967297", "340282366920938463463374607431768211507"})
    void theExponentsOfRsa(String exponent) throws Exception {
        var generator = BouncyCastle.keyPairGenerator("RSA");
        generator.initialize(new RSAKeyGenParameterSpec(2048, new BigInteger(exponent)));
        var signer = new Signer("RSA", generator.generateKeyPair(), SignatureAlgorithm.named("SHA256withRSA"));
        assertThat(agreed(signer.key(), signer.algorithm(), signer.sign(JAVA))).isEqualTo(Verdict.GOOD);
    }

    /// The salt fits beside the digest, or nobody computes with it: the JDK would add to it until a number overflows.
    @ParameterizedTest
    @CsvSource({"0, GOOD", "222, GOOD", "223, REFUSED", "1000, REFUSED", "2147483639, REFUSED", "2147483647, REFUSED"})
    void theSaltsOfPss(int saltBytes, Verdict verdict) throws Exception {
        KeyPair keys = Keys.generateRsa(2048);
        var signer = new Signer("RSA", keys, pss("SHA-256", "SHA-256", Math.min(saltBytes, 222)));
        assertThat(agreed(signer.key(), pss("SHA-256", "SHA-256", saltBytes), signer.sign(JAVA)))
                .isEqualTo(verdict);
    }

    /// The JDK knows digests that AWS-LC does not.
    @ParameterizedTest
    @ValueSource(strings = {"SHA-1", "SHA-224", "SHA-512/256", "SHA3-256"})
    void theDigestsOfPss(String digest) throws Exception {
        KeyPair keys = Keys.generateRsa(2048);
        for (var algorithm : List.of(pss("SHA-256", digest, 32), pss(digest, "SHA-256", 32))) {
            var signer = new Signer("RSA", keys, algorithm);
            assertThat(agreed(signer.key(), algorithm, signer.sign(JAVA))).isEqualTo(Verdict.REFUSED);
        }
    }

    /// The JDK would take the modulus as it is without its sign, and the signature as good.
    @Test
    void theSignsOfAnRsaKey() throws Exception {
        var signer = rsa(2048).findFirst().orElseThrow();
        byte[] good = signer.sign(JAVA);
        var rsa = (RSAPublicKey) signer.keys().getPublic();
        BigInteger modulus = rsa.getModulus();
        BigInteger exponent = rsa.getPublicExponent();
        BigInteger negative = modulus.subtract(BigInteger.TWO.pow(2048));

        assertThat(agreed(rsaKey(signer.key(), modulus, exponent), signer.algorithm(), good))
                .isEqualTo(Verdict.GOOD);
        for (var wrong : List.of(
                rsaKey(signer.key(), negative, exponent),
                rsaKey(signer.key(), BigInteger.ZERO, exponent),
                rsaKey(signer.key(), modulus, exponent.negate()),
                rsaKey(signer.key(), modulus, BigInteger.ZERO),
                rsaKey(signer.key(), modulus, exponent, BigInteger.ONE))) {
            assertThat(agreed(wrong, signer.algorithm(), good)).isEqualTo(Verdict.REFUSED);
        }
    }

    private static SubjectPublicKeyInfo rsaKey(SubjectPublicKeyInfo key, BigInteger... numbers) throws IOException {
        return new SubjectPublicKeyInfo(
                key.getAlgorithm(),
                new DERSequence(Stream.of(numbers).map(ASN1Integer::new).toArray(ASN1Integer[]::new)));
    }

    /// A key goes with its own algorithms only.
    @Test
    void anotherAlgorithmThanThatOfTheKey() throws Exception {
        for (Signer signer : SIGNERS) {
            for (Signer other : SIGNERS) {
                var _ = agreed(signer.key(), other.algorithm(), signer.sign(JAVA));
            }
        }
    }

    private static Verdict agreed(SubjectPublicKeyInfo key, SignatureAlgorithm algorithm, byte[] signature) {
        Verdict natively = Verdict.of(NATIVE, key, algorithm, MESSAGE, signature);
        Verdict inJava = Verdict.of(JAVA, key, algorithm, MESSAGE, signature);
        assertThat(natively)
                .as(() -> "natively, of signature " + HexFormat.of().formatHex(signature) + " with " + key(key) + " by "
                        + algorithm.name())
                .isEqualTo(inJava);
        return natively;
    }

    private static String key(SubjectPublicKeyInfo key) {
        return HexFormat.of().formatHex(StrictDer.encode(key));
    }
}
