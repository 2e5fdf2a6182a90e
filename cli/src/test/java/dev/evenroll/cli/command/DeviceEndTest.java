package dev.evenroll.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.administration.StubAdministration.Answer;
import dev.evenroll.cli.administration.StubAdministration.Request;
import dev.evenroll.cli.tls.TestTls;
import dev.evenroll.pki.Der;
import dev.evenroll.pki.Pem;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of certificates when a device is decommissioned, transferred, or revoked as a whole.
final class DeviceEndTest {

    private static final TestTls TLS = new TestTls();
    private static final String ID = "abcd-f1e2";
    private static final String KEY =
            Der.of(TLS.authority().certificate().getPublicKey().getEncoded()).sha256Hex();
    private static final String DEVICE = """
            {"deviceId":"CP-1","manufacturer":"acme","model":"X1","ocppIdentity":"CP-1","owner":"Owner","site":"Depot",
             "enrollmentModels":["factory"],"idevidSha256":null,"keySha256":null,"state":"enrolled",
             "stateReason":null,"registeredAt":"2026-11-22T12:00:00Z","changedAt":"2026-11-22T12:00:00Z",
             "revision":7,"certificateNotAfter":"2027-11-22T12:00:00Z"}""";

    @TempDir
    private Path data = Path.of("");

    /// How often the certificate was looked at since the device was changed: it is revoked a while later.
    private final AtomicInteger looks = new AtomicInteger();

    private boolean changed;

    private static String certificate(String state) {
        return """
                {"certificateId":"%s","issuer":"CN=CA","serialNumber":"f1e2","deviceId":"CP-1","enrollmentId":"e1","state":"%s",
                 "notBefore":"2026-11-22T12:00:00Z","notAfter":"2027-11-22T12:00:00Z","revokedAt":null,"reason":null,
                 "pem":"%s"}""".formatted(
                        ID, state, Pem.encode(TLS.authority().certificate()).replace("\n", "\\n"));
    }

    private Answer answer(Request request) {
        var line = request.line();
        if (line.equals("GET /certificates?device=CP-1&limit=1000")) {
            return new Answer(
                    200,
                    "{\"certificates\":[" + certificate("installed")
                            + ",{\"certificateId\":\"abcd-01\",\"issuer\":\"CN=CA\","
                            + "\"serialNumber\":\"01\",\"deviceId\":\"CP-1\",\"enrollmentId\":\"e0\",\"state\":\"expired\","
                            + "\"notBefore\":\"2025-11-22T12:00:00Z\",\"notAfter\":\"2026-11-22T12:00:00Z\"}],\"next\":null}");
        }
        if (line.equals("GET /certificates/" + ID)) {
            return new Answer(200, certificate(changed && looks.incrementAndGet() > 2 ? "revoked" : "installed"));
        }
        if (line.endsWith(KEY + "/block")) {
            return new Answer(200, """
                    {"keySha256":"%s","deviceId":"CP-1","claimedAt":null,"certificateIds":[],
                     "block":{"actor":"anna","reason":"gone","blockedAt":"2026-11-22T12:00:00Z"}}""".formatted(KEY));
        }
        if (line.startsWith("GET /keys/")) {
            return new Answer(200, """
                    {"keySha256":"%s","deviceId":"CP-1","claimedAt":null,"certificateIds":["%s"],"block":null}""".formatted(KEY, ID));
        }
        if (line.startsWith("POST /certificates/") || line.startsWith("POST /devices/CP-1/revocation")) {
            var revoked = certificate("revoked");
            return new Answer(200, line.contains("devices") ? "{\"certificates\":[" + revoked + "]}" : revoked);
        }
        if (line.startsWith("POST")) {
            changed = true;
            return new Answer(200, DEVICE.replace("enrolled", "decommissioned").replace(":7", ":8"));
        }
        return new Answer(200, DEVICE).with("ETag", "\"7\"");
    }

