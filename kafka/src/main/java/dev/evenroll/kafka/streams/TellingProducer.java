package dev.evenroll.kafka.streams;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// The producer of a stream thread: tells [Commits] how each of its transactions ends. Used by that thread.
final class TellingProducer extends KafkaProducer<byte[], byte[]> {

    private final Commits commits;

    TellingProducer(Map<String, Object> config, Commits commits) {
        super(config, new ByteArraySerializer(), new ByteArraySerializer());
        this.commits = commits;
    }

    /// When this fails the outcome is not known: the thread aborts next, or gives the producer up.
    @Override
    public void commitTransaction() {
        super.commitTransaction();
        commits.committed();
    }

    @Override
    public void abortTransaction() {
        try {
            super.abortTransaction();
        } finally {
            commits.aborted();
        }
    }

    /// A producer that is given up leaves its transaction to the broker, which aborts it.
    @Override
    public void close(Duration timeout) {
        try {
            super.close(timeout);
        } finally {
            commits.aborted();
        }
    }
}
