package dev.evenroll.revocation.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/// Takes records that can not be used.
public interface UnusableRecords {

    /// A record that can not be decoded, or is not what may stand on its topic.
    void hostile(ConsumerRecord<String, byte[]> source, String cause);

    /// A record of another environment.
    void foreign(ConsumerRecord<String, byte[]> source, String cause);
}
