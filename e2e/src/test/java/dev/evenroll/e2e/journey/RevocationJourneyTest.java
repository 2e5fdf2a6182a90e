package dev.evenroll.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.administration.RevocationReason;
import dev.evenroll.e2e.client.CurlDevice;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import dev.evenroll.e2e.tool.Tool;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.crl.CrlAddresses;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.pki.identity.ShardOfSerial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// From the operator's order to the CRL that everybody can check.
@ExtendWith(WithStack.class)
class RevocationJourneyTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aRevokedCertificateIsInTheCrlThatItsDistributionPointNames(RunningStack stack) throws Exception {
        var device = stack.fleet().registered(RunningStack.newDeviceId());
        var certificate = device.enrolls().receivesCertificate();
        assertThat(crl(stack, certificate)).doesNotContain(serial(certificate));

        revoke(stack, certificate);

        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(
                        () -> assertThat(crl(stack, certificate)).contains(serial(certificate), "Key Compromise"));
    }

    /// Who is handed another list, by mistake or on purpose, must not take a revoked certificate for good.
    @Test
    void onlyTheListThatTheCertificateNamesCountsForIt(RunningStack stack) throws Exception {
        var device = stack.fleet().registered(RunningStack.newDeviceId());
        var certificate = device.enrolls().receivesCertificate();
        revoke(stack, certificate);
        var named = CrlAddresses.of(certificate).orElseThrow();
        int shard = ShardOfSerial.number(certificate.getSerialNumber(), RunningStack.SHARDS);
        assertThat(named).endsWith("-" + shard + ".crl");
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(
                        () -> assertThat(checked(stack, certificate, named)).contains("certificate revoked"));

        var other = named.replace("-" + shard + ".crl", "-" + (shard + 1) % RunningStack.SHARDS + ".crl");
        assertThat(checked(stack, certificate, other)).contains("different CRL scope");
        var delta = text(stack, named.replace(".crl", "-delta.crl"));
        assertThat(delta).contains("Delta CRL Indicator: critical", "URI:" + named, serial(certificate));
    }

    /// What openssl says of the certificate, with the list of this address at hand.
    private String checked(RunningStack stack, X509Certificate certificate, String url) throws Exception {
        text(stack, url);
        Files.writeString(directory.resolve("certificate.pem"), Pem.encode(certificate));
        var tool = new Tool(directory);
        tool.run("openssl", "crl", "-inform", "DER", "-in", "list.crl", "-out", "list.pem")
                .ok();
        var run = tool.run(
                "openssl",
                "verify",
                "-crl_check",
                "-CAfile",
                stack.connection().caChain().toString(),
                "-CRLfile",
                "list.pem",
                "certificate.pem");
        return run.output() + run.errors();
    }

    @Test
    void aRevokedCertificateCanNotRenew(RunningStack stack) throws Exception {
        var device = stack.fleet().registered(RunningStack.newDeviceId());
        revoke(stack, device.enrolls().receivesCertificate());

        // An empty body, so that nothing is renewed by whoever asks too early.
        var curl = new CurlDevice(directory, stack.connection())
                .identifiedBy(device.identity().orElseThrow());
        var pkcs10 = List.of("-H", "Content-Type: application/pkcs10");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> curl.send("simplereenroll", pkcs10, List.of("--data-binary", ""), true)
                                .status()
                        == 403);
        assertThat(device.renews().words()).contains("revoked");
    }

    @Test
    void revokingAgainChangesNothing(RunningStack stack) throws Exception {
        var device = stack.fleet().registered(RunningStack.newDeviceId());
        var certificate = device.enrolls().receivesCertificate();
        revoke(stack, certificate);
        var id = CertificateId.of(certificate).value();
        var before = stack.inventory().certificate(id);
        revoke(stack, certificate);
        assertThat(stack.inventory().certificate(id)).isEqualTo(before);
    }

    private static void revoke(RunningStack stack, X509Certificate certificate) throws Exception {
        var id = CertificateId.of(certificate).value();
        // The inventory learns of a certificate a moment after the device does.
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .ignoreExceptions()
                .until(() -> stack.inventory().certificate(id).state().equals("issued")
                        || stack.inventory().certificate(id).state().equals("revoked"));
        assertThat(stack.inventory().revoke(id, RevocationReason.KEY_COMPROMISE).state())
                .isEqualTo("revoked");
    }

    /// The CRL in text, fetched from where the certificate says, verified with the CA.
    private String crl(RunningStack stack, X509Certificate certificate) throws Exception {
        return text(stack, CrlAddresses.of(certificate).orElseThrow());
    }

    private String text(RunningStack stack, String url) throws Exception {
        var tool = new Tool(directory);
        tool.run("curl", "-sSf", "-o", "list.crl", url).ok();
        return tool.run(
                        "openssl",
                        "crl",
                        "-inform",
                        "DER",
                        "-in",
                        "list.crl",
                        "-noout",
                        "-text",
                        "-CAfile",
                        stack.connection().caChain().toString())
                .ok()
                .output();
    }

    private static String serial(X509Certificate certificate) {
        var hex = certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
        return hex.length() % 2 == 0 ? hex : "0" + hex;
    }
}