    @Test
    void decommissioningSaysWhatWillBeRevokedAndWaitsUntilItIs() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, this::answer)) {
            var run = stack.answering("y\n", "device", "decommission", "CP-1", "--reason", "scrapped");
            assertThat(run).isEqualTo(new CommandLineFixture.Run(0, """
                            CP-1 is decommissioned (was enrolled).
                            Certificate f1e2 is revoked.
                            """, """
                            Device CP-1 (enrolled) of Owner at Depot.
                            Certificate f1e2, installed, valid until 2027-11-22T12:00:00Z, will be revoked.
                            It gets no certificate any more; only a new registration begins a new life.
                            Decommission it? [y/N]\s"""));
            assertThat(looks).hasValue(3);
        }
    }

    @Test
    void keysAreBlockedWhereThatIsAskedFor() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, this::answer)) {
            var run = stack.run(
                    "device",
                    "decommission",
                    "CP-1",
                    "--reason",
                    "stolen",
                    "--block-keys",
                    "--yes",
                    "--output",
                    "json");
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.out())
                    .contains("\"state\" : \"decommissioned\"", "\"revokedCertificates\" : [ \"" + ID + "\" ]")
                    .contains("\"blockedKeys\" : [ \"" + KEY + "\" ]");
            assertThat(stack.administration().requests()).anySatisfy(request -> {
                assertThat(request.line()).endsWith("/keys/" + KEY + "/block");
                assertThat(request.body()).contains("stolen");
            });
        }
    }

    @Test
    void anotherOwnerRevokesWhatNamesTheOneBefore() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, this::answer)) {
            var run = stack.answering("y\n", "device", "transfer", "CP-1", "--owner", "Other");
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.err())
                    .contains("Certificate f1e2, installed, valid until 2027-11-22T12:00:00Z, will be revoked.");
            assertThat(run.out()).endsWith("Certificate f1e2 is revoked.\n");
        }
    }

    @Test
    void revokesWhatADeviceHas() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, this::answer)) {
            var run = stack.answering("y\n", "certificate", "revoke", "--device", "CP-1", "--reason", "keyCompromise");
            assertThat(run.out()).isEqualTo("Certificate f1e2 of device CP-1 is revoked.\n");
            assertThat(run.err()).isEqualTo("""
                            Certificate f1e2 of device CP-1, valid until 2027-11-22T12:00:00Z, will be revoked (keyCompromise).
                            This can not be undone: the device has to enroll again.
                            Revoke it? [y/N]\s""");
            assertThat(stack.administration().requests().getLast().line()).isEqualTo("POST /devices/CP-1/revocation");
        }
    }

    @Test
    void revokesWhatCarriesAKey() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, this::answer)) {
            var run = stack.run("certificate", "revoke", "--key", KEY, "--reason", "keyCompromise", "--yes");
            assertThat(run.out()).as(run.err()).isEqualTo("Certificate f1e2 of device CP-1 is revoked.\n");
            assertThat(stack.administration().requests().getLast().line())
                    .isEqualTo("POST /certificates/" + ID + "/revocation");
        }
    }

    @Test
    void oneThingIsRevokedAtATime() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, this::answer)) {
            assertThat(stack.run("certificate", "revoke", ID, "--device", "CP-1", "--reason", "superseded")
                            .err())
                    .startsWith("Name what to revoke: give CERTIFICATE, --device or --key, and only one of them");
            assertThat(stack.run("certificate", "revoke", "--reason", "superseded")
                            .err())
                    .startsWith("Name what to revoke: give CERTIFICATE, --device or --key\n");
        }
    }

    @Test
    void holdsAndReleases() throws Exception {
        var held = certificate("on-hold");
        try (var stack = new CommandLineFixture(
                data,
                TLS,
                request -> request.line().equals("POST /certificates/" + ID + "/hold")
                        ? new Answer(200, held)
                        : new Answer(200, certificate("installed")))) {
            assertThat(stack.answering("y\n", "certificate", "hold", ID))
                    .isEqualTo(new CommandLineFixture.Run(
                            0, "Certificate f1e2 of device CP-1 is on-hold (was installed).\n", """
                            Certificate f1e2 of device CP-1, installed, valid until 2027-11-22T12:00:00Z.
                            Its device can neither connect nor renew until it is released: evenroll certificate release
                            Put it on hold? [y/N]\s"""));
            assertThat(stack.run("certificate", "release", ID, "--yes").out())
                    .isEqualTo("Certificate f1e2 of device CP-1 is installed (was installed).\n");
            assertThat(stack.administration().requests().getLast().line())
                    .isEqualTo("POST /certificates/" + ID + "/release");
        }
    }
}
