package dev.evenroll.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.administration.RevocationReason;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.tool.Tool;
import dev.evenroll.pki.crl.CrlAddresses;
import dev.evenroll.pki.identity.CertificateId;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A second start on the same data directory finds everything as it was.
class RestartJourneyTest {

    private static final String DEVICE = "RESTART-1";

    @TempDir
    private Path data = Path.of("");

    @Test
    void registryCertificatesRevocationsAndAddressesSurvive() throws Exception {
        CertificateId revoked;
        String crl;
        String est;
        BigInteger crlNumber;
        try (var stack = RunningStack.start(data)) {
            est = stack.connection().est().toString();
            var certificate = stack.fleet().registered(DEVICE).enrolls().receivesCertificate();
            revoked = CertificateId.of(certificate);
            crl = CrlAddresses.of(certificate).orElseThrow();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> stack.inventory()
                            .certificate(revoked.value())
                            .state()
                            .equals("issued"));
            stack.inventory().revoke(revoked.value(), RevocationReason.SUPERSEDED);
            crlNumber = Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .until(() -> crlNumber(crl), number -> number.compareTo(BigInteger.ONE) > 0);
        }
        try (var stack = RunningStack.start(data)) {
            assertThat(stack.connection().est()).hasToString(est);
            assertThat(stack.inventory().certificate(revoked.value()).state()).isEqualTo("revoked");
            assertThat(crlNumber(crl)).isGreaterThanOrEqualTo(crlNumber);
            // Registered before the restart, so it needs no second registration.
            stack.fleet().device(DEVICE).enrolls().receivesCertificate();
        }
    }

    private BigInteger crlNumber(String url) throws Exception {
        var tool = new Tool(data);
        tool.run("curl", "-sSf", "-o", "list.crl", url).ok();
        var text = tool.run("openssl", "crl", "-inform", "DER", "-in", "list.crl", "-noout", "-crlnumber")
                .ok()
                .output();
        return new BigInteger(text.strip().replace("crlNumber=0x", "").replace("crlNumber=", ""), 16);
    }
}
