package dev.evenroll.revocation.streams;

import dev.evenroll.revocation.device.DeviceInventory;
import dev.evenroll.revocation.device.DeviceNews;
import dev.evenroll.revocation.device.Horizon;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/// The stores `device-by-id`, `device-by-due-time` and `renewal-by-due-time` of one partition.
///
/// `device-by-due-time` holds each device for which something will be due, once ([DueTime]); its order is that of time,
/// so that a look at what is due costs what is due. `renewal-by-due-time` holds each device with a renewal, to be
/// listed: one that is due stays until it is done. RocksDB keeps the traces of
/// what was deleted for a while: the look begins where the last one ended, and nothing is entered before that.
final class DeviceTask {

    /// Most devices of one look: one transaction has to hold what they cause.
    static final int MOST_AT_ONCE = 1_000;

    private static final byte[] PRESENT = {1};

    private final ProcessorContext<String, Emission> context;
    private final RevocationTopology.Succession succession;
    private final Horizon.Part horizon;
    private final InstantSource clock;
    private final DeviceEvents events;
    private final KeyValueStore<String, byte[]> devices;
    private final KeyValueStore<Bytes, byte[]> byDueTime;
    private final KeyValueStore<Bytes, byte[]> renewals;
    private Instant lookedAt = Instant.EPOCH;

    DeviceTask(
            ProcessorContext<String, Emission> context,
            RevocationTopology.Succession succession,
            Horizon.Part horizon,
            InstantSource clock,
            DeviceEvents events) {
        this.context = context;
        this.succession = succession;
        this.horizon = horizon;
        this.clock = clock;
        this.events = events;
        this.devices = context.getStateStore(RevocationTopology.DEVICE_BY_ID);
        this.byDueTime = context.getStateStore(RevocationTopology.DEVICE_BY_DUE_TIME);
        this.renewals = context.getStateStore(RevocationTopology.RENEWAL_BY_DUE_TIME);
        count();
    }

    /// What was counted by whoever had the partition before is counted anew.
    private void count() {
        try (var all = devices.all()) {
            all.forEachRemaining(entry -> horizon.move(DeviceInventory.UNKNOWN, DeviceRecords.decode(entry.value)));
        }
    }

    /// Takes in what has become known of a device.
    void take(String deviceId, DeviceNews news, long timestamp) {
        byte @Nullable [] stored = devices.get(deviceId);
        var before = stored == null ? DeviceInventory.UNKNOWN : DeviceRecords.decode(stored);
        var turn = before.take(news, clock.instant(), succession.terms(), succession.pacer());
        var after = turn.after().dueNotBefore(lookedAt);
        move(byDueTime, deviceId, before.dueAt(), after.dueAt());
        move(renewals, deviceId, before.renewalAt(), after.renewalAt());
        if (!after.equals(before)) {
            devices.put(deviceId, DeviceRecords.encode(after));
            horizon.move(before, after);
        }
        for (var happening : turn.happenings()) {
            var event = events.event(deviceId, after, happening);
            context.forward(new Record<>(event.key(), event.emission(), timestamp));
        }
    }

    /// What stays where it is costs nothing: sightings are repeated.
    private static void move(
            KeyValueStore<Bytes, byte[]> places, String deviceId, Optional<Instant> before, Optional<Instant> after) {
        if (!after.equals(before)) {
            before.ifPresent(at -> places.delete(DueTime.key(at, deviceId)));
            after.ifPresent(at -> places.put(DueTime.key(at, deviceId), PRESENT));
        }
    }

    /// Does what is due by now.
    void look(long timestamp) {
        var now = clock.instant();
        var due = due(now);
        for (var key : due) {
            take(DueTime.deviceId(key), new DeviceNews.TimePassed(), timestamp);
        }
        if (due.size() < MOST_AT_ONCE) {
            lookedAt = now;
        }
    }

    private List<Bytes> due(Instant now) {
        var due = new ArrayList<Bytes>();
        try (var entries = byDueTime.range(DueTime.key(lookedAt, ""), DueTime.key(now.plusMillis(1), ""))) {
            while (entries.hasNext() && due.size() < MOST_AT_ONCE) {
                due.add(entries.next().key);
            }
        }
        return due;
    }
}
