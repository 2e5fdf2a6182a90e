package dev.evenroll.audit;

import dev.evenroll.audit.SampleEvents.Sample;
import dev.evenroll.schemas.event.AuthorityChanged;
import dev.evenroll.schemas.event.AuthorityStep;
import dev.evenroll.schemas.event.BlockKey;
import dev.evenroll.schemas.event.CommandResult;
import dev.evenroll.schemas.event.CreateToken;
import dev.evenroll.schemas.event.DecideEnrollment;
import dev.evenroll.schemas.event.DecommissionDevice;
import dev.evenroll.schemas.event.DeviceCommanded;
import dev.evenroll.schemas.event.DeviceDescription;
import dev.evenroll.schemas.event.DeviceState;
import dev.evenroll.schemas.event.EnrollmentModel;
import dev.evenroll.schemas.event.Finding;
import dev.evenroll.schemas.event.KeyBlocked;
import dev.evenroll.schemas.event.KeyCommanded;
import dev.evenroll.schemas.event.QuarantineDevice;
import dev.evenroll.schemas.event.RegisterDevice;
import dev.evenroll.schemas.event.RegisteredDevice;
import dev.evenroll.schemas.event.RegistrationAuthority;
import dev.evenroll.schemas.event.RegistrationAuthorityKind;
import dev.evenroll.schemas.event.RegistryChange;
import dev.evenroll.schemas.event.ResumeDevice;
import dev.evenroll.schemas.event.SuspendDevice;
import dev.evenroll.schemas.event.TransferDevice;
import dev.evenroll.schemas.event.UpdateDevice;
import dev.evenroll.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Events of the registry: every order, everything that can become of an entry, and what earlier versions wrote.
final class RegistrySamples {

    private static final String KEY = "k".repeat(64);
    private static final DeviceDescription PLAIN = new DeviceDescription(
            "simulated",
            "EV-1",
            "CS-1",
            "Stadtwerke",
            "Depot",
            List.of(EnrollmentModel.FACTORY),
            null,
            null,
            "charging-station");
    private static final DeviceDescription FULL = new DeviceDescription(
            "simulated",
            "EV-1",
            "CS-1",
            "Stadtwerke",
            "Depot",
            List.of(EnrollmentModel.FACTORY, EnrollmentModel.FIELD),
            "d".repeat(64),
            KEY,
            "v2g-secc");
    private static final List<Finding> CONFLICT =
            List.of(new Finding("state-conflict", "state: is decommissioned; register the device anew"));

    private RegistrySamples() {}

    static Stream<Sample> all() {
        return Stream.of(commands(), changes(), earlier(), keyBlocked(), authorities(), cas())
                .flatMap(samples -> samples);
    }

    private static Stream<Sample> commands() {
        return Stream.of(
                command(new RegisterDevice(PLAIN), null),
                command(new UpdateDevice(FULL), 3L),
                command(new SuspendDevice("stolen"), null),
                command(new QuarantineDevice("seen elsewhere"), null),
                command(new ResumeDevice("found"), null),
                command(new DecommissionDevice("scrapped"), null),
                command(new TransferDevice("Gridworks", "Harbour"), null),
                command(new CreateToken(SampleEvents.TOKEN_SHA256, SampleEvents.NOW.plus(Duration.ofDays(1))), null),
                command(new DecideEnrollment(SampleEvents.ENROLLMENT, true, "known batch"), null),
                command(new DecideEnrollment(SampleEvents.ENROLLMENT, false, "unknown batch"), null));
    }

    private static Sample command(Object command, @Nullable Long expectedRevision) {
        return new Sample(
                Topics.DEVICE_COMMANDED,
                new DeviceCommanded(
                        SampleEvents.ENVIRONMENT, SampleEvents.NOW, "c-1", "anna", "D1", command, expectedRevision));
    }

    private static Stream<Sample> changes() {
        return Stream.of(
                byCommand(RegistryChange.REGISTERED, DeviceState.REGISTERED, null),
                device(
                        RegistryChange.ADMITTED,
                        DeviceState.QUARANTINED,
                        "waits for a person",
                        new CommandResult("policy:batch-7", "policy:batch-7", List.of(), RegistryChange.ADMITTED)),
                byCommand(RegistryChange.UPDATED, DeviceState.ENROLLED, null),
                byCommand(RegistryChange.SUSPENDED, DeviceState.SUSPENDED, "stolen"),
                byCommand(RegistryChange.RESUMED, DeviceState.ENROLLED, null),
                afterCommand(RegistryChange.RESUMED, RegistryChange.ENROLLMENT_DECIDED, DeviceState.REGISTERED, null),
                byCommand(RegistryChange.QUARANTINED, DeviceState.QUARANTINED, "seen elsewhere"),
                afterCommand(
                        RegistryChange.QUARANTINED,
                        RegistryChange.REGISTERED,
                        DeviceState.QUARANTINED,
                        "renewed after its certificate had expired"),
                byCommand(RegistryChange.DECOMMISSIONED, DeviceState.DECOMMISSIONED, "scrapped"),
                byCommand(RegistryChange.TRANSFERRED, DeviceState.REGISTERED, null),
                afterCommand(RegistryChange.CERTIFIED, RegistryChange.REGISTERED, DeviceState.ENROLLED, null),
                afterCommand(RegistryChange.CERTIFIED, RegistryChange.SUSPENDED, DeviceState.SUSPENDED, "stolen"),
                byCommand(RegistryChange.COMMAND_REFUSED, DeviceState.DECOMMISSIONED, "scrapped"),
                // The refusal of the command before is not told again.
                afterCommand(RegistryChange.CERTIFIED, RegistryChange.COMMAND_REFUSED, DeviceState.ENROLLED, null),
                byCommand(RegistryChange.COMMAND_REPEATED, DeviceState.REGISTERED, null),
                byCommand(RegistryChange.TOKEN_CREATED, DeviceState.REGISTERED, null),
                afterCommand(RegistryChange.TOKEN_LOCKED, RegistryChange.TOKEN_CREATED, DeviceState.REGISTERED, null),
                byCommand(RegistryChange.ENROLLMENT_DECIDED, DeviceState.QUARANTINED, "waits for a person"),
                afterCommand(RegistryChange.CERTIFICATE_USED, RegistryChange.REGISTERED, DeviceState.ENROLLED, null));
    }

