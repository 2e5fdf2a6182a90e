package dev.evenroll.validator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.profile.Assurance;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.EnrollmentModel;
import dev.evenroll.validator.simulation.Installation;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// The model `renewal`: the device's present certificate, or one that has expired within the grace of the policies.
class RenewalTest extends Judgement {

    private static final Duration VALIDITY =
            Duration.ofDays(365).minusMinutes(5).minusSeconds(1);

    private final X509Certificate present = installation.issue("EVR-1", Installation.OWNER, spki(device.keys()));

    @Test
    void theRenewedCertificateIsInUse() {
        var renewal = device.renewing(present);
        assertThat(judge(renewal.submitsWithOrganization(Installation.OWNER), enrolled("EVR-1")))
                .isEqualTo(new Verdict.Accepted(
                        new Route(EnrollmentModel.RENEWAL, "CN=EVR-1,O=Charge Here Ltd", null),
                        Installation.OWNER,
                        spki(renewal.keys()),
                        null,
                        null,
                        false,
                        Instant.parse("2026-11-22T09:55:00Z"),
                        true,
                        "charging-station",
                        Assurance.SOFTWARE_KEY));
    }

    @Test
    void renewalIsOpenWhateverTheEnrollmentModels() {
        assertThat(judge(
                        device.renewing(present).submitsWithOrganization(Installation.OWNER),
                        allowing(EnrollmentModel.FIELD)))
                .isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void theProfileMayAllowTheSameKey() {
        var sameKey = device.renewing(present).withKeys(device.keys()).submitsWithOrganization(Installation.OWNER);
        assertThat(rules(sameKey, enrolled("EVR-1"))).containsExactly("renewal-new-key");
        installation.allows(false, true);
        assertThat(judge(sameKey, enrolled("EVR-1")))
                .isInstanceOfSatisfying(
                        Verdict.Accepted.class,
                        accepted -> assertThat(accepted.newKeyRequired()).isFalse());
    }

    @Test
    void anOlderCertificateThanTheOneInUseIsRetired() {
        installation.clock().advance(Duration.ofDays(100));
        var newer = installation.issue("EVR-1", Installation.OWNER, spki(device.keys()));
        var using = enrolled("EVR-1").used(newer.getNotBefore().toInstant());
        var verdict = judge(device.renewing(present).submitsWithOrganization(Installation.OWNER), using);
        assertThat(told(verdict))
                .containsExactly("renewal-superseded|requester certificate: was replaced by a later one, which the "
                        + "device has used since; renew with the latest, or enroll anew with the manufacturer's "
                        + "certificate");
        assertThat(judge(device.renewing(newer).submitsWithOrganization(Installation.OWNER), using))
                .isInstanceOf(Verdict.Accepted.class);
    }

    /// The new certificate got lost on its way: the device still has the one that it renewed with.
    @Test
    void aCertificateThatHasRenewedOnceRenewsAgain() {
        var using = enrolled("EVR-1").used(present.getNotBefore().toInstant());
        assertThat(judge(device.renewing(present).submitsWithOrganization(Installation.OWNER), using))
                .isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void whoHoldsARetiredCertificateHearsNothingOfTheRegistry() {
        installation.clock().advance(Duration.ofDays(100));
        var using = enrolled("EVR-1").used(installation.clock().instant());
        var suspended = after(using, order -> new DeviceCommand.Suspend(order, "stolen"));
        assertThat(answer(device.renewing(present).submitsWithOrganization(Installation.OWNER), suspended))
                .containsExactly("renewal-superseded");
    }

    @Test
    void aCertificateOfAFormerLifeRenewsNothingAndHearsNothing() {
        ofFormerLife.add(CertificateId.of(present));
        var renewal = device.renewing(present).submitsWithOrganization(Installation.OWNER);
        assertThat(refusals(renewal, enrolled("EVR-1")))
                .containsExactly("renewal-former-life|requester certificate: was issued in a former life of the "
                        + "device, or to another owner; enroll anew with the manufacturer's certificate or a token");
        var suspended = after(enrolled("EVR-1"), order -> new DeviceCommand.Suspend(order, "stolen"));
        assertThat(rules(renewal, suspended)).containsExactly("device-suspended", "renewal-former-life");
        assertThat(answer(renewal, suspended)).containsExactly("renewal-former-life");
        assertThat(installation.judge().isBarred(renewal, circumstances(enrolled("EVR-1"), null, null)))
                .isTrue();
    }

    @Test
    void withoutGraceAnExpiredCertificateRenewsNothing() {
        installation.clock().advance(VALIDITY);
        assertThat(judge(device.renewing(present).submitsWithOrganization(Installation.OWNER), enrolled("EVR-1")))
                .isInstanceOf(Verdict.Accepted.class);
        installation.clock().advance(Duration.ofSeconds(1));
        assertThat(told(judge(device.renewing(present).submitsWithOrganization(Installation.OWNER), enrolled("EVR-1"))))
                .containsExactly("renewal-expired|requester certificate: expired on 2027-11-22; enroll anew with the "
                        + "manufacturer's certificate or a token");
    }

    @Test
    void withinTheGraceAPersonApprovesAndTheDeviceGoesIntoQuarantine() {
        installation.decidesBy(grace("P14D"));
        installation.clock().advance(VALIDITY.plusDays(3));
        var renewal = device.renewing(present).submitsWithOrganization(Installation.OWNER);
        var expected = new Verdict.Waiting(
                new Route(EnrollmentModel.RENEWAL, "CN=EVR-1,O=Charge Here Ltd", null),
                "the certificate that it renews with expired on 2027-11-22",
                installation.clock().instant().plus(Duration.ofDays(7)),
                null,
                true);
        assertThat(judge(renewal, enrolled("EVR-1"))).isEqualTo(expected);
        assertThat(judge(renewal, quarantined()))
                .isEqualTo(new Verdict.Waiting(expected.route(), expected.reason(), expected.expiresAt(), null, false));
        assertThat(judge(renewal, quarantined(), null, "carol"))
                .isInstanceOfSatisfying(
                        Verdict.Accepted.class,
                        accepted -> assertThat(accepted.usedNotBefore())
                                .isEqualTo(present.getNotBefore().toInstant()));
    }

    /// An approval that comes when the grace is over would be for nothing.
    @Test
    void nobodyWaitsBeyondTheGrace() {
        installation.decidesBy(grace("P14D"));
        installation.clock().advance(VALIDITY.plusDays(10));
        assertThat(judge(device.renewing(present).submitsWithOrganization(Installation.OWNER), enrolled("EVR-1")))
                .isInstanceOfSatisfying(
                        Verdict.Waiting.class,
                        waiting -> assertThat(waiting.expiresAt())
                                .isEqualTo(present.getNotAfter().toInstant().plus(Duration.ofDays(14))));
    }

    @Test
    void theGraceEnds() {
        installation.decidesBy(grace("P14D"));
        installation.clock().advance(VALIDITY.plusDays(14));
        var renewal = device.renewing(present).submitsWithOrganization(Installation.OWNER);
        assertThat(judge(renewal, enrolled("EVR-1"))).isInstanceOf(Verdict.Waiting.class);
        installation.clock().advance(Duration.ofSeconds(1));
        for (var approver : new String[] {null, "carol"}) {
            var verdict = judge(renewal, enrolled("EVR-1"), null, approver);
            assertThat(told(verdict))
                    .containsExactly("renewal-expired|requester certificate: expired on 2027-11-22, and a renewal was "
                            + "possible until 2027-12-06; enroll anew with the manufacturer's certificate or a token");
        }
    }

    @Test
    void theGraceOverlooksNothingButTheEnd() {
        installation.decidesBy(grace("P14D"));
        revoked.add(CertificateId.of(present));
        installation.clock().advance(VALIDITY.plusDays(3));
        assertThat(rules(device.renewing(present).submitsWithOrganization(Installation.OWNER), enrolled("EVR-1")))
                .containsExactly("renewal-revoked");
        assertThat(rules(device.renewing(present).pretendingToBe("EVR-2").submits(), registered("EVR-2")))
                .containsExactly("renewal-own-certificate", "renewal-revoked", "renewal-subject");
    }

    @Test
    void theGraceIsNotForIdevidsAndNotForStrangers() {
        installation.decidesBy(grace("P14D"));
        var ofManufacturer =
                installation.acme().issueClient("EVR-1", device.keys().getPublic(), Duration.ofDays(1));
        var ofStranger =
                installation.stranger().issueClient("EVR-1", device.keys().getPublic(), Duration.ofDays(1));
        installation.clock().advance(Duration.ofDays(2));
        for (var certificate : new X509Certificate[] {ofManufacturer, ofStranger}) {
            assertThat(rules(device.renewing(certificate).submits(), enrolled("EVR-1")))
                    .containsExactly("requester-untrusted");
        }
    }

    @Test
    void anExpiredCaVouchesForNobody() {
        installation.decidesBy(grace("P365D"));
        var last = installation.lastOfIssuingCa("EVR-1", device.keys().getPublic());
        installation
                .clock()
                .advance(Duration.between(
                        installation.clock().instant(),
                        last.getNotAfter().toInstant().plusSeconds(60)));
        assertThat(rules(device.renewing(last).submits(), enrolled("EVR-1"))).containsExactly("requester-untrusted");
    }

    @Test
    void aCertificateIsNotRenewedForASuspendedDevice() {
        var suspended = after(enrolled("EVR-1"), order -> new DeviceCommand.Suspend(order, "stolen"));
        assertThat(told(judge(device.renewing(present).submitsWithOrganization(Installation.OWNER), suspended)))
                .containsExactly(
                        "device-suspended|device: EVR-1 is suspended; have its operator resume it, then enroll again");
    }

    @Test
    void theCertificateOfAFormerOwnerRenewsNothing() {
        var transferred =
                after(enrolled("EVR-1"), order -> new DeviceCommand.Transfer(order, "New Operator Ltd", "Car park 9"));
        assertThat(rules(device.renewing(present).submitsWithOrganization(Installation.OWNER), transferred))
                .containsExactly("subject-organization");
        assertThat(rules(device.renewing(present).submitsWithOrganization("New Operator Ltd"), transferred))
                .containsExactly("renewal-subject");
    }

    @Test
    void whoRenewsForAnotherOperatorIsToldTheOneOfItsCertificate() {
        assertThat(refusals(device.renewing(present).submitsWithOrganization("Somebody Else"), enrolled("EVR-1")))
                .contains(
                        "subject-organization|subject: O is \"Somebody Else\", and EVR-1 is registered for the operator "
                                + "\"Charge Here Ltd\", as its present certificate says; set the device's organization name to "
                                + "that");
        var transferred =
                after(enrolled("EVR-1"), order -> new DeviceCommand.Transfer(order, "New Operator Ltd", "Car park 9"));
        assertThat(refusals(device.renewing(present).submitsWithOrganization("Somebody Else"), transferred))
                .noneMatch(refusal -> refusal.contains("New Operator Ltd"));
    }

    private DeviceLife.Known quarantined() {
        return enrolled("EVR-1")
                .quarantined("its certificate had expired", installation.clock().instant());
    }

    private static String grace(String duration) {
        return """
                version: grace
                renewal: { graceAfterExpiry: %s }
                policies:
                  - name: nobody
                    match: { manufacturer: nobody }
                    decision: refuse
                    reason: nobody enrolls just in time
                """.formatted(duration);
    }
}
