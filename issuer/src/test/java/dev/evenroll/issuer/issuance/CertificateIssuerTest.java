package dev.evenroll.issuer.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenroll.hsm.key.SigningFaultException;
import dev.evenroll.hsm.scene.FakeIssuingKey;
import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.issuer.scene.TestAuthorities;
import dev.evenroll.issuer.scene.TestKeys;
import dev.evenroll.issuer.scene.TestProfiles;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.issuance.CertificatePreparation;
import dev.evenroll.pki.issuance.PreparedCertificate;
import dev.evenroll.pki.issuance.SerialNumber;
import dev.evenroll.pki.profile.Assurance;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.profile.Subject;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Step 5 of the enrollment cycle: what is signed, and what never is.
class CertificateIssuerTest {

    private static final Profile OTHER_URL = Profile.chargingStation(URI.create("http://elsewhere.example/ca.crl"));

    private final TestCa ca = TestCa.create();
    private final FakeIssuingKey key = ca.key();
    private final CertificateIssuer issuer =
            new CertificateIssuer(TestAuthorities.of(ca, key), TestProfiles.PROFILES, TestCa.CLOCK);

    @Test
    void theCertificateHoldsExactlyThePreparedBytesAndVerifies() throws Exception {
        var prepared = prepare(ca, TestProfiles.PROFILE, TestCa.NOW);
        var certificate = Certificates.decode(issuer.issue(admitted(record(prepared))));
        certificate.verify(ca.authority().certificate().getPublicKey());
        assertThat(Der.of(certificate.getTBSCertificate())).isEqualTo(prepared.tbsCertificate());
        assertThat(certificate.getSerialNumber())
                .isEqualTo(BigInteger.valueOf(0x1234567890L).shiftLeft(64));
    }

    @Test
    void theAdmissionKnowsTheValidity() {
        var admitted = admitted(record(prepare(ca, TestProfiles.PROFILE, TestCa.NOW)));
        assertThat(admitted.notBefore()).isEqualTo(Instant.parse("2026-11-22T09:55:00Z"));
        assertThat(admitted.notAfter()).isEqualTo(Instant.parse("2027-11-22T09:54:59Z"));
    }

    @Test
    void theSamePreparedCertificateIsIssuedUnderTheSameSerialAgain() throws Exception {
        var prepared = record(prepare(ca, TestProfiles.PROFILE, TestCa.NOW));
        var one = Certificates.decode(issuer.issue(admitted(prepared)));
        var other = Certificates.decode(issuer.issue(admitted(prepared)));
        assertThat(Der.of(other.getTBSCertificate())).isEqualTo(Der.of(one.getTBSCertificate()));
    }

    @Test
    void anotherCa() {
        var other = TestCa.create();
        var prepared = prepare(other, TestProfiles.PROFILE, TestCa.NOW);
        var record = new PreparedEnrollment(
                "EV-1",
                "charging-station",
                other.certificate().keyId(),
                prepared.serialNumber().hex(),
                prepared.tbsCertificate(),
                Assurance.SOFTWARE_KEY,
                false);
        assertThat(failures(record))
                .contains(new Failure(
                        "issuer-key-id",
                        "issuerKeyId: " + other.certificate().keyId() + " is none of the CAs here, [issuing-1 "
                                + ca.certificate().keyId()
                                + "]; enroll again to get a certificate of the active one."));
    }

    @Test
    void theBytesOfAnotherCaUnderThisCasName() {
        assertThat(rules(record(prepare(TestCa.create(), TestProfiles.PROFILE, TestCa.NOW))))
                .containsExactly("authority-key-identifier");
    }

    /// Prepared under the former file of profiles, perhaps.
    @Test
    void whatIsNotAsTheProfileSaysIsRefusedAndNobodyAccused() {
        assertThat(abandoned(issuer, record(prepare(ca, OTHER_URL, TestCa.NOW))))
                .extracting(Failure::rule)
                .containsExactly("crl-distribution-point");
    }

    @Test
    void whatIsNotAsTheProfileSaysAndDoesNotAgreeWithItsRecordIsRejected() {
        var prepared = prepare(ca, OTHER_URL, TestCa.NOW);
        var record = new PreparedEnrollment(
                "EV-1",
                "charging-station",
                ca.certificate().keyId(),
                "0badc0de",
                prepared.tbsCertificate(),
                Assurance.SOFTWARE_KEY,
                false);
        assertThat(rules(record)).containsExactly("serial-number");
    }

