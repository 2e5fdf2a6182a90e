package dev.evenroll.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.tls.ClientIdentity;
import dev.evenroll.e2e.client.BouncyCastleDevice;
import dev.evenroll.e2e.client.CurlDevice;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import dev.evenroll.e2e.tool.Tool;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import dev.evenroll.schemas.event.CertificateIssued;
import dev.evenroll.schemas.topic.Topics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// Devices that must get a certificate, and get one that others accept.
@ExtendWith(WithStack.class)
class EnrollmentJourneyTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aRegisteredDeviceReceivesACertificateThatOpensslVerifies(RunningStack stack) throws Exception {
        var deviceId = RunningStack.newDeviceId();
        var certificate = stack.fleet().registered(deviceId).enrolls().receivesCertificate();

        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=" + deviceId + ",O=Local Operator");
        verifies(stack, Files.writeString(directory.resolve("certificate.pem"), Pem.encode(certificate)));
    }

    @Test
    void theCertificateIsWhatOcppAsksFor(RunningStack stack) throws Exception {
        var certificate =
                stack.fleet().registered(RunningStack.newDeviceId()).enrolls().receivesCertificate();
        Files.writeString(directory.resolve("certificate.pem"), Pem.encode(certificate));
        var text = new Tool(directory)
                .run("openssl", "x509", "-in", "certificate.pem", "-noout", "-text")
                .ok()
                .output();

        assertThat(text)
                .contains("Version: 3", "Digital Signature", "CA:FALSE", "X509v3 CRL Distribution Points", "/crl/")
                .doesNotContain("Extended Key Usage", "DNS:");
    }

    @Test
    void curlAndOpensslEnrollAndRenew(RunningStack stack) throws Exception {
        var deviceId = RunningStack.newDeviceId();
        stack.fleet().register(deviceId);
        var device = new CurlDevice(directory, stack.connection())
                .identifiedBy(stack.manufacturer().identify(deviceId, Keys.generateP256()))
                .makesRequest("/CN=" + deviceId + "/O=Local Operator");

        var answer = device.posts("simpleenroll");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        verifies(stack, device.readsCertificate());

        device.installsCertificate().makesRequest("/CN=" + deviceId + "/O=Local Operator");
        var renewal = device.posts("simplereenroll");
        assertThat(renewal.status()).as(renewal.body()).isEqualTo(200);
        verifies(stack, device.readsCertificate());
    }

    @Test
    void curlFetchesTheCaCertificatesWithoutACertificate(RunningStack stack) throws Exception {
        var answer = new CurlDevice(directory, stack.connection()).send("cacerts", List.of(), List.of(), false);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).contains("Content-Type: application/pkcs7-mime", "Content-Length: ");
        var tool = new Tool(directory);
        tool.run("openssl", "base64", "-d", "-in", "body.txt", "-out", "answer.p7")
                .ok();
        assertThat(tool.run("openssl", "pkcs7", "-inform", "DER", "-in", "answer.p7", "-print_certs", "-noout")
                        .ok()
                        .output())
                .contains("Issuing CA", "Root CA");
    }

    @Test
    void bouncyCastleEnrollsAndRenews(RunningStack stack) throws Exception {
        var deviceId = RunningStack.newDeviceId();
        stack.fleet().register(deviceId);
        var identity = stack.manufacturer().identify(deviceId, Keys.generateP256());
        var chain = Pem.decodeCertificates(Files.readString(stack.connection().caChain()));
        var est = stack.connection().est();
        var key = Keys.generateP256();

        var device = new BouncyCastleDevice(est, chain.getLast(), identity);
        assertThat(device.caCertificates()).containsExactlyInAnyOrderElementsOf(chain);
        var first = device.enrolls(CertificationRequests.create(key, deviceId));
        first.verify(chain.getFirst().getPublicKey());

        var present = new ClientIdentity(key.getPrivate(), List.of(first));
        var second = new BouncyCastleDevice(est, chain.getLast(), present)
                .renews(CertificationRequests.create(Keys.generateP256(), deviceId, "Local Operator"));
        second.verify(chain.getFirst().getPublicKey());
        assertThat(second.getSerialNumber()).isNotEqualTo(first.getSerialNumber());
    }

    @Test
    void aRepeatedRequestIsAnsweredWithTheSameCertificate(RunningStack stack) throws Exception {
        var deviceId = RunningStack.newDeviceId();
        stack.fleet().register(deviceId);
        var device = new CurlDevice(directory, stack.connection())
                .identifiedBy(stack.manufacturer().identify(deviceId, Keys.generateP256()))
                .makesRequest("/CN=" + deviceId);

        device.posts("simpleenroll");
        var first = Files.readString(device.readsCertificate());
        device.posts("simpleenroll");
        assertThat(Files.readString(device.readsCertificate())).isEqualTo(first);
        assertThat(issuedFor(stack, deviceId)).hasSize(1);
    }

    @Test
    void aDeviceThatIsRegisteredAfterARefusalEnrollsWithTheSameRequest(RunningStack stack) throws Exception {
        var deviceId = RunningStack.newDeviceId();
        var device = new CurlDevice(directory, stack.connection())
                .identifiedBy(stack.manufacturer().identify(deviceId, Keys.generateP256()))
                .makesRequest("/CN=" + deviceId);

        var refused = device.posts("simpleenroll");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.body()).contains("not registered");

        stack.fleet().register(deviceId);
        assertThat(device.posts("simpleenroll").status()).isEqualTo(200);
    }

    @Test
    void aDeviceRenewsWithANewKey(RunningStack stack) throws Exception {
        var device = stack.fleet().registered(RunningStack.newDeviceId());
        var first = device.enrolls().receivesCertificate();
        var second = device.renews().receivesCertificate();

        assertThat(second.getPublicKey()).isNotEqualTo(first.getPublicKey());
        assertThat(second.getSubjectX500Principal()).isEqualTo(first.getSubjectX500Principal());
    }

    @Test
    void everySerialNumberIsPositiveAndLong(RunningStack stack) throws Exception {
        X509Certificate certificate =
                stack.fleet().registered(RunningStack.newDeviceId()).enrolls().receivesCertificate();
        assertThat(certificate.getSerialNumber().signum()).isPositive();
        assertThat(certificate.getSerialNumber().bitLength()).isBetween(100, 128);
    }

    private void verifies(RunningStack stack, Path certificate) throws Exception {
        var chain = Pem.decodeCertificates(Files.readString(stack.connection().caChain()));
        Files.writeString(directory.resolve("issuing.pem"), Pem.encode(chain.getFirst()));
        Files.writeString(directory.resolve("root.pem"), Pem.encode(chain.getLast()));
        var run = new Tool(directory)
                .run(
                        "openssl",
                        "verify",
                        "-x509_strict",
                        "-CAfile",
                        "root.pem",
                        "-untrusted",
                        "issuing.pem",
                        certificate.toString())
                .ok();
        assertThat(run.output()).contains(": OK");
    }

    private static List<CertificateIssued> issuedFor(RunningStack stack, String deviceId) {
        return stack.topics()
                .records(
                        Topics.CERTIFICATE_ISSUED,
                        CertificateIssued.class,
                        issued -> issued.getDeviceId().equals(deviceId));
    }
}
