package dev.evenroll.validator.registry;

import dev.evenroll.pki.Failure;
import java.util.List;

/// How the last command for a device ended.
///
/// @param commandId id of the command
/// @param actor who gave it
/// @param refusals why it was refused; empty when it was applied
public record CommandResult(String commandId, String actor, List<Failure> refusals) {

    public CommandResult {
        refusals = List.copyOf(refusals);
    }

    public boolean applied() {
        return refusals.isEmpty();
    }
}
