package dev.evenroll.validator.streams;

import dev.evenroll.kafka.streams.Commits;
import dev.evenroll.schemas.state.KeyClaim;
import dev.evenroll.schemas.topic.Topics;
import dev.evenroll.validator.enrollment.KeyDirectory;
import dev.evenroll.validator.enrollment.KeyEntry;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.jspecify.annotations.Nullable;

/// The public keys by interactive queries: what [KeyStore] finds.
public final class KeyQueries implements KeyDirectory {

    private final KafkaStreams streams;
    private final PartitionedStore<KeyClaim> store;

    public KeyQueries(KafkaStreams streams, Commits commits) {
        this.streams = streams;
        this.store = new PartitionedStore<>(
                streams, commits, StoreNames.KEY_CLAIM_BY_SPKI, Topics.KEY_COMMANDED.partitions());
    }

    @Override
    public Optional<KeyEntry> find(String keySha256) throws RegistryUnavailableException {
        var kept = store.find(keySha256, keySha256).map(KeyStore::toDomain);
        return Optional.ofNullable(KeyEntry.blockedBy(kept.orElse(null), BlockedKeyRecords.read(published(keySha256))));
    }

    private byte @Nullable [] published(String keySha256) throws RegistryUnavailableException {
        try {
            return streams.store(StoreQueryParameters.fromNameAndType(
                            StoreNames.BLOCKED_KEY, QueryableStoreTypes.<String, byte[]>keyValueStore()))
                    .get(keySha256);
        } catch (InvalidStateStoreException e) {
            throw PartitionedStore.unavailable(e);
        }
    }
}
