package dev.evenroll.issuer.kafka;

import dev.evenroll.kafka.loop.FaultException;
import dev.evenroll.pki.crl.CrlName;
import dev.evenroll.schemas.codec.Codec;
import dev.evenroll.schemas.codec.UndecodableException;
import dev.evenroll.schemas.event.CrlSigned;
import dev.evenroll.schemas.topic.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/// The topic `crl.signed`, read up to its end at each question: the issuer keeps no state of its own.
///
/// One question costs a round trip to the broker, and there is one for each list that is signed. Belongs to
/// the thread of the loop that asks.
public final class SignedCrlTopic implements SignedCrlNumbers {

    /// Less than a transaction may take: the question is asked inside of one.
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private static final Duration POLL = Duration.ofMillis(100);

    private static final Codec<CrlSigned> SIGNED = Codec.of(CrlSigned.class);

    private final Supplier<Consumer<String, byte[]>> consumers;
    private final List<TopicPartition> partitions;
    private final Map<String, Long> lastByKey = new HashMap<>();
    private @Nullable Consumer<String, byte[]> open;

    /// @param consumers makes consumers without a group that read committed records
    public SignedCrlTopic(String environment, Supplier<Consumer<String, byte[]>> consumers) {
        this.consumers = consumers;
        this.partitions = IntStream.range(0, Topics.CRL_SIGNED.partitions())
                .mapToObj(partition -> new TopicPartition(Topics.CRL_SIGNED.name(environment), partition))
                .toList();
    }

    @Override
    public OptionalLong lastOf(String key) throws FaultException {
        try {
            readToTheEnd();
        } catch (KafkaException e) {
            close();
            throw new FaultException(
                    "The numbers of the CRLs signed so far can not be read from " + Topics.CRL_SIGNED.aggregateEvent()
                            + ": " + e.getMessage(),
                    e);
        }
        var last = lastByKey.get(key);
        return last == null ? OptionalLong.empty() : OptionalLong.of(last);
    }

    private void readToTheEnd() throws FaultException {
        var consumer = consumer();
        var deadline = System.nanoTime() + LIMIT.toNanos();
        var ends = consumer.endOffsets(partitions, LIMIT);
        while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey(), LIMIT) >= end.getValue())) {
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("the end was not reached within " + LIMIT.toSeconds() + " seconds");
            }
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                remember(record);
            }
        }
    }

    private Consumer<String, byte[]> consumer() {
        var consumer = open;
        if (consumer == null) {
            consumer = consumers.get();
            open = consumer;
            // From the beginning: the topic is compacted, its last record of each shard stays.
            lastByKey.clear();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        }
        return consumer;
    }

    private void remember(ConsumerRecord<String, byte[]> record) throws FaultException {
        try {
            var signed = SIGNED.decode(record.value());
            var name = new CrlName(signed.getIssuerKeyId(), signed.getShard(), signed.getBaseCrlNumber() != null);
            lastByKey.merge(name.key(), signed.getCrlNumber(), Math::max);
        } catch (UndecodableException e) {
            close();
            throw new FaultException(
                    "The last CRL number is unknown, since " + record.topic() + " partition " + record.partition()
                            + " offset " + record.offset() + " can not be decoded: " + e.getMessage(),
                    e);
        }
    }

    private void close() {
        var consumer = open;
        open = null;
        if (consumer != null) {
            consumer.close();
        }
    }
}
