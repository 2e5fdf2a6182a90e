package dev.evenroll.validator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.profile.Assurance;
import dev.evenroll.pki.request.rule.MlDsaParameterSet;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.EnrollmentModel;
import dev.evenroll.validator.simulation.HandmadeRequest;
import dev.evenroll.validator.simulation.Installation;
import dev.evenroll.validator.simulation.SimulatedDevice;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JudgeTest extends Judgement {

    @Test
    void aRegisteredDeviceIsAcceptedForItsOperator() {
        assertThat(judge(device.submits(), registered("EVR-1")))
                .isEqualTo(new Verdict.Accepted(
                        new Route(EnrollmentModel.FACTORY, "serialNumber=EVR-1,O=Acme", null),
                        Installation.OWNER,
                        spki(device.keys()),
                        null,
                        null,
                        false,
                        null,
                        false,
                        "charging-station",
                        Assurance.SOFTWARE_KEY));
    }

    @Test
    void theRegisteredOperatorMayStandInTheRequest() {
        assertThat(judge(device.submitsWithOrganization(Installation.OWNER), registered("EVR-1")))
                .isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void anEnrolledDeviceMayEnrollAgain() {
        var enrolled = registered("EVR-1").certified(installation.clock().instant(), Instant.MAX);
        assertThat(judge(device.submits(), enrolled)).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void anUnregisteredDeviceIsRefused() {
        assertThat(refusals(device.submits(), new DeviceLife.Unregistered()))
                .containsExactly("device-not-registered|device: EVR-1 is not registered; "
                        + "have its operator register it, then enroll again");
    }

    @Test
    void aStateOfANewerVersionIsNotTrusted() {
        var device = new DeviceLife.Unrecognized(registered("EVR-1").entry());
        assertThat(refusals(this.device.submits(), device))
                .containsExactly("device-state|device: EVR-1 is in a state that this version of csr-validator "
                        + "does not know; have it upgraded");
    }

    @Test
    void theEnrollmentIdIsComputedAnew() {
        var genuine = device.submits();
        var forged = new Submission(
                "ab".repeat(32),
                genuine.deviceId(),
                genuine.operation(),
                genuine.certificationRequest(),
                genuine.requesterChain(),
                null,
                SimulatedDevice.ADDRESS);
        assertThat(refusals(forged, registered("EVR-1")))
                .containsExactly("enrollment-id|enrollment id: is not that of this requester and this request; "
                        + "the enroll-gateway that sent it must be examined");
    }

    @Test
    void anotherOperatorInTheRequestIsRefusedWithoutTellingTheRegisteredOne() {
        assertThat(refusals(device.submitsWithOrganization("Somebody Else"), registered("EVR-1")))
                .containsExactly("subject-organization|subject: O is \"Somebody Else\", which is not the operator that "
                        + "EVR-1 is registered for; set the device's organization name to it, or leave O out");
    }

    @Test
    void otherAttributesOfTheSubjectAreRefused() {
        assertThat(refusals(device.submits(request("C=AT,OU=x,OU=y,CN=EVR-1")), registered("EVR-1")))
                .containsExactly("subject-attributes|subject: has C, OU, which is not certified; "
                        + "make the request again with CN and O only");
    }

    @Test
    void aSecondCommonNameIsRefused() {
        assertThat(refusals(device.submits(request("CN=EVR-1,CN=EVR-2")), registered("EVR-1")))
                .containsExactly("subject-common-name|subject: must have exactly one CN, the device's serial number "
                        + "EVR-1; make the request again with it");
    }

    @Test
    void aKeyThatTheSenderDoesNotHoldIsRefused() {
        var bytes = CertificationRequests.create(device.keys(), "EVR-1").bytes();
        bytes[bytes.length - 1] ^= 1;
        assertThat(refusals(device.submits(Der.of(bytes)), registered("EVR-1")))
                .singleElement()
                .asString()
                .startsWith("proof-of-possession|");
    }

    @Test
    void aWeakKeyIsRefused() {
        assertThat(refusals(device.withKeys(Keys.generateRsa(1024)).submits(), registered("EVR-1")))
                .containsExactly("weak-key|subjectPublicKeyInfo: RSA of 1024 bits is not accepted; "
                        + "make a key of 2048 to 4096 bits, or one on P-256");
    }

    @Test
    void anMlDsaKeyIsCertifiedWhereTheProfileAllowsIt() {
        var modern = device.withKeys(Keys.generateMlDsa(MlDsaParameterSet.ML_DSA_65));
        assertThat(rules(modern.submits(), registered("EVR-1"))).containsExactly("key-algorithm");
        installation.allows(true, false);
        assertThat(judge(modern.submits(), registered("EVR-1"))).isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        var submission = device.pretendingToBe("EVR-2")
                .withKeys(Keys.generateRsa(1024))
                .submitsWithOrganization("Somebody Else");
        assertThat(rules(submission, registered("EVR-2")))
                .containsExactly("idevid-serial-number", "subject-organization", "weak-key");
    }

    @Test
    void whatCanNotBeDecodedIsRefusedWithEveryReason() {
        var garbage = Der.of(new byte[] {1, 2, 3});
        var submission = new Submission(
                "ab".repeat(32),
                "http://x",
                EnrollmentOperation.SIMPLE_ENROLL,
                garbage,
                List.of(garbage),
                null,
                SimulatedDevice.ADDRESS);
        assertThat(rules(submission, new DeviceLife.Unregistered()))
                .containsExactly("device-id", "unreadable-request", "unreadable-requester");
    }

    @Test
    void aRequesterWithoutCertificatesIsRefused() {
        var genuine = device.submits();
        var submission = new Submission(
                genuine.enrollmentId(),
                "EVR-1",
                genuine.operation(),
                genuine.certificationRequest(),
                List.of(),
                null,
                SimulatedDevice.ADDRESS);
        assertThat(refusals(submission, registered("EVR-1")))
                .containsExactly("unreadable-requester|requester chain: has 0 certificates; 1 to 10 are read");
    }

    /// Mutated requests and chains are judged; nothing escapes, and nothing mutated is accepted.
    @Test
    void hostileBytesAreRefused() {
        var random = new Random(20261122);
        var genuine = device.submits();
        for (var round = 0; round < 2_000; round++) {
            var request = mutated(genuine.certificationRequest(), random);
            var certificate = mutated(genuine.requesterChain().getFirst(), random);
            if (random.nextBoolean()) {
                certificate = genuine.requesterChain().getFirst();
            }
            var submission = new Submission(
                    genuine.enrollmentId(),
                    "EVR-1",
                    genuine.operation(),
                    request,
                    List.of(certificate),
                    null,
                    SimulatedDevice.ADDRESS);
            assertThat(judge(submission, registered("EVR-1"))).isInstanceOf(Verdict.Refused.class);
        }
    }

    private static Der mutated(Der der, Random random) {
        var bytes = der.bytes();
        var position = random.nextInt(bytes.length);
        bytes[position] ^= (byte) (1 + random.nextInt(255));
        return Der.of(bytes);
    }

    private Der request(String subject) {
        return HandmadeRequest.of(device.keys(), subject);
    }
}
