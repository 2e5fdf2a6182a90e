package dev.evenroll.validator.streams;

import dev.evenroll.schemas.event.RegisteredDevice;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.DevicePage;
import dev.evenroll.validator.registry.DeviceQuery;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/// Looks through partitions of the registry in the order of device ids, so far as one page needs. Used by
/// one thread, closed at the end.
final class DeviceScan implements AutoCloseable {

    /// A filter that matches little must not look at the whole fleet for one page.
    static final int MOST_LOOKED_AT = 20_000;

    private final DeviceQuery query;
    private final Set<Integer> partitions = new TreeSet<>();
    private final List<KeyValueIterator<String, RegisteredDevice>> open = new ArrayList<>();
    private final PriorityQueue<KeyValueIterator<String, RegisteredDevice>> nextFirst =
            new PriorityQueue<>(Comparator.comparing(KeyValueIterator::peekNextKey));

    DeviceScan(DeviceQuery query) {
        this.query = query;
    }

    /// @param entries of one partition, in the order of their keys, from [DeviceQuery#after] on, which may be
    ///     the first; closed by this
    void add(int partition, KeyValueIterator<String, RegisteredDevice> entries) {
        open.add(entries);
        partitions.add(partition);
        // A range includes its beginning.
        if (entries.hasNext() && entries.peekNextKey().equals(query.after())) {
            entries.next();
        }
        enqueue(entries);
    }

    DevicePage page() {
        var devices = new ArrayList<DeviceLife.Known>();
        @Nullable String last = null;
        for (var lookedAt = 0; !nextFirst.isEmpty(); lookedAt++) {
            if (devices.size() == query.limit() || lookedAt == MOST_LOOKED_AT) {
                return new DevicePage(devices, last, partitions);
            }
            var entries = nextFirst.remove();
            var entry = entries.next();
            last = entry.key;
            var device = DeviceRecords.toDomain(entry.value);
            if (query.matches(device)) {
                devices.add(device);
            }
            enqueue(entries);
        }
        return new DevicePage(devices, null, partitions);
    }

    private void enqueue(KeyValueIterator<String, RegisteredDevice> entries) {
        if (entries.hasNext()) {
            nextFirst.add(entries);
        }
    }

    @Override
    public void close() {
        open.forEach(KeyValueIterator::close);
    }
}