    @Test
    void whatHasExpiredWhileItWaitedIsRefusedAndNobodyAccused() {
        var late = issuerAt(TestCa.NOW.plus(Duration.ofDays(365)));
        assertThat(abandoned(late, record(prepare(ca, TestProfiles.PROFILE, TestCa.NOW))))
                .extracting(Failure::rule)
                .containsExactly("validity");
    }

    @Test
    void aClockThatIsBehindByMinutesPostponesByMoreItRejects() {
        var begin = TestCa.NOW.plus(Duration.ofMinutes(55));
        var prepared = record(prepare(ca, TestProfiles.PROFILE, TestCa.NOW.plus(Duration.ofHours(1))));
        assertThat(issuerAt(begin).admit(prepared)).isInstanceOf(Admission.Admitted.class);
        for (var behind : List.of(Duration.ofNanos(1), CertificateIssuer.LONGEST_SKEW)) {
            var now = begin.minus(behind);
            assertThat(issuerAt(now).admit(prepared))
                    .isEqualTo(new Admission.Postponed("The certificate of EV-1 is not valid before " + begin
                            + ", and the clock of this machine says " + now
                            + "; check the clock, it is signed then."));
        }
        assertThat(issuerAt(begin.minus(CertificateIssuer.LONGEST_SKEW).minusNanos(1))
                        .admit(prepared))
                .isInstanceOf(Admission.Rejected.class);
    }

    @Test
    void aCaThatIsNotValidNowPostpones() {
        var prepared = record(prepare(ca, TestProfiles.PROFILE, TestCa.NOW));
        for (var now : List.of(
                ca.certificate().notBefore().minusSeconds(1),
                ca.certificate().notAfter().plusSeconds(1))) {
            assertThat(issuerAt(now).admit(prepared))
                    .isInstanceOfSatisfying(
                            Admission.Postponed.class,
                            postponed -> assertThat(postponed.reason())
                                    .startsWith("The CA certificate CN=Test Issuing CA "));
        }
    }

    /// It would stop the certificates of the active CA behind it.
    @Test
    void aFormerCaThatHasExpiredAndIsGivenUpIsNotWaitedFor() {
        var authorities = TestAuthorities.of(ca, key).and(TestCa.create(), key);
        authorities.lose("The CA issuing-1 is lost.");
        var now = ca.certificate().notAfter().plusSeconds(1);
        assertThat(abandoned(
                        new CertificateIssuer(authorities, TestProfiles.PROFILES, () -> now),
                        record(prepare(ca, TestProfiles.PROFILE, TestCa.NOW))))
                .extracting(Failure::rule)
                .containsExactly("issuer-key-id");
    }

    @Test
    void aCertificateOfTheFuture() {
        assertThat(rules(record(prepare(ca, TestProfiles.PROFILE, TestCa.NOW.plus(Duration.ofHours(1))))))
                .containsExactly("validity");
    }

    @Test
    void anUnknownProfile() {
        var prepared = prepare(ca, TestProfiles.PROFILE, TestCa.NOW);
        var record = new PreparedEnrollment(
                "EV-1",
                "toaster",
                ca.certificate().keyId(),
                prepared.serialNumber().hex(),
                prepared.tbsCertificate(),
                Assurance.SOFTWARE_KEY,
                false);
        assertThat(abandoned(issuer, record)).extracting(Failure::rule).containsExactly("profile");
    }

    @Test
    void anotherSerialNumberThanTheRecordSays() {
        var prepared = prepare(ca, TestProfiles.PROFILE, TestCa.NOW);
        var record = new PreparedEnrollment(
                "EV-1",
                "charging-station",
                ca.certificate().keyId(),
                "0badc0de",
                prepared.tbsCertificate(),
                Assurance.SOFTWARE_KEY,
                false);
        assertThat(failures(record))
                .containsExactly(new Failure(
                        "serial-number",
                        "serial-number: the record says 0badc0de, the certificate inside "
                                + prepared.serialNumber().hex() + "; find out who wrote the record."));
    }

    @Test
    void anotherDeviceThanTheRecordSays() {
        var prepared = prepare(ca, TestProfiles.PROFILE, TestCa.NOW);
        var record = new PreparedEnrollment(
                "EV-2",
                "charging-station",
                ca.certificate().keyId(),
                prepared.serialNumber().hex(),
                prepared.tbsCertificate(),
                Assurance.SOFTWARE_KEY,
                false);
        assertThat(failures(record))
                .containsExactly(
                        new Failure(
                                "device-id",
                                "device-id: the record says EV-2, the certificate inside EV-1; find out who wrote the record."));
    }

