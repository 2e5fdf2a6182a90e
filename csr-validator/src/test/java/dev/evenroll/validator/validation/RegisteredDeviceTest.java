package dev.evenroll.validator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.EnrollmentModel;
import dev.evenroll.validator.registry.Registration;
import dev.evenroll.validator.simulation.Installation;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What the registry says of a device: its state, its enrollment models, its IDevID, its key, its model.
class RegisteredDeviceTest extends Judgement {

    @Test
    void aSuspendedDeviceIsRefused() {
        var suspended = after(registered("EVR-1"), order -> new DeviceCommand.Suspend(order, "stolen"));
        assertThat(refusals(device.submits(), suspended))
                .containsExactly(
                        "device-suspended|device: EVR-1 is suspended; have its operator resume it, then enroll again");
        assertThat(sentences(judge(device.submits(), suspended, null, "carol"))).hasSize(1);
    }

    @Test
    void aDecommissionedDeviceIsRefused() {
        var decommissioned = after(registered("EVR-1"), order -> new DeviceCommand.Decommission(order, "scrapped"));
        assertThat(refusals(device.submits(), decommissioned))
                .containsExactly("device-decommissioned|device: EVR-1 is decommissioned; if it is to live again, "
                        + "have its operator register it anew");
    }

    @Test
    void aDeviceInQuarantineWaitsForAPerson() {
        var quarantined = registered("EVR-1")
                .quarantined("was seen in two places", installation.clock().instant());
        assertThat(judge(device.submits(), quarantined))
                .isEqualTo(new Verdict.Waiting(
                        new Route(EnrollmentModel.FACTORY, "serialNumber=EVR-1,O=Acme", null),
                        "the device is in quarantine (was seen in two places)",
                        installation.clock().instant().plus(Duration.ofDays(7)),
                        null,
                        false));
        assertThat(judge(device.submits(), quarantined, null, "carol")).isInstanceOf(Verdict.Accepted.class);
    }

    /// What is wrong is said before anybody is asked.
    @Test
    void aFaultyRequestOfADeviceInQuarantineIsRefused() {
        var quarantined =
                registered("EVR-1").quarantined("lost", installation.clock().instant());
        assertThat(rules(device.withKeys(Keys.generateRsa(1024)).submits(), quarantined))
                .containsExactly("weak-key");
    }

    @Test
    void aDeviceEnrollsByTheModelsThatItIsRegisteredFor() {
        assertThat(judge(device.submits(), allowing(EnrollmentModel.FACTORY, EnrollmentModel.FIELD)))
                .isInstanceOf(Verdict.Accepted.class);
        assertThat(rules(device.submits(), allowing(EnrollmentModel.FIELD)))
                .containsExactly("enrollment-model", "policy-none");
        assertThat(rules(device.submits(), allowing(EnrollmentModel.JUST_IN_TIME)))
                .containsExactly("policy-none");
    }

    @Test
    void theRegisteredIdevidAloneSpeaksForTheDevice() {
        var fingerprint = Certificates.sha256(device.chain().getFirst());
        assertThat(judge(device.submits(), expecting(fingerprint, null))).isInstanceOf(Verdict.Accepted.class);

        var second = installation
                .acme()
                .issueIdevid("Acme", "EVR-1", Keys.generateP256().getPublic());
        var verdict = judge(device.presenting(List.of(second)).submits(), expecting(fingerprint, null));
        assertThat(told(verdict))
                .containsExactly("idevid-fingerprint|requester certificate: has the SHA-256 fingerprint "
                        + Certificates.sha256(second)
                        + ", and EVR-1 is registered with another; examine the device, or have its registration "
                        + "updated");
    }

    @Test
    void theRegisteredKeyAloneIsCertifiedFirst() {
        var key = spki(device.keys()).sha256Hex();
        assertThat(judge(device.submits(), expecting(null, key))).isInstanceOf(Verdict.Accepted.class);

        var other = device.withKeys(Keys.generateP256());
        assertThat(told(judge(other.submits(), expecting(null, key))))
                .containsExactly("expected-key|key: has the SHA-256 fingerprint "
                        + spki(other.keys()).sha256Hex()
                        + ", and EVR-1 is registered with another; examine the device, or have its registration "
                        + "updated");
    }

