package dev.evenroll.audit.codec;

import dev.evenroll.audit.log.AuditFact;
import dev.evenroll.audit.log.Outcome;
import dev.evenroll.schemas.event.RegisteredDevice;
import java.util.Locale;

/// Entries of the registry whose writer did not say what changed them.
///
/// A refused command leaves the entry as it is and is told as the refusal. While it is the last command,
/// later changes of the entry carry it too, and are told as its refusal again, with the same `commandId`.
final class EarlierRegistry {

    private static final String REGISTERED = "device.registered";
    private static final String CHANGED = "device.changed";

    private EarlierRegistry() {}

    static AuditFact told(RegisteredDevice event) {
        var attributes = DeviceTranslations.attributes(event);
        attributes.put("commandId", event.getLastCommand().getCommandId());
        var refusals = event.getLastCommand().getRefusals();
        var actor = event.getLastCommand().getActor();
        var device = event.getDeviceId();
        if (!refusals.isEmpty()) {
            attributes.put("rules", Findings.rules(refusals));
            return new AuditFact(
                    REGISTERED,
                    device,
                    actor,
                    Outcome.REFUSED,
                    "The last command for device " + device + " was refused: " + Findings.sentences(refusals),
                    attributes);
        }
        return switch (event.getState()) {
            case REGISTERED ->
                new AuditFact(
                        REGISTERED, device, actor, Outcome.SUCCESS, "Device " + device + " is registered.", attributes);
            case ENROLLED ->
                new AuditFact(
                        "device.enrolled",
                        device,
                        "csr-validator",
                        Outcome.SUCCESS,
                        "Device " + device + " is enrolled: a certificate has been issued for it.",
                        attributes);
            case SUSPENDED, QUARANTINED, DECOMMISSIONED ->
                new AuditFact(
                        CHANGED,
                        device,
                        actor,
                        Outcome.SUCCESS,
                        "Device " + device + " is " + event.getState().name().toLowerCase(Locale.ROOT) + ".",
                        attributes);
            case UNKNOWN ->
                new AuditFact(
                        CHANGED,
                        device,
                        actor,
                        Outcome.OBSERVED,
                        "Device " + device + " is in a state that only a newer version knows.",
                        attributes);
        };
    }
}
