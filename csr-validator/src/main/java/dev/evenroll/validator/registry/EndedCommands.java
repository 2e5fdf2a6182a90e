package dev.evenroll.validator.registry;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/// Where the registry of this process says that a command has ended, to those who wait for it. Safe for use
/// by many threads.
///
/// A convenience: whoever hears nothing here looks into the registry, which is the truth. What is said here
/// stays so: it is said once the transaction of the command is committed.
public final class EndedCommands {

    private final ConcurrentMap<String, CompletableFuture<EndedCommand>> awaited = new ConcurrentHashMap<>();
    /// Those that the registry has not applied yet.
    private final Set<String> outstanding = ConcurrentHashMap.newKeySet();

    /// Begins to listen for a command. Has to be followed by [#forget].
    public CompletableFuture<EndedCommand> expect(String commandId) {
        outstanding.add(commandId);
        return awaited.computeIfAbsent(commandId, _ -> new CompletableFuture<>());
    }

    /// Ends to listen.
    public void forget(String commandId) {
        outstanding.remove(commandId);
        awaited.remove(commandId);
    }

    /// Says that a command has been applied, and is not committed yet.
    ///
    /// @return whether somebody waits for it, and nobody for a further one that is still to be applied
    public boolean applied(String commandId) {
        return outstanding.remove(commandId) && outstanding.isEmpty();
    }

    /// Says that a command has ended.
    public void ended(EndedCommand command) {
        var waiting = awaited.remove(command.result().commandId());
        if (waiting != null) {
            waiting.complete(command);
        }
    }
}
