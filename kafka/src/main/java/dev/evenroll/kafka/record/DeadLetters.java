package dev.evenroll.kafka.record;

import dev.evenroll.schemas.event.DeadLetter;
import dev.evenroll.schemas.topic.Principal;
import dev.evenroll.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/// Puts aside records that a service can not use: they neither stop the partition nor disappear.
public final class DeadLetters {

    private final Principal service;
    private final String environment;
    private final InstantSource clock;

    public DeadLetters(Principal service, String environment, InstantSource clock) {
        this.service = service;
        this.environment = environment;
        this.clock = clock;
    }

    /// The dead letter of a consumed record, with the cause in a sentence.
    public DeadLetter of(ConsumerRecord<String, byte[]> source, String cause) {
        var key = source.key() == null ? null : source.key().getBytes(StandardCharsets.UTF_8);
        return of(source.topic(), source.partition(), source.offset(), key, source.value(), cause);
    }

    /// The dead letter of a record of which the parts are known.
    public DeadLetter of(
            String topic, int partition, long offset, byte @Nullable [] key, byte @Nullable [] value, String cause) {
        return DeadLetter.newBuilder()
                .setEnvironment(environment)
                .setOccurredAt(clock.instant())
                .setService(service.principalName())
                .setSourceTopic(topic)
                .setSourcePartition(partition)
                .setSourceOffset(offset)
                .setCause(cause)
                .setKey(key == null ? null : ByteBuffer.wrap(key))
                .setValue(value == null ? null : ByteBuffer.wrap(value))
                .build();
    }

    /// The same, ready to be sent to the service's dead-letter topic.
    public ProducerRecord<String, byte[]> record(ConsumerRecord<String, byte[]> source, String cause) {
        var topic = Topics.deadLetter(service);
        return new ProducerRecord<>(topic.name(environment), source.key(), Outgoing.encode(topic, of(source, cause)));
    }
}
