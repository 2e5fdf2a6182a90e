package dev.evenroll.validator.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.Der;
import dev.evenroll.pki.Failure;
import dev.evenroll.pki.asn1.StrictDer;
import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.RegisterCommand;
import dev.evenroll.validator.registry.Registration;
import dev.evenroll.validator.simulation.Installation;
import dev.evenroll.validator.simulation.SimulatedDevice;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.pkcs.CertificationRequest;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.junit.jupiter.api.Test;

class JudgeTest {

    private final Installation installation = new Installation();
    private final SimulatedDevice device = installation.device("EVR-1");

    @Test
    void aRegisteredDeviceIsAcceptedForItsOperator() {
        assertThat(judge(device.submits(), registered("EVR-1")))
                .isEqualTo(new Verdict.Accepted(Installation.OWNER, spki(device.keys())));
    }

    @Test
    void theRegisteredOperatorMayStandInTheRequest() {
        assertThat(judge(device.submitsWithOrganization(Installation.OWNER), registered("EVR-1")))
                .isInstanceOf(Verdict.Accepted.class);
    }

    @Test
    void anEnrolledDeviceMayEnrollAgain() {
        var enrolled = registered("EVR-1").certified(installation.clock().instant());
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

    @Test
    void theEnrollmentIdIsComputedAnew() {
        var genuine = device.submits();
        var forged = new Submission(
                "ab".repeat(32),
                genuine.deviceId(),
                genuine.operation(),
                genuine.certificationRequest(),
                genuine.requesterChain());
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
    void everythingThatIsWrongIsSaidAtOnce() {
        var submission = device.pretendingToBe("EVR-2")
                .withKeys(Keys.generateRsa(1024))
                .submitsWithOrganization("Somebody Else");
        assertThat(rules(submission, registered("EVR-2")))
                .containsExactly("idevid-serial-number", "subject-organization", "weak-key");
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
                        + "(RFC 7030 section 4.2.2); make the request again with the same CN and O");
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
                                + "make the request again with the same CN and O");
    }

    @Test
    void theKindOfCertificateFitsTheOperation() {
        var present = installation.issue("EVR-1", Installation.OWNER, spki(device.keys()));
        var enrollmentWithPresent = device.renewing(present).asking(EnrollmentOperation.SIMPLE_ENROLL);
        assertThat(rules(enrollmentWithPresent.submits(), registered("EVR-1"))).containsExactly("requester-untrusted");
        var renewalWithIdevid = device.asking(EnrollmentOperation.SIMPLE_REENROLL);
        assertThat(rules(renewalWithIdevid.submits(), registered("EVR-1"))).containsExactly("requester-untrusted");
    }

    @Test
    void anExpiredCertificateIsNotRenewed() {
        var present = installation.issue("EVR-1", Installation.OWNER, spki(device.keys()));
        installation.clock().advance(Duration.ofDays(400));
        assertThat(rules(device.renewing(present).submitsWithOrganization(Installation.OWNER), registered("EVR-1")))
                .containsExactly("requester-untrusted");
    }

    @Test
    void anOperationOfANewerVersionIsRefused() {
        assertThat(refusals(device.asking(EnrollmentOperation.UNRECOGNIZED).submits(), registered("EVR-1")))
                .containsExactly("requester-untrusted|operation: is one that this version of csr-validator does not "
                        + "know; have it upgraded, or use simpleenroll or simplereenroll");
    }

    @Test
    void whatCanNotBeDecodedIsRefusedWithEveryReason() {
        var garbage = Der.of(new byte[] {1, 2, 3});
        var submission = new Submission(
                "ab".repeat(32), "http://x", EnrollmentOperation.SIMPLE_ENROLL, garbage, List.of(garbage));
        assertThat(rules(submission, new DeviceLife.Unregistered()))
                .containsExactly("device-id", "unreadable-request", "unreadable-requester");
    }

    @Test
    void aRequesterWithoutCertificatesIsRefused() {
        var genuine = device.submits();
        var submission = new Submission(
                genuine.enrollmentId(), "EVR-1", genuine.operation(), genuine.certificationRequest(), List.of());
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
            var submission =
                    new Submission(genuine.enrollmentId(), "EVR-1", genuine.operation(), request, List.of(certificate));
            assertThat(judge(submission, registered("EVR-1"))).isInstanceOf(Verdict.Refused.class);
        }
    }

    private static Der mutated(Der der, Random random) {
        var bytes = der.bytes();
        var position = random.nextInt(bytes.length);
        bytes[position] ^= (byte) (1 + random.nextInt(255));
        return Der.of(bytes);
    }

    private Verdict judge(Submission submission, DeviceLife device) {
        return installation.judge().judge(submission, device);
    }

    private List<String> refusals(Submission submission, DeviceLife device) {
        return failures(submission, device).stream()
                .map(failure -> failure.rule() + "|" + failure.message())
                .toList();
    }

    private List<String> rules(Submission submission, DeviceLife device) {
        return failures(submission, device).stream().map(Failure::rule).toList();
    }

    private List<Failure> failures(Submission submission, DeviceLife device) {
        return judge(submission, device) instanceof Verdict.Refused(List<Failure> failures) ? failures : List.of();
    }

    private DeviceLife.Known registered(String serialNumber) {
        var registration = new Registration(Installation.ACME, "Wallbox", "CS-1", Installation.OWNER, "Car park 3");
        return new DeviceLife.Unregistered()
                .register(
                        new RegisterCommand("c1", "alice", new DeviceId(serialNumber), registration),
                        installation.clock().instant());
    }

    /// A request for a subject that [CertificationRequests] does not make.
    private Der request(String subject) {
        try {
            var info = new CertificationRequestInfo(
                    new X500Name(subject),
                    SubjectPublicKeyInfo.getInstance(device.keys().getPublic().getEncoded()),
                    new DERSet());
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(device.keys().getPrivate());
            signature.update(StrictDer.encode(info));
            return Der.of(StrictDer.encode(new CertificationRequest(
                    info,
                    new AlgorithmIdentifier(X9ObjectIdentifiers.ecdsa_with_SHA256),
                    new DERBitString(signature.sign()))));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private static Der spki(KeyPair keys) {
        return Der.of(keys.getPublic().getEncoded());
    }
}
