package dev.evenroll.pki.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.authority.Keys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.junit.jupiter.api.BeforeAll;

/// The native library and Java, asked the same.
abstract class Agreement {
    static final SignatureProvider NATIVE = SignatureProvider.present();
    static final SignatureProvider JAVA = SignatureProvider.IN_JAVA;

    private static final byte[] MESSAGE = "what was signed".getBytes(StandardCharsets.US_ASCII);

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

    private static final Signer ED25519 =
            new Signer("Ed25519", Keys.generateEd25519(), SignatureAlgorithm.named("Ed25519"));

    private static final List<Signer> SIGNERS = Stream.of(
                    curve("secp256r1"), curve("secp384r1"), curve("secp521r1"), Stream.of(ED25519), rsa(2048))
            .flatMap(signers -> signers)
            .toList();

    static Stream<Signer> curve(String curve) {
        KeyPair keys = Keys.generateEc(curve);
        return Stream.of("SHA256withECDSA", "SHA384withECDSA", "SHA512withECDSA")
                .map(algorithm -> new Signer(curve, keys, SignatureAlgorithm.named(algorithm)));
    }

    static Stream<Signer> rsa(int bits) {
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

    static SignatureAlgorithm pss(String digest, String maskDigest, int saltBytes) {
        return SignatureAlgorithm.pss(
                new PSSParameterSpec(digest, "MGF1", new MGF1ParameterSpec(maskDigest), saltBytes, 1));
    }

    static List<Signer> signers() {
        return SIGNERS;
    }

    static Signer ed25519() {
        return ED25519;
    }

    @BeforeAll
    static void needsTheNativeLibrary() {
        // Elsewhere there is nothing to compare, and FallbackTest says that this is noticed.
        assumeTrue(NATIVE.nativeProvider() != null, () -> NATIVE.problem().orElse(""));
    }

    /// What both say.
    static Verdict agreed(SubjectPublicKeyInfo key, SignatureAlgorithm algorithm, byte[] signature) {
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
