package dev.evenroll.revocation.streams;

import dev.evenroll.revocation.device.DeviceInventory;
import dev.evenroll.revocation.device.RegistryEntry;
import dev.evenroll.revocation.inventory.DueRenewal;
import dev.evenroll.revocation.inventory.InventoryUnavailableException;
import dev.evenroll.revocation.inventory.RenewalPlace;
import dev.evenroll.revocation.inventory.Renewals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/// The renewals in the stores of the running topology (interactive queries). Each partition is in the order of time;
/// a page is merged from the heads of all, and costs what stands on it.
public final class StoredRenewals implements Renewals {

    private final LocalStores stores;

    public StoredRenewals(KafkaStreams streams) {
        this(LocalStores.of(streams));
    }

    StoredRenewals(LocalStores stores) {
        this.stores = stores;
    }

    /// The head of a partition's renewals.
    private record Head(int partition, KeyValueIterator<Bytes, byte[]> entries) {

        Bytes key() {
            return entries.peekNextKey();
        }
    }

    @Override
    public Page list(Instant until, Optional<RenewalPlace> after, int limit) throws InventoryUnavailableException {
        var opened = new ArrayList<KeyValueIterator<Bytes, byte[]>>();
        try {
            var heads = new PriorityQueue<Head>(Comparator.comparing(Head::key));
            for (int partition = 0; partition < RevocationTopology.DEVICE_PARTITIONS; partition++) {
                ReadOnlyKeyValueStore<Bytes, byte[]> renewals =
                        stores.store(RevocationTopology.RENEWAL_BY_DUE_TIME, partition);
                var entries = renewals.range(from(after), DueTime.key(until.plusMillis(1), ""));
                opened.add(entries);
                if (entries.hasNext()) {
                    heads.add(new Head(partition, entries));
                }
            }
            return merge(heads, limit);
        } catch (InvalidStateStoreException e) {
            throw StoredInventory.unavailable(e);
        } finally {
            opened.forEach(KeyValueIterator::close);
        }
    }

    /// Just behind the place: a device id holds no character 0.
    private static Bytes from(Optional<RenewalPlace> after) {
        return after.map(place -> DueTime.key(place.dueAt(), place.deviceId() + '\0'))
                .orElseGet(() -> DueTime.key(Instant.EPOCH, ""));
    }

    private Page merge(PriorityQueue<Head> heads, int limit) {
        List<DueRenewal> page = new ArrayList<>();
        while (!heads.isEmpty() && page.size() < limit) {
            var head = heads.remove();
            renewal(head.partition(), head.entries().next().key).ifPresent(page::add);
            if (head.entries().hasNext()) {
                heads.add(head);
            }
        }
        return new Page(
                page,
                heads.isEmpty() || page.isEmpty()
                        ? Optional.empty()
                        : Optional.of(page.getLast().place()));
    }

    /// Empty when the device was changed since the entry was read.
    private Optional<DueRenewal> renewal(int partition, Bytes key) {
        ReadOnlyKeyValueStore<String, byte[]> devices = stores.store(RevocationTopology.DEVICE_BY_ID, partition);
        var deviceId = DueTime.deviceId(key);
        return Optional.ofNullable(devices.get(deviceId))
                .map(DeviceRecords::decode)
                .flatMap(device -> renewal(deviceId, device, DueTime.at(key)));
    }

    private static Optional<DueRenewal> renewal(String deviceId, DeviceInventory device, Instant dueAt) {
        return device.newest()
                .map(certificate -> new DueRenewal(
                        deviceId,
                        device.entry().map(RegistryEntry::ocppIdentity),
                        device.entry().map(RegistryEntry::site),
                        certificate,
                        dueAt));
    }
}
