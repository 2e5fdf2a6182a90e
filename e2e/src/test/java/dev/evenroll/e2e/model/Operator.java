package dev.evenroll.e2e.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.evenroll.e2e.stack.RunningStack;
import dev.evenroll.e2e.tool.EvenrollCommand;
import dev.evenroll.e2e.tool.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A person at the terminal of a stack.
///
/// @param evenroll the command
record Operator(EvenrollCommand evenroll) {

    private static final JsonMapper JSON = new JsonMapper();

    static Operator of(RunningStack stack, Path directory) {
        return new Operator(new EvenrollCommand(directory, stack.data()));
    }

    /// Runs a command that must succeed.
    Tool.Run does(String... arguments) {
        return evenroll.run(arguments).ok();
    }

    /// Runs a command that may fail.
    Tool.Run tries(String... arguments) {
        return evenroll.run(arguments);
    }

    /// Runs a command that must succeed, and reads what it prints.
    JsonNode reads(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--output", "json"));
        var run = evenroll.run(all.toArray(String[]::new)).ok();
        try {
            return JSON.readTree(run.output());
        } catch (JsonProcessingException e) {
            throw new AssertionError("not JSON: " + run.output(), e);
        }
    }

    /// Registers a device of the simulated manufacturer.
    ///
    /// @param models ways in which it may enroll, separated by commas
    void registers(String deviceId, String models) {
        does("device", "register", deviceId, "--owner", "Local Operator", "--enrollment-model", models);
    }

    /// The state of a device, in lower case.
    String stateOf(String deviceId) {
        return reads("device", "show", deviceId).get("state").asText().toLowerCase(Locale.ROOT);
    }

    /// The enrollment of a device that waits for a person.
    JsonNode approval(String deviceId) {
        return approvals(deviceId)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no enrollment of " + deviceId + " waits"));
    }

    /// Whether an enrollment of a device waits for a person.
    boolean waits(String deviceId) {
        return approvals(deviceId).findAny().isPresent();
    }

    private Stream<JsonNode> approvals(String deviceId) {
        return reads("approval", "list")
                .get("approvals")
                .valueStream()
                .filter(approval -> approval.get("deviceId").asText().equals(deviceId));
    }
}
