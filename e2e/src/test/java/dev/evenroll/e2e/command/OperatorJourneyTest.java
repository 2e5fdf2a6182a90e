package dev.evenroll.e2e.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.stack.WithStack;
import dev.evenroll.e2e.tool.EvenrollCommand;
import dev.evenroll.e2e.tool.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// An operator's day at the terminal.
@ExtendWith(WithStack.class)
class OperatorJourneyTest {

    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path directory = Path.of("");

    @Test
    void registersEnrollsRenewsRevokesAndReadsTheAuditLog(RunningStack stack) throws Exception {
        var evenroll = new EvenrollCommand(directory, stack.data());
        var deviceId = RunningStack.newDeviceId();

        evenroll.run("device", "register", deviceId, "--owner", "Example Charging")
                .ok();
        assertThat(json(evenroll.run("device", "show", deviceId, "--output", "json")
                                .ok())
                        .get("owner")
                        .asText())
                .isEqualTo("Example Charging");
        assertThat(evenroll.run("device", "list").ok().output()).contains("DEVICE");

        var home = directory.resolve("device");
        evenroll.run("enroll", deviceId, "--out", home.toString()).ok();
        var first = Files.readString(home.resolve("certificate.pem"));
        new Tool(home)
                .run(
                        "openssl",
                        "verify",
                        "-CAfile",
                        stack.connection().caChain().toString(),
                        "certificate.pem")
                .ok();
        evenroll.run("enroll", deviceId, "--out", home.toString(), "--renew").ok();
        assertThat(Files.readString(home.resolve("certificate.pem"))).isNotEqualTo(first);

        var certificates = listed(evenroll, deviceId, 2);
        var certificateId = certificates.get(0).get("certificateId").asText();
        evenroll.run("certificate", "revoke", certificateId, "--reason", "keyCompromise", "--yes")
                .ok();
        var shown = json(evenroll.run("certificate", "show", certificateId, "--output", "json")
                .ok());
        assertThat(shown.get("state").asText()).isEqualTo("revoked");

        for (var certificate : listed(evenroll, deviceId, 2)) {
            var id = certificate.get("certificateId").asText();
            evenroll.run("certificate", "revoke", id, "--reason", "keyCompromise", "--yes")
                    .ok();
        }
        assertThat(evenroll.run("enroll", deviceId, "--out", home.toString(), "--renew")
                        .errors())
                .contains("revoked", "--anew");
        evenroll.run("enroll", deviceId, "--out", home.toString(), "--anew").ok();

        assertThat(events(evenroll, deviceId))
                .contains(
                        "enrollment.requested", "enrollment.authorized", "certificate.prepared", "certificate.issued");
    }

    @Test
    void aRefusalExitsWithOneAndSaysWhy(RunningStack stack) {
        var evenroll = new EvenrollCommand(directory, stack.data());
        var run = evenroll.run(
                "enroll",
                RunningStack.newDeviceId(),
                "--out",
                directory.resolve("x").toString());
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.errors()).contains("not registered");
        assertThat(run.output()).isEmpty();
    }

    @Test
    void aWrongCommandLineExitsWithTwo(RunningStack stack) {
        assertThat(new EvenrollCommand(directory, stack.data())
                        .run("device", "register")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void withoutAStackItExitsWithThreeAndSaysWhatToDo() {
        var run = new EvenrollCommand(directory, directory.resolve("nothing-here")).run("device", "list");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.errors()).contains("evenroll up");
    }

    @Test
    void completionIsAScriptThatBashTakes(RunningStack stack) throws Exception {
        var script = new EvenrollCommand(directory, stack.data())
                .run("generate-completion")
                .ok()
                .output();
        Files.writeString(directory.resolve("completion"), script);
        new Tool(directory).run("bash", "-n", "completion").ok();
    }

    /// The inventory learns of a certificate a moment after the device does.
    private static JsonNode listed(EvenrollCommand evenroll, String deviceId, int number) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> json(evenroll.run("certificate", "list", "--device", deviceId, "--output", "json")
                                        .ok())
                                .get("certificates"),
                        certificates -> certificates.size() == number);
    }

    private static List<String> events(EvenrollCommand evenroll, String deviceId) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> evenroll.run(
                                        "audit", "tail", "--from-beginning", "--entity", deviceId, "--output", "json")
                                .ok()
                                .output()
                                .lines()
                                .map(line -> read(line).get("event").asText())
                                .toList(),
                        names -> names.contains("certificate.issued"));
    }

    private static JsonNode json(Tool.Run run) {
        return read(run.output());
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + text, e);
        }
    }
}
