package dev.evenroll.validator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.simulation.Installation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who asks, for whom, and what he is told.
class RequesterTest extends Judgement {

    @Test
    void aDeviceDoesNotEnrollForAnother() {
        assertThat(refusals(device.pretendingToBe("EVR-2").submits(), registered("EVR-2")))
                .containsExactly("idevid-serial-number|requester certificate: is that of the device EVR-1, "
                        + "the request is for EVR-2; a device enrolls for itself only");
    }

    @Test
    void aManufacturersCertificateWithoutSerialNumberSpeaksForNobody() {
        var nameless =
                installation.acme().issueClient("EVR-1", Keys.generateP256().getPublic());
        assertThat(refusals(device.presenting(List.of(nameless)).submits(), registered("EVR-1")))
                .containsExactly("idevid-serial-number|requester certificate: has no single serialNumber attribute in "
                        + "its subject (IEEE 802.1AR); use the device's IDevID certificate");
    }

    @Test
    void aManufacturerDoesNotSpeakForTheDevicesOfAnother() {
        var idevid = installation
                .globex()
                .issueIdevid("Globex", "EVR-1", Keys.generateP256().getPublic());
        assertThat(refusals(device.presenting(List.of(idevid)).submits(), registered("EVR-1")))
                .containsExactly("idevid-manufacturer|requester certificate: was issued by the manufacturer globex, "
                        + "which is not the one that EVR-1 is registered with; have its registration examined");
    }

    @Test
    void aStrangersCertificateIsNotTrusted() {
        var idevid = installation
                .stranger()
                .issueIdevid("Acme", "EVR-1", Keys.generateP256().getPublic());
        assertThat(refusals(device.presenting(List.of(idevid)).submits(), registered("EVR-1")))
                .singleElement()
                .asString()
                .startsWith("requester-untrusted|requester certificate: ")
                .contains("CN=Stranger CA")
                .endsWith("; enroll with the certificate of a manufacturer that this installation trusts");
    }

    /// Pins: a device asked about another one, and heard whether it is registered and for whom.
    @Test
    void whoDoesNotSpeakForADeviceHearsNothingOfTheRegistry() {
        var other = device.pretendingToBe("EVR-2").withKeys(Keys.generateRsa(1024));
        for (var submission : List.of(other.submits(), other.submitsWithOrganization("Somebody Else"))) {
            for (var device : List.of(registered("EVR-2"), new DeviceLife.Unregistered(), ofGlobex("EVR-2"))) {
                assertThat(answer(submission, device)).containsExactly("idevid-serial-number", "weak-key");
            }
        }
        assertThat(rules(other.submits(), ofGlobex("EVR-2")))
                .containsExactly("idevid-serial-number", "idevid-manufacturer", "weak-key");
    }

    @Test
    void theHolderOfTheSerialNumberAtAnotherManufacturerHearsOnlyThatItIsAnother() {
        assertThat(answer(device.submitsWithOrganization("Somebody Else"), ofGlobex("EVR-1")))
                .containsExactly("idevid-manufacturer");
    }

    @Test
    void aStrangerHearsNothingOfTheRegistry() {
        var idevid = installation
                .stranger()
                .issueIdevid("Acme", "EVR-1", Keys.generateP256().getPublic());
        var stranger = device.presenting(List.of(idevid)).submitsWithOrganization("Somebody Else");
        assertThat(answer(stranger, registered("EVR-1"))).containsExactly("requester-untrusted");
        assertThat(answer(stranger, new DeviceLife.Unregistered())).containsExactly("requester-untrusted");
    }

    @Test
    void whoSpeaksForTheDeviceHearsEverything() {
        assertThat(answer(device.submitsWithOrganization("Somebody Else"), registered("EVR-1")))
                .containsExactly("subject-organization");
        assertThat(answer(device.submits(), new DeviceLife.Unregistered())).containsExactly("device-not-registered");
    }

