package dev.evenroll.validator.administration;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.validator.registry.CommandLog;
import dev.evenroll.validator.registry.CommandResult;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceDirectory;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.EndedCommands;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
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
/// For devices that this replica holds: it hears from its own registry that a command has ended, and looks
/// for itself when it hears nothing. The registry remembers the results of the last four commands of a
/// device; commands of single calls take turns by device, so that none is forgotten before it is seen.
public final class CommandDesk {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
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

    /// A command, and the device as the caller has found it.
    ///
    /// @param device null when there is none
    record Prepared(DeviceCommand command, DeviceLife.@Nullable Known device) {}

    /// Gives a command.
    ///
    /// @throws RegistryUnavailableException when the result is not known in time; the message says what to do
    public Answer give(DeviceCommand command) throws RegistryUnavailableException {
        var lock = oneAtATime[Math.floorMod(command.deviceId().hashCode(), LOCKS)];
        lock.lock();
        try {
            var device = directory.find(command.deviceId()).orElse(null);
            return giveAll(List.of(new Prepared(command, device))).getFirst();
        } finally {
            lock.unlock();
        }
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
            case DeviceLife.Known known -> answer(command, known);
        };
    }

    private static Optional<Answer> answer(DeviceCommand command, DeviceLife.Known device) {
        return device.entry()
                .resultOf(command.commandId())
                .map(result ->
                        result.applied() ? new Answer.Applied(device, result) : new Answer.Refused(device, result));
    }

    /// Writes the commands, and waits until all have ended.
    private Map<String, Answer> results(List<DeviceCommand> written) throws RegistryUnavailableException {
        var answers = new LinkedHashMap<String, Answer>();
        if (written.isEmpty()) {
            return answers;
        }
        var waiting = new LinkedHashMap<DeviceCommand, CompletableFuture<DeviceLife.Known>>();
        written.forEach(command -> waiting.put(command, ended.expect(command.commandId())));
        try {
            commands.append(written);
            var deadline = System.nanoTime() + patience.toNanos();
            for (var command : waiting.entrySet()) {
                answers.put(
                        command.getKey().commandId(),
                        await(command.getKey(), command.getValue(), deadline, written.size() - answers.size()));
            }
            return answers;
        } finally {
            written.forEach(command -> ended.forget(command.commandId()));
        }
    }

    private Answer await(
            DeviceCommand command, CompletableFuture<DeviceLife.Known> notice, long deadline, int outstanding)
            throws RegistryUnavailableException {
        for (var isLast = false; !isLast; ) {
            var left = deadline - System.nanoTime();
            isLast = left <= 0;
            var device = noticed(notice, Math.min(left, BETWEEN_LOOKS.toNanos()));
            var answer = (device.isPresent() ? device : directory.find(command.deviceId()))
                    .flatMap(known -> answer(command, known));
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        throw late(command, outstanding);
    }

    private static Optional<DeviceLife.Known> noticed(CompletableFuture<DeviceLife.Known> notice, long nanos)
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
        var what = outstanding == 1
                ? "The command for " + command.deviceId() + " has been written, and the registry has not applied it"
                : outstanding + " commands have been written, and the registry has not applied all of them";
        return new RegistryUnavailableException(what + " within " + patience.toSeconds()
                + " s; it will. Look again in a moment, or repeat the call with the same Idempotency-Key: it does no "
                + "harm.");
    }
}