    @Test
    void aRenewalBringsAnotherKeyThanTheRegisteredOne() {
        var present = installation.issue("EVR-1", Installation.OWNER, spki(device.keys()));
        assertThat(judge(
                        device.renewing(present).submitsWithOrganization(Installation.OWNER),
                        expecting(null, spki(device.keys()).sha256Hex())))
                .isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void anAnchorForOneModelVouchesForNoOther() {
        installation.trusts("acme/X1", installation.acme());
        installation.distrusts("acme");
        assertThat(judge(device.submits(), ofModel("X1"))).isInstanceOf(Verdict.Accepted.class);
        assertThat(refusals(device.submits(), ofModel("X2")))
                .containsExactly("idevid-model|requester certificate: leads to the trust anchor acme/X1, which is not "
                        + "for the model X2 that EVR-1 is registered as; have its registration examined");

        installation.trusts("acme/X2", installation.acme());
        assertThat(judge(device.submits(), ofModel("X2"))).isInstanceOf(Verdict.Accepted.class);
        assertThat(refusals(device.submits(), ofModel("X3")))
                .containsExactly("idevid-model|requester certificate: leads to the trust anchor acme/X1, acme/X2, "
                        + "which is not for the model X3 that EVR-1 is registered as; have its registration examined");
    }

    @Test
    void anAnchorOfTwoManufacturersVouchesForBoth() {
        installation.trusts("globex", installation.acme());
        assertThat(judge(device.submits(), ofGlobex("EVR-1"))).isInstanceOf(Verdict.Accepted.class);
        assertThat(judge(device.submits(), registered("EVR-1"))).isInstanceOf(Verdict.Accepted.class);
        installation.distrusts("acme");
        assertThat(rules(device.submits(), registered("EVR-1"))).containsExactly("idevid-manufacturer");
    }

    @Test
    void anAnchorThatIsTakenAwayCountsNoMore() {
        installation.distrusts("acme");
        assertThat(rules(device.submits(), registered("EVR-1"))).containsExactly("requester-untrusted");
    }

    @Test
    void aBlockedKeyIsRefusedAndReported() {
        installation.blocks(device.keys().getPublic());
        var verdict = judge(device.submits(), registered("EVR-1"));
        assertThat(sentences(verdict))
                .containsExactly("key-blocked|subjectPublicKeyInfo: the key "
                        + spki(device.keys()).sha256Hex() + " is on the list of blocked keys; make a new key");
        assertThat(alarms(verdict))
                .singleElement()
                .asString()
                .startsWith("BLOCKED_KEY|A request of serialNumber=EVR-1");
    }

    @Test
    void whoDoesNotSpeakForTheDeviceHearsNothingOfIt() {
        var foreign = installation.device("EVR-2").pretendingToBe("EVR-1");
        var secretive = expecting("ab".repeat(32), "cd".repeat(32));
        assertThat(rules(foreign.submits(), secretive))
                .containsExactly("idevid-serial-number", "idevid-fingerprint", "expected-key");
        for (var life : List.<DeviceLife>of(
                secretive,
                allowing(EnrollmentModel.FIELD),
                after(registered("EVR-1"), order -> new DeviceCommand.Suspend(order, "stolen")),
                new DeviceLife.Unregistered())) {
            assertThat(answer(foreign.submits(), life)).containsExactly("idevid-serial-number");
        }
        assertThat(alarms(judge(foreign.submits(), secretive)))
                .containsExactly("FOREIGN_DEVICE|A request of serialNumber=EVR-2,O=Acme for the device EVR-1 was "
                        + "refused: requester certificate: is that of the device EVR-2, the request is for EVR-1; "
                        + "a device enrolls for itself only.");
    }

    private DeviceLife.Known ofModel(String model) {
        return registered(
                "EVR-1", new Registration(Installation.ACME, model, "CS-1", Installation.OWNER, "Car park 3"));
    }

    private DeviceLife.Known expecting(@Nullable String idevidSha256, @Nullable String keySha256) {
        return registered(
                "EVR-1",
                new Registration(
                        Installation.ACME,
                        "Wallbox",
                        "CS-1",
                        Installation.OWNER,
                        "Car park 3",
                        Set.of(EnrollmentModel.FACTORY),
                        idevidSha256,
                        keySha256,
                        Registration.DEFAULT_PROFILE));
    }
}
