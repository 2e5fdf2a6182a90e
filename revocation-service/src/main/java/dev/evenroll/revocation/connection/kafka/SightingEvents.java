package dev.evenroll.revocation.connection.kafka;

import dev.evenroll.kafka.record.Outgoing;
import dev.evenroll.revocation.connection.ConnectionOutcome.Authorized;
import dev.evenroll.revocation.connection.Sightings;
import dev.evenroll.schemas.event.CertificateUsed;
import dev.evenroll.schemas.topic.Topics;
import java.time.InstantSource;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.producer.ProducerRecord;

/// `certificate.used`: devices that were let in.
public final class SightingEvents implements Sightings.Announcement {

    private final String environment;
    private final BiConsumer<ProducerRecord<String, byte[]>, Runnable> destination;
    private final InstantSource clock;

    /// @param destination takes a record, and what to do when it could not be written
    public SightingEvents(
            String environment, BiConsumer<ProducerRecord<String, byte[]>, Runnable> destination, InstantSource clock) {
        this.environment = environment;
        this.destination = destination;
        this.clock = clock;
    }

    @Override
    public void announce(Authorized authorized, Runnable lost) {
        var event = CertificateUsed.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(clock.instant())
                .setDeviceId(authorized.device().value())
                .setCertificateId(authorized.certificate().value())
                .build();
        destination.accept(Outgoing.to(Topics.CERTIFICATE_USED, environment, event.getDeviceId(), event), lost);
    }
}
