package dev.evenroll.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.evenroll.cli.administration.Certificate;
import dev.evenroll.cli.administration.RefusedException;
import dev.evenroll.cli.fleet.SimulatedDevice;
import dev.evenroll.e2e.client.CurlDevice;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import dev.evenroll.e2e.tool.EvenrollCommand;
import dev.evenroll.e2e.tool.Tool;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.crl.CrlAddresses;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.identity.RenewalIdentifier;
import dev.evenroll.schemas.event.DeletionDue;
import dev.evenroll.schemas.event.InstallationOverdue;
import dev.evenroll.schemas.event.RenewalDue;
import dev.evenroll.schemas.event.RevocationReason;
import dev.evenroll.schemas.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.assertj.core.api.ThrowingConsumer;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of a certificate between its issue and its end.
@ExtendWith(WithStack.class)
class LifeJourneyTest {

    /// What a withdrawal has to take at most until it is effective.
    private static final Duration EFFECTIVE_WITHIN = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path directory = Path.of("");

    private static void within(Duration limit, ThrowingRunnable assertion) {
        await().atMost(limit).pollInterval(Duration.ofMillis(100)).untilAsserted(assertion);
    }

    private EvenrollCommand evenroll(RunningStack stack) {
        return new EvenrollCommand(directory, stack.data());
    }

    private static String id(X509Certificate certificate) {
        return CertificateId.of(certificate).value();
    }

