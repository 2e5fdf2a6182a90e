package dev.evenroll.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.administration.StubAdministration.Answer;
import dev.evenroll.cli.administration.StubAdministration.Request;
import dev.evenroll.cli.tls.TestTls;
import dev.evenroll.pki.Certificates;
import dev.evenroll.pki.Pem;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeviceChangeTest {

    private static final TestTls TLS = new TestTls();
    private static final String DEVICE = """
            {"deviceId":"CP-1","manufacturer":"acme","model":"X1","ocppIdentity":"CP-1","owner":"Owner","site":"Depot",
             "enrollmentModels":["factory"],"idevidSha256":null,"keySha256":null,"state":"enrolled",
             "stateReason":null,"registeredAt":"2026-11-22T12:00:00Z","changedAt":"2026-11-22T12:00:00Z",
             "revision":7,"certificateNotAfter":"2027-11-22T12:00:00Z"}""";

    @TempDir
    private Path data = Path.of("");

    /// A registry with one device that becomes what the second argument says.
    private static Answer registry(Request request, String after) {
        if (request.line().startsWith("GET /certificates")) {
            return new Answer(200, "{\"certificates\":[],\"next\":null}");
        }
        return new Answer(200, request.line().startsWith("GET") ? DEVICE : after).with("ETag", "\"7\"");
    }

    private static String changed(String field, String value) {
        return DEVICE.replaceFirst("\"" + field + "\":(\"[^\"]*\"|null|\\[[^]]*])", "\"" + field + "\":" + value)
                .replace("\"revision\":7", "\"revision\":8");
    }

    @Test
    void updatesWhatIsDifferentAndShowsIt() throws Exception {
        var after = changed("enrollmentModels", "[\"field\",\"just-in-time\"]");
        try (var stack = new CommandLineFixture(data, TLS, request -> registry(request, after))) {
            var run =
                    stack.run("device", "update", "CP-1", "--model", "X1", "--enrollment-model", "just-in-time,field");
            assertThat(run).isEqualTo(new CommandLineFixture.Run(0, """
                            CP-1 is changed (revision 8):
                              enrollmentModels: factory -> field, just-in-time
                            """, ""));
            var order = stack.administration().requests().getLast();
            assertThat(order.line()).isEqualTo("PATCH /devices/CP-1");
            assertThat(order.header("Content-type")).isEqualTo("application/merge-patch+json");
            assertThat(order.header("If-match")).isEqualTo("\"7\"");
            assertThat(order.body()).isEqualTo("{\"enrollmentModels\":[\"field\",\"just-in-time\"]}");
        }
    }

    @Test
    void updatesTheProfile() throws Exception {
        var after = DEVICE.replace("\"state\"", "\"profile\":\"v2g-secc\",\"state\"");
        try (var stack = new CommandLineFixture(data, TLS, request -> registry(request, after))) {
            var run = stack.run("device", "update", "CP-1", "--profile", "v2g-secc");
            assertThat(run.out()).endsWith("  profile: charging-station -> v2g-secc\n");
            assertThat(stack.administration().requests().getLast().body()).isEqualTo("{\"profile\":\"v2g-secc\"}");
        }
    }

    @Test
    void asksForNothingWhenNothingIsDifferent() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, request -> registry(request, DEVICE))) {
            var run = stack.run(
                    "device",
                    "update",
                    "CP-1",
                    "--model",
                    "X1",
                    "--key-sha256",
                    "none",
                    "--profile",
                    "charging-station");
            assertThat(run.out()).isEqualTo("CP-1 was like this before; nothing is changed.\n");
            assertThat(stack.administration().requests()).hasSize(1);
        }
    }

    @Test
    void takesTheFingerprintFromACertificate() throws Exception {
        var certificate = TLS.authority().certificate();
        var digest = Certificates.der(certificate).sha256Hex();
        var file = Files.writeString(data.resolve("idevid.pem"), Pem.encode(certificate));
        var after = changed("idevidSha256", "\"" + digest + "\"");
        try (var stack = new CommandLineFixture(data, TLS, request -> registry(request, after))) {
            var run = stack.run("device", "update", "CP-1", "--idevid", file.toString());
            assertThat(run.out()).isEqualTo("""
                            CP-1 is changed (revision 8):
                              idevidSha256: none -> %s
                            """.formatted(digest));
            assertThat(stack.administration().requests().getLast().body())
                    .isEqualTo("{\"idevidSha256\":\"" + digest + "\"}");
        }
    }

    @Test
    void somebodyElsesChangeIsNotOverwritten() throws Exception {
        try (var stack = new CommandLineFixture(
                data,
                TLS,
                request -> request.line().startsWith("GET")
                        ? new Answer(200, DEVICE)
                        : new Answer(412, "{\"detail\":\"The revision is 8.\"}"))) {
            var run = stack.run("device", "update", "CP-1", "--model", "X2");
            assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(run.err())
                    .isEqualTo("evenroll: CP-1 was changed by somebody else since it was looked at (revision 7);"
                            + " nothing is changed. Look at it with `evenroll device show CP-1`, then repeat the"
                            + " command.\n");
        }
    }

    @Test
    void suspendsAfterAsking() throws Exception {
        try (var stack =
                new CommandLineFixture(data, TLS, request -> registry(request, changed("state", "\"suspended\"")))) {
            var run = stack.answering("y\n", "device", "suspend", "CP-1", "--reason", "stolen");
            assertThat(run).isEqualTo(new CommandLineFixture.Run(0, "CP-1 is suspended (was enrolled).\n", """
                            Device CP-1 (enrolled) of Owner at Depot.
                            It gets no certificate until it is resumed.
                            Suspend it? [y/N]\s"""));
            var order = stack.administration().requests().getLast();
            assertThat(order.line()).isEqualTo("POST /devices/CP-1/suspend");
            assertThat(order.header("If-match")).isEqualTo("\"7\"");
            assertThat(order.body()).isEqualTo("{\"reason\":\"stolen\"}");
        }
    }

    @Test
    void whatEndsSomethingNeedsAPersonOrYes() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, request -> registry(request, DEVICE))) {
            for (var change : new String[] {"suspend", "quarantine", "decommission"}) {
                var run = stack.run("device", change, "CP-1", "--reason", "gone");
                assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
                assertThat(run.err())
                        .isEqualTo("evenroll: Nothing was changed. There is no terminal to ask at: look at what will"
                                + " happen, then give --yes.\n");
                assertThat(stack.answering("\n", "device", change, "CP-1", "--reason", "gone")
                                .err())
                        .endsWith("Nothing was changed. Answer y, or give --yes where nobody can answer.\n");
                assertThat(stack.run("device", change, "CP-1", "--reason", "gone", "--yes")
                                .exitCode())
                        .isZero();
            }
            assertThat(stack.administration().requests())
                    .filteredOn(request -> request.line().startsWith("POST"))
                    .hasSize(3);
        }
    }

    @Test
    void resumesWithoutAsking() throws Exception {
        try (var stack =
                new CommandLineFixture(data, TLS, request -> registry(request, changed("state", "\"registered\"")))) {
            var run = stack.run("device", "resume", "CP-1", "--reason", "found");
            assertThat(run).isEqualTo(new CommandLineFixture.Run(0, "CP-1 is registered (was enrolled).\n", ""));
        }
    }

    @Test
    void aReasonIsNeeded() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, request -> registry(request, DEVICE))) {
            assertThat(stack.run("device", "resume", "CP-1").err()).startsWith("Missing required option: '--reason");
            assertThat(stack.run("device", "resume", "CP-1", "--reason", " ").err())
                    .startsWith("--reason is empty");
        }
    }

    @Test
    void transfersToAnotherOwnerAfterAsking() throws Exception {
        try (var stack =
                new CommandLineFixture(data, TLS, request -> registry(request, changed("owner", "\"Other\"")))) {
            var run = stack.answering("yes\n", "device", "transfer", "CP-1", "--owner", "Other");
            assertThat(run.err()).isEqualTo("""
                            CP-1 (enrolled) goes from Owner to Other.
                            It has no certificate that would have to be revoked.
                            It has to enroll anew.
                            Transfer it? [y/N]\s""");
            assertThat(run.out()).isEqualTo("""
                            CP-1 is changed (revision 8):
                              owner: Owner -> Other
                            """);
            assertThat(stack.administration().requests().getLast().body())
                    .contains("\"owner\":\"Other\"", "\"site\":\"Depot\"");
        }
    }

    @Test
    void anotherSiteAloneEndsNothing() throws Exception {
        try (var stack =
                new CommandLineFixture(data, TLS, request -> registry(request, changed("site", "\"Hall 2\"")))) {
            var run = stack.run("device", "transfer", "CP-1", "--site", "Hall 2");
            assertThat(run.out()).endsWith("  site: Depot -> Hall 2\n");
            assertThat(stack.run("device", "transfer", "CP-1", "--site", "Depot")
                            .out())
                    .isEqualTo("CP-1 is there already; nothing is changed.\n");
        }
    }

    @Test
    void listsWhatIsAskedFor() throws Exception {
        try (var stack = new CommandLineFixture(
                data, TLS, _ -> new Answer(200, "{\"devices\":[" + DEVICE + "],\"next\":null}"))) {
            var run = stack.run(
                    "device",
                    "list",
                    "--state",
                    "enrolled",
                    "--site",
                    "Hall 2",
                    "--manufacturer",
                    "acme",
                    "--model",
                    "X1",
                    "--expiring-before",
                    "2027-12-01");
            assertThat(run.out()).isEqualTo("""
                            DEVICE  STATE     MANUFACTURER  MODEL  OWNER  SITE   CERTIFICATE ENDS
                            CP-1    enrolled  acme          X1     Owner  Depot  2027-11-22
                            """);
            assertThat(stack.administration().requests().getFirst().line())
                    .isEqualTo("GET /devices?state=enrolled&site=Hall%202&manufacturer=acme&model=X1"
                            + "&expiringBefore=2027-12-01T00%3A00%3A00Z&limit=100");
        }
    }

    @Test
    void whatIsNoTimeOrModelIsAWrongCommandLine() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, request -> registry(request, DEVICE))) {
            assertThat(stack.run("device", "list", "--expiring-before", "soon").err())
                    .contains("'soon' is no point in time; write 2027-01-31");
            assertThat(stack.run("device", "update", "CP-1", "--enrollment-model", "magic")
                            .err())
                    .contains("'magic' is no enrollment model; those are factory, field, just-in-time,"
                            + " central-gateway");
            assertThat(stack.run("device", "update", "CP-1", "--key-sha256", "abc")
                            .err())
                    .startsWith("--key-sha256 must be 64 hexadecimal digits");
            assertThat(stack.run("device", "update", "CP-1").err()).startsWith("Nothing to change");
        }
    }
}
