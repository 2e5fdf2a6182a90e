package dev.evenroll.pki.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.fixture.Fixture;
import dev.evenroll.pki.fixture.Mutations;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyRulesTest {
    private static final String USE =
            "; make a key on P-256, P-384 or P-521, an Ed25519 or Ed448 key, or RSA of 2048 to 4096 bits";
    private static final Failure OFF_CURVE =
            new Failure("key-encoding", "subjectPublicKey: is not a point of its curve; make a new key");
    private static final BigInteger E = BigInteger.valueOf(65_537);
    private static final RSAPublicKey RSA =
            (RSAPublicKey) Keys.generateRsa(2048).getPublic();

    @ParameterizedTest
    @MethodSource("dev.evenroll.pki.request.CertificationRequestTest#keyPairs")
    void accepts(KeyPair keys) {
        assertThat(KeyRules.judge(Fixture.spki(keys.getPublic()), AcceptedKeys.STANDARD))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {3072, 4096})
    void acceptsLongerRsa(int bits) {
        assertThat(KeyRules.judge(Fixture.spki(Keys.generateRsa(bits).getPublic()), AcceptedKeys.STANDARD))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"secp224r1,P-224", "secp256k1,secp256k1", "brainpoolP256r1,brainpoolP256r1", "secp192r1,P-192"})
    void refusesOtherCurvesByName(String curve, String name) {
        assertThat(KeyRules.judge(Fixture.spki(Keys.generateEc(curve).getPublic()), AcceptedKeys.STANDARD))
                .containsExactly(
                        new Failure("key-algorithm", "subjectPublicKeyInfo: curve " + name + " is not accepted" + USE));
    }

    @ParameterizedTest
    @CsvSource({"1.2.840.10040.4.1,DSA", "1.2.840.113549.1.1.10,RSASSA-PSS", "1.3.101.110,X25519", "1.2.3,1.2.3"})
    void refusesOtherAlgorithmsByName(String oid, String name) {
        assertThat(judge(new ASN1ObjectIdentifier(oid), null, new byte[32]))
                .containsExactly(new Failure(
                        "key-algorithm", "subjectPublicKeyInfo: algorithm " + name + " is not accepted" + USE));
    }

    @Test
    void refusesUnnamedCurves() {
        ASN1Encodable parameters = ECNamedCurveTable.getByName("P-256");
        assertThat(judge(X9ObjectIdentifiers.id_ecPublicKey, parameters, new byte[65]))
                .containsExactly(new Failure(
                        "key-algorithm",
                        "subjectPublicKeyInfo: algorithm id-ecPublicKey with an unnamed curve is not accepted" + USE));
    }

    @Test
    void refusesWhatIsNoKey() {
        assertThat(KeyRules.judge(Der.of(new byte[] {0x30, 0}), AcceptedKeys.STANDARD))
                .containsExactly(new Failure(
                        "key-algorithm",
                        "subjectPublicKeyInfo: is DER but not the structure of RFC 5280 section 4.1.2.7"));
        assertThat(KeyRules.judge(Der.of(new byte[0]), AcceptedKeys.STANDARD))
                .containsExactly(new Failure("key-algorithm", "subjectPublicKeyInfo: is empty"));
    }

    /// One key with two encodings could be claimed by two devices.
    @Test
    void refusesASecondEncodingOfAKey() {
        byte[] point = SubjectPublicKeyInfo.getInstance(
                        Fixture.DEVICE_KEYS.getPublic().getEncoded())
                .getPublicKeyData()
                .getOctets();
        byte[] compressed = ECNamedCurveTable.getByName("P-256")
                .getCurve()
                .decodePoint(point)
                .getEncoded(true);

        assertThat(judge(X9ObjectIdentifiers.id_ecPublicKey, X9ObjectIdentifiers.prime256v1, compressed))
                .containsExactly(new Failure(
                        "key-encoding", "subjectPublicKey: the point must be uncompressed (RFC 5480 section 2.2)"));
        assertThat(judge(PKCSObjectIdentifiers.rsaEncryption, null, rsa(RSA.getModulus(), E)))
                .containsExactly(new Failure(
                        "key-encoding",
                        "subjectPublicKeyInfo: the parameters of rsaEncryption must be NULL (RFC 3279 section 2.3.1)"));
        assertThat(judge(EdECObjectIdentifiers.id_Ed25519, DERNull.INSTANCE, new byte[32]))
                .containsExactly(new Failure(
                        "key-encoding",
                        "subjectPublicKeyInfo: Ed25519 and Ed448 have no parameters (RFC 8410 section 3)"));
    }

    /// The point at infinity and the hybrid form name no key a second time either.
    @ParameterizedTest
    @CsvSource({"P-256,65", "P-384,97", "P-521,133"})
    void refusesOtherFormsOfPoints(String curve, int bytes) {
        var failure =
                new Failure("key-encoding", "subjectPublicKey: the point must be uncompressed (RFC 5480 section 2.2)");
        byte[] hybrid = new byte[bytes];
        hybrid[0] = 6;

        assertThat(judgePoint(curve, hybrid)).containsExactly(failure);
        assertThat(judgePoint(curve, new byte[] {0})).containsExactly(failure);
        assertThat(judgePoint(curve, new byte[0])).containsExactly(failure);
    }

    @ParameterizedTest
    @CsvSource({"P-256,65", "P-384,97", "P-521,133"})
    void refusesPointsOffTheCurve(String curve, int bytes) {
        byte[] point = new byte[bytes];
        point[0] = 4;
        point[bytes - 1] = 1;

        assertThat(judgePoint(curve, point)).containsExactly(OFF_CURVE);
        assertThat(judgePoint(curve, Arrays.copyOf(point, bytes - 1))).containsExactly(OFF_CURVE);
        Arrays.fill(point, 1, bytes, (byte) 0xff);
        assertThat(judgePoint(curve, point)).containsExactly(OFF_CURVE);
    }

    private static List<Failure> judgePoint(String curve, byte[] point) {
        return judge(X9ObjectIdentifiers.id_ecPublicKey, ECNamedCurveTable.getOID(curve), point);
    }

    @Test
    void refusesEdwardsPointsOffTheCurve() {
        assertThat(judge(EdECObjectIdentifiers.id_Ed25519, null, new byte[31])).containsExactly(OFF_CURVE);
        byte[] ones = new byte[32];
        Arrays.fill(ones, (byte) 0xff);
        assertThat(judge(EdECObjectIdentifiers.id_Ed25519, null, ones)).containsExactly(OFF_CURVE);
        assertThat(judge(EdECObjectIdentifiers.id_Ed448, null, new byte[58])).containsExactly(OFF_CURVE);
        byte[] many = new byte[57];
        Arrays.fill(many, (byte) 0xff);
        assertThat(judge(EdECObjectIdentifiers.id_Ed448, null, many)).containsExactly(OFF_CURVE);
    }

    @Test
    void refusesWeakRsa() {
        assertThat(KeyRules.judge(Fixture.spki(Keys.generateRsa(1024).getPublic()), AcceptedKeys.STANDARD))
                .containsExactly(
                        new Failure(
                                "weak-key",
                                "subjectPublicKeyInfo: RSA of 1024 bits is not accepted; make a key of 2048 to 4096 bits, or one on P-256"));
        assertThat(judgeRsa(BigInteger.TWO.pow(4096).add(BigInteger.ONE), E))
                .contains(
                        new Failure(
                                "weak-key",
                                "subjectPublicKeyInfo: RSA of 4097 bits is not accepted; make a key of 2048 to 4096 bits, or one on P-256"));
        assertThat(judgeRsa(RSA.getModulus().negate(), E))
                .extracting(Failure::rule)
                .containsExactly("weak-key");
        assertThat(judgeRsa(BigInteger.ZERO, E)).extracting(Failure::rule).containsExactly("weak-key");
    }

    @Test
    void refusesOddExponents() {
        var failure = new Failure(
                "rsa-exponent",
                "subjectPublicKeyInfo: the RSA exponent must be odd, at least 65537 and below 2^256; "
                        + "make a key with the exponent 65537");
        for (BigInteger exponent : new BigInteger[] {
            BigInteger.valueOf(3),
            BigInteger.valueOf(65_538),
            BigInteger.TWO.pow(256).add(BigInteger.ONE),
            E.negate()
        }) {
            assertThat(judgeRsa(RSA.getModulus(), exponent)).containsExactly(failure);
        }
        assertThat(judgeRsa(RSA.getModulus(), BigInteger.TWO.pow(255).add(BigInteger.ONE)))
                .isEmpty();
    }

    @Test
    void refusesASmallFactor() {
        BigInteger modulus = BigInteger.valueOf(65_521).multiply(BigInteger.probablePrime(2040, new Random(1)));

        assertThat(judgeRsa(modulus, E))
                .containsExactly(new Failure(
                        "small-factor",
                        "subjectPublicKeyInfo: the RSA modulus has a prime factor below 65536; make a new key"));
    }

    @Test
    void refusesClosePrimes() {
        BigInteger p = BigInteger.probablePrime(1024, new Random(2))
                .setBit(1023)
                .setBit(1022)
                .nextProbablePrime();
        var failure = new Failure(
                "close-primes",
                "subjectPublicKeyInfo: the primes of the RSA modulus are too close together; "
                        + "make a new key with another generator");

        assertThat(judgeRsa(p.multiply(p.nextProbablePrime()), E)).containsExactly(failure);
        assertThat(judgeRsa(p.multiply(p), E)).containsExactly(failure);
    }

    /// Primes as the library of CVE-2017-15361 made them: k * M + (65537^a mod M), M the product of the first
    /// 126 primes.
    @Test
    void refusesRocaKeys() {
        BigInteger product = BigInteger.ONE;
        BigInteger prime = BigInteger.ONE;
        for (int i = 0; i < 126; i++) {
            prime = prime.nextProbablePrime();
            product = product.multiply(prime);
        }
        var random = new Random(3);
        BigInteger modulus = rocaPrime(product, random).multiply(rocaPrime(product, random));

        assertThat(judgeRsa(modulus, E))
                .containsExactly(
                        new Failure(
                                "roca",
                                "subjectPublicKeyInfo: the RSA key was made by a library whose keys can be factored "
                                        + "(ROCA, CVE-2017-15361); update the firmware of the chip and make a new key, or one on P-256"));
    }

    private static BigInteger rocaPrime(BigInteger product, Random random) {
        return Stream.generate(() -> new BigInteger(1024 - product.bitLength(), random)
                        .setBit(1023 - product.bitLength())
                        .multiply(product)
                        .add(E.modPow(BigInteger.valueOf(random.nextLong(1L << 40)), product)))
                .filter(candidate -> candidate.isProbablePrime(20))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void refusesABlockedKey() {
        Der key = Fixture.spki(Fixture.DEVICE_KEYS.getPublic());
        Der other = Fixture.spki(Keys.generateP256().getPublic());
        var accepted = new AcceptedKeys(false, Set.of(key.sha256Hex()));

        assertThat(KeyRules.judge(key, accepted))
                .containsExactly(new Failure(
                        "key-blocked",
                        "subjectPublicKeyInfo: the key " + key.sha256Hex()
                                + " is on the list of blocked keys; make a new key"));
        assertThat(KeyRules.judge(other, accepted)).isEmpty();
    }

    @Test
    void tellsAllFailuresTogether() {
        BigInteger prime = BigInteger.valueOf(65_521);
        Der key = Der.of(StrictDer.encode(new SubjectPublicKeyInfo(
                new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption),
                rsa(prime.multiply(prime), BigInteger.valueOf(3)))));

        assertThat(KeyRules.judge(key, new AcceptedKeys(true, Set.of(key.sha256Hex()))))
                .extracting(Failure::rule)
                .containsExactly(
                        "key-encoding", "weak-key", "rsa-exponent", "small-factor", "close-primes", "key-blocked");
    }

    @Test
    void hostileInputIsAFailureOrAKey() {
        for (KeyPair keys : new KeyPair[] {
            Fixture.DEVICE_KEYS, Keys.generateEd25519(), Keys.generateEd448(), Keys.generateEc("secp521r1")
        }) {
            Mutations.of(Fixture.spki(keys.getPublic()), 3000, 31).forEach(RuleTexts::assertJudged);
        }
        Mutations.of(Fixture.spki(RSA), 1000, 32).forEach(RuleTexts::assertJudged);
    }

    private static List<Failure> judgeRsa(BigInteger modulus, BigInteger exponent) {
        return judge(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE, rsa(modulus, exponent));
    }

    private static byte[] rsa(BigInteger modulus, BigInteger exponent) {
        return StrictDer.encode(new org.bouncycastle.asn1.pkcs.RSAPublicKey(modulus, exponent));
    }

    private static List<Failure> judge(ASN1ObjectIdentifier algorithm, @Nullable ASN1Encodable parameters, byte[] key) {
        var identifier = parameters == null
                ? new AlgorithmIdentifier(algorithm)
                : new AlgorithmIdentifier(algorithm, parameters);
        return KeyRules.judge(
                Der.of(StrictDer.encode(new SubjectPublicKeyInfo(identifier, key))), AcceptedKeys.STANDARD);
    }
}
