package dev.evenroll.cli.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.evenroll.cli.administration.LocalTokens;
import dev.evenroll.cli.administration.Registry;
import dev.evenroll.cli.administration.StubAdministration;
import dev.evenroll.cli.est.EstServer;
import dev.evenroll.cli.est.PatientClient;
import dev.evenroll.cli.est.StubEstServer;
import dev.evenroll.cli.retry.FaultException;
import dev.evenroll.cli.retry.Patience;
import dev.evenroll.cli.tls.TestTls;
import dev.evenroll.cli.tls.TrustedServers;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.authority.Keys;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The fleet at a pipeline that fails every third time.
final class DemoRunTest {

    private static final InstantSource CLOCK = InstantSource.system();
    private static final TestTls TLS = new TestTls();

    private final StubPipeline pipeline = new StubPipeline(TLS);

    private interface Scene {
        void play(SimulatedFleet fleet) throws Exception;
    }

    private void at(Duration patience, Scene scene) throws Exception {
        try (var est = new StubEstServer(TLS, pipeline::enroll);
                var administration = new StubAdministration(TLS, pipeline::register);
                var fleet = fleet(est, administration, patience)) {
            scene.play(fleet);
        }
    }

    private static SimulatedFleet fleet(StubEstServer est, StubAdministration administration, Duration patience)
            throws IOException {
        var attempts = Patience.of(patience);
        var manufacturer = new SimulatedManufacturer(
                "simulated", CertificateAuthority.selfSigned("Simulated", Duration.ofDays(1), CLOCK));
        var tokens = new LocalTokens(Keys.generateP256().getPrivate(), "demo", CLOCK);
        return new SimulatedFleet(
                new PatientClient(EstServer.of(est.address(), TLS.anchors()), attempts, CLOCK),
                manufacturer,
                new Registry(administration.address(), TrustedServers.of(TLS.anchors()), tokens),
                attempts);
    }

    @Test
    void everyDeviceEndsAsItShouldThoughEveryThirdRequestFails() throws Exception {
        var progress = new StringWriter();
        at(Duration.ofSeconds(30), fleet -> {
            var plan = FleetPlan.of(12, "P");
            var options = DemoOptions.of(12, 4, Path.of("unused"), false);
            var run = new DemoRun(fleet, plan, options, new Progress(plan, new PrintWriter(progress), false, CLOCK));
            run.register();
            var ends = run.enroll();
            assertThat(ends).extracting(DeviceEnd::device).isEqualTo(plan.devices());
            assertThat(ends).allSatisfy(end -> assertThat(end.unexpected()).isEmpty());
            assertThat(ends.get(11).ending().isRefused()).isEqualTo("The key belongs to another device.");
        });
        assertThat(progress.toString().lines().toList())
                .contains("registered 11 of 11 devices")
                .anySatisfy(line -> assertThat(line).startsWith("enrolled 8, refused 4 of 12 devices, "));
    }

    @Test
    void aFleetDoesNotWaitDeviceAfterDeviceForAPipelineThatIsDown() throws Exception {
        var down = new StubEstServer(TLS, _ -> "");
        down.close();
        try (var administration = new StubAdministration(TLS, pipeline::register);
                var fleet = fleet(down, administration, Duration.ofMillis(300))) {
            var plan = FleetPlan.of(7, "P");
            var run = new DemoRun(
                    fleet,
                    plan,
                    DemoOptions.of(7, 1, Path.of("unused"), false),
                    new Progress(plan, new PrintWriter(new StringWriter()), false, CLOCK));
            assertThat(run.enroll())
                    .allSatisfy(end -> assertThat(end.unexpected()).isPresent())
                    .filteredOn(end -> end.ending().words().contains("It has not asked"))
                    .hasSize(5);
        }
    }

    @Test
    void theLineTellsWhatTheFleetWaitsFor() {
        var text = new StringWriter();
        var now = new Instant[] {Instant.EPOCH};
        var progress = new Progress(FleetPlan.of(8, "P"), new PrintWriter(text), false, () -> now[0]);
        now[0] = now[0].plusSeconds(2);
        progress.waiting(
                new FaultException("csr-validator answered 503: " + "Not ready. ".repeat(20), Optional.empty()));
        assertThat(text.toString().strip())
                .startsWith("registered 0 of 7 devices - waiting: csr-validator answered 503: Not ready.")
                .endsWith("…")
                .hasSize(120);
    }

    @Test
    void aDeviceEnrollsAndRenews() throws Exception {
        at(Duration.ofSeconds(30), fleet -> {
            var device = fleet.registered("D1");
            var first = device.enrolls().receivesCertificate();
            var firstKey = device.key();
            var second = device.renews().receivesCertificate();
            assertThat(second.getSubjectX500Principal()).isEqualTo(first.getSubjectX500Principal());
            assertThat(device.key()).isNotEqualTo(firstKey);
            assertThat(device.certificate()).contains(second);
            assertThat(fleet.device("D1")).isSameAs(device);
        });
    }

    @Test
    void aWrongExpectationIsToldWithTheReason() throws Exception {
        at(Duration.ofSeconds(30), fleet -> {
            var refused = fleet.device("D2").enrolls();
            assertThatThrownBy(refused::receivesCertificate)
                    .hasMessage("The device should have received a certificate, but it was refused (403): D2 is not"
                            + " registered.");
            var issued = fleet.registered("D3").enrolls();
            assertThatThrownBy(issued::isRefused).hasMessage("The device should have been refused, but it was issued");
        });
    }

    @Test
    void aDeviceGivesUpWhenItsTimeIsUp() throws Exception {
        var down = new StubEstServer(TLS, _ -> "");
        down.close();
        try (var administration = new StubAdministration(TLS, pipeline::register);
                var fleet = fleet(down, administration, Duration.ofMillis(500))) {
            assertThat(fleet.device("D1").enrolls())
                    .isInstanceOfSatisfying(
                            Ending.Unanswered.class,
                            unanswered -> assertThat(unanswered.reason())
                                    .isEqualTo("simpleenroll at " + down.address() + " failed: Connection refused."));
        }
    }
}
