package dev.evenroll.revocation.device;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.profile.Renewal;
import dev.evenroll.revocation.device.DeviceCertificate.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeviceInventoryTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration LIFE = Duration.ofDays(100);
    private static final CertificateId FIRST = new CertificateId("ab", "01");
    private static final CertificateId SECOND = new CertificateId("ab", "02");

    /// Due after 60 of 100 days, overdue after 90; three days of grace, two until it should have been seen.
    private static final Renewal TERMS = new Renewal(60, 0, 90, Duration.ofDays(3), Duration.ofDays(2));

    private DeviceInventory device = DeviceInventory.UNKNOWN;
    private Instant now = START;
    private Pacer pacer = (site, at) -> at;

    private List<Happening> hears(DeviceNews news) {
        var turn = device.take(
                news, now, profile -> profile.equals("ocsp-responder") ? Optional.empty() : Optional.of(TERMS), pacer);
        device = turn.after();
        return turn.happenings();
    }

    private List<Happening> issued(CertificateId id) {
        return issued(id, Optional.empty());
    }

    private List<Happening> issued(CertificateId id, Optional<Long> life) {
        return hears(new DeviceNews.Entered(
                DeviceCertificate.entered(id, "charging-station", now, now, now.plus(LIFE), life)));
    }

    private List<Happening> used(CertificateId id) {
        return hears(new DeviceNews.Used(id, now));
    }

    private List<Happening> registered(RegistryEntry.Standing standing, long life) {
        return hears(new DeviceNews.Registered(
                new RegistryEntry("CP-1", "Harbour", standing, life, Optional.empty(), "rita")));
    }

    /// Goes from one moment when something is due to the next, as the topology does.
    private List<Happening> passes(Duration time) {
        var end = now.plus(time);
        var happenings = new ArrayList<Happening>();
        while (device.dueAt().filter(at -> !at.isAfter(end)).isPresent()) {
            now = device.dueAt().orElseThrow();
            happenings.addAll(hears(new DeviceNews.TimePassed()));
            assertThat(device.dueAt().orElse(Instant.MAX)).isAfter(now);
        }
        now = end;
        return happenings;
    }

    private Standing standing(CertificateId id) {
        return certificate(id).standing();
    }

    private DeviceCertificate certificate(CertificateId id) {
        return device.certificates().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theFirstUseInstallsACertificateAndTheNextOnesChangeNothing() {
        assertThat(issued(FIRST)).isEmpty();
        assertThat(used(FIRST)).containsExactly(new Happening.Installed(FIRST, START));
        assertThat(used(FIRST)).isEmpty();
        assertThat(standing(FIRST)).isEqualTo(Standing.INSTALLED);
    }

    /// Sightings and issuances come by different ways: a station connects in the second that it gets its certificate.
    @Test
    void aUseThatIsHeardOfBeforeTheIssuanceIsNotLost() {
        assertThat(used(FIRST)).isEmpty();
        assertThat(issued(FIRST)).containsExactly(new Happening.Installed(FIRST, START));
        assertThat(device.usedEarly()).isEmpty();
    }

    @Test
    void usesOfWhatIsNeverEnteredDoNotPileUp() {
        for (int number = 0; number < 100; number++) {
            used(new CertificateId("ab", "%02x".formatted(number + 1)));
        }

        assertThat(device.usedEarly()).hasSize(4);
    }

    @Test
    void aUseThatTheRegistryHasSeenInstallsTheCertificateOfThatTime() {
        issued(FIRST);
        var said =
                new RegistryEntry("CP-1", "Harbour", RegistryEntry.Standing.ENROLLING, 1, Optional.of(START), "rita");

        assertThat(hears(new DeviceNews.Registered(said))).containsExactly(new Happening.Installed(FIRST, START));
    }

    @Test
    void thePreviousCertificateIsRetiredAfterTheGraceThatFollowsTheFirstUse() {
        issued(FIRST);
        used(FIRST);
        passes(Duration.ofDays(10));
        issued(SECOND);

        assertThat(passes(Duration.ofDays(1))).isEmpty();
        used(SECOND);
        assertThat(passes(Duration.ofDays(2))).isEmpty();
        assertThat(passes(Duration.ofDays(1))).containsExactly(new Happening.Superseded(FIRST, now));
        assertThat(standing(FIRST)).isEqualTo(Standing.SUPERSEDED);
        assertThat(standing(SECOND)).isEqualTo(Standing.INSTALLED);
    }

    @Test
    void aNewCertificateThatIsRevokedBeforeTheGraceIsOverRetiresNobody() {
        issued(FIRST);
        used(FIRST);
        passes(Duration.ofDays(10));
        issued(SECOND);
        used(SECOND);
        hears(new DeviceNews.Moved(SECOND, Standing.REVOKED, Optional.of(CrlReason.KEY_COMPROMISE)));

        assertThat(passes(Duration.ofDays(20))).isEmpty();
        assertThat(standing(FIRST)).isEqualTo(Standing.INSTALLED);
    }

    @Test
    void aCertificateThatNobodySeesIsReportedOnce() {
        issued(FIRST);
        used(FIRST);
        passes(Duration.ofDays(10));
        issued(SECOND);
        var unseen = certificate(SECOND);

        assertThat(passes(Duration.ofDays(1))).isEmpty();
        assertThat(passes(Duration.ofDays(1)))
                .containsExactly(new Happening.InstallationOverdue(unseen, Optional.of(FIRST)));
        assertThat(passes(Duration.ofDays(30))).isEmpty();
    }

    @Test
    void aRenewalIsDueEverMoreUrgentlyUntilItIsOverdueAndThenTheCertificateExpires() {
        issued(FIRST);
        used(FIRST);

        assertThat(passes(Duration.ofDays(59))).isEmpty();
        assertThat(passes(Duration.ofDays(1))).containsExactly(due(RenewalStep.ROUTINE, 0));
        assertThat(passes(Duration.ofDays(15))).containsExactly(due(RenewalStep.SOON, 1));
        assertThat(passes(Duration.ofDays(15)))
                .containsExactly(
                        due(RenewalStep.URGENT, 2),
                        new Happening.RenewalOverdue(
                                certificate(FIRST).renewalSteps(3), START.plus(Duration.ofDays(60))));
        assertThat(passes(Duration.ofDays(11)))
                .containsExactly(new Happening.Expired(FIRST, START.plus(LIFE).plusSeconds(1)));
        assertThat(standing(FIRST)).isEqualTo(Standing.EXPIRED);
    }

    private Happening due(RenewalStep step, int said) {
        return new Happening.RenewalDue(certificate(FIRST).renewalSteps(said), step, START.plus(Duration.ofDays(60)));
    }

    @Test
    void afterALongSilenceOnlyTheLastStepIsSaid() {
        issued(FIRST);
        used(FIRST);
        now = START.plus(Duration.ofDays(91));

        assertThat(hears(new DeviceNews.TimePassed())).singleElement().isInstanceOf(Happening.RenewalOverdue.class);
        assertThat(hears(new DeviceNews.TimePassed())).isEmpty();
    }

    @Test
    void theNewestCertificateIsRenewedAndNoOther() {
        issued(FIRST);
        used(FIRST);
        passes(Duration.ofDays(50));
        issued(SECOND);
        used(SECOND);

        assertThat(passes(Duration.ofDays(59)))
                .containsExactly(
                        new Happening.Superseded(FIRST, START.plus(Duration.ofDays(53))),
                        new Happening.Expired(FIRST, START.plus(LIFE).plusSeconds(1)));
        assertThat(passes(Duration.ofDays(1)))
                .singleElement()
                .isInstanceOfSatisfying(
                        Happening.RenewalDue.class,
                        due -> assertThat(due.certificate().id()).isEqualTo(SECOND));
    }

    @Test
    void whoMayNotEnrollIsNotRemindedUntilHeMay() {
        issued(FIRST);
        used(FIRST);
        registered(RegistryEntry.Standing.HELD_BACK, 1);

        assertThat(passes(Duration.ofDays(70))).isEmpty();
        assertThat(registered(RegistryEntry.Standing.ENROLLING, 1))
                .singleElement()
                .isInstanceOf(Happening.RenewalDue.class);
    }

    @Test
    void aRenewalWaitsForItsPlaceAndKeepsIt() {
        issued(FIRST);
        used(FIRST);
        var asked = new ArrayList<Optional<String>>();
        pacer = (site, at) -> {
            asked.add(site);
            return at.plus(Duration.ofHours(1));
        };
        registered(RegistryEntry.Standing.ENROLLING, 1);

        assertThat(passes(Duration.ofDays(60))).isEmpty();
        used(FIRST);
        assertThat(device.dueAt()).contains(START.plus(Duration.ofDays(60)).plus(Duration.ofHours(1)));
        assertThat(passes(Duration.ofHours(1))).singleElement().isInstanceOf(Happening.RenewalDue.class);
        assertThat(asked).containsExactly(Optional.of("Harbour"));
    }

    @Test
    void theEndOfADeviceEndsItsCertificates() {
        registered(RegistryEntry.Standing.ENROLLING, 1);
        issued(FIRST, Optional.of(1L));
        used(FIRST);
        passes(Duration.ofDays(1));
        issued(SECOND, Optional.of(1L));

        assertThat(registered(RegistryEntry.Standing.DECOMMISSIONED, 1))
                .containsExactly(
                        ends(FIRST, CrlReason.CESSATION_OF_OPERATION, "The device was decommissioned."),
                        ends(SECOND, CrlReason.CESSATION_OF_OPERATION, "The device was decommissioned."));
        assertThat(registered(RegistryEntry.Standing.DECOMMISSIONED, 1)).isEmpty();
        assertThat(hears(new DeviceNews.Moved(FIRST, Standing.REVOKED, Optional.of(CrlReason.CESSATION_OF_OPERATION))))
                .containsExactly(new Happening.DeletionDue(FIRST, CrlReason.CESSATION_OF_OPERATION));
        assertThat(passes(Duration.ofDays(300)))
                .containsExactly(new Happening.Expired(
                        SECOND, START.plus(Duration.ofDays(1)).plus(LIFE).plusSeconds(1)));
    }

    private static Happening ends(CertificateId id, CrlReason reason, String cause) {
        return new Happening.RevocationDue(id, reason, "rita", cause);
    }

    @Test
    void aCertificateThatWasUnderWayWhenTheDeviceGotAnotherOwnerIsRevokedWhenItComes() {
        registered(RegistryEntry.Standing.ENROLLING, 2);

        assertThat(issued(FIRST, Optional.of(1L)))
                .containsExactly(ends(
                        FIRST,
                        CrlReason.AFFILIATION_CHANGED,
                        "The device has another owner, or has begun anew, since the certificate was accepted."));
        assertThat(issued(SECOND, Optional.of(2L))).isEmpty();
    }

    @Test
    void aHeldCertificateIsNeitherRenewedNorRetiredAndIsWhatItWasWhenItIsReleased() {
        issued(FIRST);
        used(FIRST);
        assertThat(hears(new DeviceNews.Moved(FIRST, Standing.ON_HOLD, Optional.empty())))
                .isEmpty();
        assertThat(passes(Duration.ofDays(70))).isEmpty();

        assertThat(hears(new DeviceNews.Moved(FIRST, Standing.INSTALLED, Optional.empty())))
                .singleElement()
                .isInstanceOf(Happening.RenewalDue.class);
    }

    @Test
    void certificatesOfWhichNothingIsToBeRenewedOnlyExpire() {
        hears(new DeviceNews.Entered(DeviceCertificate.entered(
                FIRST, "ocsp-responder", now, now, now.plus(Duration.ofDays(7)), Optional.empty())));

        assertThat(passes(Duration.ofDays(8)))
                .containsExactly(new Happening.Expired(
                        FIRST, START.plus(Duration.ofDays(7)).plusSeconds(1)));
    }

    @Test
    void whatEndedIsForgottenAYearAfterItsValidity() {
        issued(FIRST);
        passes(LIFE.plus(Duration.ofDays(364)));
        assertThat(device.certificates()).hasSize(1);
        passes(Duration.ofDays(1));
        assertThat(device.certificates()).isEmpty();
        assertThat(device.dueAt()).isEmpty();
    }

    @Test
    void theSameIssuanceAgainChangesNothing() {
        issued(FIRST);
        used(FIRST);
        var before = device;

        assertThat(issued(FIRST)).isEmpty();
        assertThat(device).isEqualTo(before);
    }
}
