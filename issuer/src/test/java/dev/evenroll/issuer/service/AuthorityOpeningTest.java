package dev.evenroll.issuer.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.hsm.scene.TestCaDirectory;
import dev.evenroll.issuer.kafka.FaultReports;
import dev.evenroll.issuer.scene.TestProfiles;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the meters tell of a CA from its coming to its going.
class AuthorityOpeningTest {

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final TestCa first = TestCa.create();
    private final TestCa second = TestCa.create();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    private Path directory;

    @Test
    void anAlarmCanBeSetOnTheEndOfACaAndNoneStandsForOneThatWasTakenAway() throws Exception {
        TestCaDirectory.in(directory)
                .with("issuing-1", first.authority(), TestCa.NOW.minusSeconds(60))
                .with("issuing-2", second.authority(), TestCa.NOW.minusSeconds(30));
        try (var register = register()) {
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(gauge("usable", "issuing-1")).isEqualTo(1));
            assertThat(gauge("not.after", "issuing-1")).isEqualTo((double)
                    first.certificate().certificateNotAfter().getEpochSecond());

            Files.delete(directory.resolve("ca/keys/issuing-1.properties"));
            register.refresh();
            assertThat(gauge("usable", "issuing-1")).isNaN();
            assertThat(gauge("not.after", "issuing-1")).isNaN();
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(gauge("usable", "issuing-2")).isEqualTo(1));
        }
    }

    @Test
    void aKeyThatIsMovedIsToldByTheMetersOfTheSameCa() throws Exception {
        var files = TestCaDirectory.in(directory).with("issuing-1", first.authority(), TestCa.NOW.minusSeconds(60));
        try (var register = register()) {
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(gauge("usable", "issuing-1")).isEqualTo(1));
            files.with("issuing-1", second.authority(), TestCa.NOW.minusSeconds(30));
            Files.delete(directory.resolve("ca/keys/issuing-1.p12"));
            register.refresh();
            Awaitility.await()
                    .untilAsserted(
                            () -> assertThat(gauge("usable", "issuing-1")).isZero());
        }
    }

    private double gauge(String what, String authority) {
        return metrics.get("evenroll.issuer.authority." + what)
                .tag("authority", authority)
                .gauge()
                .value();
    }

    private AuthorityRegister register() {
        var producer = new MockProducer<String, byte[]>(true, null, new StringSerializer(), new ByteArraySerializer());
        var faults = new FaultReports(TestCa.ENVIRONMENT, producer, TestCa.CLOCK);
        return AuthorityRegister.open(
                directory.resolve("ca"),
                TestCa.CLOCK,
                new AuthorityOpening(TestProfiles.PROFILES, metrics, TestCa.CLOCK, Duration.ofMillis(20), faults));
    }
}
