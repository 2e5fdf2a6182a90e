package dev.evenroll.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.administration.StubAdministration.Answer;
import dev.evenroll.cli.administration.StubAdministration.Request;
import dev.evenroll.cli.command.CommandLineFixture.Run;
import dev.evenroll.cli.tls.TestTls;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Pem;
import dev.evenroll.pki.authority.CertificationRequests;
import dev.evenroll.pki.authority.Keys;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KeyCommandTest {

    private static final TestTls TLS = new TestTls();
    private static final KeyPair KEY = Keys.generateP256();
    private static final String SHA_256 = Der.of(KEY.getPublic().getEncoded()).sha256Hex();
    private static final String CLAIMED = """
            {"keySha256":"%s","deviceId":"CP-1","claimedAt":"2026-11-20T12:00:00Z",
             "certificateIds":["aa-01","aa-02"],"block":null}""".formatted(SHA_256);
    private static final String BLOCKED =
            CLAIMED.replace("null", "{\"actor\":\"bob\",\"reason\":\"leaked\",\"blockedAt\":\"2026-11-21T12:00:00Z\"}");

    @TempDir
    private Path data = Path.of("");

    private static Answer register(Request request) {
        return new Answer(200, request.line().startsWith("PUT") ? BLOCKED : CLAIMED);
    }

    private Run run(Function<Request, Answer> answers, String... arguments) throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, answers)) {
            return stack.run(arguments);
        }
    }

    private Path file(String name, String text) throws Exception {
        return Files.writeString(data.resolve(name), text);
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + label
                + "-----\n";
    }

    @Test
    void showsAKeyByItsDigestOrAnyFileThatHoldsIt() throws Exception {
        var certificate = TLS.authority().issueClient("CP-1", KEY.getPublic(), Duration.ofDays(1));
        var request = CertificationRequests.create(KEY, "CP-1");
        var colons = SHA_256.toUpperCase(Locale.ROOT).replaceAll("(..)(?!$)", "$1:");
        for (var named : new String[][] {
            {SHA_256},
            {colons},
            {"--certificate", file("c.pem", Pem.encode(certificate)).toString()},
            {
                "--key",
                file("k.pem", pem("PUBLIC KEY", KEY.getPublic().getEncoded())).toString()
            },
            {"--csr", file("r.pem", Pem.encodeCertificationRequest(request)).toString()}
        }) {
            try (var stack = new CommandLineFixture(data, TLS, KeyCommandTest::register)) {
                var run = named.length == 1
                        ? stack.run("key", "show", named[0])
                        : stack.run("key", "show", named[0], named[1]);
                assertThat(run).isEqualTo(new Run(0, """
                                keySha256       %s
                                deviceId        CP-1
                                claimedAt       2026-11-20T12:00:00Z
                                certificateIds  aa-01, aa-02
                                """.formatted(SHA_256), ""));
                assertThat(stack.administration().requests().getLast().line()).isEqualTo("GET /keys/" + SHA_256);
            }
        }
    }

    @Test
    void showsJsonAsTheInterfaceWritesIt() throws Exception {
        assertThat(run(_ -> new Answer(200, BLOCKED), "key", "show", SHA_256, "--output", "json")
                        .out())
                .isEqualTo("""
                        {
                          "keySha256" : "%s",
                          "deviceId" : "CP-1",
                          "claimedAt" : "2026-11-20T12:00:00Z",
                          "certificateIds" : [ "aa-01", "aa-02" ],
                          "block" : {
                            "actor" : "bob",
                            "reason" : "leaked",
                            "blockedAt" : "2026-11-21T12:00:00Z"
                          }
                        }
                        """.formatted(SHA_256));
    }

    @Test
    void blocksAfterSayingWhoseItIs() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, KeyCommandTest::register)) {
            var run = stack.answering("y\n", "key", "block", SHA_256, "--reason", "leaked");
            assertThat(run).isEqualTo(new Run(0, """
                            Key %1$s of device CP-1 is blocked by bob (leaked).
                            2 certificates carry it, and stay valid until they are revoked:
                              aa-01
                              aa-02
                            Revoke them: evenroll certificate revoke --key %1$s --reason keyCompromise
                            """.formatted(SHA_256), """
                            Key %s is that of device CP-1.
                            2 certificates carry it, and stay valid until they are revoked:
                              aa-01
                              aa-02
                            No device gets a certificate for it any more. This can not be undone.
                            Block it? [y/N]\s""".formatted(SHA_256)));
            var order = stack.administration().requests().getLast();
            assertThat(order.line()).isEqualTo("PUT /keys/" + SHA_256 + "/block");
            assertThat(order.body()).isEqualTo("{\"reason\":\"leaked\"}");
        }
    }

    @Test
    void blocksAKeyThatNobodyHasClaimed() throws Exception {
        var block = "{\"keySha256\":\"" + SHA_256 + "\",\"deviceId\":null,\"certificateIds\":[],\"block\":"
                + "{\"actor\":\"bob\",\"reason\":\"weak\",\"blockedAt\":\"2026-11-21T12:00:00Z\"}}";
        try (var stack = new CommandLineFixture(
                data,
                TLS,
                request -> request.line().startsWith("GET")
                        ? new Answer(404, "{\"detail\":\"Unknown.\"}")
                        : new Answer(200, block))) {
            var run = stack.answering("y\n", "key", "block", SHA_256, "--reason", "weak");
            assertThat(run.err()).startsWith("Key " + SHA_256 + " is no device's so far.\nNo device gets");
            assertThat(run.out())
                    .isEqualTo("Key " + SHA_256 + " is blocked by bob (weak).\nNo certificate carries it.\n");
        }
    }

    @Test
    void blocksNothingUnaskedAndNothingTwice() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, KeyCommandTest::register)) {
            assertThat(stack.run("key", "block", SHA_256, "--reason", "leaked").err())
                    .startsWith("evenroll: Nothing was blocked. There is no terminal to ask at");
            assertThat(stack.answering("\n", "key", "block", SHA_256, "--reason", "leaked")
                            .exitCode())
                    .isEqualTo(ExitCode.FAILED);
            assertThat(stack.administration().requests())
                    .noneMatch(request -> request.line().startsWith("PUT"));
            assertThat(stack.run("key", "block", SHA_256, "--reason", "leaked", "--yes")
                            .exitCode())
                    .isZero();
        }
        try (var stack = new CommandLineFixture(data, TLS, _ -> new Answer(200, BLOCKED))) {
            assertThat(stack.run("key", "block", SHA_256, "--reason", "again").out())
                    .startsWith("Key " + SHA_256 + " of device CP-1 had been blocked before by bob (leaked).\n");
            assertThat(stack.administration().requests()).hasSize(1);
        }
    }

    @Test
    void saysWhatIsWrongWithWhatItWasGiven() throws Exception {
        assertThat(run(KeyCommandTest::register, "key", "show").err()).startsWith("Name one key: give SHA256");
        assertThat(run(KeyCommandTest::register, "key", "show", SHA_256, "--csr", "x")
                        .err())
                .startsWith("Name one key: give SHA256, --certificate, --key or --csr, and only one of them");
        assertThat(run(KeyCommandTest::register, "key", "show", "abc").exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(run(KeyCommandTest::register, "key", "block", SHA_256).err())
                .startsWith("Missing required option: '--reason");
        assertThat(run(
                                KeyCommandTest::register,
                                "key",
                                "show",
                                "--key",
                                file("private.pem", Pem.encode(KEY.getPrivate()))
                                        .toString())
                        .err())
                .endsWith("private.pem is no public key in PEM: public key: is a private key; keep that to itself, and"
                        + " write the public one with `openssl pkey -pubout`.\n");
        assertThat(run(KeyCommandTest::register, "key", "show", "--certificate", "/nowhere.pem")
                        .err())
                .isEqualTo("evenroll: /nowhere.pem does not exist.\n");
    }

    @Test
    void damagedFilesAreRefusedInWords() throws Exception {
        var random = new Random(3);
        var texts = new String[] {
            pem("PUBLIC KEY", KEY.getPublic().getEncoded()),
            Pem.encodeCertificationRequest(CertificationRequests.create(KEY, "CP-1")),
            Pem.encode(TLS.authority().certificate())
        };
        var options = new String[] {"--key", "--csr", "--certificate"};
        try (var stack = new CommandLineFixture(data, TLS, KeyCommandTest::register)) {
            for (int i = 0; i < 90; i++) {
                var bytes = texts[i % 3].getBytes(StandardCharsets.ISO_8859_1);
                for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                var file = Files.write(data.resolve("damaged.pem"), bytes);
                var run = stack.run("key", "show", options[i % 3], file.toString());
                assertThat(run.exitCode()).isIn(ExitCode.OK, ExitCode.FAILED);
                if (run.exitCode() == ExitCode.FAILED) {
                    assertThat(run.err()).startsWith("evenroll: " + file + " is no ");
                }
            }
        }
    }
}
