package dev.evenroll.issuer.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.issuer.scene.TestAuthorities;
import dev.evenroll.issuer.scene.TestKeys;
import dev.evenroll.issuer.scene.TestProfiles;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.issuance.PreparedCertificate;
import dev.evenroll.pki.profile.Assurance;
import dev.evenroll.pki.profile.Profile;
import dev.evenroll.pki.request.rule.MlDsaParameterSet;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Step 4 of the enrollment cycle: what is prepared, and what the CA does not make.
class CertificatePreparerTest {

    private final TestCa ca = TestCa.create();
    private final CertificatePreparer preparer = at(TestCa.NOW);

    @Test
    void aCertificateIsBackDatedAndLastsAsTheProfileSays() {
        var prepared = prepared(enrollment());
        assertThat(prepared.notBefore()).isEqualTo(Instant.parse("2026-11-22T09:55:00Z"));
        assertThat(prepared.notAfter()).isEqualTo(Instant.parse("2027-11-22T09:54:59Z"));
    }

    @Test
    void aCertificateEndsWithTheCa() {
        var preparation = at(TestCa.NOW.plus(Duration.ofDays(3649))).prepare(enrollment());
        assertThat(preparation)
                .isInstanceOfSatisfying(
                        Preparation.Prepared.class,
                        prepared -> assertThat(prepared.certificate().notAfter())
                                .isEqualTo(ca.certificate().notAfter()));
    }

    @Test
    void everySerialNumberIsFreshRandom128Bits() {
        Set<String> met = new HashSet<>();
        var longest = 0;
        for (int i = 0; i < 200; i++) {
            var serialNumber = prepared(enrollment()).serialNumber();
            assertThat(met.add(serialNumber.hex())).isTrue();
            longest = Math.max(longest, serialNumber.value().bitLength());
        }
        assertThat(longest).isBetween(121, 128);
    }

    @Test
    void anUnknownProfile() {
        assertThat(failures(
                        new AuthorizedEnrollment("EV-1", "toaster", "Grid Co", TestKeys.P256, Assurance.SOFTWARE_KEY)))
                .containsExactly(new Failure(
                        "profile",
                        "profile: \"toaster\" is none of this CA's profiles [charging-station]; authorize one of them, or "
                                + "add it to the issuer."));
    }

    @Test
    void aDeviceIdThatIsAnAddress() {
        assertThat(rules(new AuthorizedEnrollment(
                        "10.0.0.1", "charging-station", "Grid Co", TestKeys.P256, Assurance.SOFTWARE_KEY)))
                .containsExactly("device-id");
    }

    @Test
    void anOrganizationThatDoesNotFit() {
        assertThat(rules(new AuthorizedEnrollment(
                        "EV-1", "charging-station", "x".repeat(65), TestKeys.P256, Assurance.SOFTWARE_KEY)))
                .containsExactly("subject");
        assertThat(rules(new AuthorizedEnrollment(
                        "EV-1", "charging-station", "", TestKeys.P256, Assurance.SOFTWARE_KEY)))
                .containsExactly("subject");
    }

    @Test
    void aKeyThatIsNoKey() {
        assertThat(rules(new AuthorizedEnrollment(
                        "EV-1", "charging-station", "Grid Co", Der.of(new byte[] {48, 0}), Assurance.SOFTWARE_KEY)))
                .isNotEmpty();
    }

    @Test
    void aWeakKey() {
        assertThat(failures(new AuthorizedEnrollment(
                        "EV-1", "charging-station", "Grid Co", TestKeys.rsa(1024), Assurance.SOFTWARE_KEY)))
                .isNotEmpty();
    }

    @Test
    void aKeyOfMlDsaWhereTheProfileAllowsIt() {
        var key = Der.of(
                Keys.generateMlDsa(MlDsaParameterSet.ML_DSA_65).getPublic().getEncoded());
        var enrollment = new AuthorizedEnrollment("EV-1", "charging-station", "Grid Co", key, Assurance.SOFTWARE_KEY);
        var profile = Profile.chargingStation(URI.create("http://crl.example/ca.crl"), true);
        var allowing = new CertificatePreparer(
                TestAuthorities.of(ca), Profiles.of(List.of(profile)), new SecureRandom(), TestCa.CLOCK);

        assertThat(rules(enrollment)).containsExactly("key-algorithm");
        assertThat(allowing.prepare(enrollment)).isInstanceOf(Preparation.Prepared.class);
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        assertThat(rules(
                        new AuthorizedEnrollment("", "toaster", "Grid Co", TestKeys.rsa(1024), Assurance.SOFTWARE_KEY)))
                .contains("profile", "device-id")
                .hasSizeGreaterThan(2);
    }

    @Test
    void anExpiredCaPreparesNothingAndTheEnrollmentWaits() {
        assertThat(at(TestCa.NOW.plus(Duration.ofDays(3651))).prepare(enrollment()))
                .isInstanceOfSatisfying(
                        Preparation.Postponed.class,
                        postponed -> assertThat(postponed.reason())
                                .startsWith("The CA certificate CN=Test Issuing CA has expired on "));
    }

    private CertificatePreparer at(Instant now) {
        return new CertificatePreparer(
                TestAuthorities.of(ca), TestProfiles.PROFILES, new SecureRandom(), InstantSource.fixed(now));
    }

    private static AuthorizedEnrollment enrollment() {
        return new AuthorizedEnrollment("EV-1", "charging-station", "Grid Co", TestKeys.P256, Assurance.SOFTWARE_KEY);
    }

    private PreparedCertificate prepared(AuthorizedEnrollment enrollment) {
        return switch (preparer.prepare(enrollment)) {
            case Preparation.Prepared(PreparedCertificate certificate, var _, var _) -> certificate;
            case Preparation.Postponed postponed -> throw new AssertionError(postponed);
            case Preparation.Refused refused -> throw new AssertionError(refused);
        };
    }

    private List<Failure> failures(AuthorizedEnrollment enrollment) {
        return switch (preparer.prepare(enrollment)) {
            case Preparation.Prepared prepared -> throw new AssertionError(prepared);
            case Preparation.Postponed postponed -> throw new AssertionError(postponed);
            case Preparation.Refused refused -> refused.failures();
        };
    }

    private List<String> rules(AuthorizedEnrollment enrollment) {
        return failures(enrollment).stream().map(Failure::rule).toList();
    }
}
