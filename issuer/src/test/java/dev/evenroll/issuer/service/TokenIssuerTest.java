package dev.evenroll.issuer.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.hsm.pkcs11.Pkcs11Settings;
import dev.evenroll.hsm.pkcs11.SoftHsm;
import dev.evenroll.hsm.pkcs11.TestKeyPair;
import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.hsm.scene.TestCaDirectory;
import dev.evenroll.issuer.issuance.Admission;
import dev.evenroll.issuer.issuance.AuthorizedEnrollment;
import dev.evenroll.issuer.issuance.CertificateIssuer;
import dev.evenroll.issuer.issuance.CertificatePreparer;
import dev.evenroll.issuer.issuance.Preparation;
import dev.evenroll.issuer.issuance.PreparedEnrollment;
import dev.evenroll.issuer.scene.TestKeys;
import dev.evenroll.issuer.scene.TestProfiles;
import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.profile.Assurance;
import dev.evenroll.schemas.topic.Principal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The issuer with its key in a token, from its properties to a certificate.
class TokenIssuerTest {

    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    @Test
    void comesUpWhenItsTokenDoesAndIssues() throws Exception {
        var softHsm = SoftHsm.in(directory);
        softHsm.initialize("issuing");
        caDirectory();
        var token = onlyToken(softHsm);
        var away = directory.resolve("away");
        Files.move(token, away);

        var register = new AtomicReference<AuthorityRegister>();
        try (var issuer = issuer(register)) {
            issuer.start();
            Awaitility.await()
                    .untilAsserted(() -> assertThat(issuer.readiness().facts())
                            .containsEntry(
                                    "problem",
                                    "The token \"issuing\" is not there (the module " + SoftHsm.module()
                                            + " shows []); connect the token, or correct "
                                            + "pkcs11.token-label of the CA."));
            assertThat(issuer.readiness().ready()).isFalse();
            assertThat(metrics.counter(
                                    "evenroll.issuer.token.faults", "authority", "issuing-1", "kind", "token-missing")
                            .count())
                    .isPositive();

            Files.move(away, token);
            Awaitility.await()
                    .untilAsserted(() -> assertThat(issuer.readiness().facts()).doesNotContainKey("problem"));

            var active = register.get().active().orElseThrow();
            issue(register.get()).verify(active.certificate().publicKey());
            assertThat(issuer.readiness().facts())
                    .containsEntry("ca.issuing-1.key", "key \"ca\" in the token \"issuing\"")
                    .containsEntry("ca.issuing-1.key.token", "issuing")
                    .containsEntry("ca.issuing-1.key.sessions", "2")
                    .containsEntry("ca.issuing-1.key.signatures", "1")
                    .containsKey("ca.issuing-1.key.signatureLastMillis");
        }
    }

    private Issuer issuer(AtomicReference<AuthorityRegister> register) throws Exception {
        return new Issuer(
                faults -> {
                    register.set(AuthorityRegister.open(
                            directory.resolve("ca"),
                            TestCa.CLOCK,
                            new AuthorityOpening(
                                    TestProfiles.PROFILES, metrics, TestCa.CLOCK, Duration.ofMillis(20), faults)));
                    return register.get();
                },
                TestProfiles.PROFILES,
                kafka(),
                metrics,
                TestCa.CLOCK,
                Duration.ofMillis(20));
    }

    private void caDirectory() throws Exception {
        var pin = Files.writeString(directory.resolve("pin"), SoftHsm.PIN);
        Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString("rw-------"));
        var settings = new Pkcs11Settings(SoftHsm.module(), "issuing", "ca", pin, 1, Duration.ofSeconds(10), "");
        var publicKey = TestKeyPair.P256.make(settings, SoftHsm.PIN);
        var root = CertificateAuthority.selfSigned("Test Root", Duration.ofDays(7300), TestCa.CLOCK);
        TestCaDirectory.in(directory)
                .chain("issuing-1", root.certifySubordinate("Test Issuing CA", 0, publicKey, Duration.ofDays(3650)))
                .key(
                        "issuing-1",
                        "active-from=2026-01-01T00:00:00Z\npkcs11.module=" + SoftHsm.module()
                                + "\npkcs11.token-label=issuing\npkcs11.key-label=ca\npkcs11.pin-file=../pin\n"
                                + "pkcs11.sessions=2\npkcs11.slow-after=5s\n");
    }

    private static Path onlyToken(SoftHsm softHsm) throws Exception {
        try (var tokens = Files.list(softHsm.tokens())) {
            return tokens.findFirst().orElseThrow();
        }
    }

    private KafkaSettings kafka() throws Exception {
        var file = Files.writeString(directory.resolve("client.properties"), "bootstrap.servers=127.0.0.1:1\n");
        return KafkaSettings.load(file, Principal.ISSUER, TestCa.ENVIRONMENT, "0");
    }

    private static X509Certificate issue(AuthorityRegister authorities) throws Exception {
        var enrollment =
                new AuthorizedEnrollment("EV-1", "charging-station", "Example", TestKeys.P256, Assurance.SOFTWARE_KEY);
        var preparer = new CertificatePreparer(authorities, TestProfiles.PROFILES, new SecureRandom(), TestCa.CLOCK);
        if (!(preparer.prepare(enrollment) instanceof Preparation.Prepared(var prepared, var keyId, var _))) {
            throw new AssertionError("not prepared");
        }
        var record = new PreparedEnrollment(
                "EV-1",
                "charging-station",
                keyId,
                prepared.serialNumber().hex(),
                prepared.tbsCertificate(),
                Assurance.SOFTWARE_KEY,
                false);
        var issuer = new CertificateIssuer(authorities, TestProfiles.PROFILES, TestCa.CLOCK);
        if (!(issuer.admit(record) instanceof Admission.Admitted admitted)) {
            throw new AssertionError("not admitted");
        }
        return Certificates.decode(issuer.issue(admitted));
    }
}
