package dev.evenroll.validator.administration;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.validator.registry.CommandId;
import dev.evenroll.validator.registry.CommandLog;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceDirectory;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.Registration;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// Registers devices: writes the command, then waits until the registry shows its result. Safe for use by
/// many threads.
public final class RegistrationDesk {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
    private static final int LOCKS = 64;

    private final CommandLog commands;
    private final DeviceDirectory directory;
    private final Duration patience;
    // The registry shows the result of a device's last command only, so that one has to be seen before the next is
    // written.
    private final Lock[] oneAtATime =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toArray(Lock[]::new);

    /// @param patience how long to wait for the result
    public RegistrationDesk(CommandLog commands, DeviceDirectory directory, Duration patience) {
        this.commands = commands;
        this.directory = directory;
        this.patience = patience;
    }

    /// How a registration ended.
    public sealed interface Answer {

        DeviceLife.Known device();

        /// The device was not registered before.
        record Created(DeviceLife.Known device) implements Answer {}

        /// The device was registered before in the same words.
        record Unchanged(DeviceLife.Known device) implements Answer {}

        /// The device is registered differently, and stays so.
        record Contradicted(DeviceLife.Known device) implements Answer {}
    }

    /// Registers a device.
    ///
    /// @param actor who asks for it
    /// @throws RegistryUnavailableException when the result is not known in time; the message says what to do
    public Answer register(DeviceId deviceId, Registration registration, String actor)
            throws RegistryUnavailableException {
        var lock = oneAtATime[Math.floorMod(deviceId.hashCode(), LOCKS)];
        lock.lock();
        try {
            var before = directory.find(deviceId);
            var command = new DeviceCommand.Register(
                    DeviceCommand.Order.of(CommandId.random(), actor, deviceId), registration);
            commands.append(List.of(command));
            return answer(before.isEmpty(), await(command));
        } finally {
            lock.unlock();
        }
    }

    private static Answer answer(boolean isNew, DeviceLife.Known device) {
        if (!device.entry().lastCommand().applied()) {
            return new Answer.Contradicted(device);
        }
        return isNew ? new Answer.Created(device) : new Answer.Unchanged(device);
    }

    private DeviceLife.Known await(DeviceCommand command) throws RegistryUnavailableException {
        var deadline = System.nanoTime() + patience.toNanos();
        var shown = result(command);
        while (shown.isEmpty()) {
            if (System.nanoTime() > deadline) {
                throw new RegistryUnavailableException("The registration of " + command.deviceId()
                        + " has been written, and the registry has not applied it within "
                        + patience.toSeconds()
                        + " s; it will. Look at the device in a moment, or repeat the registration: it does no harm.");
            }
            pause(command);
            shown = result(command);
        }
        return shown.get();
    }

    private Optional<DeviceLife.Known> result(DeviceCommand command) throws RegistryUnavailableException {
        return directory
                .find(command.deviceId())
                .filter(device -> device.entry().lastCommand().commandId().equals(command.commandId()));
    }

    private static void pause(DeviceCommand command) throws RegistryUnavailableException {
        try {
            Thread.sleep(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RegistryUnavailableException(
                    "The service stops while " + command.deviceId() + " is being registered; repeat the registration.",
                    e);
        }
    }
}
