package dev.evenroll.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.administration.StubAdministration.Answer;
import dev.evenroll.cli.administration.StubAdministration.Request;
import dev.evenroll.cli.tls.TestTls;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.CertificateAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CertificateCommandTest {

    private static final TestTls TLS = new TestTls();
    private static final String KEY_ID = TLS.authority().issuingCertificate().keyId();
    private static final String SERIAL = "f1e2d3c4b5a697";
    private static final String ID = KEY_ID + "-" + SERIAL;
    private static final String ISSUED = certificate("issued", "null", "null");
    private static final String REVOKED = certificate("revoked", "\"2026-11-23T08:00:00Z\"", "\"keyCompromise\"");

    @TempDir
    private Path data = Path.of("");

    private static String certificate(String state, String revokedAt, String reason) {
        return """
                {"certificateId":"%s","issuer":"CN=CA","serialNumber":"%s","deviceId":"CP-0001","enrollmentId":"e1","state":"%s",
                 "notBefore":"2026-11-22T12:00:00Z","notAfter":"2027-11-22T12:00:00Z","revokedAt":%s,"reason":%s,
                 "crlUrl":"http://localhost:1/crl/x-0.crl","pem":"-----BEGIN\\nEND-----\\n"}""".formatted(ID, SERIAL, state, revokedAt, reason);
    }

    private static Answer inventory(Request request) {
        return new Answer(200, request.line().startsWith("POST") ? REVOKED : ISSUED);
    }

    @Test
    void listsATable() throws Exception {
        try (var stack = new CommandLineFixture(
                data, TLS, _ -> new Answer(200, "{\"certificates\":[" + ISSUED + "," + REVOKED + "],\"next\":null}"))) {
            var run = stack.run("certificate", "list", "--device", "CP-0001", "--state", "revoked");
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).isEqualTo("""
                            SERIAL NUMBER   DEVICE   STATE    NOT BEFORE  NOT AFTER   REASON
                            f1e2d3c4b5a697  CP-0001  issued   2026-11-22  2027-11-22  -
                            f1e2d3c4b5a697  CP-0001  revoked  2026-11-22  2027-11-22  keyCompromise
                            """);
            assertThat(stack.administration().requests().getFirst().line())
                    .isEqualTo("GET /certificates?device=CP-0001&state=revoked&limit=100");
        }
    }

    /// After a roll-over the number alone does not say which CA has issued it.
    @Test
    void aSerialNumberIsLookedForAmongThoseOfEveryIssuingCa() throws Exception {
        var chains = Files.createDirectories(data.resolve("ca/chains"));
        var next = CertificateAuthority.selfSigned("Next CA", Duration.ofDays(1), InstantSource.system());
        Files.writeString(chains.resolve("issuing-1.pem"), Pem.encode(TLS.anchors()));
        Files.writeString(chains.resolve("issuing-2.pem"), Pem.encode(next.chain()));
        var ofNext = next.issuingCertificate().keyId() + "-" + SERIAL;
        try (var stack = new CommandLineFixture(
                data,
                TLS,
                request -> request.line().endsWith(ofNext)
                        ? new Answer(200, ISSUED)
                        : new Answer(404, "{\"title\":\"Unknown certificate\"}"))) {
            var connection = data.resolve("connection.properties");
            Files.writeString(
                    connection,
                    Files.readString(connection)
                            .replaceFirst("ca\\.chain=.*", "ca.chain=" + chains.resolve("issuing-1.pem")));
            assertThat(stack.run("certificate", "show", SERIAL).exitCode()).isZero();
            assertThat(stack.administration().requests())
                    .extracting(Request::line)
                    .containsExactly("GET /certificates/" + ID, "GET /certificates/" + ofNext);
        }
    }

    @Test
    void showsOneBySerialNumberAsOpensslPrintsIt() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, CertificateCommandTest::inventory)) {
            var run = stack.run("certificate", "show", "F1:E2:D3:C4:B5:A6:97");
            assertThat(run.out()).isEqualTo("""
                            certificateId  %s
                            issuer         CN=CA
                            serialNumber   f1e2d3c4b5a697
                            deviceId       CP-0001
                            enrollmentId   e1
                            state          issued
                            notBefore      2026-11-22T12:00:00Z
                            notAfter       2027-11-22T12:00:00Z
                            crlUrl         http://localhost:1/crl/x-0.crl
                            -----BEGIN
                            END-----
                            """.formatted(ID));
            assertThat(stack.administration().requests().getFirst().line()).isEqualTo("GET /certificates/" + ID);
        }
    }

    @Test
    void saysWhatWillBeRevokedAndAsks() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, CertificateCommandTest::inventory)) {
            var run = stack.answering("y\n", "certificate", "revoke", ID, "--reason", "keyCompromise");
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).isEqualTo("""
                            Certificate f1e2d3c4b5a697 of device CP-0001, valid until 2027-11-22T12:00:00Z, will be revoked (keyCompromise).
                            This can not be undone: the device has to enroll again.
                            Revoke it? [y/N]\s""");
            assertThat(run.out()).isEqualTo("""
                            Certificate f1e2d3c4b5a697 of device CP-0001 is revoked (keyCompromise).
                            Within seconds it is in http://localhost:1/crl/x-0.crl
                            """);
            var order = stack.administration().requests().getLast();
            assertThat(order.line()).isEqualTo("POST /certificates/" + ID + "/revocation");
            assertThat(order.body()).isEqualTo("{\"reason\":\"keyCompromise\"}");
        }
    }

    @Test
    void revokesNothingWhenNobodyAgrees() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, CertificateCommandTest::inventory)) {
            for (var typed : new String[] {"", "\n", "n\n", "yesterday\n"}) {
                var run = stack.answering(typed, "certificate", "revoke", ID, "--reason", "superseded");
                assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
                assertThat(run.err())
                        .endsWith("Nothing was revoked. Answer y, or give --yes where nobody can answer.\n");
            }
            assertThat(stack.administration().requests())
                    .noneMatch(request -> request.line().startsWith("POST"));
        }
    }

    @Test
    void asksNobodyWhereThereIsNoTerminal() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, CertificateCommandTest::inventory)) {
            var run = stack.run("certificate", "revoke", ID, "--reason", "superseded");
            assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(run.err())
                    .isEqualTo("evenroll: Nothing was revoked. There is no terminal to ask at: look at what will"
                            + " happen, then give --yes.\n");
        }
    }

    @Test
    void revokesWithoutAskingForPrograms() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, CertificateCommandTest::inventory)) {
            var run = stack.run(
                    "certificate", "revoke", SERIAL, "--reason", "KEYCOMPROMISE", "--yes", "--output", "json");
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).isEmpty();
            assertThat(run.out()).contains("\"state\" : \"revoked\"", "\"reason\" : \"keyCompromise\"");
        }
    }

    @Test
    void anUnknownReasonIsAWrongCommandLine() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, CertificateCommandTest::inventory)) {
            var run = stack.run("certificate", "revoke", ID, "--reason", "boredom");
            assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err()).contains("boredom", "unspecified, keyCompromise, affiliationChanged");
        }
    }

    @Test
    void whatIsNoCertificateIdIsAWrongCommandLine() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, CertificateCommandTest::inventory)) {
            var run = stack.run("certificate", "show", "CP-0001");
            assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err()).startsWith("CERTIFICATE is neither a certificate id nor a serial number");
        }
    }
}
