package dev.evenroll.validator.registry;

import dev.evenroll.pki.Failure;
import dev.evenroll.pki.identity.DeviceId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the registry keeps of a device in every state of its life.
///
/// @param deviceId serial number of the device
/// @param registration what the operator said of it
/// @param registeredAt when it was registered
/// @param changedAt when the revision came to be
/// @param toldAt when something was last told of the device: a change, or what changes no revision
/// @param revision number of applied changes, from 1
/// @param life how often a command has made the device begin anew: registered it, first or after its end, or
///     given it another owner; 0 when a policy entered it
/// @param lastCommand how the last command ended
/// @param earlierCommands how the ones before it ended, newest first, at most [#EARLIER_COMMANDS]
/// @param change what made the entry what it is
/// @param certificateNotAfter last end of validity of the certificates that were issued for its present
///     owner; null when none was
/// @param installedNotBefore start of validity of the newest certificate that the device has used here;
///     null when it has used none
public record DeviceEntry(
        DeviceId deviceId,
        Registration registration,
        Instant registeredAt,
        Instant changedAt,
        Instant toldAt,
        long revision,
        long life,
        CommandResult lastCommand,
        List<CommandResult> earlierCommands,
        RegistryChange change,
        @Nullable Instant certificateNotAfter,
        @Nullable Instant installedNotBefore) {

    /// So many commands before the last one are remembered here; [EarlierCommand] has those before.
    public static final int EARLIER_COMMANDS = 3;

    public DeviceEntry {
        earlierCommands = List.copyOf(earlierCommands);
    }

    static DeviceEntry first(DeviceCommand.Register command, Instant now) {
        var result = new CommandResult(command.commandId(), command.actor(), List.of(), RegistryChange.REGISTERED);
        return first(command.deviceId(), command.registration(), 1, result, now);
    }

    static DeviceEntry admitted(DeviceId deviceId, Registration registration, String policy, Instant now) {
        var actor = "policy:" + policy;
        return first(
                deviceId, registration, 0, new CommandResult(actor, actor, List.of(), RegistryChange.ADMITTED), now);
    }

    private static DeviceEntry first(
            DeviceId deviceId, Registration registration, long life, CommandResult result, Instant now) {
        return new DeviceEntry(
                deviceId, registration, now, now, now, 1, life, result, List.of(), result.change(), null, null);
    }

    /// How a command ended, if the entry remembers it.
    public Optional<CommandResult> resultOf(String commandId) {
        return results().filter(result -> result.commandId().equals(commandId)).findFirst();
    }

    /// Whether an earlier command that the entry remembers used the same idempotency key for something else.
    public boolean contradicts(String commandId) {
        return results().anyMatch(result -> CommandId.contradict(result.commandId(), commandId));
    }

    /// Whether the command may have been given before, and its result have left the entry since.
    public boolean mayHaveLost(String commandId) {
        return earlierCommands.size() == EARLIER_COMMANDS
                && CommandId.isOfKey(commandId)
                && resultOf(commandId).isEmpty();
    }

    /// The result that leaves the entry with the next command, if its caller may still repeat the command.
    public Optional<CommandResult> leaving() {
        return earlierCommands.stream()
                .skip(EARLIER_COMMANDS - 1L)
                .findFirst()
                .filter(result -> CommandId.isOfKey(result.commandId()));
    }

    private Stream<CommandResult> results() {
        return Stream.concat(Stream.of(lastCommand), earlierCommands.stream());
    }

    /// The entry with another registration; what was issued for another owner is not this one's.
    DeviceEntry described(Registration as) {
        var sameOwner = registration.owner().equals(as.owner());
        return new DeviceEntry(
                deviceId,
                as,
                registeredAt,
                changedAt,
                toldAt,
                revision,
                sameOwner ? life : life + 1,
                lastCommand,
                earlierCommands,
                change,
                sameOwner ? certificateNotAfter : null,
                installedNotBefore);
    }

    /// The entry at the begin of a further life. Certificates that were retired stay so.
    DeviceEntry reborn(Registration as, Instant now) {
        return new DeviceEntry(
                deviceId,
                as,
                now,
                now,
                now,
                revision,
                life + 1,
                lastCommand,
                earlierCommands,
                change,
                null,
                installedNotBefore);
    }

    /// The entry after a command that changed it.
    DeviceEntry obeyed(DeviceCommand command, RegistryChange by, Instant now) {
        return answered(command, List.of(), by, 1, now);
    }

    /// The entry after a command that changed nothing in it but what is known of the command.
    DeviceEntry noted(DeviceCommand command, RegistryChange by, Instant now) {
        return answered(command, List.of(), by, 0, now);
    }

    /// The entry after a refused command.
    DeviceEntry refused(DeviceCommand command, List<Failure> refusals, Instant now) {
        return answered(command, refusals, RegistryChange.COMMAND_REFUSED, 0, now);
    }

    private DeviceEntry answered(
            DeviceCommand command, List<Failure> refusals, RegistryChange by, int changes, Instant now) {
        var earlier = new ArrayList<CommandResult>(EARLIER_COMMANDS);
        results().limit(EARLIER_COMMANDS).forEach(earlier::add);
        return new DeviceEntry(
                deviceId,
                registration,
                registeredAt,
                changes == 0 ? changedAt : now,
                now,
                revision + changes,
                life,
                new CommandResult(command.commandId(), command.actor(), refusals, by),
                earlier,
                by,
                certificateNotAfter,
                installedNotBefore);
    }

    /// The entry after a change that no command made.
    DeviceEntry changed(RegistryChange by, Instant now) {
        return new DeviceEntry(
                deviceId,
                registration,
                registeredAt,
                now,
                now,
                revision + 1,
                life,
                lastCommand,
                earlierCommands,
                by,
                certificateNotAfter,
                installedNotBefore);
    }

    /// The entry after something that is worth telling and changes nothing in it: nobody's expected revision
    /// is spoilt.
    DeviceEntry marked(RegistryChange by, Instant now) {
        return new DeviceEntry(
                deviceId,
                registration,
                registeredAt,
                changedAt,
                now,
                revision,
                life,
                lastCommand,
                earlierCommands,
                by,
                certificateNotAfter,
                installedNotBefore);
    }

    DeviceEntry certifiedUntil(Instant notAfter) {
        return new DeviceEntry(
                deviceId,
                registration,
                registeredAt,
                changedAt,
                toldAt,
                revision,
                life,
                lastCommand,
                earlierCommands,
                change,
                notAfter,
                installedNotBefore);
    }

    DeviceEntry installed(Instant notBefore) {
        return new DeviceEntry(
                deviceId,
                registration,
                registeredAt,
                changedAt,
                toldAt,
                revision,
                life,
                lastCommand,
                earlierCommands,
                RegistryChange.CERTIFICATE_USED,
                certificateNotAfter,
                notBefore);
    }
}
