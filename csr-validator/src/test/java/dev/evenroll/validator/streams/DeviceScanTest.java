package dev.evenroll.validator.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.pki.identity.DeviceId;
import dev.evenroll.schemas.event.RegisteredDevice;
import dev.evenroll.validator.registry.DeviceCommand;
import dev.evenroll.validator.registry.DeviceCommand.Order;
import dev.evenroll.validator.registry.DeviceLife;
import dev.evenroll.validator.registry.DevicePage;
import dev.evenroll.validator.registry.DeviceQuery;
import dev.evenroll.validator.registry.LifeState;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Pages of several partitions.
class DeviceScanTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void partitionsAreLookedThroughInOneOrder() {
        assertThat(page(DeviceQuery.all(null, 4), "A D E", "B", "", "C F")).isEqualTo("A B C D | D");
        assertThat(page(DeviceQuery.all("D", 4), "D E", "", "", "F")).isEqualTo("E F | null");
        assertThat(page(DeviceQuery.all(null, 2), "A B")).isEqualTo("A B | null");
        assertThat(page(DeviceQuery.all(null, 1))).isEqualTo(" | null");
    }

    @Test
    void aPageSaysWhatItIsAbout() {
        try (var scan = new DeviceScan(DeviceQuery.all(null, 1))) {
            scan.add(3, new Entries("A"));
            scan.add(7, new Entries());
            assertThat(scan.page().partitions()).containsExactlyInAnyOrder(3, 7);
        }
    }

    /// Pins: one rare filter looked through the whole fleet for a page.
    @Test
    void aFilterThatMatchesLittleLooksAtALimitedNumber() {
        var many = IntStream.range(0, DeviceScan.MOST_LOOKED_AT + 5)
                .mapToObj("%06d"::formatted)
                .toArray(String[]::new);
        var suspended = new DeviceQuery(null, 10, LifeState.SUSPENDED, null, null, null, null, null);
        try (var scan = new DeviceScan(suspended)) {
            scan.add(0, new Entries(many));
            var page = scan.page();
            assertThat(page.devices()).isEmpty();
            assertThat(page.next()).isEqualTo("%06d".formatted(DeviceScan.MOST_LOOKED_AT - 1));
        }
    }

    @Test
    void everyIteratorIsClosed() {
        var one = new Entries("A");
        var other = new Entries();
        try (var scan = new DeviceScan(DeviceQuery.all(null, 1))) {
            scan.add(0, one);
            scan.add(1, other);
            scan.page();
        }
        assertThat(one.closed && other.closed).isTrue();
    }

    private static String page(DeviceQuery query, String... partitions) {
        try (var scan = new DeviceScan(query)) {
            for (var partition = 0; partition < partitions.length; partition++) {
                scan.add(partition, new Entries(partitions[partition].split(" ")));
            }
            DevicePage page = scan.page();
            return page.devices().stream()
                            .map(device -> device.entry().deviceId().value())
                            .collect(Collectors.joining(" "))
                    + " | " + page.next();
        }
    }

    /// Devices of a partition, by their ids.
    private static final class Entries implements KeyValueIterator<String, RegisteredDevice> {

        private final Deque<String> ids = new ArrayDeque<>();
        private boolean closed;

        Entries(String... ids) {
            Arrays.stream(ids).filter(id -> !id.isEmpty()).forEach(this.ids::add);
        }

        @Override
        public @Nullable String peekNextKey() {
            return ids.peekFirst();
        }

        @Override
        public boolean hasNext() {
            return !ids.isEmpty();
        }

        @Override
        public KeyValue<String, RegisteredDevice> next() {
            var id = ids.removeFirst();
            var command =
                    new DeviceCommand.Register(Order.of("c1", "alice", new DeviceId(id)), ValidatorDriver.REGISTRATION);
            var device = (DeviceLife.Known) new DeviceLife.Unregistered().apply(command, NOW);
            return KeyValue.pair(id, DeviceRecords.toRecord(device, "test"));
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
