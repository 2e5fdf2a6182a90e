package dev.evenroll.validator.streams;

import dev.evenroll.kafka.record.Outgoing;
import dev.evenroll.schemas.event.BlockKey;
import dev.evenroll.schemas.event.KeyCommanded;
import dev.evenroll.schemas.event.RegistrationAuthority;
import dev.evenroll.schemas.event.RegistrationAuthorityKind;
import dev.evenroll.schemas.topic.Topics;
import dev.evenroll.validator.authority.AuthorityEntry;
import dev.evenroll.validator.authority.AuthorityLog;
import dev.evenroll.validator.enrollment.KeyCommandLog;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/// Writes orders about keys to key.commanded, and registration authorities to
/// registration-authority.registry.
public final class AdministrationProducer implements KeyCommandLog, AuthorityLog {

    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final Producer<String, byte[]> producer;
    private final String environment;
    private final InstantSource clock;

    /// @param producer owned by the caller
    public AdministrationProducer(Producer<String, byte[]> producer, String environment, InstantSource clock) {
        this.producer = producer;
        this.environment = environment;
        this.clock = clock;
    }

    @Override
    public void append(Block order) throws RegistryUnavailableException {
        var event = KeyCommanded.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(clock.instant())
                .setCommandId(order.commandId())
                .setActor(order.actor())
                .setKeySha256(order.keySha256())
                .setCommand(new BlockKey(order.reason()))
                .build();
        send(
                Outgoing.to(Topics.KEY_COMMANDED, environment, order.keySha256(), event),
                "The order to block the key " + order.keySha256());
    }

    @Override
    public void append(AuthorityEntry entry) throws RegistryUnavailableException {
        var authority = entry.authority();
        var event = RegistrationAuthority.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(entry.changedAt())
                .setName(authority.name())
                .setKind(RegistrationAuthorityKind.valueOf(authority.kind().name()))
                .setSites(authority.sites().stream().sorted().toList())
                .setManufacturers(authority.manufacturers().stream().sorted().toList())
                .setActive(authority.active())
                .setCertificateSha256(
                        authority.binding().certificates().stream().sorted().toList())
                .setIssuerSha256(authority.binding().issuers().stream().sorted().toList())
                .setActor(entry.actor())
                .setRevision(entry.revision())
                .build();
        send(
                Outgoing.to(Topics.REGISTRATION_AUTHORITY_REGISTRY, environment, authority.name(), event),
                "The entry of the registration authority " + authority.name());
    }

    private void send(ProducerRecord<String, byte[]> record, String what) throws RegistryUnavailableException {
        try {
            producer.send(record).get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            throw unconfirmed(what, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unconfirmed(what, e);
        }
    }

    private static RegistryUnavailableException unconfirmed(String what, Exception cause) {
        return new RegistryUnavailableException(
                what + " could not be written to Kafka for certain; repeat the call, which does no harm, and see the "
                        + "log of csr-validator if this goes on.",
                cause);
    }
}
