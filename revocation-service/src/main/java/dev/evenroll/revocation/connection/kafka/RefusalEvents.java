package dev.evenroll.revocation.connection.kafka;

import dev.evenroll.kafka.record.SecurityEvents;
import dev.evenroll.revocation.connection.ConnectionOutcome.Refused;
import dev.evenroll.revocation.connection.RefusalReason;
import dev.evenroll.revocation.connection.RefusalReports;
import dev.evenroll.schemas.event.SecurityObservation;
import java.util.HashMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Refused connections as security observations.
public final class RefusalEvents implements RefusalReports.Destination {

    private final SecurityEvents events;
    private final Consumer<ProducerRecord<String, byte[]>> destination;

    public RefusalEvents(SecurityEvents events, Consumer<ProducerRecord<String, byte[]>> destination) {
        this.events = events;
        this.destination = destination;
    }

    @Override
    public void report(Refused refused, long suppressed) {
        var attributes = new HashMap<String, String>();
        attributes.put("interface", "connection");
        attributes.put("reason", refused.reason().code());
        if (suppressed > 0) {
            attributes.put("suppressed", Long.toString(suppressed));
        }
        destination.accept(events.record(
                observation(refused.reason()),
                refused.subject(),
                "A connection was refused. " + refused.message(),
                attributes));
    }

    private static SecurityObservation observation(RefusalReason reason) {
        return switch (reason) {
            case REVOKED, ON_HOLD -> SecurityObservation.REVOKED_CERTIFICATE_PRESENTED;
            case ENVIRONMENT -> SecurityObservation.FOREIGN_ENVIRONMENT;
            case CHAIN, TIME, PROFILE, IDENTITY, DEVICE_STATE -> SecurityObservation.AUTHENTICATION_FAILED;
        };
    }
}
