package dev.evenroll.audit.codec;

import dev.evenroll.audit.log.AuditFact;
import dev.evenroll.audit.log.Outcome;
import dev.evenroll.schemas.event.DeadLetter;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.event.SecurityObserved;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// What services observed, and what they put aside.
final class ObservationTranslations {

    private ObservationTranslations() {}

    static AuditFact security(SecurityObserved event) {
        var attributes = new TreeMap<>(event.getAttributes());
        // The digest of a token is enough to pass for its bearer on a topic; a service that tells it errs.
        attributes.remove("tokenSha256");
        attributes.put("observation", event.getObservation().name());
        attributes.put("service", event.getService());
        return new AuditFact(
                "security.observed",
                event.getSubject(),
                event.getAttributes().getOrDefault("actor", event.getService()),
                outcome(event.getObservation()),
                event.getMessage(),
                attributes);
    }

    private static Outcome outcome(SecurityObservation observation) {
        return switch (observation) {
            case AUTHENTICATION_FAILED,
                    REQUEST_MALFORMED,
                    REVOKED_CERTIFICATE_PRESENTED,
                    KEY_CLAIMED_BY_ANOTHER_DEVICE,
                    FOREIGN_ENVIRONMENT,
                    ADMINISTRATION_REFUSED,
                    TOKEN_REFUSED,
                    BLOCKED_KEY_PRESENTED,
                    FOREIGN_DEVICE_REQUESTED,
                    RATE_LIMITED -> Outcome.REFUSED;
            case OTHER, HOSTILE_RECORD, SIGNING_FAULT, TOKEN_LOCKED, CONFIGURATION_UNUSABLE, CEREMONY_ALTERED ->
                Outcome.OBSERVED;
        };
    }

    static AuditFact deadLetter(DeadLetter event) {
        var source = event.getSourceTopic() + "/" + event.getSourcePartition() + "/" + event.getSourceOffset();
        var key = event.getKey();
        return new AuditFact(
                "record.put-aside",
                key == null
                        ? source
                        : StandardCharsets.UTF_8.decode(key.duplicate()).toString(),
                event.getService(),
                Outcome.REFUSED,
                "The service " + event.getService() + " could not use a record: " + event.getCause(),
                Map.of("source", source, "service", event.getService()));
    }
}
