package dev.evenroll.audit.codec;

import dev.evenroll.audit.log.AuditFact;
import dev.evenroll.audit.log.Outcome;
import dev.evenroll.schemas.event.DeviceCommanded;
import dev.evenroll.schemas.event.DeviceDescription;
import dev.evenroll.schemas.event.RegisterDevice;
import dev.evenroll.schemas.event.RegisteredDevice;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The registry: what people ordered, and what became of it.
final class DeviceTranslations {

    private static final String VALIDATOR = "csr-validator";

    private DeviceTranslations() {}

    static AuditFact commanded(DeviceCommanded event) {
        var attributes = new TreeMap<String, String>();
        attributes.put("commandId", event.getCommandId());
        var device = event.getDeviceId();
        if (event.getCommand() instanceof RegisterDevice register) {
            describe(attributes, register.getDescription());
        }
        return new AuditFact(
                "device.commanded",
                device,
                event.getActor(),
                Outcome.SUCCESS,
                event.getActor() + " ordered to register device " + device + ".",
                attributes);
    }

    /// A refused command leaves the entry as it is and is told as the refusal. While it is the last
    /// command, later changes of the entry carry it too, and are told as its refusal again, with the same
    /// `commandId`.
    static AuditFact registered(RegisteredDevice event) {
        var attributes = new TreeMap<String, String>();
        attributes.put("commandId", event.getLastCommand().getCommandId());
        attributes.put("revision", Long.toString(event.getRevision()));
        attributes.put("state", event.getState().name());
        describe(attributes, event.getDescription());
        var refusals = event.getLastCommand().getRefusals();
        var actor = event.getLastCommand().getActor();
        var device = event.getDeviceId();
        if (!refusals.isEmpty()) {
            attributes.put("rules", Findings.rules(refusals));
            return new AuditFact(
                    "device.registered",
                    device,
                    actor,
                    Outcome.REFUSED,
                    "The last command for device " + device + " was refused: " + Findings.sentences(refusals),
                    attributes);
        }
        return switch (event.getState()) {
            case REGISTERED ->
                new AuditFact(
                        "device.registered",
                        device,
                        actor,
                        Outcome.SUCCESS,
                        "Device " + device + " is registered.",
                        attributes);
            case ENROLLED ->
                new AuditFact(
                        "device.enrolled",
                        device,
                        VALIDATOR,
                        Outcome.SUCCESS,
                        "Device " + device + " is enrolled: a certificate has been issued for it.",
                        attributes);
            case SUSPENDED, QUARANTINED, DECOMMISSIONED ->
                new AuditFact(
                        "device.changed",
                        device,
                        actor,
                        Outcome.SUCCESS,
                        "Device " + device + " is " + event.getState().name().toLowerCase(Locale.ROOT) + ".",
                        attributes);
            case UNKNOWN ->
                new AuditFact(
                        "device.changed",
                        device,
                        actor,
                        Outcome.OBSERVED,
                        "Device " + device + " is in a state that only a newer version knows.",
                        attributes);
        };
    }

    private static void describe(Map<String, String> attributes, DeviceDescription description) {
        attributes.put("manufacturer", description.getManufacturer());
        attributes.put("model", description.getModel());
        attributes.put("ocppIdentity", description.getOcppIdentity());
        attributes.put("owner", description.getOwner());
        attributes.put("site", description.getSite());
    }
}
