package dev.evenroll.validator.administration;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.validator.registry.CommandLog;
import dev.evenroll.validator.registry.CommandResult;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceDirectory;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.EndedCommand;
import dev.evenroll.validator.registry.EndedCommands;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Gives commands to the registry: writes them down, then waits for their results. Safe for use by many
/// threads.
///
/// For devices that this replica holds: it hears from its own registry that a command has ended and is
/// committed, and looks for itself when it hears nothing. The registry remembers the results of a device's last four
/// commands, and of those before that came under an idempotency key; commands of single calls take turns by device,
/// so that none is forgotten before it is seen.
public final class CommandDesk {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final int LOCKS = 64;

    private final CommandLog commands;
    private final DeviceDirectory directory;
    private final EndedCommands ended;
    private final Duration patience;
    private final Lock[] oneAtATime =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(Lock[]::new);

    /// @param ended what the registry of this replica says
    /// @param patience how long to wait for results
    public CommandDesk(CommandLog commands, DeviceDirectory directory, EndedCommands ended, Duration patience) {
        this.commands = commands;
        this.directory = directory;
        this.ended = ended;
        this.patience = patience;
    }

    /// How a command ended.
    public sealed interface Answer {

        /// It was applied.
        ///
        /// @param device the device as it is now
        record Applied(DeviceLife.Known device, CommandResult result) implements Answer {}

        /// It was refused.
        ///
        /// @param device the device as it is now
        record Refused(DeviceLife.Known device, CommandResult result) implements Answer {}

        /// There is no such device; nothing was written.
        record NotRegistered(DeviceId deviceId) implements Answer {}

        /// The device is in a state that this version does not know; nothing was written.
        record OfNewerVersion(DeviceLife.Known device) implements Answer {}
    }

    /// A command, and what the caller has found in the registry.
    ///
    /// @param device null when there is none
    /// @param remembered how the command ended when it was given before; null when that is not remembered
    record Prepared(
            DeviceCommand command,
            DeviceLife.@Nullable Known device,
            @Nullable CommandResult remembered) {}

    /// Gives a command.
    ///
    /// @throws RegistryUnavailableException when the result is not known in time; the message says what to do
    public Answer give(DeviceCommand command) throws RegistryUnavailableException {
        var lock = oneAtATime[Math.floorMod(command.deviceId().hashCode(), LOCKS)];
        lock.lock();
        try {
            return giveAll(List.of(prepare(command))).getFirst();
        } finally {
            lock.unlock();
        }
    }

    private Prepared prepare(DeviceCommand command) throws RegistryUnavailableException {
        var device = directory.find(command.deviceId()).orElse(null);
        var commandId = command.commandId();
        return device == null
                ? new Prepared(command, null, null)
                : new Prepared(
                        command,
                        device,
                        directory.resultsOf(Map.of(commandId, device)).get(commandId));
    }

    /// Gives commands for different devices, all together.
    ///
    /// @return an answer for each, in the same order
    /// @throws RegistryUnavailableException when a result is not known in time; the message says what to do
    List<Answer> giveAll(List<Prepared> all) throws RegistryUnavailableException {
        var written = all.stream()
                .filter(prepared -> withoutWriting(prepared).isEmpty())
                .map(Prepared::command)
                .toList();
        var results = results(written);
        var answers = new ArrayList<Answer>(all.size());
        for (var prepared : all) {
            var result = Optional.ofNullable(results.get(prepared.command().commandId()));
            answers.add(result.or(() -> withoutWriting(prepared)).orElseThrow());
        }
        return answers;
    }

    /// What can be said of a command before it is written.
    private static Optional<Answer> withoutWriting(Prepared prepared) {
        var command = prepared.command();
        return switch (prepared.device()) {
            case null ->
                command instanceof DeviceCommand.Register
                        ? Optional.empty()
                        : Optional.of(new Answer.NotRegistered(command.deviceId()));
            case DeviceLife.Unrecognized unrecognized -> Optional.of(new Answer.OfNewerVersion(unrecognized));
            case DeviceLife.Known known ->
                Optional.ofNullable(prepared.remembered()).map(result -> answer(known, result));
        };
    }

