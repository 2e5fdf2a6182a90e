package dev.evenroll.revocation.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.evenroll.revocation.inventory.DueRenewal;
import dev.evenroll.revocation.inventory.RenewalPlace;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredRenewalsTest {

    private static final Instant EVER = Instant.parse("9999-12-31T23:59:59Z");

    @TempDir
    Path stateDirectory;

    private Journey journey;
    private StoredRenewals renewals;

    @BeforeEach
    void open() {
        journey = new Journey(stateDirectory);
        renewals = new StoredRenewals(new LocalStores() {
            // The driver has one partition.
            @Override
            public <K> ReadOnlyKeyValueStore<K, byte[]> store(String name, int partition) {
                return partition == 0 ? journey.driver.getKeyValueStore(name) : new Empty<>();
            }
        });
    }

    @AfterEach
    void close() {
        journey.close();
    }

    private List<String> pages(Instant until, int limit) throws Exception {
        var devices = new ArrayList<String>();
        Optional<RenewalPlace> after = Optional.empty();
        do {
            var page = renewals.list(until, after, limit);
            assertThat(page.renewals()).hasSizeLessThanOrEqualTo(limit);
            page.renewals().stream().map(DueRenewal::deviceId).forEach(devices::add);
            after = page.next();
        } while (after.isPresent());
        return devices;
    }

    @Test
    void theFirstThatIsDueComesFirstAndStaysUntilItIsRenewed() throws Exception {
        for (var device : List.of("D3", "D1", "D2")) {
            journey.issued(device);
            journey.passes(Duration.ofDays(1));
        }

        assertThat(pages(EVER, 2)).containsExactly("D3", "D1", "D2");
        journey.passes(Duration.ofDays(239));
        assertThat(pages(journey.clock.instant(), 10)).containsExactly("D3", "D1");
        journey.issued("D3");
        assertThat(pages(journey.clock.instant(), 10)).containsExactly("D1");
        assertThat(pages(EVER, 10)).containsExactly("D1", "D2", "D3");
    }

    private static final class Empty<K> implements ReadOnlyKeyValueStore<K, byte[]> {

        @Override
        public byte @Nullable [] get(K key) {
            return null;
        }

        @Override
        public KeyValueIterator<K, byte[]> range(K from, K to) {
            return all();
        }

        @Override
        public KeyValueIterator<K, byte[]> all() {
            return new KeyValueIterator<>() {
                @Override
                public void close() {}

                @Override
                public K peekNextKey() {
                    throw new NoSuchElementException();
                }

                @Override
                public boolean hasNext() {
                    return false;
                }

                @Override
                public KeyValue<K, byte[]> next() {
                    throw new NoSuchElementException();
                }
            };
        }

        @Override
        public long approximateNumEntries() {
            return 0;
        }
    }
}
