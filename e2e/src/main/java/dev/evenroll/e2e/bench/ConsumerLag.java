package dev.evenroll.e2e.bench;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/// How much of what is there for them the services of a stack have not read yet.
record ConsumerLag(Admin admin) implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int LOOKS_WITHOUT_CHANGE = 15;

    /// @param stack its data directory
    static ConsumerLag of(Path stack) throws IOException {
        var properties = new Properties();
        try (var in = new FileInputStream(
                stack.resolve("kafka/evenroll-provisioner.properties").toFile())) {
            properties.load(in);
        }
        return new ConsumerLag(Admin.create(properties));
    }

    /// Waits until they have read everything: until nothing is left, or what is left has long been the same, for the
    /// ends of transactions that were aborted count as records and are read by nobody.
    void awaitNone() throws InterruptedException {
        try {
            var same = 0;
            for (var left = records(); left > 0 && same < LOOKS_WITHOUT_CHANGE; ) {
                Thread.sleep(PAUSE);
                var now = records();
                same = now == left ? same + 1 : 0;
                left = now;
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("The broker does not tell how far the services are: " + e.getMessage(), e);
        }
    }

    /// Records of all groups that are not read yet.
    private long records() throws ExecutionException, InterruptedException {
        var names = admin.listGroups().all().get().stream()
                .map(GroupListing::groupId)
                .toList();
        var lag = 0L;
        for (var group : admin.describeConsumerGroups(names).all().get().values()) {
            var partitions = group.members().stream()
                    .flatMap(member -> member.assignment().topicPartitions().stream())
                    .collect(Collectors.toSet());
            lag += records(group.groupId(), partitions);
        }
        return lag;
    }

    private long records(String group, Set<TopicPartition> partitions) throws ExecutionException, InterruptedException {
        var read = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        if (read.isEmpty()) {
            // A group that commits nothing, as the gateways' for their answers: nobody knows how far it is.
            return 0;
        }
        var ends = admin.listOffsets(
                        partitions.stream().collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest())))
                .all()
                .get();
        return ends.entrySet().stream()
                .mapToLong(end -> {
                    var offset = read.get(end.getKey());
                    // The end of a transaction takes an offset of its own, which no reader commits.
                    return Math.max(0, end.getValue().offset() - (offset == null ? 0 : offset.offset()) - 1);
                })
                .sum();
    }

    @Override
    public void close() {
        admin.close();
    }
}
