package dev.evenroll.validator.registry;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Where the registry of this process says that a command has ended, to those who wait for it. Safe for use
/// by many threads.
///
/// A convenience: whoever hears nothing here looks into the registry, which is the truth. What is said here
/// is said before the transaction of the command is committed; if that fails, the command is applied again,
/// with the same result.
public final class EndedCommands {

    private final ConcurrentMap<String, CompletableFuture<DeviceLife.Known>> awaited = new ConcurrentHashMap<>();

    /// Begins to listen for a command. Has to be followed by [#forget].
    public CompletableFuture<DeviceLife.Known> expect(String commandId) {
        return awaited.computeIfAbsent(commandId, _ -> new CompletableFuture<>());
    }

    /// Ends to listen.
    public void forget(String commandId) {
        awaited.remove(commandId);
    }

    /// Says that a command has ended.
    ///
    /// @param device the device, with the result of the command
    public void ended(String commandId, DeviceLife.Known device) {
        var waiting = awaited.remove(commandId);
        if (waiting != null) {
            waiting.complete(device);
        }
    }
}