    private static Sample byCommand(RegistryChange change, DeviceState state, @Nullable String reason) {
        return afterCommand(change, change, state, reason);
    }

    private static Sample afterCommand(
            RegistryChange change, RegistryChange lastCommand, DeviceState state, @Nullable String reason) {
        var refusals = lastCommand == RegistryChange.COMMAND_REFUSED ? CONFLICT : List.<Finding>of();
        return device(change, state, reason, new CommandResult("c-1", "anna", refusals, lastCommand));
    }

    private static Sample device(
            RegistryChange change, DeviceState state, @Nullable String reason, CommandResult lastCommand) {
        return new Sample(
                Topics.DEVICE_REGISTRY,
                new RegisteredDevice(
                        SampleEvents.ENVIRONMENT,
                        SampleEvents.NOW,
                        "D1",
                        change == RegistryChange.UPDATED ? FULL : PLAIN,
                        state,
                        SampleEvents.NOW,
                        1L,
                        lastCommand,
                        List.of(),
                        change,
                        reason,
                        null,
                        change == RegistryChange.CERTIFIED ? SampleEvents.NOW.plus(Duration.ofDays(365)) : null,
                        null,
                        null,
                        1L));
    }

    /// Entries of the first version do not say what changed them.
    private static Stream<Sample> earlier() {
        return Stream.of(
                earlier(DeviceState.REGISTERED, List.of()),
                earlier(DeviceState.ENROLLED, List.of()),
                earlier(DeviceState.SUSPENDED, List.of()),
                earlier(DeviceState.REGISTERED, SampleEvents.FINDINGS),
                earlier(DeviceState.UNKNOWN, List.of()));
    }

    private static Sample earlier(DeviceState state, List<Finding> refusals) {
        return device(
                RegistryChange.UNKNOWN,
                state,
                null,
                new CommandResult("c-1", "anna", refusals, RegistryChange.UNKNOWN));
    }

    private static Stream<Sample> keyBlocked() {
        return Stream.of(
                new Sample(
                        Topics.KEY_COMMANDED,
                        new KeyCommanded(
                                SampleEvents.ENVIRONMENT,
                                SampleEvents.NOW,
                                "c-2",
                                "otto",
                                KEY,
                                new BlockKey("published"))),
                new Sample(
                        Topics.KEY_BLOCKED,
                        new KeyBlocked(SampleEvents.ENVIRONMENT, SampleEvents.NOW, KEY, "c-2", "otto", "published")));
    }

    private static Stream<Sample> authorities() {
        return Stream.of(
                authority(RegistrationAuthorityKind.LOCAL_CONTROLLER, List.of("Depot", "Harbour"), List.of(), true, 1),
                authority(RegistrationAuthorityKind.FACTORY_LINE, List.of(), List.of("simulated"), true, 2),
                authority(RegistrationAuthorityKind.FACTORY_LINE, List.of(), List.of("simulated"), false, 3),
                authority(RegistrationAuthorityKind.UNKNOWN, List.of(), List.of(), true, 4));
    }

    private static Stream<Sample> cas() {
        return Stream.of(AuthorityStep.values()).map(step -> {
            boolean seen = step == AuthorityStep.ACTIVATED;
            boolean certified = step != AuthorityStep.REQUEST_WRITTEN;
            return new Sample(
                    Topics.AUTHORITY_CHANGED,
                    new AuthorityChanged(
                            SampleEvents.ENVIRONMENT,
                            SampleEvents.NOW,
                            "1".repeat(64),
                            seen ? "" : "0".repeat(64),
                            step,
                            seen ? "issuer" : "anna",
                            "issuing-2",
                            "CN=Issuing CA 2",
                            "ab".repeat(20),
                            certified ? "0c" : "",
                            certified ? "2026-11-22T10:00:00Z" : "",
                            certified ? "2036-11-22T10:00:00Z" : "",
                            seen || step == AuthorityStep.ACTIVATION_SET ? "2027-01-01T00:00:00Z" : "",
                            "key \"issuing-2\" in the token \"ev\"",
                            certified ? "2".repeat(64) : ""));
        });
    }

    private static Sample authority(
            RegistrationAuthorityKind kind,
            List<String> sites,
            List<String> manufacturers,
            boolean active,
            long revision) {
        return new Sample(
                Topics.REGISTRATION_AUTHORITY_REGISTRY,
                new RegistrationAuthority(
                        SampleEvents.ENVIRONMENT,
                        SampleEvents.NOW,
                        "controller-7",
                        kind,
                        sites,
                        manufacturers,
                        active,
                        "anna",
                        revision,
                        List.of("ab".repeat(32)),
                        List.of("cd".repeat(32))));
    }
}
