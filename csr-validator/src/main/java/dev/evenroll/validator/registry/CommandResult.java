package dev.evenroll.validator.registry;

import dev.evenroll.pki.Failure;
import java.util.List;

/// How a command for a device ended.
///
/// @param commandId id of the command
/// @param actor who gave it
/// @param refusals why it was refused; empty when it was applied
/// @param change what it made of the entry; `UNKNOWN` in results of an earlier version
public record CommandResult(String commandId, String actor, List<Failure> refusals, RegistryChange change) {

    public CommandResult {
        refusals = List.copyOf(refusals);
    }

    public boolean applied() {
        return refusals.isEmpty();
    }
}
