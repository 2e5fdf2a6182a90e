package dev.evenroll.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.command.CommandLineFixture.Run;
import dev.evenroll.cli.output.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProfileCommandTest {

    private static final String PROFILES = """
            version: v2
            shards: 1
            profiles:
              - name: station
                experimental: true
                subject: { commonName: serialNumber, organization: none, domainComponents: [CPO] }
                keys: [secp256r1, ml-dsa-44]
                keyUsages: [digitalSignature]
                extendedKeyUsages: [clientAuth, 2.999.7]
                validity: P90D
                jitter: P3D
                crlDistributionPoint: http://crl.example/{issuer}/{shard}.crl
                ocsp: http://ocsp.example/
                policies: { environment: { test: 2.999.1 }, assurance: { attestedKey: 2.999.2 } }
            """;

    @TempDir
    private Path directory = Path.of("");

    private String write(String content) throws IOException {
        return Files.writeString(directory.resolve("profiles.yaml"), content).toString();
    }

    private static Run run(String... arguments) {
        return CommandLineFixture.execute(List.of(arguments));
    }

    @Test
    void checkShowsTheProfiles() throws Exception {
        var run = run("profile", "check", write(PROFILES));
        assertThat(run.err()).isEqualTo("""
                Note: no profile is called charging-station, which every device has of which nothing else is said. \
                Add it, or name a profile with each device (device register --profile) and in each policy; other \
                devices are refused.
                """);
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("""
                Version v2

                PROFILE  WHAT ITS CERTIFICATES SAY
                station  DC=CPO, CN=serialNumber
                         experimental; keys secp256r1, ml-dsa-44
                         digitalSignature; for clientAuth, 2.999.7
                         valid 90 days less up to 3 days
                         renewed after 66 % of it less up to 10 %, overdue after 90 %
                         revocation list http://crl.example/{issuer}/{shard}.crl; OCSP http://ocsp.example/
                         policies test 2.999.1, attestedKey 2.999.2
                         given to a device with the roles registrar and approver only
                """);
    }

    @Test
    void aFileWithTheUsualProfileNeedsNoNote() throws Exception {
        var run = run("profile", "check", write(PROFILES.replace("name: station", "name: charging-station")));
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void checkShowsEverythingThatIsWrong() throws Exception {
        var file = write(PROFILES.replace("secp256r1", "dsa").replace("P90D", "forever"));
        var run = run("profile", "check", file);
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("""
                evenroll: %1$s can not be used, it has 2 problems (line:column):
                %1$s:7:11: keys: "dsa" is unknown; write rsa, secp256r1, secp384r1, secp521r1, ed25519, ed448, \
                ml-dsa-44, ml-dsa-65 or ml-dsa-87
                %1$s:10:15: validity: "forever" is not an ISO 8601 duration, like P365D or PT5M
                """.formatted(file));
        var json = run("profile", "check", file, "--output", "json");
        assertThat(json.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(Json.parse(json.out().getBytes(StandardCharsets.UTF_8))
                        .path("problems")
                        .findValuesAsText("field"))
                .containsExactly("keys", "validity");
    }

    @Test
    void aFileThatIsNotThereIsSaidInASentence() {
        var absent = directory.resolve("absent.yaml");
        var run = run("profile", "check", absent.toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err())
                .isEqualTo("evenroll: Can not read " + absent + ": it does not exist. Name a file that can be read.\n");
    }

    @Test
    void listShowsWhatIsBuiltIn() throws Exception {
        var run = run("profile", "list");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("Version built-in-1\n")
                .contains(
                        "v2g-secc                 DC=CPO, O=owner, CN=seccId\n",
                        "O=owner, CN=fqdn (and dNSName)\n",
                        "valid 23 hours less up to 1 hour\n",
                        "given to a device with the roles registrar and approver only\n",
                        "no revocation list; nobody asks for its status\n",
                        "revocation list of the installation\n");
        var json = run("profile", "list", "--output", "json");
        assertThat(Json.parse(json.out().getBytes(StandardCharsets.UTF_8))
                        .path("profiles")
                        .findValuesAsText("name"))
                .containsExactly(
                        "charging-station",
                        "charging-station-ocpp16",
                        "v2g-secc",
                        "local-controller",
                        "csms-server",
                        "ocsp-responder");
    }
}
