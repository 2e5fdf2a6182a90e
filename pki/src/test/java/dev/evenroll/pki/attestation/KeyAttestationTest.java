package dev.evenroll.pki.attestation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.fixture.Fixture;
import dev.evenroll.pki.path.TrustAnchors;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.DERUTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeyAttestationTest {
    private static final Forgery GENUINE = Forgery.genuine();

    @Test
    void aKeyOfTheManufacturersTpmIsAttested() {
        assertThat(problems(GENUINE)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void keysAndAttestationKeysOfEveryAcceptedKind(KeyPair keys, KeyPair attestationKey) {
        var certificate = Forgery.ACME.issueAttestationKey("Acme", "CP-0001", attestationKey.getPublic());
        assertThat(problems(Forgery.of(keys, attestationKey, certificate))).isEmpty();
    }

    static Stream<Arguments> keysAndAttestationKeysOfEveryAcceptedKind() {
        KeyPair rsa = Keys.generateRsa(2048);
        return Stream.of(
                Arguments.of(Keys.generateP256(), Keys.generateEc("secp384r1")),
                Arguments.of(Keys.generateEc("secp384r1"), rsa),
                Arguments.of(rsa, Keys.generateP256()));
    }

    @Test
    void certificatesComeInAnyOrderWithOthersAmongThem() {
        CertificateAuthority below = Forgery.ACME.subordinate("Acme Batch 7", 0, Duration.ofDays(100));
        var certificate = below.issueAttestationKey("Acme", null, Forgery.ATTESTATION_KEY.getPublic());
        var other = Forgery.ACME.issueAttestationKey(
                "Acme", null, Keys.generateP256().getPublic());
        assertThat(problems(GENUINE.certified(below.certificate(), other, certificate, Forgery.ACME.certificate())))
                .isEmpty();
    }

    /// One key, certified twice: the certificate that is trusted counts.
    @Test
    void oneOfTwoCertificatesOfTheAttestationKeyIsEnough() {
        var untrusted = Fixture.ROOT.issueAttestationKey("Acme", null, Forgery.ATTESTATION_KEY.getPublic());
        assertThat(problems(GENUINE.certified(untrusted, Forgery.CERTIFICATE))).isEmpty();
    }

    /// A key that is blocked was found outside its TPM: it may sign whatever its finder likes.
    @Test
    void aBlockedAttestationKeyVouchesForNothing() {
        var blocked = Fixture.spki(Forgery.ATTESTATION_KEY.getPublic()).sha256Hex();
        assertThat(Forgery.problems(GENUINE.request(), blocked::equals))
                .containsExactly(
                        "attestation key: " + blocked + " is blocked, so the evidence does not verify; have the"
                                + " TPM certify the key with another attestation key");
        var second = Forgery.ACME.issueAttestationKey("Acme", "CP-0001", Forgery.ATTESTATION_KEY.getPublic());
        assertThat(Forgery.problems(
                        GENUINE.certified(Forgery.CERTIFICATE, second).request(), blocked::equals))
                .hasSize(1);
    }

    /// The key that is certified has a rule of its own; another key in the evidence vouches for nothing.
    @Test
    void aBlockedKeyThatHasNotSignedIsNotAskedFor() {
        var other = Keys.generateP256().getPublic();
        var blocked = Fixture.spki(other).sha256Hex();
        var forgery = GENUINE.certified(Forgery.ACME.issueAttestationKey("Acme", null, other), Forgery.CERTIFICATE);
        assertThat(Forgery.problems(forgery.request(), blocked::equals)).isEmpty();
    }

    @Test
    void aHintAndCertificatesOfOtherFormatsArePassedOver() {
        var statement = ASN1Sequence.getInstance(GENUINE.statement());
        var hinted =
                Forgery.sequence(statement.getObjectAt(0), statement.getObjectAt(1), new DERUTF8String("tpm.example"));
        var other =
                new DERTaggedObject(false, 3, Forgery.sequence(new ASN1ObjectIdentifier("1.2.3"), DERNull.INSTANCE));
        var forgery = GENUINE.certified(other, Forgery.asn1(Forgery.CERTIFICATE));
        assertThat(problems(forgery.request(forgery.bundle(
                        Forgery.sequence(new ASN1ObjectIdentifier("1.2.3.4"), DERNull.INSTANCE), hinted))))
                .isEmpty();
    }

    @Test
    void anAnchorOfTheModelVouchesForTheModelOnly() {
        var forX1 = TrustAnchors.of(Map.of("acme/X1", List.of(Forgery.ACME.certificate())));
        assertThat(Forgery.problems(GENUINE.request(), Forgery.DEVICE, forX1)).isEmpty();
        assertThat(Forgery.problems(GENUINE.request(), new AttestedDevice("CP-0001", "acme", "X2"), forX1))
                .containsExactly(
                        "attestation key: there is no trust anchor for the attestation keys of acme (model X2);"
                                + " have it added to those of csr-validator");
        assertThat(Forgery.problems(GENUINE.request(), new AttestedDevice("CP-0001", "acme", null), forX1))
                .containsExactly("attestation key: there is no trust anchor for the attestation keys of acme;"
                        + " have it added to those of csr-validator");
    }

    private static List<String> problems(Forgery forgery) {
        return problems(forgery.request());
    }

    private static List<String> problems(Der request) {
        return Forgery.problems(request);
    }
}
