package dev.evenroll.audit.codec;

import dev.evenroll.audit.log.AuditFact;
import dev.evenroll.audit.log.Outcome;
import dev.evenroll.schemas.event.DeadLetter;
import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.event.SecurityObserved;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What services observed, and what they put aside.
final class ObservationTranslations {

    private static final Set<SecurityObservation> REFUSALS = Set.of(
            SecurityObservation.AUTHENTICATION_FAILED,
            SecurityObservation.REQUEST_MALFORMED,
            SecurityObservation.REVOKED_CERTIFICATE_PRESENTED,
            SecurityObservation.KEY_CLAIMED_BY_ANOTHER_DEVICE,
            SecurityObservation.FOREIGN_ENVIRONMENT,
            SecurityObservation.ADMINISTRATION_REFUSED);

    private ObservationTranslations() {}

    static AuditFact security(SecurityObserved event) {
        var attributes = new TreeMap<>(event.getAttributes());
        attributes.put("observation", event.getObservation().name());
        attributes.put("service", event.getService());
        return new AuditFact(
                "security.observed",
                event.getSubject(),
                event.getAttributes().getOrDefault("actor", event.getService()),
                REFUSALS.contains(event.getObservation()) ? Outcome.REFUSED : Outcome.OBSERVED,
                event.getMessage(),
                attributes);
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
