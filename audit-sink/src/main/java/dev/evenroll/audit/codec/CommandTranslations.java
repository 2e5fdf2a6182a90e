package dev.evenroll.audit.codec;

import dev.evenroll.audit.log.AuditFact;
import dev.evenroll.audit.log.Outcome;
import dev.evenroll.schemas.event.BlockKey;
import dev.evenroll.schemas.event.CreateToken;
import dev.evenroll.schemas.event.DecideEnrollment;
import dev.evenroll.schemas.event.DecommissionDevice;
import dev.evenroll.schemas.event.DeviceCommanded;
import dev.evenroll.schemas.event.KeyBlocked;
import dev.evenroll.schemas.event.KeyCommanded;
import dev.evenroll.schemas.event.QuarantineDevice;
import dev.evenroll.schemas.event.RegisterDevice;
import dev.evenroll.schemas.event.ResumeDevice;
import dev.evenroll.schemas.event.SuspendDevice;
import dev.evenroll.schemas.event.TransferDevice;
import dev.evenroll.schemas.event.UpdateDevice;
import java.util.Map;
import java.util.TreeMap;

/// What people ordered. What became of an order about a device is told by the registry: [DeviceTranslations].
final class CommandTranslations {

    private static final String COMMAND_ID = "commandId";
    private static final String COMMAND = "command";
    private static final String REASON = "reason";
    private static final String KEY = "keySha256";

    private CommandTranslations() {}

    /// What was ordered, in a word and in words that follow "ordered to".
    private record Order(String command, String words) {}

    static AuditFact device(DeviceCommanded event) {
        var attributes = new TreeMap<String, String>();
        attributes.put(COMMAND_ID, event.getCommandId());
        if (event.getExpectedRevision() != null) {
            attributes.put("expectedRevision", event.getExpectedRevision().toString());
        }
        var device = event.getDeviceId();
        var order = order(event.getCommand(), device, attributes);
        attributes.put(COMMAND, order.command());
        return new AuditFact(
                "device.commanded",
                device,
                event.getActor(),
                Outcome.SUCCESS,
                event.getActor() + " ordered to " + order.words() + ".",
                attributes);
    }

    /// The digest of a token is left out: whoever knew it could tell which request carried the token.
    private static Order order(Object command, String device, Map<String, String> attributes) {
        return switch (command) {
            case RegisterDevice register -> {
                Descriptions.put(attributes, register.getDescription());
                yield new Order("register", "register device " + device);
            }
            case UpdateDevice update -> {
                Descriptions.put(attributes, update.getDescription());
                yield new Order("update", "describe device " + device + " anew");
            }
            case SuspendDevice suspend ->
                reasoned("suspend", "suspend device " + device, suspend.getReason(), attributes);
            case QuarantineDevice quarantine ->
                reasoned("quarantine", "put device " + device + " in quarantine", quarantine.getReason(), attributes);
            case ResumeDevice resume ->
                reasoned("resume", "bring device " + device + " back", resume.getReason(), attributes);
            case DecommissionDevice decommission ->
                reasoned("decommission", "decommission device " + device, decommission.getReason(), attributes);
            case TransferDevice transfer -> {
                attributes.put(Descriptions.OWNER, transfer.getOwner());
                attributes.put(Descriptions.SITE, transfer.getSite());
                yield new Order(
                        "transfer",
                        "give device " + device + " to " + transfer.getOwner() + ", site " + transfer.getSite());
            }
            case CreateToken token -> {
                attributes.put("expiresAt", token.getExpiresAt().toString());
                yield new Order("create-token", "let an installer enroll device " + device + " once");
            }
            case DecideEnrollment decide -> {
                attributes.put("enrollmentId", decide.getEnrollmentId());
                var verb = decide.getApproved() ? "approve" : "reject";
                yield reasoned(
                        verb, verb + " the waiting enrollment of device " + device, decide.getReason(), attributes);
            }
            default -> throw unknown(command);
        };
    }

    static AuditFact key(KeyCommanded event) {
        var attributes = new TreeMap<String, String>();
        attributes.put(COMMAND_ID, event.getCommandId());
        attributes.put(KEY, event.getKeySha256());
        var order = switch (event.getCommand()) {
            case BlockKey block ->
                reasoned("block", "block key " + event.getKeySha256(), block.getReason(), attributes);
            default -> throw unknown(event.getCommand());
        };
        attributes.put(COMMAND, order.command());
        return new AuditFact(
                "key.commanded",
                event.getKeySha256(),
                event.getActor(),
                Outcome.SUCCESS,
                event.getActor() + " ordered to " + order.words() + ".",
                attributes);
    }

    /// What became of the order.
    static AuditFact keyBlocked(KeyBlocked event) {
        return new AuditFact(
                "key.blocked",
                event.getKeySha256(),
                event.getActor(),
                Outcome.SUCCESS,
                "Key " + event.getKeySha256() + " is blocked by order of " + event.getActor() + " (" + event.getReason()
                        + ").",
                Map.of(COMMAND_ID, event.getCommandId(), KEY, event.getKeySha256(), REASON, event.getReason()));
    }

    private static Order reasoned(String command, String words, String reason, Map<String, String> attributes) {
        attributes.put(REASON, reason);
        return new Order(command, words + " (" + reason + ")");
    }

    /// The codec decodes the commands of the schema and no others, so this one was forgotten above.
    private static IllegalStateException unknown(Object command) {
        return new IllegalStateException(
                "The command " + command.getClass().getSimpleName() + " has no translation; add it.");
    }
}
