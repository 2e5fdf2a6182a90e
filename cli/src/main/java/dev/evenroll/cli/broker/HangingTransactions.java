package dev.evenroll.cli.broker;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.utils.Utils;

/// Transactions that hang: open in a partition, but not known to their coordinator, so that nobody will end them
/// (KIP-664). A broker that is killed may leave one behind. Whoever reads committed records only, or asks for the
/// committed offset of a group, then waits for ever.
///
/// A transaction that lives is never taken for one of them. Its coordinator knows each of its partitions from before
/// the first record until the last marker is written, and is asked between two looks at the partition that both see
/// the same transaction. Coordinators are asked only when all of them have read their log.
public final class HangingTransactions {

    private final Admin admin;

    /// @param admin of somebody who may do everything
    public HangingTransactions(Admin admin) {
        this.admin = admin;
    }

    /// Aborts them all.
    ///
    /// @return what was aborted, for people; empty when nothing hung
    public List<String> abort() throws IOException, InterruptedException {
        return abortOlderThan(Instant.MAX);
    }

    /// Aborts those that nobody has written to since the given instant.
    ///
    /// @return what was aborted, for people; empty when nothing hung
    public List<String> abortOlderThan(Instant last) throws IOException, InterruptedException {
        var hanging = find().stream()
                .filter(transaction -> transaction.lastWrite().isBefore(last))
                .toList();
        for (var transaction : hanging) {
            await(admin.abortTransaction(transaction.abortion()).all(), "aborting a transaction that hangs");
        }
        return hanging.stream().map(OpenTransaction::inWords).toList();
    }

    List<OpenTransaction> find() throws IOException, InterruptedException {
        var partitions = partitions();
        var coordinators = partitions.stream()
                .filter(partition -> partition.topic().equals(Topic.TRANSACTION_STATE_TOPIC_NAME))
                .count();
        if (coordinators == 0) {
            return List.of();
        }
        awaitCoordinators((int) coordinators);
        var open = open(partitions);
        if (open.isEmpty()) {
            return List.of();
        }
        var held = held(open.stream().map(OpenTransaction::producerId).toList());
        var notHeld =
                open.stream().filter(transaction -> !transaction.isHeld(held)).toList();
        var still =
                Set.copyOf(open(notHeld.stream().map(OpenTransaction::partition).toList()));
        return notHeld.stream().filter(still::contains).toList();
    }

    private List<TopicPartition> partitions() throws IOException, InterruptedException {
        var topics = await(
                admin.listTopics(new ListTopicsOptions().listInternal(true)).names(), "listing topics");
        return await(admin.describeTopics(topics).allTopicNames(), "listing partitions").values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .toList();
    }

    /// Asks for one transactional id in each partition of the coordinators' log. A coordinator that has not read its
    /// log yet is asked again until it has.
    private void awaitCoordinators(int count) throws IOException, InterruptedException {
        var probes = IntStream.range(0, count)
                .mapToObj(partition -> IntStream.iterate(0, number -> number + 1)
                        .mapToObj(number -> "evenroll-probe-" + number)
                        .filter(id -> Utils.abs(id.hashCode()) % count == partition)
                        .findFirst()
                        .orElseThrow())
                .toList();
        heldBy(probes);
    }

    private List<OpenTransaction> open(Collection<TopicPartition> partitions) throws IOException, InterruptedException {
        var producers = await(admin.describeProducers(partitions).all(), "listing producers");
        var open = new ArrayList<OpenTransaction>();
        producers.forEach((partition, state) -> state.activeProducers()
                .forEach(producer -> OpenTransaction.of(partition, producer).ifPresent(open::add)));
        return open;
    }

    private Map<Long, Set<TopicPartition>> held(Collection<Long> producerIds) throws IOException, InterruptedException {
        var listed = await(
                admin.listTransactions(new ListTransactionsOptions().filterProducerIds(new HashSet<>(producerIds)))
                        .all(),
                "listing transactions");
        return heldBy(listed.stream().map(listing -> listing.transactionalId()).toList());
    }

    private Map<Long, Set<TopicPartition>> heldBy(Collection<String> transactionalIds)
            throws IOException, InterruptedException {
        var descriptions = admin.describeTransactions(transactionalIds);
        var held = new HashMap<Long, Set<TopicPartition>>();
        for (var id : transactionalIds) {
            try {
                var description = descriptions.description(id).get();
                held.put(description.producerId(), description.topicPartitions());
            } catch (ExecutionException failed) {
                if (!(failed.getCause() instanceof TransactionalIdNotFoundException)) {
                    throw refused("asking for transactions", failed);
                }
            }
        }
        return held;
    }

    private static <T> T await(KafkaFuture<T> future, String attempt) throws IOException, InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException failed) {
            throw refused(attempt, failed);
        }
    }

    private static IOException refused(String attempt, ExecutionException failed) {
        return new IOException(
                "The broker failed at " + attempt + ": " + failed.getCause() + ". See its log.", failed.getCause());
    }
}
