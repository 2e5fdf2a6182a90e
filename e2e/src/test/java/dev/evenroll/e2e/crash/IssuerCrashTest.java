package dev.evenroll.e2e.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.fleet.Ending;
import dev.evenroll.cli.stack.Service;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.event.CertificatePrepared;
import dev.evenroll.schemas.topic.Topics;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// SIGKILL of the issuer exactly at a step of the enrollment cycle, held still there by [CrashAgent].
@ExtendWith(WithStack.class)
class IssuerCrashTest {

    @ParameterizedTest(name = "{1}")
    @CsvSource({
        "after-prepare, before prepare commits, 0",
        "before-sign,   between prepare and sign, 1",
        "after-sign,    between sign and commit, 1"
    })
    void oneCertificateIsIssuedUnderThePreparedSerialNumber(
            String step, String interrupted, int preparedBefore, RunningStack stack) throws Exception {
        var device = stack.fleet().registered(RunningStack.newDeviceId());
        var armed = stack.crashPoints().resolve("armed-" + step);
        var reached = stack.crashPoints().resolve("reached-" + step);
        try (var line = Executors.newSingleThreadExecutor()) {
            Files.createFile(armed);
            var enrollment = line.submit(device::enrolls);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(reached));
            assertThat(prepared(stack, device.deviceId())).as(interrupted).hasSize(preparedBefore);
            assertThat(issued(stack, device.deviceId())).isEmpty();

            stack.stack().kill(Service.ISSUER);
            Files.delete(armed);
            Files.delete(reached);
            var promised = prepared(stack, device.deviceId());
            stack.stack().start(Service.ISSUER);

            Ending ending = enrollment.get();
            var serialNumber = ending.receivesCertificate().getSerialNumber().toString(16);
            assertThat(issued(stack, device.deviceId()))
                    .singleElement()
                    .satisfies(certificate ->
                            assertThat(certificate.getSerialNumber()).endsWith(serialNumber));
            assertThat(prepared(stack, device.deviceId())).hasSize(1).containsAll(promised);
            var names = List.of(device.deviceId());
            IssuanceLedger.of(stack.topics(), names).isWholeFor(names);
        }
    }

    private static List<CertificatePrepared> prepared(RunningStack stack, String deviceId) {
        return stack.topics()
                .records(
                        Topics.CERTIFICATE_PREPARED,
                        CertificatePrepared.class,
                        certificate -> certificate.getDeviceId().equals(deviceId));
    }

    private static List<CertificateIssued> issued(RunningStack stack, String deviceId) {
        return stack.topics()
                .records(
                        Topics.CERTIFICATE_ISSUED,
                        CertificateIssued.class,
                        certificate -> certificate.getDeviceId().equals(deviceId));
    }
}
