package dev.evenroll.revocation.streams;

import dev.evenroll.pki.identity.CertificateId;
import dev.evenroll.revocation.device.DeviceInventory;
import dev.evenroll.revocation.inventory.Inventory;
import dev.evenroll.revocation.inventory.InventoryPage;
import dev.evenroll.revocation.inventory.InventoryQuery;
import dev.evenroll.revocation.inventory.InventoryUnavailableException;
import dev.evenroll.revocation.life.CertificateLife;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/// The inventory in the stores of the running topology (interactive queries). Each certificate is
/// asked of the partition that owns it: a partition that this replica does not hold, or still
/// restores, is unavailable, never empty.
///
/// Each partition is sorted by certificate id, their union is not: a page is merged from the heads of all
/// partitions, and costs what stands on it, whatever the size of the inventory.
public final class StoredInventory implements Inventory {

    private final LocalStores stores;

    public StoredInventory(KafkaStreams streams) {
        this(LocalStores.of(streams));
    }

    StoredInventory(LocalStores stores) {
        this.stores = stores;
    }

    @Override
    public Optional<CertificateLife> find(CertificateId id) throws InventoryUnavailableException {
        try {
            byte @Nullable [] stored = certificates(partitionOf(id.value(), RevocationTopology.CERTIFICATE_PARTITIONS))
                    .get(id.value());
            return Optional.ofNullable(stored).map(Lives::decode);
        } catch (InvalidStateStoreException e) {
            throw unavailable(e);
        }
    }

    private ReadOnlyKeyValueStore<String, byte[]> certificates(int partition) {
        return stores.store(RevocationTopology.CERTIFICATE_BY_ID, partition);
    }

    /// The partition of a key as Kafka's producers compute it.
    static int partitionOf(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    @Override
    public List<CertificateLife> ofDevice(String deviceId) throws InventoryUnavailableException {
        var found = new ArrayList<CertificateLife>();
        for (var certificate : device(deviceId).certificates()) {
            find(certificate.id()).ifPresent(found::add);
        }
        found.sort(Comparator.comparing(life -> life.certificate().id().value()));
        return found;
    }

    private DeviceInventory device(String deviceId) throws InventoryUnavailableException {
        try {
            ReadOnlyKeyValueStore<String, byte[]> devices = stores.store(
                    RevocationTopology.DEVICE_BY_ID, partitionOf(deviceId, RevocationTopology.DEVICE_PARTITIONS));
            byte @Nullable [] stored = devices.get(deviceId);
            return stored == null ? DeviceInventory.UNKNOWN : DeviceRecords.decode(stored);
        } catch (InvalidStateStoreException e) {
            throw unavailable(e);
        }
    }

    @Override
    public InventoryPage list(InventoryQuery query) throws InventoryUnavailableException {
        if (query.device().isPresent()) {
            return page(ofDevice(query.device().get()), query);
        }
        var sorted = new ArrayList<KeyValueIterator<String, byte[]>>();
        try {
            for (int partition = 0; partition < RevocationTopology.CERTIFICATE_PARTITIONS; partition++) {
                sorted.add(from(certificates(partition), query));
            }
            return merge(sorted, query);
        } catch (InvalidStateStoreException e) {
            throw unavailable(e);
        } finally {
            sorted.forEach(KeyValueIterator::close);
        }
    }

    private static InventoryPage page(List<CertificateLife> sorted, InventoryQuery query) {
        var matching = sorted.stream()
                .filter(query::matches)
                .filter(life -> query.after()
                        .map(after -> life.certificate().id().value().compareTo(after) > 0)
                        .orElse(true))
                .toList();
        var page = matching.subList(0, Math.min(query.limit(), matching.size()));
        return new InventoryPage(page, page.size() < matching.size() ? Optional.of(lastId(page)) : Optional.empty());
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

    static InventoryUnavailableException unavailable(RuntimeException cause) {
        return new InventoryUnavailableException(
                "This part of the inventory is being moved or restored, or another replica holds it; ask again in a few"
                        + " seconds.",
                cause);
    }
}
