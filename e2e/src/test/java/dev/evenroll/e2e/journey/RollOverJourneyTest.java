package dev.evenroll.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.administration.RevocationReason;
import dev.evenroll.cli.fleet.SimulatedDevice;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.tool.Tool;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.CertificateAuthority;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.schemas.event.AuthorityChanged;
import dev.evenroll.schemas.event.AuthorityStep;
import dev.evenroll.schemas.topic.Topics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// One CA makes way for the next while the stack runs: nothing is restarted, and no device is told.
///
/// The stack is this test's own: the others know one CA.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RollOverJourneyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration TEN_YEARS = Duration.ofDays(3650);
    private static final String PASSWORD = "roll over";

    @TempDir
    private static Path directory = Path.of("");

    @SuppressWarnings("NullAway.Init") // set before all tests
    private static RunningStack stack;

    @BeforeAll
    static void start() throws Exception {
        stack = RunningStack.start(directory.resolve("stack"));
    }

    @AfterAll
    static void stop() {
        stack.close();
    }

    @Test
    @Order(1)
    void theNextCaUnderTheSameRoot() throws Exception {
        var device = stack.fleet().registered(RunningStack.newDeviceId());
        var first = device.enrolls().receivesCertificate();
        var root = authority("roots/root-1");
        var second = root.subordinate("Second Issuing CA", 0, TEN_YEARS);
        assertThat(issuer(first)).isEqualTo(stack.issuerKeyId());

        var activeFrom = Instant.now().plusSeconds(15).truncatedTo(ChronoUnit.SECONDS);
        install("issuing-2", second, activeFrom);
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(readiness()).contains("\"ca.issuing-2.state\": \"next\""));
        if (Instant.now().isBefore(activeFrom.minusSeconds(5))) {
            assertThat(issuer(enrolls())).as("before its time").isEqualTo(stack.issuerKeyId());
        }
        awaitActive("issuing-2");

        assertThat(issuer(enrolls())).isEqualTo(second.issuingCertificate().keyId());
        var renewed = device.renews().receivesCertificate();
        assertThat(issuer(renewed)).isEqualTo(second.issuingCertificate().keyId());
        renewed.verify(second.certificate().getPublicKey());
        // The gateway looks at the directory by itself, and not when the issuer does.
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stack.fleet().caCertificates())
                        .containsAll(stack.chain())
                        .containsAll(second.chain()));

        revoked(first, stack.chain());
        revoked(renewed, second.chain());
        assertThat(stack.inventory()
                        .certificate(CertificateId.of(renewed).value())
                        .issuer())
                .isEqualTo("CN=Second Issuing CA");
    }

    @Test
    @Order(2)
    void theNextCaUnderANewRootThatTheOldOneCertifies() throws Exception {
        var device = stack.fleet().registered(RunningStack.newDeviceId());
        var before = device.enrolls().receivesCertificate();
        var root = authority("roots/root-1");
        var newRoot = CertificateAuthority.selfSigned("New Root CA", TEN_YEARS, InstantSource.system());
        var third = newRoot.subordinate("Third Issuing CA", 0, TEN_YEARS);
        var cross = root.certifySubordinate("New Root CA", 1, newRoot.keys().getPublic(), TEN_YEARS)
                .getFirst();
        var cas = Files.createDirectories(stack.data().resolve("ca/cross"));
        Files.writeString(cas.resolve("new-root.pem"), Pem.encode(cross));
        install("issuing-3", third, Instant.now().truncatedTo(ChronoUnit.SECONDS));
        awaitActive("issuing-3");

        var renewed = device.renews().receivesCertificate();

        assertThat(issuer(before)).isNotEqualTo(issuer(renewed));
        assertThat(issuer(renewed)).isEqualTo(third.issuingCertificate().keyId());
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stack.fleet().caCertificates())
                        .containsAll(third.chain())
                        .contains(cross));
        opensslVerifies(renewed, List.of(third.certificate(), cross), root.certificate());
        opensslVerifies(renewed, List.of(third.certificate()), newRoot.certificate());
        revoked(renewed, third.chain());
    }

    /// The issuer says of each CA once that it is active, whatever restarts.
    @Test
    @Order(3)
    void whenEachCaBecameActiveIsPublishedOnce() throws Exception {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            var changes = stack.topics().records(Topics.AUTHORITY_CHANGED, AuthorityChanged.class, _ -> true);
            assertThat(changes).allMatch(change -> change.getStep() == AuthorityStep.ACTIVATED);
            assertThat(changes)
                    .extracting(AuthorityChanged::getAuthority)
                    .containsExactly("issuing-1", "issuing-2", "issuing-3");
        });
    }

    private static X509Certificate enrolls() throws Exception {
        SimulatedDevice device = stack.fleet().registered(RunningStack.newDeviceId());
        return device.enrolls().receivesCertificate();
    }

    private static void awaitActive(String name) {
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(readiness()).contains("\"active\": \"" + name + "\""));
    }

    private static String readiness() throws Exception {
        URI management = stack.connection().management().get("issuer");
        try (var client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(URI.create(management + "/q/health/ready"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    /// Revokes it, and finds it in the list that the certificate itself names, which openssl verifies with its CA.
    private static void revoked(X509Certificate certificate, List<X509Certificate> chain) throws Exception {
        var id = CertificateId.of(certificate).value();
        Awaitility.await()
                .atMost(PATIENCE)
                .ignoreExceptions()
                .until(() -> stack.inventory().certificate(id).state().equals("issued"));
        stack.inventory().revoke(id, RevocationReason.KEY_COMPROMISE);
        Files.writeString(directory.resolve("certificate.pem"), Pem.encode(certificate));
        Files.writeString(directory.resolve("chain.pem"), Pem.encode(chain));
        var tool = new Tool(directory);
        var text = tool.run("openssl", "x509", "-in", "certificate.pem", "-noout", "-ext", "crlDistributionPoints")
                .ok()
                .output();
        var url = text.substring(text.indexOf("URI:") + 4).strip();
        assertThat(url).contains(issuer(certificate));
        Awaitility.await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            tool.run("curl", "-sSf", "-o", "list.crl", url).ok();
            var list = tool.run(
                            "openssl",
                            "crl",
                            "-inform",
                            "DER",
                            "-in",
                            "list.crl",
                            "-noout",
                            "-text",
                            "-CAfile",
                            "chain.pem")
                    .ok();
            assertThat(list.errors() + list.output())
                    .contains(
                            "verify OK",
                            certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT));
        });
    }

    private static void opensslVerifies(
            X509Certificate certificate, List<X509Certificate> between, X509Certificate root) throws Exception {
        Files.writeString(directory.resolve("leaf.pem"), Pem.encode(certificate));
        Files.writeString(directory.resolve("between.pem"), Pem.encode(new ArrayList<>(between)));
        Files.writeString(directory.resolve("root.pem"), Pem.encode(root));
        new Tool(directory)
                .run("openssl", "verify", "-CAfile", "root.pem", "-untrusted", "between.pem", "leaf.pem")
                .ok();
    }

    private static String issuer(X509Certificate certificate) {
        return CertificateId.of(certificate).issuerKeyId();
    }

    private static CertificateAuthority authority(String name) throws Exception {
        var ca = stack.data().resolve("ca");
        var password = Files.readString(ca.resolve(name + ".password")).strip().toCharArray();
        return CertificateAuthority.loadPkcs12(ca.resolve(name + ".p12"), password, InstantSource.system());
    }

    /// As the ceremony does: the key first, the chain, then where the key is.
    private static void install(String name, CertificateAuthority authority, Instant activeFrom) throws Exception {
        var ca = stack.data().resolve("ca");
        var store = KeyStore.getInstance("PKCS12", "SUN");
        store.load(null, null);
        store.setKeyEntry(
                "issuing-ca",
                authority.keys().getPrivate(),
                PASSWORD.toCharArray(),
                authority.chain().toArray(X509Certificate[]::new));
        var keystore = ownerOnly(ca.resolve("keys/" + name + ".p12"), "");
        try (var out = Files.newOutputStream(keystore)) {
            store.store(out, PASSWORD.toCharArray());
        }
        ownerOnly(ca.resolve("keys/" + name + ".password"), PASSWORD);
        Files.writeString(ca.resolve("chains/" + name + ".pem"), Pem.encode(authority.chain()));
        ownerOnly(
                ca.resolve("keys/" + name + ".properties"),
                "active-from=" + activeFrom + "\nkeystore=keys/" + name + ".p12\nkeystore-password-file=keys/" + name
                        + ".password\n");
    }

    private static Path ownerOnly(Path file, String content) throws Exception {
        Files.writeString(file, content);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
}
