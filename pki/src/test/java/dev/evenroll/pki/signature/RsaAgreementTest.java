package dev.evenroll.pki.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.BouncyCastle;
import dev.evenroll.pki.authority.Keys;
import java.io.IOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The native library and Java say the same of the numbers that an RSA key and its padding have.
class RsaAgreementTest extends Agreement {

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
}
