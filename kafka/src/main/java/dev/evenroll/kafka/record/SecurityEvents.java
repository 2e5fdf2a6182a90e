package dev.evenroll.kafka.record;

import dev.evenroll.schemas.event.SecurityObservation;
import dev.evenroll.schemas.event.SecurityObserved;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topics;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/// What a service tells the SOC: `security.observed`. Never a secret, never the bytes of a request.
public final class SecurityEvents {

    private final Principal service;
    private final String environment;
    private final InstantSource clock;

    public SecurityEvents(Principal service, String environment, InstantSource clock) {
        this.service = service;
        this.environment = environment;
        this.clock = clock;
    }

    /// The event.
    ///
    /// @param subject whom it is about: device id, certificate's subject or IP address
    /// @param message a sentence for a person
    /// @param attributes further facts by name, for programs
    public SecurityObserved of(
            SecurityObservation observation, String subject, String message, Map<String, String> attributes) {
        return SecurityObserved.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(clock.instant())
                .setService(service.principalName())
                .setObservation(observation)
                .setSubject(subject)
                .setMessage(message)
                .setAttributes(attributes)
                .build();
    }

    /// The same, ready to be sent.
    public ProducerRecord<String, byte[]> record(
            SecurityObservation observation, String subject, String message, Map<String, String> attributes) {
        return Outgoing.to(
                Topics.SECURITY_OBSERVED, environment, subject, of(observation, subject, message, attributes));
    }
}
