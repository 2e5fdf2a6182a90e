package dev.evenroll.validator.administration;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.validator.registry.CommandLog;
import dev.evenroll.validator.registry.CommandResult;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceDirectory;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Gives commands to the registry: writes them down, then waits until the registry shows their results.
/// Safe for use by many threads.
///
/// For devices that this replica holds. The registry remembers the results of the last four commands of a
/// device; commands of single calls take turns by device, so that none is forgotten before it is seen.
public final class CommandDesk {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
    /// Commands of a partition are applied in turn: after so many that are not, the rest may wait.
    private static final int LOOKS_IN_VAIN = 32;
    private static final int LOCKS = 64;

    private final CommandLog commands;
    private final DeviceDirectory directory;
    private final Duration patience;
    private final Lock[] oneAtATime =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(Lock[]::new);

    /// @param patience how long to wait for results
    public CommandDesk(CommandLog commands, DeviceDirectory directory, Duration patience) {
        this.commands = commands;
        this.directory = directory;
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

    /// Gives a command.
    ///
    /// @throws RegistryUnavailableException when the result is not known in time; the message says what to do
    public Answer give(DeviceCommand command) throws RegistryUnavailableException {
        var lock = oneAtATime[Math.floorMod(command.deviceId().hashCode(), LOCKS)];
        lock.lock();
        try {
            return giveAll(List.of(command)).getFirst();
        } finally {
            lock.unlock();
        }
    }

    /// Gives commands for different devices, all together.
    ///
    /// @return an answer for each, in the same order
    /// @throws RegistryUnavailableException when a result is not known in time; the message says what to do
    public List<Answer> giveAll(List<DeviceCommand> all) throws RegistryUnavailableException {
        var answers = new TreeMap<Integer, Answer>();
        var written = new TreeMap<Integer, DeviceCommand>();
        for (var i = 0; i < all.size(); i++) {
            var command = all.get(i);
            var known =
                    withoutWriting(command, directory.find(command.deviceId()).orElse(null));
            if (known.isPresent()) {
                answers.put(i, known.get());
            } else {
                written.put(i, command);
            }
        }
        if (!written.isEmpty()) {
            commands.append(List.copyOf(written.values()));
            await(written, answers);
        }
        return new ArrayList<>(answers.values());
    }

    /// What can be said of a command before it is written.
    private static Optional<Answer> withoutWriting(DeviceCommand command, DeviceLife.@Nullable Known device) {
        return switch (device) {
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

    /// Moves the commands that have a result to the answers until all have.
    private void await(Map<Integer, DeviceCommand> waiting, Map<Integer, Answer> answers)
            throws RegistryUnavailableException {
        var deadline = System.nanoTime() + patience.toNanos();
        look(waiting, answers);
        while (!waiting.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw late(waiting);
            }
            pause();
            look(waiting, answers);
        }
    }

    private RegistryUnavailableException late(Map<Integer, DeviceCommand> waiting) {
        var what = waiting.size() == 1
                ? "The command for " + waiting.values().iterator().next().deviceId() + " has been written, and the "
                        + "registry has not applied it"
                : waiting.size() + " commands have been written, and the registry has not applied them";
        return new RegistryUnavailableException(what + " within " + patience.toSeconds()
                + " s; it will. Look again in a moment, or repeat the call with the same Idempotency-Key: it does no "
                + "harm.");
    }

    private void look(Map<Integer, DeviceCommand> waiting, Map<Integer, Answer> answers)
            throws RegistryUnavailableException {
        var inVain = 0;
        var entries = waiting.entrySet().iterator();
        while (entries.hasNext() && inVain < LOOKS_IN_VAIN) {
            var entry = entries.next();
            var device = directory.find(entry.getValue().deviceId());
            var answer = device.flatMap(known -> answer(entry.getValue(), known));
            if (answer.isPresent()) {
                answers.put(entry.getKey(), answer.get());
                entries.remove();
            } else {
                inVain++;
            }
        }
    }

    private static void pause() throws RegistryUnavailableException {
        try {
            Thread.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException(
                    "The service stops while a command is being applied; repeat the call with the same "
                            + "Idempotency-Key.",
                    e);
        }
    }
}
