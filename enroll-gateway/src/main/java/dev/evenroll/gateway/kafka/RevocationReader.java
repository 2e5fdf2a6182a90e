package dev.evenroll.gateway.kafka;

import dev.evenroll.gateway.authentication.RevokedCertificates;
import dev.evenroll.gateway.observation.Observation;
import dev.evenroll.kafka.client.KafkaSettings;
import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.CertificateRevoked;
import dev.evenroll.schemas.event.RevocationReason;
import dev.evenroll.schemas.topic.Topics;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/// Reads `certificate.revoked` from its beginning into [RevokedCertificates], and goes on reading.
///
/// The set is complete once everything that stood on the topic at the start has been read; when the session
/// with the broker is lost it counts as incomplete until it has been read again. A record that can not be
/// decoded is put aside, and when its key names a certificate that counts as revoked: what can not be checked
/// is not trusted.
public final class RevocationReader implements AutoCloseable {

    private static final Codec<CertificateRevoked> CODEC = Codec.of(CertificateRevoked.class);

    private final String topic;
    private final String environment;
    private final RevokedCertificates revoked;
    private final GatewayProducer producer;
    private final ConsumerLoop loop;

    public RevocationReader(KafkaSettings settings, RevokedCertificates revoked, GatewayProducer producer) {
        this(() -> new KafkaConsumer<>(settings.reader()), settings.environment(), revoked, producer);
    }

    RevocationReader(
            Supplier<Consumer<String, byte[]>> consumers,
            String environment,
            RevokedCertificates revoked,
            GatewayProducer producer) {
        this.topic = Topics.CERTIFICATE_REVOKED.name(environment);
        this.environment = environment;
        this.revoked = revoked;
        this.producer = producer;
        this.loop = new ConsumerLoop("revocations", consumers, new FromTheBeginning());
    }

    public void start() {
        loop.start();
    }

    public boolean alive() {
        return loop.alive();
    }

    @Override
    public void close() {
        loop.close();
    }

    private void enter(ConsumerRecord<String, byte[]> source) {
        try {
            var event = CODEC.decode(source.value());
            if (event.getEnvironment().equals(environment)) {
                enter(CertificateId.parse(event.getCertificateId()), event.getReason(), source);
            } else {
                producer.report(new Observation(
                        Observation.Kind.FOREIGN_ENVIRONMENT,
                        event.getCertificateId(),
                        "A revocation of another environment was found on " + topic + ".",
                        Map.of("environment", event.getEnvironment())));
                producer.deadLetter(source, "The revocation is of another environment.");
            }
        } catch (UndecodableException | IllegalArgumentException e) {
            // IllegalArgumentException: the certificate id is none.
            revokeByKey(source.key());
            producer.deadLetter(source, String.valueOf(e.getMessage()));
        }
    }

    private void enter(CertificateId certificate, RevocationReason reason, ConsumerRecord<String, byte[]> source) {
        switch (reason) {
            case CERTIFICATE_HOLD -> revoked.hold(certificate);
            case REMOVE_FROM_CRL -> {
                if (!revoked.release(certificate)) {
                    producer.deadLetter(source, "A certificate that is revoked for ever can not be released.");
                }
            }
            case UNSPECIFIED,
                    KEY_COMPROMISE,
                    AFFILIATION_CHANGED,
                    SUPERSEDED,
                    CESSATION_OF_OPERATION,
                    PRIVILEGE_WITHDRAWN -> revoked.add(certificate);
        }
    }

    private void revokeByKey(@Nullable String key) {
        if (key == null) {
            return;
        }
        try {
            revoked.add(CertificateId.parse(key));
        } catch (IllegalArgumentException _) {
            // The key names no certificate either: the dead letter is all that can be done.
        }
    }

    private final class FromTheBeginning implements ConsumerLoop.Reading {
        private final Map<TopicPartition, Long> ends = new HashMap<>();

        @Override
        public void begin(Consumer<String, byte[]> consumer) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            if (partitions.isEmpty()) {
                throw new UnknownTopicOrPartitionException("The topic " + topic + " does not exist; create it.");
            }
            // What was read before would contradict the steps that led to it: a release of what was revoked later.
            revoked.clear();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            ends.putAll(consumer.endOffsets(partitions));
        }

        @Override
        public void take(ConsumerRecords<String, byte[]> batch, Consumer<String, byte[]> consumer) {
            batch.forEach(RevocationReader.this::enter);
            if (!revoked.complete()) {
                ends.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
                revoked.complete(ends.isEmpty());
            }
        }

        @Override
        public void lost() {
            revoked.complete(false);
            ends.clear();
        }
    }
}