    private static Answer answer(DeviceLife.Known device, CommandResult result) {
        return result.applied() ? new Answer.Applied(device, result) : new Answer.Refused(device, result);
    }

    /// Writes the commands, and waits until all have ended.
    private Map<String, Answer> results(List<DeviceCommand> written) throws RegistryUnavailableException {
        var notices = new LinkedHashMap<DeviceCommand, CompletableFuture<EndedCommand>>();
        written.forEach(command -> notices.put(command, ended.expect(command.commandId())));
        try {
            var answers = new HashMap<String, Answer>();
            if (!written.isEmpty()) {
                commands.append(written);
                var deadline = System.nanoTime() + patience.toNanos();
                for (var notice : notices.entrySet()) {
                    await(notice.getKey(), notice.getValue(), deadline, answers, written);
                }
            }
            return answers;
        } finally {
            written.forEach(command -> ended.forget(command.commandId()));
        }
    }

    /// Waits until there is an answer to the command.
    ///
    /// @param answers to the commands that have ended; added to
    private void await(
            DeviceCommand command,
            CompletableFuture<EndedCommand> notice,
            long deadline,
            Map<String, Answer> answers,
            List<DeviceCommand> written)
            throws RegistryUnavailableException {
        while (!answers.containsKey(command.commandId())) {
            var left = deadline - System.nanoTime();
            var noticed = noticed(notice, Math.min(left, BETWEEN_LOOKS.toNanos()));
            if (noticed.isPresent()) {
                answers.put(
                        command.commandId(),
                        answer(noticed.get().device(), noticed.get().result()));
                return;
            }
            // In silence: for all of them at once, since a look may take as long as a commit.
            var outstanding = written.stream()
                    .filter(other -> !answers.containsKey(other.commandId()))
                    .toList();
            answers.putAll(seen(outstanding));
            if (left <= 0 && !answers.containsKey(command.commandId())) {
                throw late(command, outstanding.size());
            }
        }
    }

    /// Answers to those of the commands that the registry shows to have ended.
    private Map<String, Answer> seen(List<DeviceCommand> outstanding) throws RegistryUnavailableException {
        try {
            var devices = directory.findAll(
                    outstanding.stream().map(DeviceCommand::deviceId).toList());
            var asked = new HashMap<String, DeviceLife.Known>();
            for (var command : outstanding) {
                Optional.ofNullable(devices.get(command.deviceId()))
                        .ifPresent(device -> asked.put(command.commandId(), device));
            }
            var answers = new HashMap<String, Answer>();
            directory
                    .resultsOf(asked)
                    .forEach((commandId, result) -> Optional.ofNullable(asked.get(commandId))
                            .ifPresent(device -> answers.put(commandId, answer(device, result))));
            return answers;
        } catch (RegistryUnavailableException e) {
            throw new RegistryUnavailableException(
                    haveBeenWritten(outstanding.getFirst(), outstanding.size())
                            + ", and how that ended can not be seen now. " + e.getMessage()
                            + " Repeat the call with the same Idempotency-Key: it does no harm.",
                    e);
        }
    }

    private static Optional<EndedCommand> noticed(CompletableFuture<EndedCommand> notice, long nanos)
            throws RegistryUnavailableException {
        try {
            return Optional.of(notice.get(nanos, TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("A notice was completed with a failure.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException(
                    "The service stops while a command is being applied; repeat the call with the same "
                            + "Idempotency-Key.",
                    e);
        }
    }

    private RegistryUnavailableException late(DeviceCommand command, int outstanding) {
        return new RegistryUnavailableException(
                haveBeenWritten(command, outstanding) + ", and the registry has not applied "
                        + (outstanding == 1 ? "it" : "all of them") + " within " + patience.toSeconds()
                        + " s; it will. Look again in a moment, or repeat the call with the same Idempotency-Key: it "
                        + "does no harm.");
    }

    private static String haveBeenWritten(DeviceCommand command, int outstanding) {
        return outstanding == 1
                ? "The command for " + command.deviceId() + " has been written"
                : outstanding + " commands have been written";
    }
}
