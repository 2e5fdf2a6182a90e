package dev.evenroll.audit.codec;

import dev.evenroll.audit.log.AuditFact;
import dev.evenroll.audit.log.Outcome;
import dev.evenroll.schemas.event.DeletionDue;
import dev.evenroll.schemas.event.InstallationOverdue;
import dev.evenroll.schemas.event.RenewalDue;
import dev.evenroll.schemas.event.RenewalOverdue;
import dev.evenroll.schemas.event.RenewalTrigger;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What is due for the certificates of devices.
final class RenewalTranslations {

    private static final String INVENTORY = "revocation-service";
    private static final String CERTIFICATE_ID = "certificateId";

    private RenewalTranslations() {}

    static AuditFact due(RenewalDue event) {
        var attributes = trigger(event.getTrigger());
        attributes.put("urgency", event.getUrgency().name());
        attributes.put("dueAt", event.getDueAt().toString());
        return fact(
                "renewal.due",
                event.getDeviceId(),
                "The certificate of device " + event.getDeviceId() + " is to be renewed before "
                        + event.getTrigger().getNotAfter() + ".",
                attributes);
    }

    static AuditFact overdue(RenewalOverdue event) {
        var attributes = trigger(event.getTrigger());
        attributes.put("dueAt", event.getDueAt().toString());
        return fact(
                "renewal.overdue",
                event.getDeviceId(),
                "The certificate of device " + event.getDeviceId() + " ends at "
                        + event.getTrigger().getNotAfter() + " and has not been renewed.",
                attributes);
    }

    static AuditFact installation(InstallationOverdue event) {
        var attributes = place(event.getOcppIdentity(), event.getSite());
        attributes.put(CERTIFICATE_ID, event.getCertificateId());
        attributes.put("issuedAt", event.getIssuedAt().toString());
        return fact(
                "installation.overdue",
                event.getDeviceId(),
                "Device " + event.getDeviceId() + " has a certificate since " + event.getIssuedAt()
                        + " and has not been seen with it.",
                attributes);
    }

    static AuditFact deletion(DeletionDue event) {
        var attributes = place(event.getOcppIdentity(), event.getSite());
        attributes.put(CERTIFICATE_ID, event.getCertificateId());
        attributes.put("reason", event.getReason().name());
        return fact(
                "deletion.due",
                event.getDeviceId(),
                "The revoked certificate " + event.getCertificateId() + " is to be deleted on device "
                        + event.getDeviceId() + ".",
                attributes);
    }

    private static AuditFact fact(String event, String deviceId, String message, Map<String, String> attributes) {
        return new AuditFact(event, deviceId, INVENTORY, Outcome.SUCCESS, message, attributes);
    }

    private static Map<String, String> trigger(RenewalTrigger trigger) {
        var attributes = place(trigger.getOcppIdentity(), trigger.getSite());
        attributes.put(CERTIFICATE_ID, trigger.getCertificateId());
        attributes.put("profile", trigger.getProfile());
        attributes.put("notAfter", trigger.getNotAfter().toString());
        return attributes;
    }

    private static Map<String, String> place(@Nullable String ocppIdentity, @Nullable String site) {
        var attributes = new TreeMap<String, String>();
        if (ocppIdentity != null) {
            attributes.put("ocppIdentity", ocppIdentity);
        }
        if (site != null) {
            attributes.put("site", site);
        }
        return attributes;
    }
}