    /// The inventory learns of a certificate a moment after the device does.
    private static void isInState(RunningStack stack, X509Certificate certificate, String state) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptionsInstanceOf(RefusedException.class)
                .untilAsserted(() -> assertThat(stack.inventory().certificate(id(certificate)))
                        .extracting(Certificate::state)
                        .isEqualTo(state));
    }

    /// What a front is told when the device connects.
    private String connects(RunningStack stack, SimulatedDevice device, String deviceId) throws Exception {
        Files.writeString(
                directory.resolve("chain.pem"),
                Pem.encode(device.identity().orElseThrow().chain()));
        return new Tool(directory)
                .run(
                        "curl",
                        "-s",
                        "-o",
                        "/dev/null",
                        "-w",
                        "%{http_code} %header{x-refusal-reason}",
                        "--data-binary",
                        "@chain.pem",
                        stack.connection().connections() + "/authorize?identity=" + deviceId)
                .ok()
                .output()
                .strip();
    }

    private void isLetIn(RunningStack stack, SimulatedDevice device, String deviceId) {
        within(PATIENCE, () -> assertThat(connects(stack, device, deviceId)).isEqualTo("204"));
    }

    /// The answer to a renewal that has nothing in it, so that nothing is renewed.
    private int renewalIsAnswered(RunningStack stack, SimulatedDevice device) throws Exception {
        return new CurlDevice(directory, stack.connection())
                .identifiedBy(device.identity().orElseThrow())
                .send(
                        "simplereenroll",
                        List.of("-H", "Content-Type: application/pkcs10"),
                        List.of("--data-binary", ""),
                        true)
                .status();
    }

    private void listSays(X509Certificate certificate, ThrowingConsumer<String> expected) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> {
                    var tool = new Tool(directory);
                    tool.run(
                                    "curl",
                                    "-sSf",
                                    "-o",
                                    "list.crl",
                                    CrlAddresses.of(certificate).orElseThrow())
                            .ok();
                    expected.accept(tool.run("openssl", "crl", "-inform", "DER", "-in", "list.crl", "-noout", "-text")
                            .ok()
                            .output());
                });
    }

    @Test
    void aHeldCertificateIsRefusedEverywhereUntilItIsReleased(RunningStack stack) throws Exception {
        var deviceId = RunningStack.newDeviceId();
        var device = stack.fleet().registered(deviceId);
        var certificate = device.enrolls().receivesCertificate();
        var serial = certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
        isLetIn(stack, device, deviceId);
        isInState(stack, certificate, "installed");

        evenroll(stack).run("certificate", "hold", id(certificate), "--yes").ok();
        within(
                EFFECTIVE_WITHIN,
                () -> assertThat(connects(stack, device, deviceId)).isEqualTo("403 on-hold"));
        within(
                EFFECTIVE_WITHIN,
                () -> assertThat(renewalIsAnswered(stack, device)).isEqualTo(403));
        listSays(certificate, text -> assertThat(text).contains(serial, "Certificate Hold"));

        evenroll(stack).run("certificate", "release", id(certificate), "--yes").ok();
        within(
                EFFECTIVE_WITHIN,
                () -> assertThat(connects(stack, device, deviceId)).isEqualTo("204"));
        within(
                EFFECTIVE_WITHIN,
                () -> assertThat(renewalIsAnswered(stack, device)).isEqualTo(400));
        listSays(certificate, text -> assertThat(text).doesNotContain(serial));
        isInState(stack, certificate, "installed");
        device.renews().receivesCertificate();
    }

    @Test
    void theFormerCertificateIsRetiredWhenTheNewOneIsSeenAndTheRenewalIsTold(RunningStack stack) throws Exception {
        var deviceId = RunningStack.newDeviceId();
        evenroll(stack)
                .run("device", "register", deviceId, "--profile", RunningStack.RENEWED_AT_ONCE)
                .ok();
        var device = stack.fleet().device(deviceId);
        var first = device.enrolls().receivesCertificate();

        within(PATIENCE, () -> {
            assertThat(stack.topics()
                            .records(
                                    Topics.RENEWAL_DUE,
                                    RenewalDue.class,
                                    due -> due.getTrigger().getCertificateId().equals(id(first))))
                    .first()
                    .satisfies(due -> {
                        assertThat(due.getTrigger().getOcppIdentity()).isEqualTo(deviceId);
                        assertThat(due.getTrigger().getRequestedMessage()).isEqualTo("SignChargingStationCertificate");
                    });
            assertThat(stack.topics()
                            .records(
                                    Topics.INSTALLATION_OVERDUE,
                                    InstallationOverdue.class,
                                    overdue -> overdue.getCertificateId().equals(id(first))))
                    .hasSize(1);
        });
        assertThat(evenroll(stack).run("renewal", "due").ok().output()).contains(deviceId);

        var second = device.renews().receivesCertificate();
        var list = CrlAddresses.of(first).orElseThrow();
        assertThat(new Tool(directory)
                        .run(
                                "curl",
                                "-sSf",
                                list.substring(0, list.indexOf("/crl/"))
                                        + "/renewal-info/"
                                        + RenewalIdentifier.of(CertificateId.of(first)))
                        .ok()
                        .output())
                .startsWith("{\"suggestedWindow\":{\"start\":\"");

        // The registry has seen the first one at its renewal, and then the second.
        isInState(stack, first, "installed");
        device.renews().receivesCertificate();
        isInState(stack, second, "installed");
        isInState(stack, first, "superseded");
    }

    @Test
    void aDecommissionedDeviceLosesItsCertificateAndItsKey(RunningStack stack) throws Exception {
        var deviceId = RunningStack.newDeviceId();
        var device = stack.fleet().registered(deviceId);
        var certificate = device.enrolls().receivesCertificate();
        isInState(stack, certificate, "issued");

        var run = evenroll(stack)
                .run("device", "decommission", deviceId, "--reason", "scrapped", "--block-keys", "--yes")
                .ok();

        assertThat(run.output()).contains("is decommissioned", "is revoked", "is blocked");
        isInState(stack, certificate, "revoked");
        within(
                PATIENCE,
                () -> assertThat(stack.topics()
                                .records(
                                        Topics.DELETION_DUE,
                                        DeletionDue.class,
                                        due -> due.getCertificateId().equals(id(certificate))))
                        .singleElement()
                        .satisfies(due -> {
                            assertThat(due.getReason()).isEqualTo(RevocationReason.CESSATION_OF_OPERATION);
                            assertThat(due.getIssuerKeyHash()).matches("[0-9a-f]{64}");
                        }));
        listSays(
                certificate,
                text -> assertThat(text)
                        .contains(
                                certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT),
                                "Cessation Of Operation"));
    }

    @Test
    void anotherOwnerBeginsWithoutTheCertificatesOfTheOneBefore(RunningStack stack) throws Exception {
        var deviceId = RunningStack.newDeviceId();
        var device = stack.fleet().registered(deviceId);
        var certificate = device.enrolls().receivesCertificate();
        isInState(stack, certificate, "issued");

        evenroll(stack)
                .run("device", "transfer", deviceId, "--owner", "Another Operator", "--yes")
                .ok();

        var revoked = stack.inventory().certificate(id(certificate));
        assertThat(revoked.state()).isEqualTo("revoked");
        assertThat(revoked.reason()).contains("affiliationChanged");
    }

    @Test
    void everyCertificateOfADeviceIsRevokedAtOnce(RunningStack stack) throws Exception {
        var deviceId = RunningStack.newDeviceId();
        var device = stack.fleet().registered(deviceId);
        var first = device.enrolls().receivesCertificate();
        var second = device.renews().receivesCertificate();
        within(PATIENCE, () -> assertThat(stack.inventory().ofDevice(deviceId)).hasSize(2));

        evenroll(stack)
                .run("certificate", "revoke", "--device", deviceId, "--reason", "keyCompromise", "--yes")
                .ok();

        isInState(stack, first, "revoked");
        isInState(stack, second, "revoked");
    }
}
