package dev.evenroll.issuer.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.hsm.scene.FakeIssuingKey;
import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.issuer.scene.TestProfiles;
import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.schemas.topic.Principal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The running issuer while its CA can not be used: it is not ready, and says why. No broker is needed for that.
class IssuerTest {

    private final TestCa ca = TestCa.create();
    private final FakeIssuingKey key = ca.key();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    @Test
    void anExpiredCaIsNotReady() throws Exception {
        try (var issuer = issuer(InstantSource.fixed(TestCa.NOW.plus(Duration.ofDays(3651))))) {
            issuer.start();
            var problem = "The CA certificate CN=Test Issuing CA has expired on 2036-11-19T10:00:00Z; "
                    + "give the issuer a renewed CA.";
            awaitProblem(issuer, problem);
            assertThat(issuer.readiness().ready()).isFalse();
            assertThat(issuer.alive()).isTrue();
        }
    }

    @Test
    void aKeyThatDoesNotSignIsNotReady() throws Exception {
        key.breakDown();
        try (var issuer = issuer(TestCa.CLOCK)) {
            issuer.start();
            awaitProblem(issuer, "The fake key is broken; mend it.");
            assertThat(issuer.readiness().ready()).isFalse();
        }
    }

    /// A key that nobody asks for a signature is proven all the same.
    @Test
    void aKeyThatIsLostLaterIsNotReadyUntilItIsBack() throws Exception {
        try (var issuer = issuer(TestCa.CLOCK, Duration.ofMillis(10))) {
            issuer.start();
            awaitNoProblem(issuer);
            key.breakDown();
            awaitProblem(issuer, "The fake key is broken; mend it.");
            assertThat(issuer.readiness().ready()).isFalse();
            key.mend();
            awaitNoProblem(issuer);
        }
    }

    @Test
    void readinessSaysWhichCaAndWhichKey() throws Exception {
        try (var issuer = issuer(TestCa.CLOCK)) {
            assertThat(issuer.readiness().facts())
                    .containsEntry("ca", "CN=Test Issuing CA")
                    .containsEntry("keyId", ca.certificate().keyId())
                    .containsEntry("key", "fake key")
                    .containsEntry("problem", "The CA key has not been tested yet.")
                    .containsEntry("loop.sign", "loop sign has not joined its consumer group yet");
        }
    }

    private static void awaitNoProblem(Issuer issuer) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(issuer.readiness().facts()).doesNotContainKey("problem"));
    }

    private static void awaitProblem(Issuer issuer, String problem) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(issuer.readiness().facts()).containsEntry("problem", problem));
    }

    private Issuer issuer(InstantSource clock) throws IOException {
        return issuer(clock, Issuer.BETWEEN_CHECKS);
    }

    private Issuer issuer(InstantSource clock, Duration betweenChecks) throws IOException {
        var file = directory.resolve("client.properties");
        Files.writeString(file, "bootstrap.servers=127.0.0.1:1\n");
        var kafka = KafkaSettings.load(file, Principal.ISSUER, TestCa.ENVIRONMENT, "0");
        var authority = new Authority(key, ca.certificate(), TestProfiles.PROFILES, clock);
        return new Issuer(authority, kafka, new SimpleMeterRegistry(), clock, betweenChecks);
    }
}
