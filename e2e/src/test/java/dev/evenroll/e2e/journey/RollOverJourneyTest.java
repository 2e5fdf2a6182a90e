package dev.evenroll.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.administration.RevocationReason;
import dev.evenroll.cli.fleet.SimulatedDevice;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.tool.EvenrollCommand;
import dev.evenroll.e2e.tool.Tool;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.issuance.IssuingCertificate;
import dev.evenroll.schemas.event.AuthorityChanged;
import dev.evenroll.schemas.event.AuthorityStep;
import dev.evenroll.schemas.topic.Topics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/// One CA makes way for the next while the stack runs, by the command of the operator: nothing is restarted, and no
/// device is told.
///
/// The stack is this test's own: the others know one CA.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RollOverJourneyTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Set<String> GOOD = Set.of("issued", "installed", "superseded");

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
        assertThat(issuer(first)).isEqualTo(stack.issuerKeyId());

        var activeFrom = Instant.now().plusSeconds(30).truncatedTo(ChronoUnit.SECONDS);
        evenroll("ca", "rollover", "--active-from", activeFrom.toString(), "--yes");
        var second = chain("issuing-2");
        assertThat(evenroll("ca", "list")).contains("issuing-2  next", "Evenroll Local Issuing CA 2 (test)");
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(readiness()).contains("\"ca.issuing-2.state\": \"next\""));
        if (Instant.now().isBefore(activeFrom.minusSeconds(5))) {
            assertThat(issuer(enrolls())).as("before its time").isEqualTo(stack.issuerKeyId());
        }
        awaitActive("issuing-2");

        var enrolled = enrolls();
        assertThat(issuer(enrolled)).isEqualTo(keyId(second));
        var renewed = device.renews().receivesCertificate();
        assertThat(issuer(renewed)).isEqualTo(keyId(second));
        renewed.verify(second.getFirst().getPublicKey());
        // The gateway looks at the directory by itself, and not when the issuer does.
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stack.fleet().caCertificates())
                        .containsAll(stack.chain())
                        .containsAll(second));
        opensslVerifies(enrolled, stack.fleet().caCertificates(), root("root-1"));

        revoked(first, stack.chain());
        revoked(renewed, second);
        assertThat(stack.inventory()
                        .certificate(CertificateId.of(renewed).value())
                        .issuer())
                .isEqualTo("CN=Evenroll Local Issuing CA 2 (test),O=Evenroll Local");
    }

    @Test
    @Order(2)
    void theNextCaUnderANewRootThatTheOldOneCertifies() throws Exception {
        var device = stack.fleet().registered(RunningStack.newDeviceId());
        var before = device.enrolls().receivesCertificate();
        evenroll("ca", "rollover", "--root", "--active-from", "5s", "--yes");
        var third = chain("issuing-3");
        var cross = certificates("cross/root-2-by-root-1").getFirst();
        awaitActive("issuing-3");

        var renewed = device.renews().receivesCertificate();

        assertThat(issuer(before)).isNotEqualTo(issuer(renewed));
        assertThat(issuer(renewed)).isEqualTo(keyId(third));
        Awaitility.await()
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(stack.fleet().caCertificates())
                        .containsAll(third)
                        .contains(cross));
        opensslVerifies(renewed, List.of(third.getFirst(), cross), root("root-1"));
        opensslVerifies(renewed, List.of(third.getFirst()), root("root-2"));
        revoked(renewed, third);
    }

    /// Each step of the ceremonies, and of each CA that it became active: once, whatever restarts.
    @Test
    @Order(3)
    void whatBecameOfTheCasIsPublishedOnce() throws Exception {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            var changes = stack.topics().records(Topics.AUTHORITY_CHANGED, AuthorityChanged.class, _ -> true);
            assertThat(changes)
                    .filteredOn(change -> change.getStep() == AuthorityStep.ACTIVATED)
                    .extracting(AuthorityChanged::getAuthority)
                    .containsExactly("issuing-1", "issuing-2", "issuing-3");
            assertThat(changes)
                    .filteredOn(change -> change.getStep() != AuthorityStep.ACTIVATED)
                    .extracting(change -> change.getStep() + " " + change.getAuthority())
                    .containsExactly(
                            "ROOT_CREATED root-1",
                            "ISSUING_CREATED issuing-1",
                            "ISSUING_CREATED issuing-2",
                            "ACTIVATION_SET issuing-2",
                            "ROOT_CREATED root-2",
                            "CROSS_CERTIFIED root-2-by-root-1",
                            "CROSS_CERTIFIED root-1-by-root-2",
                            "ISSUING_CREATED issuing-3",
                            "ACTIVATION_SET issuing-3");
        });
    }

    /// Runs the command, as an operator does beside the running stack.
    private static String evenroll(String... arguments) {
        return new EvenrollCommand(directory, stack.data()).run(arguments).ok().output();
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
                // Whose device has renewed with it, is installed or superseded by then.
                .until(() -> GOOD.contains(stack.inventory().certificate(id).state()));
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

    private static String keyId(List<X509Certificate> chain) {
        return IssuingCertificate.of(chain).keyId();
    }

    private static List<X509Certificate> chain(String name) throws Exception {
        return certificates("chains/" + name);
    }

    private static X509Certificate root(String name) throws Exception {
        return certificates("roots/" + name).getFirst();
    }

    private static List<X509Certificate> certificates(String name) throws Exception {
        return Pem.decodeCertificates(
                Files.readString(stack.data().resolve("ca").resolve(name + ".pem")));
    }
}
