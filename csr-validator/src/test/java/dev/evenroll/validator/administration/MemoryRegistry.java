package dev.evenroll.validator.administration;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.validator.registry.CommandLog;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceDirectory;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/// The registry without Kafka: a command is applied when it is written, unless something is wrong.
@Singleton
public final class MemoryRegistry implements DeviceDirectory, CommandLog {

    static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    /// What is wrong with the registry.
    enum Fault {
        NONE,
        /// Commands are written and never applied.
        STUCK,
        /// Nothing can be read.
        UNAVAILABLE
    }

    private final ConcurrentNavigableMap<String, DeviceLife.Known> devices = new ConcurrentSkipListMap<>();
    private volatile Fault fault = Fault.NONE;

    void have(Fault wrong) {
        fault = wrong;
    }

    void clear() {
        devices.clear();
        fault = Fault.NONE;
    }

    @Override
    public Optional<DeviceLife.Known> find(DeviceId deviceId) throws RegistryUnavailableException {
        check();
        return Optional.ofNullable(devices.get(deviceId.value()));
    }

    @Override
    public List<DeviceLife.Known> list(@Nullable String after, int limit) throws RegistryUnavailableException {
        check();
        var following = after == null ? devices : devices.tailMap(after, false);
        return following.values().stream().limit(limit).toList();
    }

    @Override
    public void append(List<DeviceCommand> commands) {
        if (fault == Fault.NONE) {
            commands.forEach(command -> devices.compute(
                    command.deviceId().value(),
                    (_, device) -> (device == null ? new DeviceLife.Unregistered() : device).apply(command, NOW)
                                    instanceof DeviceLife.Known known
                            ? known
                            : null));
        }
    }

    private void check() throws RegistryUnavailableException {
        if (fault == Fault.UNAVAILABLE) {
            throw new RegistryUnavailableException("The registry is away; ask again.");
        }
    }
}
