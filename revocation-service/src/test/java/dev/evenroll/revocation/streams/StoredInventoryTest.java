package dev.evenroll.revocation.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.evenroll.pki.crl.CrlReason;
import dev.evenroll.revocation.MovableClock;
import dev.evenroll.revocation.TestAuthority;
import dev.evenroll.revocation.inventory.InventoryQuery;
import dev.evenroll.revocation.inventory.InventoryUnavailableException;
import dev.evenroll.revocation.life.CertificateLife;
import dev.evenroll.revocation.life.IssuedCertificate;
import dev.evenroll.schemas.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.InvalidStateStorePartitionException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StoredInventoryTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final TestAuthority authority = new TestAuthority(new MovableClock(NOW));
    private final List<NavigableMap<String, byte[]>> partitions =
            List.of(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
    private final List<String> ids = new ArrayList<>();

    private IssuedCertificate holds(int partition, String device) {
        var certificate = authority.issue(device);
        put(partition, new CertificateLife.Issued(certificate, NOW));
        ids.add(certificate.id().value());
        ids.sort(null);
        return certificate;
    }

    private void put(int partition, CertificateLife life) {
        partitions.get(partition).put(life.certificate().id().value(), Lives.encode(life, "test"));
    }

    /// The pages of a query, as a caller walks through them.
    private List<List<String>> pages(Optional<String> device, Optional<InventoryQuery.State> state, int limit) {
        var pages = new ArrayList<List<String>>();
        Optional<String> after = Optional.empty();
        do {
            var begin = after;
            List<KeyValueIterator<String, byte[]>> iterators = new ArrayList<>();
            partitions.forEach(partition -> iterators.add(
                    new Entries(begin.map(id -> partition.tailMap(id, true)).orElse(partition))));
            var page = StoredInventory.merge(iterators, new InventoryQuery(device, state, after, limit));
            pages.add(page.certificates().stream()
                    .map(life -> life.certificate().id().value())
                    .toList());
            after = page.next();
        } while (after.isPresent());
        return pages;
    }

    @Test
    void pagesAreInTheOrderOfTheIdsAcrossPartitions() {
        IntStream.range(0, 7).forEach(number -> holds(number % 3, "D" + number));

        assertThat(pages(Optional.empty(), Optional.empty(), 3))
                .containsExactly(ids.subList(0, 3), ids.subList(3, 6), ids.subList(6, 7));
    }

    @Test
    void aFullLastPageHasNoNext() {
        IntStream.range(0, 4).forEach(number -> holds(number % 3, "D" + number));

        assertThat(pages(Optional.empty(), Optional.empty(), 2)).containsExactly(ids.subList(0, 2), ids.subList(2, 4));
    }

    @Test
    void filtersByDeviceAndState() {
        holds(0, "D1");
        var second = holds(1, "D2");
        var third = holds(2, "D2");
        put(2, new CertificateLife.Revoked(new CertificateLife.Issued(third, NOW), NOW, CrlReason.SUPERSEDED));

        assertThat(pages(Optional.of("D2"), Optional.of(InventoryQuery.State.ISSUED), 10))
                .containsExactly(List.of(second.id().value()));
        assertThat(pages(Optional.empty(), Optional.of(InventoryQuery.State.REVOKED), 10))
                .containsExactly(List.of(third.id().value()));
        assertThat(pages(Optional.of("D3"), Optional.empty(), 10)).containsExactly(List.of());
    }

    /// A replica that holds one partition, the certificate's or another one.
    private static StoredInventory replica(int held, NavigableMap<String, byte[]> entries) {
        return new StoredInventory(new LocalStores() {
            @Override
            @SuppressWarnings("unchecked") // the stores of this test have texts as keys
            public <K> ReadOnlyKeyValueStore<K, byte[]> store(String name, int partition) {
                if (partition != held) {
                    throw new InvalidStateStorePartitionException("partition " + partition + " is not held here");
                }
                return (ReadOnlyKeyValueStore<K, byte[]>) new Store(entries);
            }
        });
    }

    @Test
    void aCertificateIsAskedOfThePartitionThatProducersGiveIt() throws Exception {
        var certificate = holds(0, "D1");
        var id = certificate.id().value();
        var owner = BuiltInPartitioner.partitionForKey(
                id.getBytes(StandardCharsets.UTF_8), Topics.REVOCATION_REQUESTED.partitions());

        assertThat(replica(owner, partitions.get(0)).find(certificate.id()))
                .contains(new CertificateLife.Issued(certificate, NOW));
        assertThat(replica(owner, partitions.get(1)).find(certificate.id())).isEmpty();
    }

    /// Pins a mended mistake: the certificate of another replica was answered with "not issued".
    @Test
    void aCertificateOfAPartitionHeldElsewhereIsUnavailableNotUnknown() {
        var certificate = authority.issue("D1");
        var elsewhere =
                (StoredInventory.partitionOf(certificate.id().value(), RevocationTopology.CERTIFICATE_PARTITIONS) + 1)
                        % RevocationTopology.CERTIFICATE_PARTITIONS;

        assertThatExceptionOfType(InventoryUnavailableException.class)
                .isThrownBy(() -> replica(elsewhere, partitions.get(0)).find(certificate.id()))
                .withMessageContaining("another replica holds it");
    }

    /// The store of a partition.
    private record Store(NavigableMap<String, byte[]> entries) implements ReadOnlyKeyValueStore<String, byte[]> {

        @Override
        @SuppressWarnings("NullAway") // the interface does not say that it answers null
        public byte[] get(String key) {
            return entries.get(key);
        }

        @Override
        public KeyValueIterator<String, byte[]> range(String from, String to) {
            return new Entries(entries.tailMap(from, true));
        }

        @Override
        public KeyValueIterator<String, byte[]> all() {
            return new Entries(entries);
        }

        @Override
        public long approximateNumEntries() {
            return entries.size();
        }
    }

    /// The iterator of a store.
    private static final class Entries implements KeyValueIterator<String, byte[]> {

        private final Iterator<Map.Entry<String, byte[]>> entries;
        private Map.@Nullable Entry<String, byte[]> next;

        Entries(NavigableMap<String, byte[]> map) {
            entries = map.entrySet().iterator();
            step();
        }

        private void step() {
            next = entries.hasNext() ? entries.next() : null;
        }

        private Map.Entry<String, byte[]> head() {
            if (next == null) {
                throw new NoSuchElementException();
            }
            return next;
        }

        @Override
        public String peekNextKey() {
            return head().getKey();
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        public KeyValue<String, byte[]> next() {
            var head = head();
            step();
            return KeyValue.pair(head.getKey(), head.getValue());
        }

        @Override
        public void close() {}
    }
}