    @Test
    void aDeviceRenewsItsOwnCertificate() {
        var present = installation.issue("EVR-1", Installation.OWNER, spki(device.keys()));
        assertThat(judge(device.renewing(present).submitsWithOrganization(Installation.OWNER), registered("EVR-1")))
                .isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void aRenewalAsksForTheSameSubject() {
        var present = installation.issue("EVR-1", Installation.OWNER, spki(device.keys()));
        assertThat(refusals(device.renewing(present).submits(), registered("EVR-1")))
                .containsExactly("renewal-subject|subject: is not that of the present certificate "
                        + "(RFC 7030 section 4.2.2); make the request again with the subject "
                        + "CN=EVR-1,O=Charge Here Ltd");
    }

    @Test
    void aRenewalBringsANewKey() {
        var present = installation.issue("EVR-1", Installation.OWNER, spki(device.keys()));
        var renewal = device.renewing(present).withKeys(device.keys());
        assertThat(refusals(renewal.submitsWithOrganization(Installation.OWNER), registered("EVR-1")))
                .containsExactly("renewal-new-key|key: is that of the present certificate; "
                        + "make a new key pair and request again");
    }

    @Test
    void aDeviceDoesNotRenewTheCertificateOfAnother() {
        var present = installation.issue("EVR-1", Installation.OWNER, spki(device.keys()));
        var renewal = device.renewing(present).pretendingToBe("EVR-2");
        assertThat(refusals(renewal.submitsWithOrganization(Installation.OWNER), registered("EVR-2")))
                .containsExactly(
                        "renewal-own-certificate|requester certificate: is that of EVR-1, the request is for EVR-2; "
                                + "a device renews its own certificate only",
                        "renewal-subject|subject: is not that of the present certificate (RFC 7030 section 4.2.2); "
                                + "make the request again with the subject CN=EVR-1,O=Charge Here Ltd");
    }

    @Test
    void aRevokedCertificateIsNotRenewedAndDoesNotSpeakForTheDevice() {
        var present = installation.issue("EVR-1", Installation.OWNER, spki(device.keys()));
        revoked.add(CertificateId.of(present));
        var renewal = device.renewing(present).submitsWithOrganization(Installation.OWNER);
        assertThat(refusals(renewal, registered("EVR-1")))
                .containsExactly("renewal-revoked|requester certificate: the present certificate is revoked; "
                        + "enroll anew with the manufacturer's certificate");
        assertThat(answer(renewal, new DeviceLife.Unregistered())).containsExactly("renewal-revoked");
        assertThat(judge(device.submits(), registered("EVR-1"))).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void theRevocationOfAnEarlierCertificateHindersNoRenewal() {
        revoked.add(CertificateId.of(installation.issue("EVR-1", Installation.OWNER, spki(device.keys()))));
        var present = installation.issue("EVR-1", Installation.OWNER, spki(device.keys()));
        assertThat(judge(device.renewing(present).submitsWithOrganization(Installation.OWNER), registered("EVR-1")))
                .isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void theKindOfCertificateFitsTheOperation() {
        var present = installation.issue("EVR-1", Installation.OWNER, spki(device.keys()));
        var enrollmentWithPresent = device.renewing(present).asking(EnrollmentOperation.SIMPLE_ENROLL);
        assertThat(refusals(enrollmentWithPresent.submits(), registered("EVR-1")))
                .containsExactly("enrollment-with-present-certificate|requester certificate: is a device's present "
                        + "certificate, which renews at simplereenroll; simpleenroll takes the manufacturer's "
                        + "certificate (IDevID)");
        var renewalWithIdevid = device.asking(EnrollmentOperation.SIMPLE_REENROLL);
        assertThat(refusals(renewalWithIdevid.submits(), registered("EVR-1")))
                .containsExactly("renewal-with-idevid|requester certificate: is a manufacturer's certificate (IDevID), "
                        + "which enrolls at simpleenroll; simplereenroll takes the device's present certificate");
    }

    /// Pins: the reason spoke of the root that the device had sent along.
    @Test
    void anUntrustedChainIsSpokenOfByItsLeaf() {
        var stranger = installation.stranger();
        var idevid = stranger.issueIdevid("Acme", "EVR-1", Keys.generateP256().getPublic());
        var withRoot = device.presenting(List.of(idevid, stranger.certificate()));
        assertThat(refusals(withRoot.submits(), registered("EVR-1")))
                .singleElement()
                .asString()
                .contains(
                        "serialNumber=EVR-1,O=Acme was issued by CN=Stranger CA, which is none of the trust anchors [acme, globex]");

        var middle = stranger.subordinate("Stranger Factory", 0, Duration.ofDays(30));
        var below = middle.issueIdevid("Acme", "EVR-1", Keys.generateP256().getPublic());
        var withBoth = device.presenting(List.of(below, middle.certificate(), stranger.certificate()));
        assertThat(refusals(withBoth.submits(), registered("EVR-1")))
                .singleElement()
                .asString()
                .startsWith("requester-untrusted|requester certificate: that of ")
                .contains(
                        "serialNumber=EVR-1,O=Acme is not trusted: the certificate of CN=Stranger Factory was issued by CN=Stranger CA");
    }

    @Test
    void anExpiredCertificateIsNotRenewed() {
        var present = installation.issue("EVR-1", Installation.OWNER, spki(device.keys()));
        installation.clock().advance(Duration.ofDays(400));
        assertThat(rules(device.renewing(present).submitsWithOrganization(Installation.OWNER), registered("EVR-1")))
                .containsExactly("renewal-expired");
    }

    @Test
    void aCertificateIsNotUsedBeforeItsBegin() {
        installation.clock().advance(Duration.ofDays(-1));
        assertThat(refusals(device.submits(), registered("EVR-1")))
                .singleElement()
                .asString()
                .startsWith("requester-untrusted|requester certificate: ")
                .contains(" is not valid before 2026-11-22");
    }

    @Test
    void anOperationOfANewerVersionIsRefused() {
        assertThat(refusals(device.asking(EnrollmentOperation.UNRECOGNIZED).submits(), registered("EVR-1")))
                .containsExactly("operation-unknown|operation: is one that this version of csr-validator does not "
                        + "know; have it upgraded, or use simpleenroll or simplereenroll");
    }
}
