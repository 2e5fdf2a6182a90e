package dev.evenroll.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.e2e.client.CurlDevice;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.schemas.event.AuditRecorded;
import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.event.SecurityObserved;
import dev.evenroll.schemas.topic.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Devices that must not get a certificate, and are told why.
@ExtendWith(WithStack.class)
class RefusalJourneyTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void anUnregisteredDeviceIsRefused(RunningStack stack) throws Exception {
        var deviceId = RunningStack.newDeviceId();
        assertThat(stack.fleet().device(deviceId).enrolls().isRefused()).contains(deviceId, "not registered");
        noCertificateFor(stack, deviceId);
        refusalIsAudited(stack, deviceId);
    }

    @Test
    void aDeviceThatAsksInAnothersNameIsRefused(RunningStack stack) throws Exception {
        var victim = RunningStack.newDeviceId();
        stack.fleet().register(victim);
        var thief = stack.fleet().registered(RunningStack.newDeviceId());
        assertThat(thief.enrollsAs(victim).isRefused()).contains(victim);
        noCertificateFor(stack, victim);
        refusalIsAudited(stack, victim);
    }

    @Test
    void aCopiedKeyIsRefusedAndBothDevicesAreReported(RunningStack stack) throws Exception {
        var victim = stack.fleet().registered(RunningStack.newDeviceId());
        victim.enrolls().receivesCertificate();
        var clone = stack.fleet().registered(RunningStack.newDeviceId());

        assertThat(clone.enrollsWith(victim.key()).isRefused()).contains("another device");
        noCertificateFor(stack, clone.deviceId());
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            var reports = stack.topics()
                    .records(
                            Topics.SECURITY_OBSERVED,
                            SecurityObserved.class,
                            seen -> seen.getObservation() == SecurityObservation.KEY_CLAIMED_BY_ANOTHER_DEVICE);
            assertThat(reports)
                    .anySatisfy(report -> assertThat(report.toString()).contains(victim.deviceId(), clone.deviceId()));
        });
    }

    @Test
    void aWeakKeyIsRefused(RunningStack stack) throws Exception {
        var device = stack.fleet().registered(RunningStack.newDeviceId());
        assertThat(device.enrollsWith(Keys.generateRsa(1024)).isRefused()).contains("1024", "2048");
        noCertificateFor(stack, device.deviceId());
    }

    @Test
    void aRenewalWithTheManufacturersCertificateIsRefused(RunningStack stack) throws Exception {
        var deviceId = RunningStack.newDeviceId();
        stack.fleet().register(deviceId);
        var answer = new CurlDevice(directory, stack.connection())
                .identifiedBy(stack.manufacturer().identify(deviceId, Keys.generateP256()))
                .makesRequest("/CN=" + deviceId)
                .posts("simplereenroll");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("renewal-with-idevid", "present certificate", "simpleenroll");
        noCertificateFor(stack, deviceId);
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce(RunningStack stack) throws Exception {
        var deviceId = RunningStack.newDeviceId();
        stack.fleet().register(deviceId);
        var answer = new CurlDevice(directory, stack.connection())
                .identifiedBy(stack.manufacturer().identify(deviceId, Keys.generateP256()))
                .makesRequest("/CN=" + deviceId + "/O=Somebody else/C=DE")
                .posts("simpleenroll");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("subject-organization", "subject-attributes");
        assertThat(answer.body().lines().toList()).hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void whatDependsOnTheDeviceIsNotToldToAnother(RunningStack stack) throws Exception {
        var deviceId = RunningStack.newDeviceId();
        var answer = new CurlDevice(directory, stack.connection())
                .identifiedBy(stack.manufacturer().identify(RunningStack.newDeviceId(), Keys.generateP256()))
                .makesRequest("/CN=" + deviceId + "/C=DE")
                .posts("simpleenroll");
        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("idevid-serial-number").doesNotContain("registered");
    }

    private static void noCertificateFor(RunningStack stack, String deviceId) {
        List<CertificateIssued> issued = stack.topics()
                .records(
                        Topics.CERTIFICATE_ISSUED,
                        CertificateIssued.class,
                        certificate -> certificate.getDeviceId().equals(deviceId));
        assertThat(issued).isEmpty();
    }

    private static void refusalIsAudited(RunningStack stack, String deviceId) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(stack.topics()
                                .records(
                                        Topics.AUDIT_RECORDED,
                                        AuditRecorded.class,
                                        record -> record.getEntity().equals(deviceId)
                                                && record.getEvent().equals("enrollment.refused")))
                        .isNotEmpty()
                        .allMatch(record -> record.getOutcome().equals("refused")));
    }
}
