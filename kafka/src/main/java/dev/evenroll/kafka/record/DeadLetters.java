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

    /// No key of ours is longer; a hostile one is cut, so that the dead letter itself can always be written.
    static final int LONGEST_KEY_BYTES = 1024;
    /// The largest record of the table is a CRL. A larger value is left out: its topic, partition and offset say where
    /// it is.
    static final int LARGEST_VALUE_BYTES = 8 * 1024 * 1024;

    /// A cause can have as many sentences as a hostile record has parts.
    static final int LONGEST_CAUSE = 10_000;

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
                .setCause(cut(cause) + left(key, LONGEST_KEY_BYTES, "key") + left(value, LARGEST_VALUE_BYTES, "value"))
                .setKey(key == null ? null : ByteBuffer.wrap(key, 0, Math.min(key.length, LONGEST_KEY_BYTES)))
                .setValue(value == null || value.length > LARGEST_VALUE_BYTES ? null : ByteBuffer.wrap(value))
                .build();
    }

    private static String cut(String cause) {
        return cause.length() <= LONGEST_CAUSE ? cause : cause.substring(0, LONGEST_CAUSE - 1) + "…";
    }

    private static String left(byte @Nullable [] bytes, int most, String part) {
        return bytes == null || bytes.length <= most
                ? ""
                : " The " + part + " of " + bytes.length + " bytes is not kept whole.";
    }

    /// The same, ready to be sent to the service's dead-letter topic.
    public ProducerRecord<String, byte[]> record(ConsumerRecord<String, byte[]> source, String cause) {
        return new ProducerRecord<>(
                topic(), key(source.key()), Outgoing.encode(Topics.deadLetter(service), of(source, cause)));
    }

    /// Name of the service's dead-letter topic.
    public String topic() {
        return Topics.deadLetter(service).name(environment);
    }

    /// The key of a dead letter: as the source's, cut when it is longer than any of ours.
    public static @Nullable String key(@Nullable String source) {
        return source == null || source.length() <= LONGEST_KEY_BYTES ? source : source.substring(0, LONGEST_KEY_BYTES);
    }
}
