package dev.evenroll.kafka.loop;

import java.util.Collection;
import java.util.HashSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds the position of a loop in the partitions that it is given and that its consumer group knows no position in.
final class LostPosition implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(LostPosition.class);

    private final String loop;
    private final Consumer<String, byte[]> consumer;
    private final Progress progress;

    LostPosition(String loop, Consumer<String, byte[]> consumer, Progress progress) {
        this.loop = loop;
        this.consumer = consumer;
        this.progress = progress;
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
        if (!progress.isTold()) {
            return;
        }
        var committed = consumer.committed(new HashSet<>(assigned));
        for (var partition : assigned) {
            if (committed.get(partition) == null) {
                progress.next(partition).ifPresent(offset -> goOn(partition, offset));
            }
        }
    }

    private void goOn(TopicPartition partition, long offset) {
        consumer.seek(partition, offset);
        LOG.atWarn()
                .addKeyValue("loop", loop)
                .addKeyValue("partition", partition)
                .addKeyValue("offset", offset)
                .log("The consumer group has lost its position; going on after what was done");
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
        // What is in flight is committed with the group's generation, which the broker checks.
    }
}
