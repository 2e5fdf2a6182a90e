package dev.evenroll.issuer.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.hsm.pkcs11.Pkcs11Settings;
import dev.evenroll.hsm.pkcs11.SoftHsm;
import dev.evenroll.hsm.pkcs11.TestKeyPair;
import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.issuer.issuance.Admission;
import dev.evenroll.issuer.issuance.AuthorizedEnrollment;
import dev.evenroll.issuer.issuance.Preparation;
import dev.evenroll.issuer.issuance.PreparedEnrollment;
import dev.evenroll.issuer.scene.TestKeys;
import dev.evenroll.issuer.scene.TestProfiles;
import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.profile.Assurance;
import dev.evenroll.schemas.topic.Principal;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
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
        var configured = configuredKey();
        var token = onlyToken(softHsm);
        var away = directory.resolve("away");
        Files.move(token, away);

        var key = new TimedIssuingKey(configured.key(), metrics);
        var authority = new Authority(key, configured.certificate(), TestProfiles.PROFILES, TestCa.CLOCK);
        try (var issuer = new Issuer(authority, kafka(), metrics, TestCa.CLOCK, Duration.ofMillis(20))) {
            issuer.start();
            Awaitility.await()
                    .untilAsserted(() -> assertThat(issuer.readiness().facts())
                            .containsEntry(
                                    "problem",
                                    "The token \"issuing\" is not there (the module " + SoftHsm.module()
                                            + " shows []); connect the token, or correct "
                                            + "evenroll.ca.pkcs11.token-label."));
            assertThat(issuer.readiness().ready()).isFalse();
            assertThat(metrics.counter("evenroll.issuer.token.faults", "kind", "token-missing")
                            .count())
                    .isPositive();

            Files.move(away, token);
            Awaitility.await()
                    .untilAsserted(() -> assertThat(issuer.readiness().facts()).doesNotContainKey("problem"));

            issue(authority).verify(configured.certificate().publicKey());
            assertThat(issuer.readiness().facts())
                    .containsEntry("key", "key \"ca\" in the token \"issuing\"")
                    .containsEntry("key.token", "issuing")
                    .containsEntry("key.sessions", "2")
                    .containsEntry("key.signatures", "1")
                    .containsKey("key.signatureLastMillis");
        }
    }

    private ConfiguredKey configuredKey() throws Exception {
        var pin = Files.writeString(directory.resolve("pin"), SoftHsm.PIN);
        Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString("rw-------"));
        var settings = new Pkcs11Settings(SoftHsm.module(), "issuing", "ca", pin, 1, Duration.ofSeconds(10), "");
        var publicKey = TestKeyPair.P256.make(settings, SoftHsm.PIN);
        var root = CertificateAuthority.selfSigned("Test Root", Duration.ofDays(7300), TestCa.CLOCK);
        var chain = Files.writeString(
                directory.resolve("chain.pem"),
                Pem.encode(root.certifySubordinate("Test Issuing CA", 0, publicKey, Duration.ofDays(3650))));
        var properties = Map.of(
                "pkcs11.module", SoftHsm.module().toString(),
                "pkcs11.token-label", "issuing",
                "pkcs11.key-label", "ca",
                "pkcs11.pin-file", pin.toString(),
                "pkcs11.sessions", "2",
                "pkcs11.slow-after", "5s",
                "chain", chain.toString());
        return ConfiguredKey.open(TestConfiguration.ca(properties), metrics);
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

    private static X509Certificate issue(Authority authority) throws Exception {
        var enrollment =
                new AuthorizedEnrollment("EV-1", "charging-station", "Example", TestKeys.P256, Assurance.SOFTWARE_KEY);
        if (!(authority.preparer().prepare(enrollment) instanceof Preparation.Prepared(var prepared))) {
            throw new AssertionError("not prepared");
        }
        var record = new PreparedEnrollment(
                "EV-1",
                "charging-station",
                authority.certificate().keyId(),
                prepared.serialNumber().hex(),
                prepared.tbsCertificate(),
                Assurance.SOFTWARE_KEY);
        if (!(authority.issuer().admit(record) instanceof Admission.Admitted admitted)) {
            throw new AssertionError("not admitted");
        }
        return Certificates.decode(authority.issuer().issue(admitted));
    }
}
