package dev.evenroll.revocation.streams;

import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.revocation.inventory.Inventory;
import dev.evenroll.revocation.inventory.InventoryPage;
import dev.evenroll.revocation.inventory.InventoryQuery;
import dev.evenroll.revocation.inventory.InventoryUnavailableException;
import dev.evenroll.revocation.life.CertificateLife;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/// The inventory in the stores of the running topology (interactive queries). It sees the partitions of
/// this replica.
///
/// Each partition is sorted by certificate id, their union is not: a page is merged from the heads of all
/// partitions, and costs what stands on it, whatever the size of the inventory.
public final class StoredInventory implements Inventory {

    private final KafkaStreams streams;

    public StoredInventory(KafkaStreams streams) {
        this.streams = streams;
    }

    @Override
    public Optional<CertificateLife> find(CertificateId id) throws InventoryUnavailableException {
        return query(StoredInventory::all, store -> {
            byte @Nullable [] stored = store.get(id.value());
            return Optional.ofNullable(stored).map(Lives::decode);
        });
    }

    @Override
    public InventoryPage list(InventoryQuery query) throws InventoryUnavailableException {
        var partitions = new ArrayList<KeyValueIterator<String, byte[]>>();
        try {
            for (int partition = 0; partition < RevocationTopology.CERTIFICATE_PARTITIONS; partition++) {
                var number = partition;
                partitions.add(query(parameters -> parameters.withPartition(number), store -> from(store, query)));
            }
            return merge(partitions, query);
        } catch (InvalidStateStoreException e) {
            throw unavailable(e);
        } finally {
            partitions.forEach(KeyValueIterator::close);
        }
    }

    private static KeyValueIterator<String, byte[]> from(
            ReadOnlyKeyValueStore<String, byte[]> store, InventoryQuery query) {
        return query.after().isPresent() ? store.range(query.after().get(), null) : store.all();
    }

    /// A page of what sorted partitions hold, in the order of the ids. The caller closes them.
    static InventoryPage merge(List<KeyValueIterator<String, byte[]>> partitions, InventoryQuery query) {
        var heads = new PriorityQueue<KeyValueIterator<String, byte[]>>(
                Comparator.comparing(KeyValueIterator<String, byte[]>::peekNextKey));
        partitions.stream().filter(KeyValueIterator::hasNext).forEach(heads::add);
        var page = new ArrayList<CertificateLife>();
        while (!heads.isEmpty()) {
            var head = heads.remove();
            var entry = head.next();
            if (head.hasNext()) {
                heads.add(head);
            }
            var life = Lives.decode(entry.value);
            var begun = query.after().map(entry.key::equals).orElse(false);
            if (!begun && query.matches(life)) {
                if (page.size() == query.limit()) {
                    return new InventoryPage(page, Optional.of(lastId(page)));
                }
                page.add(life);
            }
        }
        return new InventoryPage(page, Optional.empty());
    }

    private static String lastId(List<CertificateLife> page) {
        return page.getLast().certificate().id().value();
    }

    private static StoreQueryParameters<ReadOnlyKeyValueStore<String, byte[]>> all(
            StoreQueryParameters<ReadOnlyKeyValueStore<String, byte[]>> parameters) {
        return parameters;
    }

    private <R> R query(
            Function<
                            StoreQueryParameters<ReadOnlyKeyValueStore<String, byte[]>>,
                            StoreQueryParameters<ReadOnlyKeyValueStore<String, byte[]>>>
                    which,
            Function<ReadOnlyKeyValueStore<String, byte[]>, R> question)
            throws InventoryUnavailableException {
        try {
            var parameters = StoreQueryParameters.fromNameAndType(
                    RevocationTopology.CERTIFICATE_BY_ID, QueryableStoreTypes.<String, byte[]>keyValueStore());
            return question.apply(streams.store(which.apply(parameters)));
        } catch (InvalidStateStoreException e) {
            throw unavailable(e);
        }
    }

    private static InventoryUnavailableException unavailable(RuntimeException cause) {
        return new InventoryUnavailableException(
                "The inventory is being moved or restored; ask again in a few seconds.", cause);
    }
}
