package dev.evenroll.revocation.ocsp.kafka;

import dev.evenroll.kafka.record.Outgoing;
import dev.evenroll.revocation.ocsp.Responders;
import dev.evenroll.schemas.event.ResponderRequested;
import dev.evenroll.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// Writes what the responders of this replica ask for. What is lost they ask for again.
public final class ResponderRequests {

    private final String environment;
    private final Responders responders;
    private final Consumer<ProducerRecord<String, byte[]>> events;
    private final InstantSource clock;

    /// @param events where the requests go
    public ResponderRequests(
            String environment,
            Responders responders,
            Consumer<ProducerRecord<String, byte[]>> events,
            InstantSource clock) {
        this.environment = environment;
        this.responders = responders;
        this.events = events;
        this.clock = clock;
    }

    /// Asks for what is due. To be called every second.
    public void look() {
        var now = clock.instant();
        for (var wanted : responders.wanted(now)) {
            var event = ResponderRequested.newBuilder()
                    .setEnvironment(environment)
                    .setOccurredAt(now)
                    .setResponder(wanted.responder())
                    .setIssuerKeyId(wanted.issuerKeyId())
                    .setCertificationRequest(
                            ByteBuffer.wrap(wanted.certificationRequest().bytes()))
                    .build();
            events.accept(Outgoing.to(Topics.RESPONDER_REQUESTED, environment, event.getResponder(), event));
        }
    }
}
