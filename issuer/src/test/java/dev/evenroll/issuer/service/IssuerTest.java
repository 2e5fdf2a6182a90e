package dev.evenroll.issuer.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.hsm.scene.FakeIssuingKey;
import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.hsm.scene.TestCaDirectory;
import dev.evenroll.issuer.authority.Authority;
import dev.evenroll.issuer.scene.TestProfiles;
import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.schemas.topic.Principal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The running issuer while its CA can not be used: it is not ready, and says why. No broker is needed for that.
class IssuerTest {

    private static final Duration SOON = Duration.ofMillis(10);

    private final TestCa ca = TestCa.create();
    private final FakeIssuingKey key = ca.key();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private volatile Instant now = TestCa.NOW;
    private volatile boolean clockBroken;
    private final InstantSource clock = () -> {
        if (clockBroken) {
            throw new IllegalStateException("The clock is broken.");
        }
        return now;
    };

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    @SuppressWarnings("NullAway.Init") // set before each test
    private TestCaDirectory files;

    @BeforeEach
    void oneCa() throws Exception {
        files = TestCaDirectory.in(directory).with("issuing-1", ca.authority(), TestCa.NOW.minusSeconds(60));
    }

    @Test
    void anExpiredCaIsNotReady() throws Exception {
        now = TestCa.NOW.plus(Duration.ofDays(3651));
        try (var issuer = issuer()) {
            issuer.start();
            var problem = "The CA certificate CN=Test Issuing CA has expired on 2036-11-19T10:00:00Z; "
                    + "make the next CA with `evenroll ca rollover` (docs/CEREMONY.md).";
            awaitProblem(issuer, problem);
            assertThat(issuer.readiness().ready()).isFalse();
            assertThat(issuer.alive()).isTrue();
        }
    }

    @Test
    void aKeyThatDoesNotSignIsNotReady() throws Exception {
        key.breakDown();
        try (var issuer = issuer()) {
            issuer.start();
            awaitProblem(issuer, "The fake key is broken; mend it.");
            assertThat(issuer.readiness().ready()).isFalse();
        }
    }

    /// A key that nobody asks for a signature is proven all the same.
    @Test
    void aKeyThatIsLostLaterIsNotReadyUntilItIsBack() throws Exception {
        try (var issuer = issuer()) {
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
        key.breakDown();
        try (var issuer = issuer()) {
            awaitProblem(issuer, "The fake key is broken; mend it.");
            assertThat(issuer.readiness().facts())
                    .containsEntry("active", "issuing-1")
                    .containsEntry("ca.issuing-1.state", "active")
                    .containsEntry("ca.issuing-1.subject", "CN=Test Issuing CA")
                    .containsEntry("ca.issuing-1.keyId", ca.certificate().keyId())
                    .containsEntry("ca.issuing-1.key", "fake key")
                    .containsEntry("ca.issuing-1.problem", "The fake key is broken; mend it.")
                    .containsEntry("loop.sign", "loop sign is not started yet");
        }
    }

    /// One came by roll-over, and the URL of the revocation lists does not tell the two apart.
    @Test
    void aSecondCaWithTheSameRevocationListIsNotReady() throws Exception {
        try (var issuer = issuer()) {
            issuer.start();
            awaitNoProblem(issuer);
            files.with("issuing-2", TestCa.create().authority(), TestCa.NOW.plusSeconds(60));
            Awaitility.await()
                    .untilAsserted(() -> assertThat(issuer.readiness().facts().getOrDefault("problem", ""))
                            .endsWith("is the same for all 2 CAs; write {issuer} into evenroll.ca.crl-url, or into the"
                                    + " crlDistributionPoint of the profile."));
        }
    }

    /// The CAs go on, but the next start would end.
    @Test
    void aBrokenFileInTheDirectoryIsCounted() throws Exception {
        try (var issuer = issuer()) {
            issuer.start();
            awaitNoProblem(issuer);
            var problems = metrics.get("evenroll.issuer.directory.problems").gauge();
            assertThat(problems.value()).isZero();
            files.key("issuing-2", "nothing=here");
            Awaitility.await().untilAsserted(() -> assertThat(problems.value()).isEqualTo(1));
            assertThat(issuer.readiness().facts()).containsKey("directory").doesNotContainKey("problem");
        }
    }

    /// Only a restart brings it back.
    @Test
    void aThreadThatHasEndedIsToldByLiveness() throws Exception {
        try (var issuer = issuer()) {
            issuer.start();
            awaitNoProblem(issuer);
            assertThat(issuer.alive()).isTrue();
            clockBroken = true;
            Awaitility.await().dontCatchUncaughtExceptions().until(() -> !issuer.alive());
            clockBroken = false;
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

    private Issuer issuer() throws IOException {
        var file = directory.resolve("client.properties");
        Files.writeString(file, "bootstrap.servers=127.0.0.1:1\n");
        var kafka = KafkaSettings.load(file, Principal.ISSUER, TestCa.ENVIRONMENT, "0");
        return new Issuer(
                _ -> AuthorityRegister.open(
                        directory.resolve("ca"),
                        clock,
                        (configured, certificate) -> new HeldAuthority(
                                configured,
                                new Authority(configured.name(), key, certificate),
                                TestProfiles.PROFILES,
                                clock,
                                SOON,
                                _ -> {})),
                TestProfiles.PROFILES,
                kafka,
                metrics,
                clock,
                SOON);
    }
}
