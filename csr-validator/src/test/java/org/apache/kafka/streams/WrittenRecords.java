package org.apache.kafka.streams;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/// Reads what a topology has written, with the partition: the test driver's public interface does not tell it, and
/// the method that does is visible in this package only.
@NullMarked
public final class WrittenRecords {

    private WrittenRecords() {}

    /// The next record of a topic; null when there is none.
    public static @Nullable ProducerRecord<byte[], byte[]> next(TopologyTestDriver driver, String topic) {
        return driver.readRecord(topic);
    }
}
