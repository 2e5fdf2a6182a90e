package dev.evenroll.validator.streams;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.schemas.event.BlockKey;
import dev.evenroll.schemas.event.EnrollmentAuthorized;
import dev.evenroll.schemas.event.Finding;
import dev.evenroll.schemas.event.Issued;
import dev.evenroll.schemas.event.KeyCommanded;
import dev.evenroll.schemas.event.Pending;
import dev.evenroll.schemas.event.Refused;
import dev.evenroll.schemas.event.SecurityObserved;
import dev.evenroll.schemas.topic.Topics;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceCommand.Order;
import dev.evenroll.validator.registry.EnrollmentModel;
import dev.evenroll.validator.simulation.Installation;
import dev.evenroll.validator.validation.Submission;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A journey through the whole topology, told in short words.
@SuppressWarnings("NullAway.Init") // JUnit sets the fields
abstract class Journey {

    static final String WAITS = "waits";
    static final String CERTIFICATE = "certificate";

    @TempDir
    private Path state;

    final Installation installation = new Installation();
    ValidatorDriver validator;

    @BeforeEach
    void start() {
        validator = ValidatorDriver.start(installation, state);
    }

    @AfterEach
    void stop() {
        validator.close();
    }

    void register(String deviceId, EnrollmentModel... models) {
        validator.command(deviceId, UUID.randomUUID().toString(), ValidatorDriver.REGISTRATION.with(Set.of(models)));
    }

    void quarantine(String deviceId) {
        validator.command(new DeviceCommand.Quarantine(order(deviceId, "alice"), "seen elsewhere"));
    }

    void approve(Submission submission) {
        decide(submission, true, "known to us");
    }

    void reject(Submission submission, String reason) {
        decide(submission, false, reason);
    }

    private void decide(Submission submission, boolean approved, String reason) {
        validator.command(new DeviceCommand.DecideEnrollment(
                order(submission.deviceId(), "ada"), submission.enrollmentId(), approved, reason));
    }

    /// @param sha256 of the SubjectPublicKeyInfo in hex
    void block(String sha256, String commandId, String reason) {
        validator.pipe(
                Topics.KEY_COMMANDED,
                sha256,
                KeyCommanded.newBuilder()
                        .setEnvironment("test")
                        .setOccurredAt(installation.clock().instant())
                        .setCommandId(commandId)
                        .setActor("bob")
                        .setKeySha256(sha256)
                        .setCommand(new BlockKey(reason))
                        .build());
    }

    static Order order(String deviceId, String actor) {
        return Order.of(UUID.randomUUID().toString(), actor, new DeviceId(deviceId));
    }

    /// Time passes, and the topology notices.
    void pass(Duration duration) {
        installation.clock().advance(duration);
        validator.advanceWallClockTime(Duration.ofSeconds(1));
    }

    /// What the gateways were told since the last look: `<partition>: <answer>`.
    List<String> answers() {
        return validator.answers().stream()
                .map(answer -> answer.partition() + ": " + word(answer.outcome().getResult()))
                .toList();
    }

    /// What bulk jobs were told since the last look: `<job>/<line>: <answer>`.
    List<String> lines() {
        return validator.jobs().stream()
                .map(job -> {
                    var ended = (dev.evenroll.schemas.event.JobLineEnded) job.getStep();
                    return job.getJobId() + "/" + ended.getLine() + ": " + word(ended.getResult());
                })
                .toList();
    }

    private static String word(Object result) {
        return switch (result) {
            case Issued _ -> CERTIFICATE;
            case Pending pending -> WAITS + " " + pending.getRetryAfterSeconds();
            case Refused refused -> rules(refused.getFindings());
            default -> throw new AssertionError(result);
        };
    }

    /// The rules of each refusal since the last look.
    List<String> refusals() {
        return validator.refusals().stream()
                .map(refused -> rules(refused.getFindings()))
                .toList();
    }

    private static String rules(List<Finding> findings) {
        return String.join(" ", findings.stream().map(Finding::getRule).toList());
    }

    /// The enrollments authorized since the last look.
    List<String> authorized() {
        return validator.authorizations().stream()
                .map(EnrollmentAuthorized::getEnrollmentId)
                .toList();
    }

    EnrollmentAuthorized authorization() {
        var authorizations = validator.authorizations();
        if (authorizations.size() != 1) {
            throw new AssertionError("authorized: " + authorizations.size());
        }
        return authorizations.getFirst();
    }

    /// The kinds of what was observed since the last look.
    List<String> observed() {
        return validator.observations().stream()
                .map(SecurityObserved::getObservation)
                .map(Enum::name)
                .toList();
    }

    /// `<state> <change> <revision>` of each entry of the registry since the last look.
    List<String> registry() {
        return validator.registry().stream()
                .map(entry -> entry.getState() + " " + entry.getChange() + " " + entry.getRevision())
                .toList();
    }
}