    @Test
    void changedBytesAreAnsweredNeverThrownAt() {
        var prepared = prepare(ca, TestProfiles.PROFILE, TestCa.NOW);
        var random = new Random(7);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = prepared.tbsCertificate().bytes();
            bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            // A few stay well-formed, in the organization for example; none may end in an exception.
            assertThat(issuer.admit(new PreparedEnrollment(
                            "EV-1",
                            "charging-station",
                            ca.certificate().keyId(),
                            prepared.serialNumber().hex(),
                            Der.of(bytes),
                            Assurance.SOFTWARE_KEY,
                            false)))
                    .isNotNull();
        }
        assertThat(key.signatures()).isZero();
    }

    /// An attested key's certificate under a record that proves nothing, and the other way round.
    @Test
    void aCertificateForAnotherAssuranceThanItsRecordSays() {
        var byExample = new CertificateIssuer(TestAuthorities.of(ca, key), TestProfiles.example(), TestCa.CLOCK);
        for (var prepared : Assurance.values()) {
            var profile =
                    TestProfiles.example().find("charging-station", prepared).orElseThrow();
            var certificate = prepare(ca, profile, TestCa.NOW);
            for (var said : Assurance.values()) {
                var record = new PreparedEnrollment(
                        "EV-1",
                        "charging-station",
                        ca.certificate().keyId(),
                        certificate.serialNumber().hex(),
                        certificate.tbsCertificate(),
                        said,
                        false);
                if (said == prepared) {
                    assertThat(byExample.admit(record)).isInstanceOf(Admission.Admitted.class);
                } else {
                    assertThat(byExample.admit(record))
                            .isInstanceOfSatisfying(
                                    Admission.Abandoned.class,
                                    abandoned -> assertThat(abandoned.failures())
                                            .extracting(Failure::rule)
                                            .containsExactly("certificate-policies"));
                }
            }
        }
        assertThat(key.signatures()).isZero();
    }

    @Test
    void aKeyThatDoesNotAnswerIsAFault() {
        var admitted = admitted(record(prepare(ca, TestProfiles.PROFILE, TestCa.NOW)));
        key.breakDown();
        assertThatExceptionOfType(SigningFaultException.class)
                .isThrownBy(() -> issuer.issue(admitted))
                .withMessage("The fake key is broken; mend it.");
    }

    @Test
    void aWrongSignatureNeverLeaves() {
        var admitted = admitted(record(prepare(ca, TestProfiles.PROFILE, TestCa.NOW)));
        key.goStale();
        assertThatExceptionOfType(SigningFaultException.class)
                .isThrownBy(() -> issuer.issue(admitted))
                .withMessageStartingWith("The fake key returned a wrong signature: ");
    }

    private static PreparedCertificate prepare(TestCa by, Profile profile, Instant now) {
        return CertificatePreparation.prepare(
                by.certificate(),
                profile,
                Subject.of("EV-1", "Grid Co"),
                TestKeys.P256,
                new SerialNumber(BigInteger.valueOf(0x1234567890L).shiftLeft(64)),
                now);
    }

    private PreparedEnrollment record(PreparedCertificate prepared) {
        return new PreparedEnrollment(
                "EV-1",
                "charging-station",
                ca.certificate().keyId(),
                prepared.serialNumber().hex(),
                prepared.tbsCertificate(),
                Assurance.SOFTWARE_KEY,
                false);
    }

    private CertificateIssuer issuerAt(Instant now) {
        return new CertificateIssuer(TestAuthorities.of(ca, key), TestProfiles.PROFILES, () -> now);
    }

    private static List<Failure> abandoned(CertificateIssuer issuer, PreparedEnrollment prepared) {
        return issuer.admit(prepared) instanceof Admission.Abandoned(var failures) ? failures : List.of();
    }

    private Admission.Admitted admitted(PreparedEnrollment prepared) {
        return switch (issuer.admit(prepared)) {
            case Admission.Admitted admitted -> admitted;
            case Admission.Postponed postponed -> throw new AssertionError(postponed);
            case Admission.Abandoned abandoned -> throw new AssertionError(abandoned);
            case Admission.Rejected rejected -> throw new AssertionError(rejected);
        };
    }

    private List<Failure> failures(PreparedEnrollment prepared) {
        return switch (issuer.admit(prepared)) {
            case Admission.Admitted admitted -> throw new AssertionError(admitted);
            case Admission.Postponed postponed -> throw new AssertionError(postponed);
            case Admission.Abandoned abandoned -> throw new AssertionError(abandoned);
            case Admission.Rejected rejected -> rejected.failures();
        };
    }

    private List<String> rules(PreparedEnrollment prepared) {
        return failures(prepared).stream().map(Failure::rule).toList();
    }
}
