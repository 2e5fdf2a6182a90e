package dev.evenroll.validator.streams;

import dev.evenroll.schemas.state.KeyClaim;
import dev.evenroll.schemas.topic.Topics;
import dev.evenroll.validator.enrollment.KeyDirectory;
import dev.evenroll.validator.enrollment.KeyEntry;
import dev.evenroll.validator.registry.RegistryUnavailableException;
import java.util.Optional;
import org.apache.kafka.streams.KafkaStreams;

/// The public keys by interactive queries.
public final class KeyQueries implements KeyDirectory {

    private final PartitionedStore<KeyClaim> store;

    public KeyQueries(KafkaStreams streams) {
        this.store = new PartitionedStore<>(streams, StoreNames.KEY_CLAIM_BY_SPKI, Topics.KEY_COMMANDED.partitions());
    }

    @Override
    public Optional<KeyEntry> find(String keySha256) throws RegistryUnavailableException {
        return store.find(keySha256, keySha256).map(KeyStore::toDomain);
    }
}
