package dev.evenroll.pki.ceremony;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.MalformedException;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.fixture.OpenSsl;
import dev.evenroll.pki.identity.AuthorityName;
import dev.evenroll.pki.identity.Environment;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.pki.issuance.SignatureScheme;
import dev.evenroll.pki.request.rule.MlDsaParameterSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CaCertificatesTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final Environment STAGING = new Environment("staging");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Duration YEAR = Duration.ofDays(365);

    private final KeyPair rootKeys = Keys.generateEc("secp384r1");
    private final X509Certificate root = root(rootKeys, name("root-1"), YEAR.multipliedBy(20));
    private final CaSigner signer = CaSigner.of(IssuingCertificate.of(List.of(root)));
    private final KeyPair issuingKeys = Keys.generateP256();

    private static CaName name(String name) {
        return new CaName(
                name.startsWith("root") ? CaName.Kind.ROOT : CaName.Kind.ISSUING,
                new AuthorityName(name),
                Optional.of("Example Charging"),
                STAGING);
    }

    private static X509Certificate root(KeyPair keys, CaName name, Duration validity) {
        var prepared = CaPreparation.root(name, keys.getPublic(), validity, RANDOM, NOW);
        return prepared.assemble(sign(keys, prepared.tbs()));
    }

    private static byte[] sign(KeyPair keys, Der bytes) {
        try {
            var signature = SignatureScheme.of(keys.getPublic()).newSignature();
            signature.initSign(keys.getPrivate());
            signature.update(bytes.bytes());
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private X509Certificate issuing(KeyPair keys) {
        var prepared = CaPreparation.issuing(signer, name("issuing-1"), keys.getPublic(), YEAR, RANDOM, NOW);
        assertThat(prepared.problems()).isEmpty();
        return prepared.assemble(sign(rootKeys, prepared.tbs()));
    }

    private CaRequest request(KeyPair keys, CaName name) throws MalformedException {
        var signed = CaRequest.toBeSigned(name, keys.getPublic());
        return CaRequest.assemble(signed, keys.getPublic(), sign(keys, signed));
    }

    @Test
    void namesTellEnvironmentAndAreReadAgain() {
        for (var text : List.of("issuing-1", "issuing-12", "north", "root-2")) {
            assertThat(CaName.read(name(text).subject())).contains(name(text));
        }
        assertThat(name("issuing-1").subject())
                .hasToString("O=Example Charging,CN=Example Charging Issuing CA 1 (staging)");
        assertThat(name("north").commonName()).isEqualTo("Example Charging Issuing CA north (staging)");
        var nobody = new CaName(CaName.Kind.ROOT, new AuthorityName("root-1"), Optional.empty(), STAGING);
        assertThat(nobody.subject()).hasToString("CN=Evenroll Root CA 1 (staging)");
        assertThat(CaName.read(nobody.subject())).contains(nobody);
    }

    @Test
    void namesThatDoNotFitAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CaName(
                        CaName.Kind.ISSUING, new AuthorityName("issuing-1"), Optional.of("x".repeat(45)), STAGING))
                .withMessageContaining("at most 64 are allowed (RFC 5280 appendix A.1). Give a shorter form");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CaName(CaName.Kind.ISSUING, new AuthorityName("7"), Optional.empty(), STAGING))
                .withMessageContaining("begins with a digit");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new CaName(CaName.Kind.ISSUING, new AuthorityName("issuing-1"), Optional.of("a\nb"), STAGING))
                .withMessageStartingWith("organization: ");
    }

    @Test
    void aCertificateIsMeasuredByItsRoot() {
        assertThat(CaPreparation.issuing(
                                signer, name("issuing-1"), issuingKeys.getPublic(), YEAR.multipliedBy(21), RANDOM, NOW)
                        .problems())
                .extracting(Failure::rule)
                .containsExactly("validity");
        assertThat(CaPreparation.issuing(
                                signer,
                                new CaName(
                                        CaName.Kind.ISSUING,
                                        new AuthorityName("issuing-1"),
                                        Optional.empty(),
                                        new Environment("production")),
                                issuingKeys.getPublic(),
                                YEAR,
                                RANDOM,
                                NOW)
                        .problems())
                .containsExactly(new Failure(
                        "subject", "subject: is of the environment production, and the signer is no root of that"));
        assertThat(CaPreparation.issuing(signer, name("issuing-1"), rootKeys.getPublic(), YEAR, RANDOM, NOW)
                        .problems())
                .extracting(Failure::rule)
                .containsExactly("public-key");
        assertThat(CaPreparation.issuing(
                                signer,
                                name("issuing-1"),
                                Keys.generateRsa(2048).getPublic(),
                                YEAR,
                                RANDOM,
                                NOW)
                        .problems())
                .containsExactly(
                        new Failure(
                                "public-key",
                                "subjectPublicKeyInfo: RSA of 2048 bits is too short for a CA; make a key of 3072 bits at least"));
        assertThat(CaPreparation.issuing(signer, name("root-2"), issuingKeys.getPublic(), YEAR, RANDOM, NOW)
                        .problems())
                .extracting(Failure::rule)
                .containsExactly("subject");
    }

    @Test
    void whatIsLintedIsTheBytes() {
        var good = CaPreparation.issuing(signer, name("issuing-1"), issuingKeys.getPublic(), YEAR, RANDOM, NOW);
        // A root's certificate is none of an issuing CA: path length, name, key.
        var asRoot = new CaPreparation(good.tbs(), CaUse.ROOT, signer, NOW);
        assertThat(asRoot.problems()).extracting(Failure::rule).contains("subject", "public-key", "basic-constraints");
        var random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = good.tbs().bytes();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            var mutated = new CaPreparation(Der.of(bytes), CaUse.ISSUING, signer, NOW);
            // Nothing is thrown; whether the change matters, the rules say.
            assertThat(mutated.problems()).isNotNull();
        }
    }

    @Test
    void aSignatureOfAnotherKeyMakesNoCertificate() {
        var prepared = CaPreparation.issuing(signer, name("issuing-1"), issuingKeys.getPublic(), YEAR, RANDOM, NOW);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> prepared.assemble(sign(issuingKeys, prepared.tbs())))
                .withMessageContaining("the signature does not verify");
    }

    @Test
    void mlDsaSignsCertificates() {
        var keys = Keys.generateMlDsa(MlDsaParameterSet.ML_DSA_65);
        var mlDsaRoot = root(keys, name("root-1"), YEAR);
        var chain = IssuingCertificate.of(List.of(mlDsaRoot));
        assertThat(chain.scheme()).isEqualTo(SignatureScheme.ML_DSA_65);
        assertThat(mlDsaRoot.getSigAlgOID()).isEqualTo("2.16.840.1.101.3.4.3.18");
    }

    @Test
    void aRequestIsReadAgainAndProvesItsKey() throws Exception {
        var request = request(issuingKeys, name("issuing-1"));
        assertThat(CaRequest.decode(request.der())).isEqualTo(request);
        var random = new Random(11);
        int refused = 0;
        for (int i = 0; i < 500; i++) {
            byte[] bytes = request.der().bytes();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                CaRequest.decode(Der.of(bytes));
            } catch (MalformedException e) {
                refused++;
            }
        }
        assertThat(refused).isEqualTo(500);
    }

    @Test
    void aChainIsForTheKeyThatWaits() throws Exception {
        var chain = CarriedChain.read(Pem.encode(List.of(issuing(issuingKeys), root)));
        assertThat(chain.problems(request(issuingKeys, name("issuing-1")), STAGING, NOW))
                .isEmpty();
        assertThat(chain.problems(request(Keys.generateP256(), name("issuing-1")), STAGING, NOW))
                .extracting(Failure::rule)
                .containsExactly("key");
        assertThat(chain.problems(request(issuingKeys, name("issuing-2")), STAGING, NOW))
                .extracting(Failure::rule)
                .containsExactly("subject");
        assertThat(chain.problems(request(issuingKeys, name("issuing-1")), new Environment("production"), NOW))
                .extracting(Failure::rule)
                .containsExactly("environment", "environment");
        assertThat(chain.problems(request(issuingKeys, name("issuing-1")), STAGING, NOW.plus(YEAR.multipliedBy(2))))
                .extracting(Failure::rule)
                .containsExactly("validity");
        assertThat(chain.isEndorsed(List.of(root))).isTrue();
        assertThat(chain.isEndorsed(List.of())).isFalse();
    }

    @Test
    void aChainThatHoldsNotTogetherOrHasNoCaIsRefused() throws Exception {
        var other = root(Keys.generateP256(), name("root-1"), YEAR.multipliedBy(20));
        var mixed = CarriedChain.read(Pem.encode(List.of(issuing(issuingKeys), other)));
        assertThat(mixed.problems(request(issuingKeys, name("issuing-1")), STAGING, NOW))
                .extracting(Failure::rule)
                .containsExactly("path");
        var device = CertificateAuthority.of(rootKeys, List.of(root), () -> NOW)
                .issueClient("device", issuingKeys.getPublic());
        var noCa = CarriedChain.read(Pem.encode(List.of(device, root)));
        assertThat(noCa.problems(request(issuingKeys, name("issuing-1")), STAGING, NOW))
                .extracting(Failure::rule)
                .contains("subject", "extensions", "path");
        // Path length 3, as an intermediate has it, lets a CA stand below.
        var wide = CertificateAuthority.of(rootKeys, List.of(root), () -> NOW)
                .certifySubordinate("x", 3, issuingKeys.getPublic(), YEAR);
        assertThat(CarriedChain.read(Pem.encode(wide)).problems(request(issuingKeys, name("issuing-1")), STAGING, NOW))
                .extracting(Failure::rule)
                .contains("extensions");
    }

    @Test
    void crossCertificatesLeadBothWays(@TempDir Path directory) throws Exception {
        var nextKeys = Keys.generateRsa(3072);
        var next = root(nextKeys, name("root-2"), YEAR.multipliedBy(30));
        var nextSigner = CaSigner.of(IssuingCertificate.of(List.of(next)));
        var nextByOld = CaPreparation.cross(signer, IssuingCertificate.of(List.of(next)), RANDOM, NOW);
        var oldByNext = CaPreparation.cross(nextSigner, IssuingCertificate.of(List.of(root)), RANDOM, NOW);
        assertThat(nextByOld.problems()).isEmpty();
        assertThat(oldByNext.problems()).isEmpty();
        var nextCross = nextByOld.assemble(sign(rootKeys, nextByOld.tbs()));
        var oldCross = oldByNext.assemble(sign(nextKeys, oldByNext.tbs()));
        var prepared = CaPreparation.issuing(nextSigner, name("issuing-2"), issuingKeys.getPublic(), YEAR, RANDOM, NOW);
        var underNext = prepared.assemble(sign(nextKeys, prepared.tbs()));
        var chain = CarriedChain.read(Pem.encode(List.of(underNext, next, nextCross, oldCross)));

        assertThat(chain.verifiedCross(List.of(root))).containsExactly(nextCross, oldCross);
        assertThat(chain.verifiedCross(List.of())).isEmpty();
        assertThat(chain.isEndorsed(List.of(root))).isTrue();
        var stranger = root(Keys.generateP256(), name("root-1"), YEAR.multipliedBy(20));
        assertThat(chain.isEndorsed(List.of(stranger))).isFalse();

        write(directory, "root", root);
        write(directory, "next", next);
        write(directory, "next-by-old", nextCross);
        write(directory, "old-by-next", oldCross);
        write(directory, "new", underNext);
        write(directory, "old", issuing(Keys.generateP256()));
        verified(directory, "-trusted", "root", "-untrusted", "next-by-old", "new");
        verified(directory, "-trusted", "next", "-untrusted", "old-by-next", "old");
        // A station that replaced its root by the cross certificate (OCPP M05) trusts that alone.
        verified(directory, "-partial_chain", "", "-trusted", "next-by-old", "new");
    }

    private static void write(Path directory, String name, X509Certificate certificate) throws Exception {
        Files.writeString(directory.resolve(name), Pem.encode(certificate));
    }

    private static void verified(Path directory, String... arguments) throws Exception {
        var command = new ArrayList<Object>(List.of("verify", "-x509_strict", "-attime", NOW.getEpochSecond()));
        for (var argument : arguments) {
            if (argument.startsWith("-")) {
                command.add(argument);
            } else if (!argument.isEmpty()) {
                command.add(directory.resolve(argument));
            }
        }
        var result = OpenSsl.run(command.toArray());
        assertThat(result.output()).endsWith(": OK\n");
        assertThat(result.status()).isZero();
    }
}
