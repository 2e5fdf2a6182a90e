package dev.evenroll.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.administration.StubAdministration.Answer;
import dev.evenroll.cli.administration.StubAdministration.Request;
import dev.evenroll.cli.tls.TestTls;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.CertificateAuthority;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AuthorityCommandTest {

    private static final TestTls TLS = new TestTls();

    private static final String UNBOUND = "It is bound to nothing: any certificate with this CN of the only CA for"
            + " registration authorities is its own. Bind it with --issuer FILE or --certificate FILE.\n";

    @TempDir
    private Path data = Path.of("");

    private static String authority(String sites, boolean active) {
        return "{\"name\":\"lc-1\",\"kind\":\"local-controller\",\"sites\":" + sites + ",\"manufacturers\":[],"
                + "\"active\":" + active + ",\"certificateSha256\":[],\"issuerSha256\":[]}";
    }

    private CommandLineFixture stack(Answer found, String after) throws Exception {
        return new CommandLineFixture(
                data, TLS, request -> request.line().startsWith("GET") ? found : new Answer(200, after));
    }

    private static Request last(CommandLineFixture stack) {
        return stack.administration().requests().getLast();
    }

    @Test
    void entersALocalController() throws Exception {
        try (var stack = stack(new Answer(404, "{}"), authority("[\"Depot\",\"Hall 2\"]", true))) {
            var run = stack.run(
                    "authority", "set", "lc-1", "--kind", "local-controller", "--site", "Depot", "--site", "Hall 2");
            assertThat(run).isEqualTo(new CommandLineFixture.Run(0, """
                            Authority lc-1 is entered:
                            name               lc-1
                            kind               local-controller
                            sites              Depot, Hall 2
                            manufacturers      -
                            active             true
                            certificateSha256  -
                            issuerSha256       -
                            """, UNBOUND));
            assertThat(last(stack).line()).isEqualTo("PUT /registration-authorities/lc-1");
            assertThat(last(stack).header("If-none-match")).isEqualTo("*");
            assertThat(last(stack).body())
                    .isEqualTo("{\"kind\":\"local-controller\",\"sites\":[\"Depot\",\"Hall 2\"],\"manufacturers\":[],"
                            + "\"active\":true,\"certificateSha256\":[],\"issuerSha256\":[]}");
        }
    }

    @Test
    void deactivatesAfterAskingWhatWasLookedAt() throws Exception {
        try (var stack =
                stack(new Answer(200, authority("[\"Depot\"]", true)).with("ETag", "\"3\""), authority("[]", false))) {
            assertThat(stack.run("authority", "set", "lc-1", "--inactive").exitCode())
                    .isEqualTo(ExitCode.FAILED);
            var run = stack.answering("y\n", "authority", "set", "lc-1", "--inactive");
            assertThat(run.exitCode()).isZero();
            assertThat(last(stack).header("If-match")).isEqualTo("\"3\"");
            assertThat(last(stack).body()).contains("\"sites\":[\"Depot\"]", "\"active\":false");
        }
    }

    @Test
    void saysWhatAnAuthorityNeeds() throws Exception {
        try (var stack = stack(new Answer(404, "{}"), "")) {
            assertThat(stack.run("authority", "set", "l1").err())
                    .startsWith("There is no authority l1 yet: give --kind");
            assertThat(stack.run("authority", "set", "l1", "--kind", "local-controller")
                            .err())
                    .startsWith("A local controller speaks for sites: give --site");
            assertThat(stack.run("authority", "set", "l1", "--kind", "factory-line", "--site", "x")
                            .err())
                    .startsWith("A factory line speaks for manufacturers: give --manufacturer");
            assertThat(stack.run("authority", "set", "l1", "--kind", "king").err())
                    .contains("'king' is no kind of authority; those are local-controller and factory-line");
            assertThat(stack.run("authority", "show", "a/b").err()).contains("'a/b' is no name of an authority");
        }
    }

    @Test
    void bindsAnAuthorityToItsCaAndItsCertificates() throws Exception {
        var ca = TLS.authority().certificate();
        var file = Files.writeString(data.resolve("ca.pem"), Pem.encode(ca));
        try (var stack =
                stack(new Answer(200, authority("[\"Depot\"]", true)).with("ETag", "\"3\""), authority("[]", true))) {
            stack.run(
                    "authority",
                    "set",
                    "lc-1",
                    "--issuer",
                    file.toString(),
                    "--certificate-sha256",
                    "AB:".repeat(31) + "AB",
                    "--certificate-sha256",
                    "cd".repeat(32));
            assertThat(last(stack).body())
                    .contains(
                            "\"certificateSha256\":[\"" + "ab".repeat(32) + "\",\"" + "cd".repeat(32) + "\"]",
                            "\"issuerSha256\":[\"" + Certificates.der(ca).sha256Hex() + "\"]");
            assertThat(stack.run("authority", "set", "lc-1", "--issuer-sha256", "ab")
                            .err())
                    .startsWith("'ab' is no SHA-256; give 64 hexadecimal digits, as `openssl x509 -fingerprint -sha256`"
                            + " prints them");
            assertThat(stack.run("authority", "set", "lc-1", "--unbound", "--issuer", file.toString())
                            .err())
                    .startsWith("--unbound excludes certificates and CAs");
            var none = Files.writeString(data.resolve("none.pem"), "nothing");
            assertThat(stack.run("authority", "set", "lc-1", "--certificate", none.toString())
                            .err())
                    .startsWith("evenroll: " + none + " holds no certificate in PEM: ");
        }
    }

    @Test
    void listsThem() throws Exception {
        var all = "{\"registrationAuthorities\":[" + authority("[\"Depot\"]", true)
                + ",{\"name\":\"line-7\",\"kind\":\"factory-line\",\"sites\":[],\"manufacturers\":[\"acme\"],"
                + "\"active\":false,\"certificateSha256\":[],\"issuerSha256\":[\"" + "ab".repeat(32) + "\"]}]}";
        try (var stack = stack(new Answer(200, all), "")) {
            assertThat(stack.run("authority", "list").out()).isEqualTo("""
                            NAME    KIND              ACTIVE  BOUND  SITES OR MANUFACTURERS
                            lc-1    local-controller  yes     no     Depot
                            line-7  factory-line      no      yes    acme
                            """);
        }
    }

    @Test
    void issuesACertificateForAnAuthority() throws Exception {
        try (var stack = stack(new Answer(404, "{}"), "")) {
            var out = data.resolve("lc");
            var run = stack.run("authority", "certificate", "lc-1", "--out", out.toString());
            assertThat(run.exitCode()).isZero();
            assertThat(run.out()).startsWith("Authority lc-1 has a certificate, valid until ");
            var certificate = Pem.decodeCertificates(Files.readString(out.resolve("certificate.pem")))
                    .getFirst();
            var authority = CertificateAuthority.loadPkcs12(
                    data.resolve("registration-authority.p12"),
                    Files.readString(data.resolve("registration-authority.password"))
                            .toCharArray(),
                    InstantSource.system());
            certificate.verify(authority.certificate().getPublicKey());
            assertThat(certificate.getSubjectX500Principal()).hasToString("CN=lc-1");
            assertThat(certificate.getExtendedKeyUsage()).contains("1.3.6.1.5.5.7.3.28");
            assertThat(stack.run("authority", "certificate", "lc-1", "--out", out.toString())
                            .err())
                    .isEqualTo("evenroll: " + out.resolve("certificate.pem")
                            + " is there already; it is not overwritten.\n");
        }
    }
}
