package dev.evenroll.cli.audit;

import java.util.Optional;

/// Which records of the audit log are wanted.
///
/// @param newest only so many of those that are there already, the newest; all of them when empty
/// @param follow whether to wait for more when these have been read
/// @param entity only what happened to this device, certificate or subject
/// @param event only this event, for example `enrollment.refused`
public record AuditSelection(
        Optional<Integer> newest, boolean follow, Optional<String> entity, Optional<String> event) {

    boolean picks(AuditRecord record) {
        return entity.map(record.entity()::equals).orElse(true)
                && event.map(record.event()::equals).orElse(true);
    }

    /// Whether every record is wanted, so that the newest ones are known by their offsets.
    boolean picksAll() {
        return entity.isEmpty() && event.isEmpty();
    }
}
