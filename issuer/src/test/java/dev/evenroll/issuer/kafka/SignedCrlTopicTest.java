package dev.evenroll.issuer.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenroll.hsm.scene.TestCa;
import dev.evenroll.kafka.loop.FaultException;
import dev.evenroll.kafka.record.Outgoing;
import dev.evenroll.schemas.event.CrlSigned;
import dev.evenroll.schemas.topic.Topics;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/// The last CRL numbers, read from the topic of signed lists.
class SignedCrlTopicTest {

    private static final String TOPIC = Topics.CRL_SIGNED.name(TestCa.ENVIRONMENT);

    /// What is on partition 1 of the topic; the others are empty.
    private final List<byte[]> log = new ArrayList<>();

    private final List<MockConsumer<String, byte[]>> opened = new ArrayList<>();
    private final SignedCrlTopic topic = new SignedCrlTopic(TestCa.ENVIRONMENT, this::open);

    @Test
    void aShardThatWasNeverSigned() throws Exception {
        assertThat(topic.lastOf("aa-0")).isEmpty();
    }

    @Test
    void theHighestNumberOfEachShard() throws Exception {
        log.add(signed("aa", 0, 3));
        log.add(signed("aa", 1, 9));
        log.add(signed("aa", 0, 4));
        assertThat(topic.lastOf("aa-0")).hasValue(4);
        assertThat(topic.lastOf("aa-1")).hasValue(9);
        assertThat(topic.lastOf("bb-0")).isEmpty();
    }

    @Test
    void eachQuestionReadsOnToTheEnd() throws Exception {
        log.add(signed("aa", 0, 3));
        assertThat(topic.lastOf("aa-0")).hasValue(3);
        append(signed("aa", 0, 4));
        assertThat(topic.lastOf("aa-0")).hasValue(4);
        assertThat(opened).hasSize(1);
    }

    @Test
    void aFailureOfTheBrokerIsAFaultAndTheTopicIsReadAnew() throws Exception {
        log.add(signed("aa", 0, 3));
        assertThat(topic.lastOf("aa-0")).hasValue(3);
        append(signed("aa", 0, 4));
        opened.getLast().setPollException(new KafkaException("no broker"));
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> topic.lastOf("aa-0"))
                .withMessage("The numbers of the CRLs signed so far can not be read from crl.signed: no broker");
        assertThat(opened.getFirst().closed()).isTrue();
        assertThat(topic.lastOf("aa-0")).hasValue(4);
        assertThat(opened).hasSize(2);
    }

    @Test
    void aRecordThatCanNotBeDecodedLeavesTheNumberUnknown() {
        log.add(new byte[] {1});
        assertThatExceptionOfType(FaultException.class)
                .isThrownBy(() -> topic.lastOf("aa-0"))
                .withMessageStartingWith(
                        "The last CRL number is unknown, since test.crl.signed.v1 partition 1 offset 0 can "
                                + "not be decoded: ");
    }

    private MockConsumer<String, byte[]> open() {
        var consumer = new MockConsumer<String, byte[]>("earliest");
        var beginnings = new HashMap<TopicPartition, Long>();
        var ends = new HashMap<TopicPartition, Long>();
        for (int partition = 0; partition < Topics.CRL_SIGNED.partitions(); partition++) {
            beginnings.put(new TopicPartition(TOPIC, partition), 0L);
            ends.put(new TopicPartition(TOPIC, partition), partition == 1 ? (long) log.size() : 0L);
        }
        consumer.updateBeginningOffsets(beginnings);
        consumer.updateEndOffsets(ends);
        consumer.schedulePollTask(() -> {
            for (int offset = 0; offset < log.size(); offset++) {
                consumer.addRecord(record(offset, log.get(offset)));
            }
        });
        opened.add(consumer);
        return consumer;
    }

    private void append(byte[] value) {
        var consumer = opened.getLast();
        log.add(value);
        consumer.addRecord(record(log.size() - 1, value));
        var end = new HashMap<TopicPartition, Long>();
        end.put(new TopicPartition(TOPIC, 1), (long) log.size());
        consumer.updateEndOffsets(end);
    }

    private static ConsumerRecord<String, byte[]> record(long offset, byte[] value) {
        return new ConsumerRecord<>(TOPIC, 1, offset, "key", value);
    }

    private static byte[] signed(String issuerKeyId, int shard, long number) {
        return Outgoing.encode(
                Topics.CRL_SIGNED,
                CrlSigned.newBuilder()
                        .setEnvironment("test")
                        .setOccurredAt(TestCa.NOW)
                        .setIssuerKeyId(issuerKeyId)
                        .setShard(shard)
                        .setCrlNumber(number)
                        .setCrl(ByteBuffer.wrap(new byte[] {48, 0}))
                        .build());
    }
}
