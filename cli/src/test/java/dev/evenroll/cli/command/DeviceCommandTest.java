package dev.evenroll.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.cli.ExitCode;
import dev.evenroll.cli.administration.StubAdministration.Answer;
import dev.evenroll.cli.tls.TestTls;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DeviceCommandTest {

    private static final TestTls TLS = new TestTls();
    private static final String DEVICE = """
            {"deviceId":"CP-0001","manufacturer":"simulated","model":"Simulated","ocppIdentity":"CP-0001",
             "owner":"Local Operator","site":"Local","state":"registered","registeredAt":"2026-11-22T12:00:00.123Z",
             "revision":1}""";

    @TempDir
    private Path data = Path.of("");

    @Test
    void registersWithWhatIsMadeUpInTheTestEnvironment() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, _ -> new Answer(201, DEVICE))) {
            var run = stack.run("device", "register", "CP-0001");
            assertThat(run).isEqualTo(new CommandLineFixture.Run(0, "CP-0001 is registered.\n", ""));
            var request = stack.administration().requests().getFirst();
            assertThat(request.line()).isEqualTo("PUT /devices/CP-0001");
            assertThat(request.body())
                    .isEqualTo("{\"manufacturer\":\"simulated\",\"model\":\"Simulated\",\"ocppIdentity\":\"CP-0001\","
                            + "\"owner\":\"Local Operator\",\"site\":\"Local\"}");
        }
    }

    @Test
    void registersUnderAnotherProfile() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, _ -> new Answer(201, DEVICE))) {
            stack.run("device", "register", "csms.example.com", "--profile", "csms-server");
            assertThat(stack.administration().requests().getFirst().body())
                    .endsWith("\"site\":\"Local\",\"profile\":\"csms-server\"}");
        }
    }

    @Test
    void listsThoseOfAProfile() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, _ -> new Answer(200, "{\"devices\":[],\"next\":null}"))) {
            stack.run("device", "list", "--profile", "csms-server");
            assertThat(stack.administration().requests().getFirst().line())
                    .isEqualTo("GET /devices?profile=csms-server&limit=100");
        }
    }

    @Test
    void showsWhatStandsInTheWayOfTheDevice() throws Exception {
        var warned = DEVICE.replace("}", ",\"warnings\":[\"The manufacturer has no trust anchor.\"]}");
        try (var stack = new CommandLineFixture(data, TLS, _ -> new Answer(201, warned))) {
            var run = stack.run("device", "register", "CP-0001");
            assertThat(run.exitCode()).isZero();
            assertThat(run.err()).isEqualTo("Warning: The manufacturer has no trust anchor.\n");
        }
    }

    @Test
    void makesNothingUpElsewhere() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, _ -> new Answer(201, DEVICE))) {
            stack.writeConnection("production");
            var run = stack.run("device", "register", "CP-0001", "--manufacturer", "m");
            assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err())
                    .startsWith("Missing required option: '--model' (outside the environment test nothing is made up)");
            assertThat(stack.administration().requests()).isEmpty();
        }
    }

    @Test
    void showsADifferentRegistrationAsARefusal() throws Exception {
        var problem = """
                {"detail":"CP-0001 is registered differently.","errors":[{"field":"owner","reason":"is Acme"}]}""";
        try (var stack = new CommandLineFixture(data, TLS, _ -> new Answer(409, problem))) {
            var run = stack.run("device", "register", "CP-0001");
            assertThat(run.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).isEqualTo("""
                            evenroll: csr-validator answered 409: CP-0001 is registered differently.
                              owner: is Acme
                            """);
        }
    }

    @Test
    void listsATable() throws Exception {
        try (var stack = new CommandLineFixture(
                data, TLS, _ -> new Answer(200, "{\"devices\":[" + DEVICE + "],\"next\":\"CP-0001\"}"))) {
            var run = stack.run("device", "list", "--limit", "1");
            assertThat(run.out()).isEqualTo("""
                            DEVICE   STATE       MANUFACTURER  MODEL      OWNER           SITE   CERTIFICATE ENDS
                            CP-0001  registered  simulated     Simulated  Local Operator  Local  -
                            """);
            assertThat(run.err()).isEqualTo("There are more: --after CP-0001\n");
            assertThat(stack.administration().requests().getFirst().line()).isEqualTo("GET /devices?limit=1");
        }
    }

    @Test
    void listsJson() throws Exception {
        try (var stack = new CommandLineFixture(
                data, TLS, _ -> new Answer(200, "{\"devices\":[" + DEVICE + "],\"next\":null}"))) {
            var run = stack.run("device", "list", "--output", "json");
            assertThat(run.out()).isEqualTo("""
                            {
                              "devices" : [ {
                                "deviceId" : "CP-0001",
                                "manufacturer" : "simulated",
                                "model" : "Simulated",
                                "ocppIdentity" : "CP-0001",
                                "owner" : "Local Operator",
                                "site" : "Local",
                                "enrollmentModels" : [ "factory" ],
                                "profile" : "charging-station",
                                "state" : "registered",
                                "registeredAt" : "2026-11-22T12:00:00.123Z",
                                "revision" : 1
                              } ]
                            }
                            """);
        }
    }

    @Test
    void showsOneDevice() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, _ -> new Answer(200, DEVICE))) {
            assertThat(stack.run("device", "show", "CP-0001").out()).isEqualTo("""
                            deviceId          CP-0001
                            manufacturer      simulated
                            model             Simulated
                            ocppIdentity      CP-0001
                            owner             Local Operator
                            site              Local
                            enrollmentModels  factory
                            profile           charging-station
                            state             registered
                            registeredAt      2026-11-22T12:00:00.123Z
                            revision          1
                            """);
        }
    }

    @Test
    void aSerialNumberThatCanNotBeOneIsAWrongCommandLine() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, _ -> new Answer(200, DEVICE))) {
            var run = stack.run("device", "show", "10.0.0.1");
            assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
            assertThat(run.err()).contains("device id: is shaped like an IP address");
        }
    }

    @Test
    void aStackThatDoesNotAnswerIsToldWithWhatToDo() throws Exception {
        var stack = new CommandLineFixture(data, TLS, _ -> new Answer(200, DEVICE));
        stack.close();
        var run = stack.run("device", "list");
        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(run.err())
                .isEqualTo("evenroll: csr-validator at "
                        + stack.administration().address()
                        + " can not be reached: the connection is refused.\n"
                        + "Is the stack up? `evenroll up` starts it; its logs are in " + data.resolve("logs") + ".\n");
    }

    /// It runs: nobody asks whether it does.
    @Test
    void aServiceThatIsNotReadyIsToldWithWhatToDo() throws Exception {
        try (var stack = new CommandLineFixture(data, TLS, _ -> new Answer(503, "{\"detail\":\"Not ready.\"}"))) {
            var run = stack.run("device", "list");
            assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
            assertThat(run.err())
                    .isEqualTo("evenroll: csr-validator answered 503: Not ready.\n"
                            + "Try again in a while; the logs of the stack are in " + data.resolve("logs") + ".\n");
        }
    }

    @Test
    void aDirectoryWithoutAStackIsToldWithWhatToDo() {
        var run = CommandLineFixture.execute(List.of("device", "list", "--data", data.toString()));
        assertThat(run.exitCode()).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(run.err()).startsWith("evenroll: No stack was started in " + data);
    }
}
