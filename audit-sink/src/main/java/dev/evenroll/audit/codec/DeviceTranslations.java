package dev.evenroll.audit.codec;

import dev.evenroll.audit.log.AuditFact;
import dev.evenroll.audit.log.Outcome;
import dev.evenroll.schemas.event.DeviceState;
import dev.evenroll.schemas.event.RegisteredDevice;
import dev.evenroll.schemas.event.RegistryChange;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The registry: what became of orders, and what else made an entry what it is.
///
/// Every record carries the last command, and says whether that or something else changed the entry. So a
/// refusal is told once.
final class DeviceTranslations {

    private static final String VALIDATOR = "csr-validator";
    private static final String COMMAND_ID = "commandId";

    private DeviceTranslations() {}

    static AuditFact registered(RegisteredDevice event) {
        if (event.getChange() == RegistryChange.UNKNOWN) {
            return EarlierRegistry.told(event);
        }
        var attributes = attributes(event);
        var refusals = event.getLastCommand().getRefusals();
        if (event.getChange() == RegistryChange.COMMAND_REFUSED) {
            attributes.put("rules", Findings.rules(refusals));
        }
        // What a policy did stands in the place of a command, but nobody gave it.
        if (isByLastCommand(event) && event.getChange() != RegistryChange.ADMITTED) {
            attributes.put(COMMAND_ID, event.getLastCommand().getCommandId());
        }
        return new AuditFact(
                name(event),
                event.getDeviceId(),
                isByLastCommand(event) ? event.getLastCommand().getActor() : VALIDATOR,
                outcome(event.getChange()),
                message(event),
                attributes);
    }

    static Map<String, String> attributes(RegisteredDevice event) {
        var attributes = new TreeMap<String, String>();
        attributes.put("revision", Long.toString(event.getRevision()));
        attributes.put("state", event.getState().name());
        if (event.getStateReason() != null) {
            attributes.put("reason", event.getStateReason());
        }
        if (event.getCertificateNotAfter() != null) {
            attributes.put("certificateNotAfter", event.getCertificateNotAfter().toString());
        }
        Descriptions.put(attributes, event.getDescription());
        return attributes;
    }

    /// Whether the last command made the entry what it is. An approval brings a device back from quarantine.
    private static boolean isByLastCommand(RegisteredDevice event) {
        var made = event.getLastCommand().getChange();
        return made == event.getChange()
                || (event.getChange() == RegistryChange.RESUMED && made == RegistryChange.ENROLLMENT_DECIDED);
    }

    private static String name(RegisteredDevice event) {
        return switch (event.getChange()) {
            case REGISTERED, ADMITTED -> "device.registered";
            case UPDATED -> "device.updated";
            case SUSPENDED -> "device.suspended";
            case RESUMED -> "device.resumed";
            case QUARANTINED -> "device.quarantined";
            case DECOMMISSIONED -> "device.decommissioned";
            case TRANSFERRED -> "device.transferred";
            case CERTIFIED -> event.getState() == DeviceState.ENROLLED ? "device.enrolled" : "device.certified";
            case COMMAND_REFUSED -> "command.refused";
            case COMMAND_REPEATED -> "command.repeated";
            case TOKEN_CREATED -> "token.created";
            case TOKEN_LOCKED -> "token.locked";
            case ENROLLMENT_DECIDED -> "enrollment.decided";
            case CERTIFICATE_USED -> "certificate.used";
            case UNKNOWN -> "device.changed";
        };
    }

    private static Outcome outcome(RegistryChange change) {
        return switch (change) {
            case COMMAND_REFUSED -> Outcome.REFUSED;
            case TOKEN_LOCKED, CERTIFICATE_USED, UNKNOWN -> Outcome.OBSERVED;
            case REGISTERED,
                    ADMITTED,
                    UPDATED,
                    SUSPENDED,
                    RESUMED,
                    QUARANTINED,
                    DECOMMISSIONED,
                    TRANSFERRED,
                    CERTIFIED,
                    COMMAND_REPEATED,
                    TOKEN_CREATED,
                    ENROLLMENT_DECIDED -> Outcome.SUCCESS;
        };
    }

    private static String message(RegisteredDevice event) {
        var device = "Device " + event.getDeviceId();
        var command = event.getLastCommand();
        return switch (event.getChange()) {
            case REGISTERED -> device + " is registered.";
            case ADMITTED ->
                device + " was not registered and is now, as a policy says; it is " + state(event) + because(event)
                        + ".";
            case UPDATED -> device + " is described anew.";
            case SUSPENDED, DECOMMISSIONED -> device + " is " + state(event) + because(event) + ".";
            case QUARANTINED -> device + " is in quarantine" + because(event) + ".";
            case RESUMED -> device + " is back: it is " + state(event) + ".";
            case TRANSFERRED ->
                device + " belongs to " + event.getDescription().getOwner() + ", site "
                        + event.getDescription().getSite() + ".";
            case CERTIFIED -> device + " is " + state(event) + ": a certificate has been issued for it.";
            case COMMAND_REFUSED ->
                "The last command for device " + event.getDeviceId() + " was refused: "
                        + Findings.sentences(command.getRefusals());
            case COMMAND_REPEATED ->
                "The last command for device " + event.getDeviceId() + " asked for what is already so.";
            case TOKEN_CREATED -> device + " may be enrolled once with an installer's token.";
            case TOKEN_LOCKED ->
                "The one-time token of device " + event.getDeviceId()
                        + " is locked: too many wrong ones were presented.";
            case ENROLLMENT_DECIDED -> "A waiting enrollment of device " + event.getDeviceId() + " is decided.";
            case CERTIFICATE_USED -> device + " uses its newest certificate: the ones before it are retired.";
            case UNKNOWN -> device + " was changed in a way that only a newer version knows.";
        };
    }

    private static String state(RegisteredDevice event) {
        return event.getState().name().toLowerCase(Locale.ROOT);
    }

    private static String because(RegisteredDevice event) {
        return event.getStateReason() == null ? "" : " (" + event.getStateReason() + ")";
    }
}
