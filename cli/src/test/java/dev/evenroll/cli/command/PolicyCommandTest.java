package dev.evenroll.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.administration.StubAdministration.Answer;
import dev.evenroll.cli.command.CommandLineFixture.Run;
import dev.evenroll.cli.output.Json;
import dev.evenroll.cli.tls.TestTls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyCommandTest {

    private static final TestTls TLS = new TestTls();

    private static final String POLICIES = """
            version: v2
            renewal: { graceAfterExpiry: P14D }
            policies:
              - name: recalled
                match: { serialNumber: "CP-0.*" }
                decision: refuse
                reason: recalled by its manufacturer
              - name: rollout
                match: { manufacturer: acme, model: [X2, X1], address: 10.0.0.0/8, allowList: [CP-1, CP-2],
                  from: 2026-11-01T00:00:00Z, until: 2027-11-01T00:00:00Z }
                decision: allow
                quotaPerHour: 500
                unknownDevices: quarantine
                register: { owner: Example Charging, site: depot }
              - { name: others, match: {}, decision: approve, attestation: required }
            """;

    private static final String EVENT = """
            {"decidedAt":"2026-11-22T12:00:00Z","enrollmentId":"e1","deviceId":"CP-01","manufacturer":"acme",\
            "deviceState":"registered","remoteAddress":"10.1.2.3","attested":true,"policy":"",\
            "version":"v1@000000000000","decision":"allowed","rules":[]}
            """;

    @TempDir
    private Path directory = Path.of("");

    private String write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    private static Run run(String... arguments) {
        return CommandLineFixture.execute(List.of(arguments));
    }

    @Test
    void checkShowsThePoliciesInTheirOrder() throws Exception {
        var run = run("policy", "check", write("policies.yaml", POLICIES));
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("""
                        Version v2@76f1685f07b8
                        Renewal until 14 days after the end of a certificate, with the approval of a person

                        POLICY    DECISION  FOR WHOM, AND WHAT HOLDS
                        recalled  refuse    serial number CP-0.*
                                            recalled by its manufacturer
                        rollout   allow     manufacturer acme; model X1 or X2; one of 2 serial numbers; from 10.0.0.0/8; not before
                                            2026-11-01T00:00:00Z; before 2027-11-01T00:00:00Z
                                            at most 500 an hour; waits 7 days for a person; unknown devices are registered in quarantine for
                                            Example Charging at depot
                        others    approve   every device
                                            policy others asks for the approval of a person; attested keys only; waits 7 days for a person;
                                            unknown devices are refused
                        """);
    }

    @Test
    void checkShowsThemToPrograms() throws Exception {
        var run = run("policy", "check", write("policies.yaml", POLICIES), "--output", "json");
        var document = Json.parse(run.out().getBytes(StandardCharsets.UTF_8));
        assertThat(document.path("version").textValue()).startsWith("v2@");
        assertThat(document.path("policies").findValuesAsText("name")).containsExactly("recalled", "rollout", "others");
        assertThat(document.path("policies").findValuesAsText("line")).containsExactly("4", "8", "15");
    }

    @Test
    void checkShowsEverythingThatIsWrong() throws Exception {
        var file =
                write("policies.yaml", POLICIES.replace("refuse\n", "maybe\n").replace("500", "many"));
        var run = run("policy", "check", file);
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("""
                        evenroll: %1$s can not be used, it has 2 problems (line:column):
                        %1$s:6:15: decision: "maybe" is unknown; write allow or approve or refuse
                        %1$s:12:19: quotaPerHour: "many" is no whole number from 1 to 1000000; write one in digits
                        """.formatted(file));
        var json = run("policy", "check", file, "--output", "json");
        assertThat(json.exitCode()).isEqualTo(ExitCode.FAILED);
        var problems = Json.parse(json.out().getBytes(StandardCharsets.UTF_8)).path("problems");
        assertThat(problems.findValuesAsText("line")).containsExactly("6", "12");
        assertThat(problems.findValuesAsText("column")).containsExactly("15", "19");
        assertThat(problems.findValuesAsText("field")).containsExactly("decision", "quotaPerHour");
    }

    /// What a policy can enter devices with is what the installation has.
    @Test
    void checkKnowsTheProfilesOfTheInstallation() throws Exception {
        var file = write("policies.yaml", """
                version: a
                policies:
                  - name: rollout
                    match: {}
                    decision: allow
                    unknownDevices: register
                    register: { owner: O, site: S, model: M, profile: robots }
                """);
        var unknown = run("policy", "check", file);
        assertThat(unknown.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(unknown.err())
                .contains(file + ":7:55: profile: is \"robots\", which is no profile of the installation; write one of "
                        + "charging-station, charging-station-ocpp16, v2g-secc\n");

        var profiles = write("profiles.yaml", """
                version: b
                profiles:
                  - name: robots
                    subject: { commonName: serialNumber }
                    keys: secp256r1
                    keyUsages: digitalSignature
                    validity: P90D
                """);
        var known = run("policy", "check", file, "--profiles", profiles);
        assertThat(known.err()).isEmpty();
        assertThat(known.exitCode()).isEqualTo(ExitCode.OK);

        Files.writeString(Path.of(profiles), "version: b\n");
        var broken = run("policy", "check", file, "--profiles", profiles);
        assertThat(broken.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(broken.err()).contains(profiles + ":1:1: profiles: is missing; write at least one profile");
    }

    @Test
    void aFileThatIsNotThereIsSaidInASentence() {
        var run = run("policy", "check", directory.resolve("absent.yaml").toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err())
                .isEqualTo("evenroll: Can not read " + directory.resolve("absent.yaml")
                        + ": it does not exist. Name a file that can be read.\n");
    }

    @Test
    void testShowsWhatIsDecidedDifferently() throws Exception {
        var events = write(
                "events.ndjson",
                EVENT
                        + EVENT.replace("CP-01", "XX-1").replace("e1", "e2").replace("12:00", "11:00")
                        + EVENT.replace("CP-01", "XX-2").replace("allowed", "pending"));
        var run = run("policy", "test", write("policies.yaml", POLICIES), "--against", events);
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).isEqualTo("""
                Version v2@76f1685f07b8 on 3 recorded decisions: 2 would end differently, 1 alike by another policy

                DECISION  THEN  NOW
                allowed      2    0
                pending      1    2
                refused      0    1

                DECIDED               DEVICE            DECISION            POLICY                    WHY
                2026-11-22T11:00:00Z  XX-1              allowed -> pending  none -> others            policy others asks for the
                                                                                                      approval of a person
                2026-11-22T12:00:00Z  CP-01             allowed -> refused  none -> recalled          policy recalled refuses it:
                                                                                                      recalled by its manufacturer
                """);
    }

    @Test
    void testShowsItToPrograms() throws Exception {
        var run = run(
                "policy",
                "test",
                write("policies.yaml", POLICIES),
                "--against",
                write("events.ndjson", EVENT),
                "--output",
                "json");
        var document = Json.parse(run.out().getBytes(StandardCharsets.UTF_8));
        assertThat(document.path("different").intValue()).isEqualTo(1);
        assertThat(document.path("then").toString()).isEqualTo("{\"allowed\":1,\"pending\":0,\"refused\":0}");
        assertThat(document.path("differences").path(0).toString())
                .isEqualTo("{\"decidedAt\":\"2026-11-22T12:00:00Z\",\"deviceId\":\"CP-01\",\"enrollmentId\":\"e1\","
                        + "\"then\":\"allowed\",\"now\":\"refused\",\"policyThen\":\"\",\"policyNow\":\"recalled\","
                        + "\"versionThen\":\"v1@000000000000\","
                        + "\"why\":\"policy recalled refuses it: recalled by its manufacturer\"}");
    }

    @Test
    void testSaysWhichLinesItCouldNotUse() throws Exception {
        var events = write("events.ndjson", "{}\n" + EVENT + "nonsense\n");
        var run = run("policy", "test", write("policies.yaml", POLICIES), "--against", events);
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.out()).startsWith("Version v2@76f1685f07b8 on 1 recorded decisions: ");
        assertThat(run.err()).isEqualTo("""
                        %1$s:1: enrollmentId: is missing
                        %1$s:3: is no JSON object; each line is one, as evenroll policy record writes them
                        evenroll: 2 of the lines of %1$s could not be used, and are not counted. Record the events again.
                        """.formatted(events));
    }

    @Test
    void testNeedsEventsThatCanBeRead() throws Exception {
        var policies = write("policies.yaml", POLICIES);
        var run = run(
                "policy",
                "test",
                policies,
                "--against",
                directory.resolve("absent").toString());
        assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(run.err()).endsWith("absent: it does not exist. Name a file that can be read.\n");
        assertThat(run("policy", "test", policies).exitCode()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void recordSaysWhatItNeeds() throws Exception {
        try (var stack = new CommandLineFixture(directory, TLS, _ -> new Answer(500, ""))) {
            var events = directory.resolve("events.ndjson");
            var wrong = stack.run("policy", "record", events.toString(), "--since", "yesterday");
            assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(wrong.err()).startsWith("--since: \"yesterday\" is no duration; write it like 7d, 36h or 90m");

            var unreachable = stack.run("policy", "record", events.toString());
            assertThat(unreachable.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
            assertThat(unreachable.err()).contains("The decisions can not be opened: ", "Is the stack up?");
            assertThat(events).doesNotExist();

            Files.writeString(events, "precious");
            var there = stack.run("policy", "record", events.toString());
            assertThat(there.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(there.err())
                    .isEqualTo("evenroll: " + events + " is there already: name another file, or give --overwrite.\n");
            assertThat(events).content().isEqualTo("precious");
        }
    }
}
