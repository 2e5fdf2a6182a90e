package dev.evenroll.validator.administration;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceDirectory;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import jakarta.inject.Singleton;

/// Makes orders to the registry of calls.
@Singleton
final class Orders {

    private final DeviceDirectory directory;

    Orders(DeviceDirectory directory) {
        this.directory = directory;
    }

    /// What a caller orders of a device.
    ///
    /// @param content everything that he asks for: with the path, what an idempotency key stands for
    /// @throws CallRefusedException when a header can not be taken as it is
    DeviceCommand.Order of(Call call, DeviceId deviceId, String... content)
            throws CallRefusedException, RegistryUnavailableException {
        var precondition = call.precondition();
        var present = precondition.needsPresent()
                ? directory
                        .find(deviceId)
                        .map(device -> device.entry().revision())
                        .orElse(0L)
                : 0L;
        return new DeviceCommand.Order(call.commandId(content), call.actor(), deviceId, precondition.expected(present));
    }
}
